"""One page checked: read, detect, locate, ask the world, compare, judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.compare import compare_documents
from provenance.detect import detect_signals
from provenance.errors import InputError
from provenance.jobs.inquiry import Inquiry
from provenance.jobs.timeline import appearances
from provenance.judge import copied, judge, weigh
from provenance.judge.declared import declare
from provenance.locate import candidates, leads, queries
from provenance.model import (
    VERSION,
    Candidate,
    Declaration,
    Document,
    Finding,
    Lead,
    Likeness,
    Report,
    Sighting,
    Signal,
)
from provenance.read import read_capture
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from provenance.model import Capture, Settings
    from provenance.model.ports import World


@dataclass(frozen=True, slots=True, kw_only=True)
class _Suspect:
    """The page under test with what it says of itself."""

    document: Document
    signals: tuple[Signal, ...]
    declaration: Declaration


def check(
    target: str,
    capture: Capture,
    world: World,
    settings: Settings,
    *,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """The whole answer for one page; ``target`` is what the person named it.

    InputError when the page holds no text to check. Whatever the world does not answer becomes a
    Miss in the report.
    """
    suspect = _examine(read_capture(capture))
    if not suspect.document.text.strip() and not suspect.signals:
        raise InputError(f"{target}: no text on this page to check; save it from a browser and try")
    inquiry = Inquiry(world, settings, capture.captured_at, tell)
    inquiry.exhibit(capture)
    found, pointed = _locate(inquiry, world, settings, suspect)
    sightings = (*suspect.document.dates, *pointed, *_seen(inquiry, world, suspect, None))
    dated = tuple(
        replace(finding, sightings=(*finding.sightings, *_seen(inquiry, world, suspect, finding)))
        for finding in found
    )
    findings = weigh(suspect.document, suspect.signals, sightings, dated)
    verdict = judge(suspect.document, suspect.signals, suspect.declaration, sightings, findings)
    return Report(
        target=target,
        suspect=suspect.document,
        signals=suspect.signals,
        sightings=sightings,
        findings=findings,
        verdict=verdict,
        misses=inquiry.misses,
        lookups=inquiry.lookups,
        evidence=inquiry.exhibits,
        checked_at=_newest(inquiry, capture),
        settings=settings,
        version=VERSION,
    )


def _examine(document: Document) -> _Suspect:
    signals = detect_signals(document)
    return _Suspect(document=document, signals=signals, declaration=declare(document, signals))


def _locate(
    inquiry: Inquiry, world: World, settings: Settings, suspect: _Suspect
) -> tuple[tuple[Finding, ...], tuple[Sighting, ...]]:
    """The candidates looked at, and where a search index had seen the suspect itself."""
    findings = _follow(inquiry, world, settings, suspect)
    if any(_settled(finding) for finding in findings):
        return findings, ()
    return _search(inquiry, world, settings, suspect, findings)


def _follow(
    inquiry: Inquiry, world: World, settings: Settings, suspect: _Suspect
) -> tuple[Finding, ...]:
    """What the page points at, and what those pages point at in turn, ``settings.hops`` deep."""
    findings: dict[str, Finding] = {}
    frontier = leads(suspect.document, suspect.signals)
    for _ in range(settings.hops + 1):
        wave = [
            candidate
            for candidate in candidates(suspect.document, frontier)
            if normalise(candidate.url) not in findings
        ][: settings.max_downloads - len(findings)]
        frontier = ()
        for candidate in wave:
            finding, signals = _look_at(inquiry, world, suspect, candidate)
            findings[normalise(candidate.url)] = finding
            if copied(finding) and finding.source is not None:
                frontier = (*frontier, *leads(finding.source, signals))
    return tuple(findings.values())


def _look_at(
    inquiry: Inquiry, world: World, suspect: _Suspect, candidate: Candidate
) -> tuple[Finding, tuple[Signal, ...]]:
    """One candidate fetched, read and compared; with the signals on it."""
    indexed = tuple(lead.sighting for lead in candidate.leads if lead.sighting is not None)
    unread = Finding(candidate=candidate, source=None, sightings=indexed, reuse=None, scores=())
    capture = inquiry.read("web", candidate.url, lambda: world.web.fetch(candidate.url))
    if capture is None:
        return replace(unread, why="it could not be fetched"), ()
    try:
        source = read_capture(capture)
    except InputError as error:
        return replace(unread, why=str(error)), ()
    examined = _examine(source)
    finding = replace(
        unread,
        source=source,
        sightings=(*source.dates, *indexed),
        reuse=compare_documents(suspect.document, source, suspect.signals),
        declared=examined.declaration,
    )
    return finding, examined.signals


def _settled(finding: Finding) -> bool:
    """Whether a candidate holds so much of the page that no search is needed."""
    return finding.reuse is not None and finding.reuse.likeness is Likeness.COPIED


def _search(
    inquiry: Inquiry,
    world: World,
    settings: Settings,
    suspect: _Suspect,
    known: tuple[Finding, ...],
) -> tuple[tuple[Finding, ...], tuple[Sighting, ...]]:
    """The ladder of queries, service by service, until a candidate settles it."""
    asked = "where else this text stands"
    ladder = queries(suspect.document, limit=settings.max_queries)
    if not world.searches:
        inquiry.miss("search", asked, "no search service is configured (--search)")
    elif not ladder:
        inquiry.miss("search", asked, "the text is too short to search for")
    findings = {normalise(finding.candidate.url): finding for finding in known}
    own: list[Sighting] = []
    for service in world.searches:
        for query in ladder:
            found = inquiry.ask(
                service.name,
                f"“{query.phrase}”" if query.exact else query.phrase,
                lambda service=service, query=query: service.search(query),  # type: ignore[misc]
            )
            if found is None:
                break
            own.extend(_own_sightings(suspect.document, found))
            for candidate in candidates(suspect.document, found):
                key = normalise(candidate.url)
                if key in findings or len(findings) >= settings.max_downloads:
                    continue
                findings[key], _ = _look_at(inquiry, world, suspect, candidate)
            if any(_settled(finding) for finding in findings.values()):
                return tuple(findings.values()), tuple(own)
    return tuple(findings.values()), tuple(own)


def _own_sightings(document: Document, found: Iterable[Lead]) -> list[Sighting]:
    """A search that finds the page itself says by when the index had it."""
    own = {normalise(url) for url in (document.url, document.canonical) if url}
    return [
        lead.sighting for lead in found if lead.sighting is not None and normalise(lead.url) in own
    ]


def _seen(
    inquiry: Inquiry, world: World, suspect: _Suspect, finding: Finding | None
) -> tuple[Sighting, ...]:
    """First appearances in every archive of the suspect, or of a source that holds its text."""
    if finding is None:
        url, expected = suspect.document.url, 1.0
    elif copied(finding) and finding.reuse is not None:
        url, expected = finding.candidate.url, finding.reuse.suspect_containment
    else:
        return ()

    def holds(capture: Capture) -> bool:
        """Whether an archived page holds (nearly) as much of the text as the live one does."""
        try:
            archived = read_capture(capture)
        except InputError:
            return False
        reuse = compare_documents(suspect.document, archived, suspect.signals)
        return reuse.suspect_containment >= 0.8 * expected

    return appearances(inquiry, world.archives, url, holds)


def _newest(inquiry: Inquiry, capture: Capture) -> datetime:
    """The time of the newest evidence; a report is dated by it and not by the reader's clock."""
    times = [capture.captured_at]
    times.extend(exhibit.captured_at for exhibit in inquiry.exhibits)
    times.extend(lookup.at for lookup in inquiry.lookups)
    return max(times)
