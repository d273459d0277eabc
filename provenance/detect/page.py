"""A Document as the rules look at it: lines with their zone, and who the page itself is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from provenance.detect.agency_wordings import wordings_in
from provenance.detect.phrases import looks_in, words
from provenance.detect.site_identity import SiteIdentity
from provenance.model import BlockKind, Place, Span
from provenance.text.literals import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Block, Document, Link, Signal, Statement

NEAR = 14
"""How many blocks before the story, and after it, still speak of it."""

EDGE = 3

REACH = 300
"""How far into a line, from either end, words about the whole text are looked for."""


class Zone(Enum):
    """Where a line stands in relation to the story; signs count by it."""

    FAR = "far"
    TOP = "top"
    LEAD = "lead"
    BODY = "body"
    END = "end"
    AFTER = "after"
    FOOTER = "footer"
    BESIDE = "beside"


_NEAR_ZONES = {Zone.TOP, Zone.LEAD, Zone.BODY, Zone.END, Zone.AFTER}
_COLUMN = {BlockKind.PARAGRAPH, BlockKind.BYLINE, BlockKind.META_LINE}


class Line(NamedTuple):
    """One line of a page: its exact words, and where they stand in their stored string.

    ``low`` are the words in lower case, for looking; offsets are taken in ``text`` only.
    """

    text: str
    low: str
    place: Place
    start: int
    kind: BlockKind
    zone: Zone
    links: tuple[Link, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The stored span of a stretch of this line."""
        return Span(start=self.start + start, end=self.start + end)

    def linked(self, start: int, end: int) -> Link | None:
        """The first link whose anchor text overlaps a stretch of this line."""
        for link in self.links:
            if link.span is not None:
                first, last = link.span.start - self.start, link.span.end - self.start
                if first < end and last > start:
                    return link
        return None


class Page:
    """What rules ask of a Document, worked out once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.own = SiteIdentity(document)
        self._zoned: dict[tuple[Zone, ...], tuple[Line, ...]] = {}

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All blocks cut into lines, in page order."""
        return tuple(_lines(self.document))

    @cached_property
    def near(self) -> tuple[Line, ...]:
        """The lines in which a page speaks of its own article: no site furniture, no teasers."""
        return tuple(line for line in self.lines if line.zone in _NEAR_ZONES)

    @cached_property
    def spoken(self) -> tuple[Line, ...]:
        """The near lines without long paragraphs inside the story, which are about other things."""
        return tuple(
            line for line in self.near if line.zone is not Zone.BODY or len(line.text) <= REACH
        )

    @cached_property
    def looks(self) -> frozenset[str]:
        """The fixed words of the phrase table that stand at the ends of spoken lines."""
        ends = (
            line.low if len(line.low) <= 2 * REACH else f"{line.low[:REACH]}\n{line.low[-REACH:]}"
            for line in self.spoken
        )
        return looks_in(Stretches("\n".join(ends)))

    @cached_property
    def wordings(self) -> dict[str, list[str]]:
        """The agencies' own datelines and tails that stand in the lines around the story."""
        around = self.zone(Zone.LEAD, Zone.END, Zone.AFTER)
        return wordings_in(Stretches("\n".join(line.text for line in around)))

    @cached_property
    def first_after(self) -> Line | None:
        """The line right under the story."""
        return next(iter(self.zone(Zone.AFTER)), None)

    @cached_property
    def is_tagged(self) -> bool:
        """Whether the page came with markup: in plain text a link has lost its target."""
        return bool(self.document.statements)

    def zone(self, *zones: Zone) -> tuple[Line, ...]:
        """The lines of some zones, in page order."""
        if (lines := self._zoned.get(zones)) is None:
            lines = self._zoned[zones] = tuple([line for line in self.lines if line.zone in zones])
        return lines

    def said(self, *keys: str) -> Iterator[Statement]:
        """The statements of some keys, in page order."""
        return (said for said in self.document.statements if said.key in keys)

    def line_of(self, signal: Signal) -> Line | None:
        """The line on which a signal stands; None for what the markup says."""
        if signal.span is None:
            return None
        starts, lines = self._by_place.get(signal.place, ([], []))
        at = bisect_right(starts, signal.span.start) - 1
        return lines[at] if at >= 0 else None

    @cached_property
    def _by_place(self) -> dict[Place, tuple[list[int], list[Line]]]:
        found: dict[Place, tuple[list[int], list[Line]]] = {}
        for line in sorted(self.lines, key=lambda line: line.start):
            starts, lines = found.setdefault(line.place, ([], []))
            starts.append(line.start)
            lines.append(line)
        return found


