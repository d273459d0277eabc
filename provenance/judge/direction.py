"""Who was first: what each independent kind of evidence says about one pair of pages.

A kind speaks for the source (it was first), for the suspect, or not at all. What it weighs was
measured on labelled pairs (``judge/weights.py``); the weights of what speaks for one side are added
and those of the other side taken off. A strong kind alone can settle it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.judge.agencies import is_agency_page
from provenance.judge.weights import HALF, SETTLED, WEIGHTS
from provenance.model import (
    Derivation,
    Direction,
    Event,
    Family,
    PageState,
    Place,
    Precision,
    Witness,
)
from provenance.text.dates import first_claim
from provenance.text.publishers import name_key, publisher_of, same_house
from provenance.text.shorten import shorten
from provenance.text.urls import host, is_web_url, normalise, split
from provenance.text.witnesses import first_held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from provenance.model import Declaration, Document, Evidence, Finding, Hop, Sighting, Signal

# Archives come late by chance: how many days two captures lie apart says how much order tells.
_WEEKS, _DAYS = 28, 2
_LONGEST_QUOTE = 60
_CLAIMS = {Derivation.WHOLLY, Derivation.PARTIALLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimony:
    """What one kind of evidence says: FROM_SOURCE or TO_SOURCE, and why; its kind has a weight."""

    kind: str
    says: Direction
    why: str

    @property
    def weight(self) -> float:
        """Its log-odds: above 0 for the source, below 0 for the page under test."""
        forth = self.says is Direction.FROM_SOURCE
        return WEIGHTS[self.kind] if forth else -WEIGHTS[self.kind]


def testimonies(evidence: Evidence, finding: Finding) -> tuple[Testimony, ...]:
    """All that is known of the order of the suspect and one source, a kind at most once."""
    suspect, here, there = evidence.suspect, evidence.sightings, finding.sightings
    found = (
        _pointed_at(evidence.signals, finding) or _plain_link(suspect, finding),
        _declares(evidence, finding),
        _points_back(suspect, finding.declared),
        _archive_first(suspect, here, finding),
        _index_first(here, there),
        _claimed_first(suspect, finding),
        _traces(evidence.signals, finding),
        _wholesale(suspect, finding),
    )
    return tuple(testimony for testimony in found if testimony is not None)


def log_odds(spoken: Iterable[Testimony]) -> float:
    """The weights added: above 0 the source was first, below 0 the page under test."""
    return sum(testimony.weight for testimony in spoken)


def settle(spoken: Iterable[Testimony]) -> Direction:
    """The direction that the testimonies settle together, else UNDETERMINED."""
    odds = log_odds(spoken)
    if odds >= SETTLED:
        return Direction.FROM_SOURCE
    return Direction.TO_SOURCE if odds <= -SETTLED else Direction.UNDETERMINED


def _pointed_at(signals: Iterable[Signal], finding: Finding) -> Testimony | None:
    """The page itself links this address as its source, or links or names its site."""
    addresses = _addresses(finding)
    half = finding.reuse is not None and finding.reuse.suspect_share >= HALF
    counting = [s for s in signals if not s.silenced_by and s.family is not Family.FURNITURE]
    stated = [s for s in counting if s.family in {Family.STATEMENT, Family.MARKUP} and s.target]
    for signal in stated:
        if normalise(signal.target or "") in addresses:
            why = f"The page says “{shorten(signal.quote, _LONGEST_QUOTE)}” and links it."
            return _forth("links_page" if half else "names_site", why)
    for signal in stated:
        if same_house(signal.target or "", finding.candidate.url):
            why = f"The page says “{shorten(signal.quote, _LONGEST_QUOTE)}” and links that site."
            return _forth("names_source" if half else "names_site", why)
    for signal in counting:
        name = next((name for name in signal.names if _goes_by(finding, name)), None)
        if name is not None:
            kind = "names_source" if half and signal.claims in _CLAIMS else "names_site"
            return _forth(kind, f"The page names {name} as its source.")
    return None


def _goes_by(finding: Finding, name: str) -> bool:
    """Whether the other page's publisher or site goes by a name."""
    wanted, url = name_key(name), finding.candidate.url
    known = publisher_of(url)
    own = finding.source.self_names if finding.source else ()
    publisher = finding.source.publisher if finding.source else None
    names = (*(known.names if known else ()), *own, publisher or "", host(url).removeprefix("www."))
    return bool(wanted) and any(name_key(one) == wanted for one in names if one)


def _declares(evidence: Evidence, finding: Finding) -> Testimony | None:
    """The page says that its text is somebody else's, and names nobody but perhaps this page."""
    said = evidence.declaration
    if said.derivation is not Derivation.WHOLLY:
        return None
    if any(not _is_of(hop, finding) for hop in said.chain):
        return None
    return _forth("declares", "The page says that its text is from elsewhere.")


