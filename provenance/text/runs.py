"""Runs of equal items that two sequences share in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    Item = TypeVar("Item", bound=Hashable)


def common_runs(one: Sequence[Item], other: Sequence[Item]) -> tuple[tuple[int, int, int], ...]:
    """(place in the one, place in the other, length) of each run, in order, never overlapping.

    Together they are a longest common subsequence (Hyyrö 2004, bit-parallel, by rapidfuzz: time
    is the product of the lengths over 64 whatever the items); of equally long ones, that in which
    an item stands with the items after it rather than alone.
    """
    from rapidfuzz.distance import LCSseq

    found = LCSseq.editops(one, other).as_matching_blocks()
    runs = [[block.a, block.b, block.size] for block in found if block.size]
    for run, after in zip(reversed(runs[:-1]), reversed(runs[1:]), strict=True):
        # A run that ends where the next begins on one side may give its end to it.
        while run[2] and _joins(one, other, run, after):
            run[2] -= 1
            after[0], after[1], after[2] = after[0] - 1, after[1] - 1, after[2] + 1
    return tuple((a, b, size) for a, b, size in runs if size)


def _joins(one: Sequence[Item], other: Sequence[Item], run: list[int], after: list[int]) -> bool:
    ends = run[0] + run[2], run[1] + run[2]
    touches = (ends[0] == after[0]) is not (ends[1] == after[1])
    return touches and one[after[0] - 1] == other[after[1] - 1]
