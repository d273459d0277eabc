"""When a text was first on record at one page, and who is no witness of it."""

from __future__ import annotations

import pytest

from provenance.model import Event, Sighting, Witness
from provenance.text.witnesses import first_held, first_seen
from tests.build import sighting

OWN = sighting(1, Witness.SELF)
INDEXED = sighting(2, Witness.INDEX, event=Event.INDEXED)
REPEATED = sighting(1, Witness.INDEX, event=Event.PUBLISHED)
WITHOUT = sighting(2, holds_text=False)
UNREAD = sighting(3, holds_text=None)
HELD = sighting(5)
LATER = sighting(6)
DOUBTFUL = sighting(1, trusted=False)


@pytest.mark.parametrize(
    ("sightings", "first"),
    [
        ((OWN, WITHOUT), None),
        ((OWN, LATER, HELD, WITHOUT), HELD),
        ((UNREAD, HELD), HELD),  # what was fetched and holds the text, before an earlier unread one
        ((UNREAD, WITHOUT), UNREAD),
        ((INDEXED, UNREAD), UNREAD),  # a capture before what an index says
        ((INDEXED, WITHOUT), INDEXED),
        ((REPEATED,), None),  # an index repeats the page's own date
        ((DOUBTFUL,), None),
        ((DOUBTFUL, HELD), HELD),
        ((), None),
    ],
)
def test_the_best_witness_says_when_a_text_was_first_seen(
    sightings: tuple[Sighting, ...], first: Sighting | None
) -> None:
    assert first_seen(sightings) == first


@pytest.mark.parametrize(
    ("sightings", "first"),
    [
        ((OWN, INDEXED, WITHOUT, UNREAD, DOUBTFUL), None),
        ((OWN, INDEXED, WITHOUT, UNREAD, DOUBTFUL, LATER, HELD), HELD),
    ],
)
def test_only_a_trusted_capture_that_was_fetched_holds_the_text(
    sightings: tuple[Sighting, ...], first: Sighting | None
) -> None:
    assert first_held(sightings) == first
