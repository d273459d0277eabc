"""Whether words that look like a credit name no publisher at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.page import is_menu
from provenance.detect.phrases import words
from provenance.detect.site_identity import is_index
from provenance.detect.zones import Zone
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from provenance.detect.lines import Line
    from provenance.detect.page import Page
    from provenance.model import Signal

_NEWS_SENSE = compile_late(
    r"^(?:former|a |an |who |what |why |how |trump|u\.s\. official|sources? |report|police)\b"
    r"|\b(?:said|says|told|reportedly|hasn['’]t|won['’]t|isn['’]t|didn['’]t|will|would|could)\b",
    re.IGNORECASE,
)
_OF_A_WORK = compile_late(
    r"\b(?:excerpted|adapted|condensed|abridged|taken) (?:[a-z]{1,12} ){0,3}[“\"‘'«]", re.IGNORECASE
)
_SHARE_BOX = compile_late(
    r"^(?:facebook|twitter|x|whatsapp|telegram|email|e-mail|linkedin|pinterest|reddit|print|messenger"
    r"|copy link|rss|instagram|viber|vk|line|xing|threads|bluesky|google news)\b",
    re.IGNORECASE,
)


def names_nobody(page: Page, signal: Signal) -> bool:
    """Words followed by what is no publisher: a sentence, a share box, the title of a book."""
    if signal.rule in {"republished", "translated_from"}:
        tongue = bool(signal.names) and not signal.target and _is_tongue(signal.names[0])
        return tongue or bool(_OF_A_WORK.search(signal.quote))
    if signal.rule == "read_original":
        return _points_to_no_article(page, signal)
    return signal.rule == "source_line" and _labels_nobody(page, signal)


def _labels_nobody(page: Page, signal: Signal) -> bool:
    """Whether what stands after a label is a teaser, a share box or the start of a sentence."""
    line = page.line_of(signal)
    value = signal.quote.partition(":")[2].strip() or signal.quote
    teaser = line is not None and (is_menu(page, line) or _is_teaser(page, line, signal))
    if teaser or _SHARE_BOX.match(value) or not (signal.names or signal.target):
        return True
    if signal.target is not None:
        return False
    return bool(_NEWS_SENSE.search(value)) or _of_the(value) or _is_prose(signal.names)


def _is_teaser(page: Page, line: Line, signal: Signal) -> bool:
    """Whether a label follows the linked headline of another of the site's own articles."""
    if line.zone is not Zone.AFTER or signal.span is None or not line.links:
        return False
    link = line.links[0]
    opens = link.span is not None and link.span.start == line.start < signal.span.start
    return opens and len(link.text) > _HEADLINE and page.own.is_url(link.url)


def _points_to_no_article(page: Page, signal: Signal) -> bool:
    """Whether what is to be read is a front page, a study, a ruling or the like."""
    more = signal.quote.lower().startswith("read more")
    if more and signal.target is not None and is_index(signal.target):
        return True
    line = page.line_of(signal)
    if line is None or signal.span is None or signal.names:
        return False
    start, end = (at - line.start for at in (signal.span.start, signal.span.end))
    return bool(_DOCUMENT.search(line.text[start : end + 30]))


_DOCUMENT = compile_late(
    r"\b(?:study|paper|research|survey|document|ruling|decision|judge?ment|lawsuit|complaint|bill|letter"
    r"|indictment|statement|tweet|thread|étude|studie|studio|estudio|estudo|badanie|исследовани[ея])\b",
    re.IGNORECASE,
)


def _is_tongue(name: str) -> bool:
    """Whether a name is that of a language: "translated from the French"."""
    low = name.casefold().removeprefix("dem ").removeprefix("the ")
    return low.partition(" ")[0] in words("tongue") or low in words("tongue")


def _of_the(value: str) -> bool:
    """Whether words that begin with “the” go on as no name does: The Ferry Echo, the mayor."""
    rest = value[:200].split()
    if not rest or rest.pop(0).lower() != "the":
        return False
    named = all(word[0].isupper() or word in _SMALL for word in rest)
    return not named or not 0 < len(rest) <= _LONGEST_NAME


def _is_prose(names: tuple[str, ...]) -> bool:
    """Whether a name in English letters reads as a sentence: several words in lower case."""
    words_of = names[0].split()[1:] if names and names[0].isascii() else []
    small = [word for word in words_of if word.islower() and word not in _SMALL]
    return len(small) >= _PROSE


_PROSE, _LONGEST_NAME, _HEADLINE = 2, 4, 20
_SMALL = frozenset(
    (
        *("of", "the", "and", "for", "in", "on", "at", "de", "del", "la", "las", "el", "los", "do"),
        *("da", "dos", "das", "di", "du", "des", "le", "les", "et", "e", "y", "von", "der", "und"),
        *("van", "het", "i", "za", "na", "w", "z", "och", "og", "ja", "per", "a", "al", "dan"),
    )
)
