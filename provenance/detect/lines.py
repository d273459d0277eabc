"""A line of a page: its words, where they stand, and the links on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provenance.model import Span

if TYPE_CHECKING:
    from provenance.detect.zones import Zone
    from provenance.model import BlockKind, Link, Place


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
