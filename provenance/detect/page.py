"""A Document as the rules look at it: lines with their zone, and who the page itself is."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from provenance.detect.agency_wordings import wordings_in
from provenance.detect.lines import Line
from provenance.detect.phrases import looks_in
from provenance.detect.site_identity import SiteIdentity
from provenance.detect.zones import Zone, zones_of
from provenance.model import BlockKind, Place
from provenance.text.literals import Stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Block, Document, Link, Signal, Statement

_TEASER = 25
_MASTHEAD = 40

REACH = 300
"""How far into a line, from either end, words about the whole text are looked for."""


_NEAR_ZONES = (Zone.TOP, Zone.LEAD, Zone.BODY, Zone.END, Zone.AFTER)


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
        return self.zone(*_NEAR_ZONES)

    @cached_property
    def boxed(self) -> tuple[Line, ...]:
        """The lines of boxes right above and below the story."""
        return self.zone(Zone.ABOVE, Zone.BELOW)

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
            for line in (*self.spoken, *self.boxed)
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

    def is_teased(self, line: Line) -> bool:
        """Whether a line below the story follows a link to another article: it is that one's."""
        if line.zone not in {Zone.AFTER, Zone.BELOW}:
            return False
        before = self._line_before.get((line.place, line.start))
        return before is not None and len(before.text) > _TEASER and is_menu(self, before)

    @cached_property
    def _line_before(self) -> dict[tuple[Place, int], Line]:
        shown = self.zone(Zone.AFTER, Zone.BELOW)
        return {(line.place, line.start): before for before, line in pairwise(shown)}

    @cached_property
    def is_laid_in_tables(self) -> bool:
        """Whether the story itself stands in cells, as old pages lay everything out."""
        story = self.zone(Zone.LEAD, Zone.BODY, Zone.END)
        return 2 * sum(line.kind is BlockKind.TABLE for line in story) > len(story)

    @cached_property
    def mastheads(self) -> frozenset[str]:
        """What stands alone in the frame of the page: a paper's name there is the page's own."""
        return frozenset(
            line.text.strip()
            for line in self.zone(Zone.FAR, Zone.BESIDE, Zone.FOOTER)
            if len(line.text) <= _MASTHEAD
        )

    @cached_property
    def is_tagged(self) -> bool:
        """Whether the page came with markup: in plain text a link has lost its target."""
        return bool(self.document.statements)

    def zone(self, *zones: Zone) -> tuple[Line, ...]:
        """The lines of some zones, in page order."""
        if (lines := self._zoned.get(zones)) is None:
            places = sorted(chain.from_iterable(self._by_zone.get(zone, ()) for zone in zones))
            lines = self._zoned[zones] = tuple([self.lines[at] for at in places])
        return lines

    @cached_property
    def _by_zone(self) -> dict[Zone, list[int]]:
        """Which of the lines stand in each zone."""
        found: dict[Zone, list[int]] = {}
        for at, line in enumerate(self.lines):
            found.setdefault(line.zone, []).append(at)
        return found

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
    for block, text, zone in zip(document.blocks, texts, zones_of(document, texts), strict=True):
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


def is_menu(page: Page, line: Line) -> bool:
    """Whether a line is nothing but a link into the page's own site."""
    linked = sum(len(link.text) for link in line.links if page.own.is_url(link.url))
    return linked >= len(line.text.strip()) > 0
