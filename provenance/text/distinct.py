"""The different values of an array, and how often each stands in it.

What ``np.unique`` gives, whose first call imports numpy's masked arrays and whose every call on a
short row takes several times as long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Number = TypeVar("Number", bound=np.generic)


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """The different values of a row of numbers, ascending."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def count_distinct(values: NDArray[Number]) -> tuple[NDArray[Number], NDArray[np.int64]]:
    """The different values of a row of numbers, ascending, and how often each stands in it."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered) + 1, bool)
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:-1])
    firsts = fresh.nonzero()[0]
    return ordered[firsts[:-1]], firsts[1:] - firsts[:-1]
