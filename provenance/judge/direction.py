"""Who was first: what each independent kind of evidence says about one pair of pages.

A kind speaks for the source (it was first), for the suspect, or not at all. One kind is not
enough: pages are dated wrongly, archives come late, and a link may be put in afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from provenance.model import Direction, Event, Family, PageState, Precision, Witness
from provenance.text.agencies import AgencyKind
from provenance.text.dates import first_claim
from provenance.text.publishers import Publisher, publisher_of, same_house
from provenance.text.urls import host, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from provenance.model import Declaration, Document, Finding, Sighting, Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What one kind of evidence says: FROM_SOURCE or TO_SOURCE, how firmly (0..1), and why."""

    kind: str
    says: Direction
    value: float
    why: str


def first_matching(sightings: Iterable[Sighting]) -> Sighting | None:
    """The earliest archived capture that was fetched and holds the text."""
    found = [s for s in sightings if s.witness is Witness.ARCHIVE and s.trusted and s.holds_text]
    return min(found, key=lambda s: s.at, default=None)


def testimonies(
    suspect: Document,
    signals: Iterable[Signal],
    sightings: Iterable[Sighting],
    finding: Finding,
) -> tuple[Testimony, ...]:
    """All that is known of the order of the suspect and one source, a kind at most once."""
    signals, here, there = tuple(signals), tuple(sightings), finding.sightings
    found = (
        _pointed_at(signals, finding),
        _points_back(suspect, finding.declared),
        _archive_first(suspect, here, finding),
        _index_first(here, there),
        _claimed_first(suspect, finding),
        _traces(signals, finding),
        _wholesale(suspect, finding),
    )
    return tuple(testimony for testimony in found if testimony is not None)


def settle(spoken: Iterable[Testimony]) -> Direction:
    """The direction that at least two kinds agree on, when no independent witness contradicts."""
    spoken = tuple(spoken)
    forth = [t for t in spoken if t.says is Direction.FROM_SOURCE]
    back = [t for t in spoken if t.says is Direction.TO_SOURCE]
    if len(forth) >= 2 and not any(_independent(t) for t in back):
        return Direction.FROM_SOURCE
    if len(back) >= 2 and not any(_independent(t) for t in forth):
        return Direction.TO_SOURCE
    return Direction.UNDETERMINED


def _independent(testimony: Testimony) -> bool:
    return testimony.kind in {"archive_first", "index_first"}


def _pointed_at(signals: Iterable[Signal], finding: Finding) -> Testimony | None:
    """The page itself links this address as its source, or names its publisher."""
    url = finding.candidate.url
    for signal in signals:
        if signal.silenced_by or signal.family not in {Family.STATEMENT, Family.MARKUP}:
            continue
        if signal.target and normalise(signal.target) in _addresses(finding):
            return _forth(
                "pointed_at", 1.0, f"The page says “{_short(signal.quote)}” and links it."
            )
        if signal.target and same_house(signal.target, url):
            why = f"The page says “{_short(signal.quote)}” and links that site."
            return _forth("pointed_at", 0.7, why)
    source = finding.source
    publisher = source.publisher if source else None
    for signal in signals:
        if signal.silenced_by or signal.family is Family.FURNITURE or not publisher:
            continue
        if any(name.casefold() == publisher.casefold() for name in signal.names):
            return _forth("pointed_at", 0.6, f"The page names {publisher} as its source.")
    return None


def _addresses(finding: Finding) -> set[str]:
    source = finding.source
    own = (source.url, source.canonical, *source.alternates) if source else ()
    pointed = (lead.url for lead in finding.candidate.leads)
    return {normalise(url) for url in (finding.candidate.url, *own, *pointed) if url}


def _points_back(suspect: Document, declared: Declaration | None) -> Testimony | None:
    """The other page names the suspect as its own source."""
    origin = declared.origin if declared else None
    if origin and origin.url and suspect.url and same_house(origin.url, suspect.url):
        return _back("points_back", 1.0, "The other page names this one as its source.")
    return None


def _archive_first(
    suspect: Document, here: tuple[Sighting, ...], finding: Finding
) -> Testimony | None:
    """An archive held the text at one address before it held it at the other."""
    ours, theirs = first_matching(here), first_matching(finding.sightings)
    if ours and theirs and ours.at != theirs.at:
        make = _forth if theirs.at < ours.at else _back
        there, here_at = _moments(theirs, ours)
        why = (
            f"Web archives first hold the text at {_OTHER[make]} on {there}, "
            f"on this page on {here_at}."
        )
        return make("archive_first", 1.0, why)
    own_claim, their_claim = first_claim(_dates(suspect)), first_claim(_dates(finding.source))
    if theirs and not ours and own_claim and surely_before(theirs, own_claim):
        why = (
            f"An archive held the text at the source on {day(theirs.at)}, "
            f"before this page says it was published ({day(own_claim.at)})."
        )
        return _forth("archive_first", 0.7, why)
    if ours and not theirs and their_claim and surely_before(ours, their_claim):
        why = (
            f"An archive held the text on this page on {day(ours.at)}, "
            f"before the other says it was published ({day(their_claim.at)})."
        )
        return _back("archive_first", 0.7, why)
    return None


