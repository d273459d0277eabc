from __future__ import annotations

import pytest

from provenance.text.word_frequency import UNKNOWN, commonness


@pytest.mark.parametrize(
    ("commoner", "rarer"),
    [("the", "harbour"), ("harbour", "breakwater"), ("breakwater", "Ollendorf")],
)
def test_commoner_words_rank_higher(commoner: str, rarer: str) -> None:
    assert commonness(commoner) > commonness(rarer)


def test_case_does_not_matter_and_unknown_words_are_the_rarest() -> None:
    assert commonness("HARBOUR") == commonness("harbour")
    assert commonness("Жыргалбек") == UNKNOWN
