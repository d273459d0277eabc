"""Pages set aside: what was put there comes back, whatever came after it."""

from __future__ import annotations

from contextlib import closing

from hypothesis import given
from hypothesis import strategies as st

from provenance.world.spill_file import SpillFile


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=50)), max_size=30))
def test_each_number_gives_what_was_put_there_last(puts: list[tuple[int, bytes]]) -> None:
    with closing(SpillFile()) as shelf:
        for number, page in puts:
            shelf.put(number, page)
        assert {n: shelf.get(n) for n in range(10)} == {n: dict(puts).get(n) for n in range(10)}
