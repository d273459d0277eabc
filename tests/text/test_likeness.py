from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.likeness import likeness, word_runs

ROAD = "The road nobody mends"


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (ROAD, 1.0, 1.0),
        ("the ROAD, nobody mends!", 1.0, 1.0),
        ("Nobody mends the harbour road", 0.7, 0.99),
        ("The weir of the town", 0.0, 0.25),
        ("Schleuse in Oxbow gesperrt", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_headlines_are_alike_by_their_rare_words(other: str, least: float, most: float) -> None:
    assert least <= likeness(ROAD, other) <= most


def test_a_rare_word_in_common_is_worth_more_than_a_common_one() -> None:
    assert likeness("the Ottilie case", "Ottilie again") > likeness("the Ottilie case", "the again")


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, other) == likeness(other, one)


def test_runs_of_words() -> None:
    assert word_runs("Forty crowns, of drain") == {
        ("forty", "crowns", "of"),
        ("crowns", "of", "drain"),
    }
    assert word_runs("two words") == frozenset()