def _lines(document: Document) -> Iterator[Line]:
    strings = {place: document.stored(place) for place in _STORED}
    texts = [strings[block.place][block.span.start : block.span.end] for block in document.blocks]
    for block, text, zone in zip(document.blocks, texts, _zones(document, texts), strict=True):
        at = block.span.start
        for part in text.split("\n"):
            if part and not part.isspace():
                yield Line(
                    text=part,
                    low=part.lower(),
                    place=block.place,
                    start=at,
                    kind=block.kind,
                    zone=zone,
                    links=block.links if len(part) == len(text) else _inside(block, at, part),
                )
            at += len(part) + 1


_STORED = (Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE)


def _inside(block: Block, start: int, part: str) -> tuple[Link, ...]:
    end = start + len(part)
    return tuple(link for link in block.links if link.span and start <= link.span.start < end)


def _zones(document: Document, texts: list[str]) -> list[Zone]:
    """The zone of each block, of these texts: near the story what touches it, by count of blocks.

    In plain text nothing tells a footer from a last word, so both ends of the page are near.
    """
    plain = not document.statements
    aside = [
        (block.kind is BlockKind.OTHER and not _after_by(document, texts, index))
        or (plain and bool(_REFERENCE.match(texts[index])))
        for index, block in enumerate(document.blocks)
    ]
    places = [block.place for block, out in zip(document.blocks, aside, strict=True) if not out]
    head, text, tail = map(places.count, (Place.HEAD, Place.TEXT, Place.TAIL))
    seen: Counter[Place] = Counter()
    zones = []
    for block, out in zip(document.blocks, aside, strict=True):
        if out:
            zones.append(Zone.BESIDE)
            continue
        at = seen[block.place]
        seen[block.place] += 1
        if block.place is Place.HEAD:
            near = head - at <= NEAR or (plain and at < NEAR)
            zones.append(Zone.TOP if near else Zone.FAR)
        elif block.place is Place.TEXT:
            last = text - at <= EDGE if at >= EDGE else 0 < at == text - 1
            zones.append(Zone.END if last else Zone.LEAD if at < EDGE else Zone.BODY)
        elif block.place is Place.TAIL:
            near = at < NEAR or (plain and tail - at <= NEAR)
            # The last line of an article often stands in a <footer> of its own.
            footer = (block.kind is BlockKind.FOOTER and at >= EDGE) or not near
            zones.append(Zone.FOOTER if footer else Zone.AFTER)
        else:
            zones.append(_beside(block.kind, seen[Place.TEXT], text))
    return zones


# One of the list of addresses that ends a Markdown text.
_REFERENCE = re.compile(r"^\s{0,3}\[[^\[\]]{1,20}\]:\s{0,3}<?https?://")


def _after_by(document: Document, texts: list[str], index: int) -> bool:
    """Whether a block above the story stands right after one that says nothing but "by"."""
    if index == 0 or document.blocks[index].place is not Place.HEAD:
        return False
    before = texts[index - 1]
    return len(before) <= _SHORT_BY and before.strip(" :").lower() in words("by")


_SHORT_BY = 20


def _beside(kind: BlockKind, before: int, total: int) -> Zone:
    """The zone of a block that read set aside: lines of the story's column keep their place."""
    if kind not in _COLUMN:
        return Zone.BESIDE
    if before <= EDGE:
        return Zone.TOP
    return Zone.BODY if before <= total - EDGE else Zone.AFTER


def is_menu(page: Page, line: Line) -> bool:
    """Whether a line is nothing but a link into the page's own site."""
    linked = sum(len(link.text) for link in line.links if page.own.is_url(link.url))
    return linked >= len(line.text.strip()) > 0