def _index_first(here: tuple[Sighting, ...], there: tuple[Sighting, ...]) -> Testimony | None:
    """A search index took one in before the other."""
    return _compare("index_first", _indexed(here), _indexed(there), "A search index dates")


def _indexed(sightings: Iterable[Sighting]) -> Sighting | None:
    """When an index had the page; the date of publishing it gives is copied from the page."""
    found = [s for s in sightings if s.witness is Witness.INDEX and s.event is Event.INDEXED]
    return min(found, key=lambda s: s.at, default=None)


def _claimed_first(suspect: Document, finding: Finding) -> Testimony | None:
    """Both pages' own publication dates, at their low worth."""
    ours, theirs = first_claim(_dates(suspect)), first_claim(_dates(finding.source))
    return _compare("claimed_first", ours, theirs, "By their own dates")


def _compare(
    kind: str, ours: Sighting | None, theirs: Sighting | None, words: str
) -> Testimony | None:
    if not ours or not theirs:
        return None
    there, here = _moments(theirs, ours)
    for make, first, second in ((_forth, theirs, ours), (_back, ours, theirs)):
        if surely_before(first, second):
            why = f"{words}: {_OTHER[make]} {there}, this page {here}."
            return make(kind, 1.0, why)
    return None


def surely_before(one: Sighting, other: Sighting) -> bool:
    """Whether one time lies before another even at the coarser of their precisions."""
    if Precision.YEAR in (one.precision, other.precision):
        return one.at.year < other.at.year
    if Precision.MONTH in (one.precision, other.precision):
        return (one.at.year, one.at.month) < (other.at.year, other.at.month)
    if Precision.DAY in (one.precision, other.precision):
        return one.at.date() < other.at.date()
    return one.at < other.at


def _traces(signals: Iterable[Signal], finding: Finding) -> Testimony | None:
    """Pictures, links or self-references of the source that the copier left in."""
    for signal in signals:
        if signal.silenced_by or signal.family is not Family.TRACE:
            continue
        pointed = signal.target and same_house(signal.target, finding.candidate.url)
        if pointed:
            why = f"“{_short(signal.quote)}” on this page belongs to {host(finding.candidate.url)}."
            return _forth("traces", 1.0, why)
    return None


def _wholesale(suspect: Document, finding: Finding) -> Testimony | None:
    """One of the two sites is an agency's or a release service's: it writes for others to print."""
    here, there = publisher_of(suspect.url or ""), publisher_of(finding.candidate.url)
    ours, theirs = _sells(here), _sells(there)
    if theirs and not ours and there:
        return _forth("wholesale", 1.0, f"{there.name} writes for others to print.")
    if ours and not theirs and here:
        return _back(
            "wholesale", 1.0, f"{here.name}, whose page this is, writes for others to print."
        )
    return None


def _sells(publisher: Publisher | None) -> bool:
    return publisher is not None and publisher.kind in {AgencyKind.AGENCY, AgencyKind.RELEASE}


def _dates(page: Document | None) -> tuple[Sighting, ...]:
    """When a page says its text was published; what dates a list of articles dates none of them."""
    return page.dates if page and not lists(page) else ()


def lists(page: Document) -> bool:
    """Whether a page is a list of articles: it says so, or it is the front page of its site."""
    place = urlsplit(page.url or "http:///article")
    return page.state is PageState.LISTING or (place.path in {"", "/"} and not place.query)


def _forth(kind: str, value: float, why: str) -> Testimony:
    return Testimony(kind=kind, says=Direction.FROM_SOURCE, value=value, why=why)


def _back(kind: str, value: float, why: str) -> Testimony:
    return Testimony(kind=kind, says=Direction.TO_SOURCE, value=value, why=why)


# What the page that is not under test is called: it is a source only where it was first.
_OTHER = {_forth: "the source", _back: "the other page"}


def _moments(one: Sighting, other: Sighting) -> tuple[str, str]:
    """Two times in words: days, and the hours too where only these tell them apart."""
    hours = {one.precision, other.precision} <= {Precision.MINUTE, Precision.SECOND}
    if not hours or one.at.date() != other.at.date():
        return day(one.at), day(other.at)
    return f"{day(one.at)} {one.at:%H:%M} UTC", f"{day(other.at)} {other.at:%H:%M} UTC"


def day(at: datetime) -> str:
    """A date in words, as the sentences of the ledger give it."""
    return f"{at.day} {at:%b %Y}"


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"
