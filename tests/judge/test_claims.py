from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from provenance.judge.claims import contradictions
from provenance.model import Sighting, Witness
from tests.build import NOON, sighting

CLAIM = sighting(5, Witness.SELF)


def late(days: int, **fields: Any) -> Sighting:
    """An archive's capture so many days after the first of March."""
    return sighting(1, at=NOON + timedelta(days=days), **fields)


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
        ((CLAIM, sighting(1, at=NOON + timedelta(days=4 + 365))), []),
        ((CLAIM, sighting(1, at=NOON + timedelta(days=4 + 365, hours=1))), ["claim_unwitnessed"]),
        ((CLAIM, late(900), late(20)), []),
        ((CLAIM, late(20), late(900)), []),
        ((CLAIM, late(900), late(20, trusted=False)), ["claim_unwitnessed"]),
        (
            (CLAIM, late(900), sighting(9, Witness.SELF, at=NOON + timedelta(days=20))),
            ["claim_unwitnessed"],
        ),
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
    assert (score.value, score.weight) == (0, 0)
