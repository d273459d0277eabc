from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.distinct import count_distinct, distinct

ROWS = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9), max_size=60)


@given(ROWS)
def test_as_numpy_has_it(row: list[int]) -> None:
    values = np.array(row, np.uint64)
    kinds, counts = np.unique(values, return_counts=True)
    assert distinct(values).tolist() == kinds.tolist()
    found, times = count_distinct(values)
    assert (found.tolist(), times.tolist()) == (kinds.tolist(), counts.tolist())
