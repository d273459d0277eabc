"""The lines that reusers of Wikipedia and of other free texts print below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.naming import is_share
from provenance.detect.page import REACH
from provenance.detect.phrases import words
from provenance.detect.signal_template import SignalTemplate
from provenance.detect.zones import Zone
from provenance.model import BlockKind, Derivation, Family
from provenance.text.literals import holds_any
from provenance.text.urls import host

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Link, Signal

_ENCYCLOPEDIA = (
    *("wikipedia", "wikipédia", "wikipedie", "vikipedi", "википеди", "вікіпеді", "уикипеди"),
    *("ويكيبيديا", "ویکی‌پدیا", "ויקיפדיה", "维基百科", "維基百科", "ウィキペディア", "위키백과"),
    *("βικιπαίδεια", "วิกิพีเดีย", "विकिपीडिया", "উইকিপিডিয়া", "ویکیپیڈیا"),
)
_NAME = "Wikipedia"


def encyclopedia_reuse(page: Page) -> Iterator[Signal]:
    """A line by which a reuser of Wikipedia names the article that the text was taken from."""
    near = (*page.zone(Zone.TOP, Zone.END, Zone.AFTER), *page.boxed)
    for line in near:
        if line.kind is BlockKind.CAPTION or len(line.text) > 2 * REACH:
            continue
        link = next((link for link in line.links if _is_article(link)), None)
        named = link is not None or holds_any(line.low, _ENCYCLOPEDIA)
        if not named or not holds_any(line.low, words("reuse")):
            continue
        yield SignalTemplate("encyclopedia_reuse", Family.STATEMENT, claims=_claim(line)).on(
            line, names=(_NAME,), target=link.url if link else None
        )


def _is_article(link: Link) -> bool:
    wiki = "wikipedia.org/" in link.url and host(link.url).endswith("wikipedia.org")
    return wiki and not is_share(link)


def _claim(line: Line) -> Derivation:
    """What "uses material from" says holds for a part; the other words for the text."""
    return Derivation.PARTIALLY if _PART.search(line.text) else Derivation.WHOLLY


_PART = re.compile(
    r"\b(?:uses|contains|includes|incorporates|based on|basiert auf)\b", re.IGNORECASE
)
