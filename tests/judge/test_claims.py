from __future__ import annotations

from datetime import timedelta

import pytest

from provenance.judge.claims import contradictions
from provenance.model import Sighting, Witness
from tests.build import NOON, sighting

CLAIM = sighting(5, Witness.SELF)


@pytest.mark.parametrize(
    ("seen", "names"),
    [
        ((CLAIM, sighting(3)), ["claim_too_late"]),
        ((CLAIM, sighting(3, holds_text=False)), []),
        ((CLAIM, sighting(5)), []),
        ((CLAIM, sighting(7)), []),
        ((sighting(3),), []),
        ((CLAIM,), []),
        ((CLAIM, sighting(1, at=NOON + timedelta(days=900))), ["claim_unwitnessed"]),
        ((CLAIM, sighting(1, Witness.INDEX, at=NOON + timedelta(days=20))), []),
    ],
)
def test_a_claim_is_set_against_what_others_saw(
    seen: tuple[Sighting, ...], names: list[str]
) -> None:
    assert [score.name for score in contradictions("This page", seen)] == names


def test_the_sentence_names_both_days() -> None:
    [score] = contradictions("The source", (CLAIM, sighting(3)))
    assert score.why.startswith("The source says it was published on 5 Mar 2026")
    assert "3 Mar 2026" in score.why
    assert score.weight == 0
