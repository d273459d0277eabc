"""Ranges of words that may overlap."""

from __future__ import annotations

import pytest

from provenance.compare.ranges import count_covered, cut_overlaps


@pytest.mark.parametrize(
    ("ranges", "apart"),
    [
        ([], []),
        ([(3, 5)], [(3, 5)]),
        ([(6, 9), (0, 2)], [(0, 2), (6, 9)]),
        ([(0, 5), (5, 7)], [(0, 5), (5, 7)]),
        ([(0, 5), (3, 7)], [(0, 5), (5, 7)]),
        ([(0, 9), (3, 7), (8, 10)], [(0, 9), (9, 10)]),
        ([(2, 4), (2, 4), (2, 6)], [(2, 4), (4, 6)]),
    ],
)
def test_each_word_is_counted_once(
    ranges: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> None:
    assert list(cut_overlaps(ranges)) == apart
    assert count_covered(ranges) == len({at for start, end in ranges for at in range(start, end)})
