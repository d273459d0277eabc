"""What a citation says of a page beyond its words: its kind, dates, snapshot and live address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import (
    GONE,
    Answer,
    CalendarDay,
    CitationKind,
    Event,
    Precision,
    UrlStatus,
    Via,
    Witness,
)
from provenance.text.archived import viewing_address
from provenance.text.dates import published_day
from provenance.text.publishers import AgencyKind, publisher_of
from provenance.text.urls import host, normalise
from provenance.text.witnesses import first_held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from provenance.model import Document, Exhibit, Report, Sighting

_KINDS = {
    AgencyKind.PAPER: CitationKind.NEWSPAPER,
    AgencyKind.BROADCASTER: CitationKind.NEWSPAPER,
    AgencyKind.AGENCY: CitationKind.NEWSPAPER,
    AgencyKind.MAGAZINE: CitationKind.MAGAZINE,
}
_BLOG_HOSTS = ("blogspot.", "wordpress.com", "substack.com", "medium.com", "typepad.com")


def kind(document: Document) -> CitationKind:
    """The item type, from who publishes there, then from what the markup calls the article."""
    known = publisher_of(document.url or "")
    if known is not None and known.kind in _KINDS:
        return _KINDS[known.kind]
    types = " ".join(s.value for s in document.statements if s.key == "json_ld:@type")
    name = host(document.url or "")
    if "BlogPosting" in types or name.startswith("blog.") or any(b in name for b in _BLOG_HOSTS):
        return CitationKind.BLOG
    return CitationKind.NEWSPAPER if "NewsArticle" in types else CitationKind.WEBPAGE


def issued(document: Document) -> CalendarDay | None:
    """When the page says it was published, as finely as it says."""
    day = published_day(document.dates)
    if day is not None:
        return exact(day)
    for claim in document.dates:
        if claim.witness is Witness.SELF and claim.event is Event.PUBLISHED:
            month = claim.at.month if claim.precision is not Precision.YEAR else None
            return CalendarDay(year=claim.at.year, month=month)
    return None


def day_read(document: Document, evidence: Iterable[Exhibit]) -> CalendarDay | None:
    """The day on which the bytes came from the web or an archive; None for a file handed in."""
    for exhibit in evidence:
        if exhibit.digest == document.digest and exhibit.via not in {Via.FILE, Via.STDIN}:
            return exact(exhibit.captured_at.date())
    return None


def archived(
    sightings: Iterable[Sighting], document: Document, evidence: Iterable[Exhibit]
) -> tuple[str, CalendarDay] | None:
    """The first trusted capture that holds the text, or the one the page was read from."""
    first = first_held(sightings)
    if first is not None and first.memento:
        return viewing_address(first.memento), exact(first.at.date())
    for exhibit in evidence:
        if exhibit.digest == document.digest and exhibit.memento:
            return viewing_address(exhibit.memento), exact(exhibit.captured_at.date())
    for own in document.dates:
        # The page was handed in as what an archive shows.
        if own.event is Event.CAPTURED and own.memento:
            return viewing_address(own.memento), exact(own.at.date())
    return None


def status(document: Document, report: Report) -> UrlStatus | None:
    """What was seen at the live address: LIVE when it was read there, DEAD when it is gone."""
    url = normalise(document.url or "")
    for exhibit in report.evidence:
        if exhibit.digest == document.digest and exhibit.via is Via.LIVE and not exhibit.memento:
            return UrlStatus.LIVE if exhibit.status in {None, 200} else UrlStatus.DEAD
    for lookup in report.lookups:
        gone = lookup.answer is Answer.REFUSED and lookup.status in GONE
        if gone and normalise(lookup.asked) == url:
            return UrlStatus.DEAD
    return None


def exact(day: date) -> CalendarDay:
    """A day of the calendar."""
    return CalendarDay(year=day.year, month=day.month, day=day.day)
