"""Where a label such as "Source:" stands in a line, in any script and with any mark after it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.detect.agencies import is_outlet, written_agency
from provenance.detect.zones import Zone
from provenance.model import Place
from provenance.text.names import core_key, name_key
from provenance.text.patterns import compile_late
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.detect.lines import Line
    from provenance.model import Link

# A word that labels a source only where the link behind it is the named house's own.
_FROM, _TELLING = "from", 4
EDGE_TRIM = " \t\u00a0:：.,;!|\\/-–—_*()（）[]【】{}<>\"'“”«»=→►▶»›➤👉🔗…"
MAX_LABEL = 40
_COLON = re.compile(r"[:：]")
_MAX_LINE = 400
_SHORT_LINE = 60
_MAX_COLONS = 8
_UNPUNCTUATED = compile_late(
    r"(\w{2,12})\s(?:https?://|(?:[a-z0-9-]{1,60}\.){1,3}[a-z]{2,10}(?:[/\s]|$))", re.IGNORECASE
)
_UNSPACED = compile_late("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def find_labels(line: Line, labels: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where a label starts and where what it labels starts, for every label in a line."""
    text = line.text[:_MAX_LINE]
    for count, colon in enumerate(_COLON.finditer(text)):
        if count >= _MAX_COLONS or (count and line.zone is Zone.BODY):
            break
        before = text[max(0, colon.start() - MAX_LABEL) : colon.start()].rstrip()
        start = _label_start(before, labels)
        if start is not None:
            at = max(0, colon.start() - MAX_LABEL) + start
            if line.place is not Place.TEXT or _marks(line, at):
                yield at, colon.end()
    if (boxed := _BOXED_LABEL.match(text)) and boxed.group(1).strip().lower() in labels:
        yield 0, boxed.end()
        return
    head = next(iter(text.split(maxsplit=1)), "")
    if head.lower() in labels and (written := _UNPUNCTUATED.match(text)):
        yield 0, written.end(1)
        return
    if line.zone in (Zone.END, Zone.AFTER) and len(text) <= _SHORT_LINE:
        label, _, rest = text.lstrip("(（[ ").partition(" ")
        name = rest.strip(EDGE_TRIM)
        if label.lower() in labels and (is_outlet(name) or written_agency(name)):
            yield 0, text.index(label) + len(label)
            return
    first = line.links[0] if line.links else None
    if first and first.span is not None:
        at = first.span.start - line.start
        before = text[:at].strip(EDGE_TRIM)
        named = before.lower() in labels or (before.lower() == _FROM and _is_home(line, first))
        if 0 < at <= MAX_LABEL and named and ":" not in text[:at]:
            yield 0, at


def _is_home(line: Line, link: Link) -> bool:
    """Whether a link is the rest of its line and leads to the house that its words name."""
    assert link.span is not None  # noqa: S101 - a link with words
    text = line.text[link.span.start - line.start : link.span.end - line.start]
    alone = not line.text[link.span.end - line.start :].strip(EDGE_TRIM)
    key = core_key(text)
    return alone and len(key) >= _TELLING and key in name_key(registrable(link.url))


_BOXED_LABEL = re.compile(r"\s{0,3}[\[【［〔<＜]([^\[\]【】［］〔〕<>＜＞]{2,20})[\]】］〕>＞]")


def _marks(line: Line, at: int) -> bool:
    """Whether a label inside the story is a mark on it: it opens its line, or closes the last one.

    "(Source: ...)" within prose is a reference; in brackets behind the last sentence of all, or in
    Chinese and Japanese behind one of the last, it is the text's.
    """
    before = line.text[:at].rstrip()
    if not before.strip(EDGE_TRIM):
        return True
    last = line.zone is Zone.END and len(line.text) - at <= MAX_LABEL
    if not last or before[-1] not in "(（[【":
        return False
    return bool(_UNSPACED.search(line.text[at:])) or bool(_SENTENCE_END.search(before[:-1]))


_SENTENCE_END = re.compile(r"[.!?…\"“”»’')]\s?$")


def _label_start(before: str, labels: frozenset[str]) -> int | None:
    """Where the longest label that ends a text starts; None if none stands there by itself."""
    lowered = before.lower()
    if not before.isascii() and _UNSPACED.search(before):
        for start in range(len(before)):
            if lowered[start:] in labels and (start == 0 or not _joined(before, start)):
                return start
        return None
    start = 0
    while start < len(before):
        if lowered[start:].lstrip("(（[【*_-–—\"“'»›•> ") in labels:
            return start + len(before[start:]) - len(before[start:].lstrip("(（[【*_-–—\"“'»›•> "))
        space = before.find(" ", start)
        if space < 0:
            return None
        start = space + 1
    return None


def _joined(text: str, start: int) -> bool:
    """Whether a character is part of a longer word: in scripts without spaces, of any letters."""
    return text[start - 1].isalpha()
