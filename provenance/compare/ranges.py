"""Half-open ranges of words that may overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def cut_overlaps(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The ranges in order, each without what those before it cover."""
    last = 0
    for start, end in sorted(ranges):
        if end > last:
            yield max(start, last), end
            last = end


def count_covered(ranges: Iterable[tuple[int, int]]) -> int:
    """How many words stand in at least one of the ranges."""
    return sum(end - start for start, end in cut_overlaps(ranges))