def _is_of(hop: Hop, finding: Finding) -> bool:
    if hop.url:
        return same_house(hop.url, finding.candidate.url)
    return bool(hop.publisher) and _goes_by(finding, hop.publisher or "")


def _plain_link(suspect: Document, finding: Finding) -> Testimony | None:
    """The story, or what follows it, links the very page, without calling it a source."""
    addresses, reuse = _addresses(finding), finding.reuse
    half = reuse is not None and reuse.suspect_share >= HALF
    for link in suspect.links:
        if link.place in {Place.TEXT, Place.TAIL} and normalise(link.url) in addresses:
            kind = "links_half" if half else "plain_link"
            return _forth(kind, f"The page links {host(link.url)} in or below its text.")
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
        return _back("points_back", "The other page names this one as its source.")
    return None


def _archive_first(
    suspect: Document, here: tuple[Sighting, ...], finding: Finding
) -> Testimony | None:
    """An archive held the text at one address before it held it, or before it was, at the other."""
    ours, theirs = first_held(here), first_held(finding.sightings)
    own_claim, their_claim = first_claim(_dates(suspect)), first_claim(_dates(finding.source))
    if theirs and own_claim and surely_before(theirs, own_claim):
        why = (
            f"An archive held the text at the other page on {day(theirs.at)}, "
            f"before this page says it was published ({day(own_claim.at)})."
        )
        return _forth("archive_before_claim", why)
    if ours and their_claim and surely_before(ours, their_claim):
        why = (
            f"An archive held the text on this page on {day(ours.at)}, "
            f"before the other page says it was published ({day(their_claim.at)})."
        )
        return _back("archive_before_claim", why)
    if not ours or not theirs or ours.at == theirs.at:
        return None
    make = _forth if theirs.at < ours.at else _back
    there, here_at = _moments(theirs, ours)
    why = (
        f"Web archives first hold the text at the other page on {there}, on this page on {here_at}."
    )
    days = abs(ours.at - theirs.at).days
    kind = (
        "archive_weeks" if days >= _WEEKS else "archive_days" if days >= _DAYS else "archive_hours"
    )
    return make(kind, why)


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
            return make(kind, f"{words}: the other page {there}, this page {here}.")
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
        if signal.silenced_by or signal.family is not Family.TRACE or not signal.target:
            continue
        if same_house(signal.target, finding.candidate.url):
            quote = shorten(signal.quote, _LONGEST_QUOTE)
            why = f"“{quote}” on this page belongs to {host(finding.candidate.url)}."
            return _forth("traces", why)
    return None


def _wholesale(suspect: Document, finding: Finding) -> Testimony | None:
    """One of the two sites is an agency's or a release service's: it writes for others to print."""
    here, there = publisher_of(suspect.url or ""), publisher_of(finding.candidate.url)
    ours, theirs = is_agency_page(suspect.url), is_agency_page(finding.candidate.url)
    if theirs and not ours and there:
        return _forth("wholesale", f"{there.name} writes for others to print.")
    if ours and not theirs and here:
        return _back("wholesale", f"{here.name}, whose page this is, writes for others to print.")
    return None


def _dates(page: Document | None) -> tuple[Sighting, ...]:
    """When a page says its text was published.

    What dates a list of articles dates none of them, and the day on which a wiki's page was begun
    is not that of the text that stands there now.
    """
    return page.dates if page and not lists(page) and not _is_wiki(page) else ()


def _is_wiki(page: Document) -> bool:
    url = page.url or ""
    return is_web_url(url) and split(url).path.startswith(("/wiki/", "/w/index.php"))


def lists(page: Document) -> bool:
    """Whether a page is a list of articles: it says so, or it is the front page of its site."""
    place = split(page.url or "")
    front = bool(place.netloc) and place.path in {"", "/"} and not place.query
    return front or page.state is PageState.LISTING


def _forth(kind: str, why: str) -> Testimony:
    return Testimony(kind=kind, says=Direction.FROM_SOURCE, why=why)


def _back(kind: str, why: str) -> Testimony:
    return Testimony(kind=kind, says=Direction.TO_SOURCE, why=why)


def _moments(one: Sighting, other: Sighting) -> tuple[str, str]:
    """Two times in words: days, and the hours too where only these tell them apart."""
    hours = {one.precision, other.precision} <= {Precision.MINUTE, Precision.SECOND}
    if not hours or one.at.date() != other.at.date():
        return day(one.at), day(other.at)
    return f"{day(one.at)} {one.at:%H:%M} UTC", f"{day(other.at)} {other.at:%H:%M} UTC"


def day(at: datetime) -> str:
    """A date in words, as the sentences of the ledger give it."""
    return f"{at.day} {at:%b %Y}"
