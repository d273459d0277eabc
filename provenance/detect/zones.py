"""Where each block of a page stands in relation to the story: the signs on it count by that."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from provenance.detect.phrases import words
from provenance.model import BlockKind, Place
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import Block, Document

NEAR = 14
"""How many blocks before the story, and after it, still speak of it."""

EDGE = 3
_CLOSE = 5
_SENTENCE = 80
_SENTENCE_UNSPACED = 30
_SHORT_BY = 20
_COLUMN = {BlockKind.PARAGRAPH, BlockKind.BYLINE, BlockKind.META_LINE}
_BOXED = {BlockKind.OTHER, BlockKind.CAPTION}
_NOT_PROSE = {BlockKind.HEADING, BlockKind.CAPTION, BlockKind.FOOTER}
# One of the list of addresses that ends a Markdown text.
_REFERENCE = re.compile(r"^\s{0,3}\[[^\[\]]{1,20}\]:\s{0,3}<?https?://")
_UNSPACED = compile_late("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


class Zone(Enum):
    """Where a line stands in relation to the story; signs count by it.

    BESIDE is what stands in a box of its own; ABOVE and BELOW are such boxes next to the story.
    """

    FAR = "far"
    TOP = "top"
    LEAD = "lead"
    BODY = "body"
    END = "end"
    AFTER = "after"
    FOOTER = "footer"
    BESIDE = "beside"
    ABOVE = "above"
    BELOW = "below"

    __hash__ = object.__hash__  # members are the only ones of their kind: an Enum's own is slow


_OF_STORY = {Zone.LEAD, Zone.BODY, Zone.END}


class _Story(NamedTuple):
    """Which blocks of the story are its first and last prose, by their count among its blocks."""

    first: int
    last: int


def zones_of(document: Document, texts: Sequence[str]) -> list[Zone]:
    """The zone of each block, of these texts: near the story what touches it, by count of blocks.

    In plain text nothing tells a footer from a last word, so both ends of the page are near.
    """
    blocks = document.blocks
    plain = not document.statements
    aside = [
        (block.kind is BlockKind.OTHER and not _after_by(document, texts, index))
        or (plain and bool(_REFERENCE.match(texts[index])))
        for index, block in enumerate(blocks)
    ]
    counts = Counter(block.place for block, out in zip(blocks, aside, strict=True) if not out)
    story = _story(blocks, texts, aside)
    seen: Counter[Place] = Counter()
    zones = []
    for block, out in zip(blocks, aside, strict=True):
        at = seen[block.place]
        seen[block.place] += not out
        if out:
            zones.append(Zone.BESIDE)
        elif block.place is Place.HEAD:
            near = counts[Place.HEAD] - at <= NEAR or (plain and at < NEAR)
            zones.append(Zone.TOP if near else Zone.FAR)
        elif block.place is Place.TEXT:
            zones.append(_within(at, story))
        elif block.place is Place.TAIL:
            near = at < NEAR or (plain and counts[Place.TAIL] - at <= NEAR)
            # The last line of an article often stands in a <footer> of its own.
            footer = (block.kind is BlockKind.FOOTER and at >= EDGE) or not near
            zones.append(Zone.FOOTER if footer else Zone.AFTER)
        else:
            zones.append(_beside(block.kind, seen[Place.TEXT], story))
    _mark_edges(blocks, zones)
    return zones


def _story(blocks: Sequence[Block], texts: Sequence[str], aside: Sequence[bool]) -> _Story:
    """The first and the last block of the story that is prose; all of it where none is."""
    inside = [
        _is_prose(block, text)
        for block, text, out in zip(blocks, texts, aside, strict=True)
        if block.place is Place.TEXT and not out
    ]
    if True not in inside:
        return _Story(first=0, last=len(inside) - 1)
    return _Story(first=inside.index(True), last=len(inside) - 1 - inside[::-1].index(True))


def _is_prose(block: Block, text: str) -> bool:
    """Whether a block is sentences of the story: long enough, and not mostly links."""
    if block.kind in _NOT_PROSE or len(text) < _SENTENCE_UNSPACED:
        return False
    if len(text) < _SENTENCE and not _UNSPACED.search(text):
        return False
    return 2 * sum(len(link.text) for link in block.links) < len(text)


def _within(at: int, story: _Story) -> Zone:
    """The zone of a block of the story: what follows its last prose stands below the story."""
    if at > story.last:
        return Zone.END if at - story.last == 1 else Zone.AFTER
    first = max(0, at - story.first)
    total = story.last - story.first + 1
    last = total - first <= EDGE if first >= EDGE else 0 < first == total - 1
    return Zone.END if last else Zone.LEAD if first < EDGE else Zone.BODY


def _beside(kind: BlockKind, before: int, story: _Story) -> Zone:
    """The zone of a block that read set aside: lines of the story's column keep their place."""
    if kind in _COLUMN and before <= story.first + EDGE:
        return Zone.TOP
    if before <= story.first:
        return Zone.BESIDE
    if before > story.last:
        return Zone.AFTER if kind in _COLUMN else Zone.BESIDE
    if kind not in _COLUMN:
        return Zone.BESIDE
    return Zone.AFTER if before > story.last + 1 - EDGE else Zone.BODY


def _mark_edges(blocks: Sequence[Block], zones: list[Zone]) -> None:
    """Boxes among the few blocks right above the story, and right below it, are known as such."""
    inside = [at for at, zone in enumerate(zones) if zone in _OF_STORY]
    if not inside:
        return
    above = range(max(0, inside[0] - _CLOSE), inside[0])
    below = range(inside[-1] + 1, min(len(zones), inside[-1] + 1 + _CLOSE))
    for edge, blocks_there in ((Zone.ABOVE, above), (Zone.BELOW, below)):
        for at in blocks_there:
            if zones[at] is Zone.BESIDE and blocks[at].kind in _BOXED:
                zones[at] = edge


def _after_by(document: Document, texts: Sequence[str], index: int) -> bool:
    """Whether a block above the story stands right after one that says nothing but "by"."""
    if index == 0 or document.blocks[index].place is not Place.HEAD:
        return False
    before = texts[index - 1]
    return len(before) <= _SHORT_BY and before.strip(" :").lower() in words("by")
