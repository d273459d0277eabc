"""One page checked: read, detect, locate, ask the world, compare, judge."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.jobs.check.lookup_log import LookupLog
from provenance.jobs.check.source_search import Examined, SourceSearch, examine
from provenance.jobs.check.stand_in import stand_in
from provenance.jobs.check.timeline import appearances
from provenance.judge import copied, judge, weigh
from provenance.judge.citation import cite
from provenance.model import (
    VERSION,
    Evidence,
    Finding,
    PageRead,
    PageState,
    Refusal,
    Report,
    Sighting,
)
from provenance.read import read_capture
from provenance.text.dates import first_claim
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture, Document, Settings, Tell
    from provenance.model.ports import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A page under test as it came and as it was read; ``target`` is what the person named it."""

    target: str
    capture: Capture
    suspect: Examined


def check(
    target: str,
    capture: Capture,
    world: World,
    settings: Settings,
    *,
    tell: Tell = lambda _: None,
) -> Report:
    """The whole answer for one page; ``target`` is what the person named it.

    InputError when the page holds no text to check. Whatever the world does not answer becomes a
    Miss in the report. What ``tell`` raises ends the check.
    """
    case = Case(target=target, capture=capture, suspect=examine(read_capture(capture)))
    return decide(case, world, settings, tell=tell)


def decide(
    case: Case,
    world: World,
    settings: Settings,
    *,
    tell: Tell = lambda _: None,
) -> Report:
    """The answer for a page that was read; errors as for ``check``."""
    target, capture, suspect = case.target, case.capture, case.suspect
    if not suspect.document.text.strip() and not suspect.signals:
        raise InputError(f"{target}: no text on this page to check; save it from a browser and try")
    tell(_describe(suspect.document))
    inquiry = LookupLog(world, settings, capture.captured_at, tell)
    inquiry.exhibit(capture)
    world.corpus.add(suspect.document)
    pursuit = SourceSearch(inquiry, world, settings, suspect)
    pursuit.run()
    own = _seen(inquiry, world, suspect, None)
    sightings = (*suspect.document.dates, *pursuit.own_sightings, *own)
    dated = tuple(
        replace(finding, sightings=(*finding.sightings, *_seen(inquiry, world, suspect, finding)))
        for finding in pursuit.findings
    )
    evidence = weigh(
        Evidence(
            suspect=suspect.document,
            signals=suspect.signals,
            declaration=suspect.declaration,
            sightings=sightings,
            findings=dated,
            exhausted=inquiry.exhausted,
            licensed=settings.licensed,
        )
    )
    report = Report(
        target=target,
        suspect=suspect.document,
        signals=suspect.signals,
        sightings=sightings,
        findings=evidence.findings,
        verdict=judge(evidence),
        misses=inquiry.misses,
        lookups=inquiry.lookups,
        evidence=inquiry.exhibits,
        checked_at=_newest(inquiry, capture),
        settings=settings.shown,
        version=VERSION,
        stand_in=stand_in(capture),
    )
    citation = cite(report)
    return report if isinstance(citation, Refusal) else replace(report, citation=citation)


def _seen(
    inquiry: LookupLog, world: World, suspect: Examined, finding: Finding | None
) -> tuple[Sighting, ...]:
    """First appearances in every archive of the suspect, or of a source that holds its text."""
    target = _expected(suspect, finding)
    if target is None:
        return ()
    page, text, share = target

    def holds(capture: Capture) -> bool:
        """Whether an archived page holds (nearly) as much of the text as the live one does."""
        try:
            archived = read_capture(capture)
        except InputError:
            return False
        from provenance.compare import compare_documents

        return compare_documents(text, archived).suspect_containment >= 0.8 * share

    return appearances(inquiry, world.archives, page, holds)


def _expected(
    suspect: Examined, finding: Finding | None
) -> tuple[Document, Document, float] | None:
    """Whose captures are asked for, which text must stand in them, and what share of it.

    Of a page that the suspect names and that holds its text in other words, such as a translation,
    it is that page's own text.
    """
    if finding is None:
        return suspect.document, suspect.document, 1.0
    source = finding.source
    if source is None or finding.reuse is None:
        return None
    if copied(finding) and finding.reuse.by_sentences is None:
        return source, suspect.document, finding.reuse.suspect_containment
    origin = suspect.declaration.origin
    named = origin is not None and origin.url and normalise(origin.url)
    there = source.state is PageState.ARTICLE and normalise(finding.candidate.url) == named
    there = there or copied(finding)
    return (source, source, 0.7) if there else None


def _describe(document: Document) -> PageRead:
    return PageRead(
        url=document.url,
        title=document.title,
        publisher=document.publisher,
        published=first_claim(document.dates),
    )


def _newest(inquiry: LookupLog, capture: Capture) -> datetime:
    """The time of the newest evidence; a report is dated by it and not by the reader's clock."""
    times = [capture.captured_at]
    times.extend(exhibit.captured_at for exhibit in inquiry.exhibits)
    times.extend(lookup.at for lookup in inquiry.lookups)
    return max(times)
