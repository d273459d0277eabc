"""From the rows of an index to sightings: dated, told apart, oldest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from provenance.model import Event, Precision, Sighting, Witness
from provenance.text.json_text import parse_status
from provenance.text.surt import surt
from provenance.text.urls import same_site
from provenance.world.archives.rows import CdxPage, CdxRow, until
from provenance.world.archives.wayback import taken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

# Clocks differ; a capture may be a moment younger than our own clock says.
CLOCK_DRIFT = timedelta(minutes=10)
_REVISIT = "warc/revisit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How the sightings of one archive are named.

    ``basis`` is where their times stood; ``memento`` makes the replay address of a row.
    """

    basis: str
    memento: Callable[[CdxRow], str]


def sightings(
    listing: CdxPage, url: str, naming: Naming, now: datetime
) -> tuple[tuple[Sighting, ...], int]:
    """The captures of ``url`` in a listing, oldest first, and how many rows were left out as bad.

    A revisit ("the same bytes again") takes status and media type from the capture with the same
    digest that is nearest before it, else after it. Rows of other pages and rows in the future are
    bad ones; rows that the index offers for a similar address are passed over.
    """
    found: list[tuple[CdxRow, Sighting]] = []
    bad = listing.malformed
    rows = [row for row in listing.rows if not row.fuzzy]
    # One key is one page, whatever spelling the archive makes of it; several are an answer to
    # another question, out of which only our own key can be believed.
    several = len({row.urlkey for row in rows}) > 1
    for row in rows:
        dated = _time(row, now)
        other = several and surt(row.original) != surt(url)
        if dated is None or other or not same_site(row.original, url):
            bad += 1
            continue
        found.append((row, _sighting(row, dated, naming)))
    found.sort(key=lambda pair: pair[1].at)
    once = {(row.timestamp, row.original, row.digest): (row, sighting) for row, sighting in found}
    return _resolved(list(once.values())), bad


def _time(row: CdxRow, now: datetime) -> tuple[datetime, Precision] | None:
    if len(row.timestamp) == 14:
        try:
            at = taken(row)
        except ValueError:
            return until(row.timestamp, now)
        return (at, Precision.SECOND) if at <= now + CLOCK_DRIFT and at.year > 1990 else None
    return until(row.timestamp, now)


def _sighting(row: CdxRow, dated: tuple[datetime, Precision], naming: Naming) -> Sighting:
    at, precision = dated
    digest = row.digest.removeprefix("sha1:")
    return Sighting(
        url=row.original,
        at=at,
        precision=precision,
        witness=Witness.ARCHIVE,
        event=Event.CAPTURED,
        basis=naming.basis,
        memento=naming.memento(row),
        digest=None if digest == "-" else digest,
        status=parse_status(row.statuscode),
        media_type=None if row.mimetype in {"-", "unk", _REVISIT} else row.mimetype.lower(),
    )


def _resolved(pairs: Sequence[tuple[CdxRow, Sighting]]) -> tuple[Sighting, ...]:
    forward = _inherited(pairs)
    backward = _inherited(
        list(zip((row for row, _ in reversed(pairs)), forward[::-1], strict=True))
    )
    return tuple(reversed(backward))


def _inherited(pairs: Iterable[tuple[CdxRow, Sighting]]) -> list[Sighting]:
    """Revisits without a status filled in from the last capture with the same digest."""
    known: dict[str, Sighting] = {}
    found = []
    for row, sighting in pairs:
        digest = sighting.digest or ""
        told = sighting
        if row.mimetype == _REVISIT and sighting.status is None and digest in known:
            model = known[digest]
            told = replace(sighting, status=model.status, media_type=model.media_type)
        elif digest and sighting.status is not None:
            known[digest] = sighting
        found.append(told)
    return found
