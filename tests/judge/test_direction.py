"""What may count as a witness of who was first, and what may not."""

from __future__ import annotations

import pytest

from provenance.judge import direction
from provenance.judge.claims import contradictions
from provenance.model import Event, Sighting, Witness
from tests.build import document, finding, sighting

HERE, THERE = "https://feed.example/a", "https://post.example/a"


def kinds(here: Sighting, there: Sighting) -> set[str]:
    found = finding(THERE, 0.9, sightings=(there,))
    return {t.kind for t in direction.testimonies(document(url=HERE), (), (here,), found)}


@pytest.mark.parametrize(
    ("event", "counts"), [(Event.INDEXED, True), (Event.PUBLISHED, False), (Event.CAPTURED, False)]
)
def test_only_the_time_of_indexing_counts(event: Event, counts: bool) -> None:
    here, there = (sighting(day, Witness.INDEX, event=event) for day in (9, 2))
    assert ("index_first" in kinds(here, there)) is counts


def test_an_untrusted_capture_says_nothing_of_who_was_first() -> None:
    assert "archive_first" in kinds(sighting(9), sighting(2))
    assert "archive_first" not in kinds(sighting(9), sighting(2, trusted=False))
    assert direction.first_matching([sighting(2, trusted=False)]) is None


def test_an_untrusted_capture_vouches_for_no_claim() -> None:
    claim = sighting(1, Witness.SELF)
    old = sighting(1, Witness.SELF, at=claim.at.replace(year=2023))
    assert contradictions("This page", (old, sighting(3)))
    assert not contradictions("This page", (old, sighting(3, trusted=False)))
