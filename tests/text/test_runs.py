from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.runs import common_runs

ITEMS = st.lists(st.sampled_from("abc"), max_size=24)


@pytest.mark.parametrize(
    ("one", "other", "runs"),
    [
        ("", "abc", ()),
        ("abc", "abc", ((0, 0, 3),)),
        ("abc", "xyz", ()),
        ("axbc", "abc", ((0, 0, 1), (2, 1, 2))),
        # The last "the council" stands together on both sides, so it is one run.
        (
            ["the", "council", "paid"],
            ["the", "hull", "cost", "the", "council", "paid"],
            ((0, 3, 3),),
        ),
    ],
)
def test_common_runs(one: str, other: str, runs: tuple[tuple[int, int, int], ...]) -> None:
    assert common_runs(one, other) == runs


def longest(one: list[str], other: list[str]) -> int:
    """The length of a longest common subsequence, by the textbook table."""
    row = [0] * (len(other) + 1)
    for a in one:
        last = row
        row = [0]
        for j, b in enumerate(other):
            row.append(last[j] + 1 if a == b else max(last[j + 1], row[j]))
    return row[-1]


@given(ITEMS, ITEMS)
def test_runs_are_equal_ordered_and_as_long_as_can_be(one: list[str], other: list[str]) -> None:
    runs = common_runs(one, other)
    ends = (0, 0)
    for a, b, size in runs:
        assert size > 0
        assert ends <= (a, b)
        assert ends[0] <= a
        assert ends[1] <= b
        assert one[a : a + size] == other[b : b + size]
        ends = (a + size, b + size)
    assert sum(size for _, _, size in runs) == longest(one, other)
