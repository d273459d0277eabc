"""Translations that say so: from which paper, or by whom, beside a link to the original."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provenance.detect.labels import EDGE_TRIM, MAX_LABEL, find_labels
from provenance.detect.naming import is_share
from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.statements import match_forms
from provenance.model import Family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Link, Signal

# Lines between the name of the translator and the link to the original.
_NEAR = 3
_SIGN = SignalTemplate("translated_from", Family.STATEMENT)


def translated_from(page: Page) -> Iterator[Signal]:
    """Words that say what the text was translated from, or a translator beside an original."""
    found = list(match_forms(page, "translated_from", "translated"))
    yield from found
    if not any(signal.names or signal.target for signal in found):
        yield from _beside_the_original(page)


def _beside_the_original(page: Page) -> Iterator[Signal]:
    """The link to the original, where a line near it names the translator."""
    lines = page.spoken
    translators = [at for at, line in enumerate(lines) if _names_translator(line)]
    for at, line in enumerate(lines) if translators else ():
        if any(abs(at - there) <= _NEAR for there in translators):
            link = _original(page, line)
            if link is not None:
                yield _SIGN.on(line, target=link.url)
                return


def _names_translator(line: Line) -> bool:
    """Whether a short line labels somebody as the translator, or begins with such words."""
    if len(line.text) > 2 * MAX_LABEL:
        return False
    return line.low.strip(EDGE_TRIM).startswith(_openings()) or any(
        find_labels(line, words("translator"))
    )


@cache
def _openings() -> tuple[str, ...]:
    """The words for a translator of which a line may begin with several: "Translated by"."""
    return tuple(f"{word} " for word in words("translator") if " " in word)


def _original(page: Page, line: Line) -> Link | None:
    """The link of a line to another site that the line calls the original."""
    labelled = any(find_labels(line, words("original")))
    for link in line.links:
        called = link.text.lower().strip(EDGE_TRIM) in words("original")
        if (labelled or called) and not is_share(link) and not page.own.is_url(link.url):
            return link
    return None
