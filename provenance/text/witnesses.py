"""When a text was first on record at one page, by the best witness there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Event, Witness

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Sighting


def first_held(sightings: Iterable[Sighting]) -> Sighting | None:
    """The earliest capture of a trusted archive that was fetched and holds the text."""
    found = [s for s in sightings if s.witness is Witness.ARCHIVE and s.trusted and s.holds_text]
    return min(found, key=lambda s: s.at, default=None)


def first_seen(sightings: Iterable[Sighting]) -> Sighting | None:
    """The earliest capture that holds the text, else one that may, else when an index had it.

    A date of publication that an index repeats is the page's own claim, and no sighting by others.
    """
    others = [
        s
        for s in sightings
        if s.witness is not Witness.SELF and s.trusted and s.holds_text is not False
    ]
    archived = [s for s in others if s.witness is Witness.ARCHIVE]
    held = [s for s in archived if s.holds_text]
    indexed = [s for s in others if s.witness is Witness.INDEX and s.event is Event.INDEXED]
    return min(held or archived or indexed, key=lambda s: s.at, default=None)
