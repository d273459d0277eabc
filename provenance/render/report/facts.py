"""The facts of a report in words, made once for the terminal and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Confidence, Direction, Witness
from provenance.render.report.verdicts import (
    archives_answered,
    archives_asked,
    label,
    owes_credit,
    unchecked,
)
from provenance.render.text.plain import isolated, plain, short
from provenance.render.text.tables import Fact
from provenance.render.text.wording import (
    CREDIT,
    NOTICE,
    STANCE,
    clock,
    day,
    moment,
    origin_name,
    source_name,
    stated,
)
from provenance.text.archived import viewing_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Finding, Notice, Report, Review, Sighting

# What reports call the texts that are kept on this machine.
_CORPUS = "corpus"
OTHER_PAGE = {Direction.FROM_SOURCE: "source", Direction.TO_SOURCE: "later copy"}


def heading(report: Report) -> str:
    """The verdict and how sure it is: ``Repost (confidence: strong)``, and of which capture."""
    confidence = report.verdict.confidence
    sure = "" if confidence is Confidence.NONE else f" (confidence: {confidence.value})"
    instead = report.stand_in
    of = f", of the page as archived on {day(instead.captured_at)}" if instead else ""
    return f"{label(report)}{sure}{of}"


def facts(report: Report) -> Iterator[Fact]:
    """The page that the verdict is about, when both were there, the credit, a person's review."""
    finding, origin = report.answer, report.verdict.origin
    if finding is not None:
        yield from _other(report, finding)
    elif origin is not None:
        yield Fact("named source", origin_name(origin), origin.url)
    yield Fact("this page", _dated(report))
    if report.stand_in is not None:
        snapshot = viewing_address(report.stand_in.memento)
        yield Fact("checked", "this snapshot, not the live page", snapshot)
    if owes_credit(report):
        yield Fact("credit", CREDIT[report.verdict.attribution])
    if report.review is not None:
        yield Fact("review", _review(report.review))
    if report.notice is not None:
        yield Fact("state", _notice(report.notice))


def not_checked(report: Report) -> Iterator[Fact]:
    """Who was not asked or gave no answer, and why."""
    for entry in unchecked(report):
        later = f"; try again in {entry.retry_after:.0f} s" if entry.retry_after else ""
        more = f" and {len(entry.asked) - 1} more" if len(entry.asked) > 1 else ""
        asked = f"{short(entry.asked[0], 100)}{more}"
        ended = "was asked" if entry.tried else "was not asked"
        yield Fact("not checked", f"{entry.provider} {ended}: {entry.why}{later} ({asked})")


def _other(report: Report, finding: Finding) -> Iterator[Fact]:
    at = stated(finding.sightings)
    when = f", dated {moment(at)}" if at else ""
    name = OTHER_PAGE.get(report.verdict.direction, "other page")
    yield Fact(name, f"{source_name(finding)}{when}", finding.candidate.url)
    if any(lead.found_by == _CORPUS for lead in finding.candidate.leads):
        yield Fact("found", "among your own kept pages")
    seen = report.verdict.seen.other
    if seen is not None:
        yield _witness(seen)


def _witness(seen: Sighting) -> Fact:
    """Who first had the text on record, and when."""
    if seen.witness is not Witness.ARCHIVE:
        return Fact("indexed", f"first seen {moment(seen)} by {plain(seen.basis)}")
    held = "with this text" if seen.holds_text else "its text was not compared"
    snapshot = viewing_address(seen.memento) if seen.memento else None
    return Fact("archived", f"first seen {moment(seen)}, {held}", snapshot)


def _dated(report: Report) -> str:
    """``dated 3 Mar 2026; first seen 3 Mar 2026 18:02 UTC``."""
    seen, own = report.verdict.seen.page, stated(report.sightings)
    if seen is not None:
        record = f"first seen {moment(seen)}"
    elif archives_answered(report):
        record = "not in any archive that answered"
    else:
        record = "no archive answered" if archives_asked(report) else "no archive was asked"
    return f"{f'dated {moment(own)}' if own else 'gives no date'}; {record}"


def _notice(notice: Notice) -> str:
    note = f": {isolated(notice.note)}" if notice.note.strip() else ""
    return f"{NOTICE[notice.state]}, {clock(notice.at)}{note}"


def _review(review: Review) -> str:
    note = f": {isolated(review.note)}" if review.note.strip() else ""
    of = f", on report {review.report} of the same page and text" if review.report else ""
    return f"a person {STANCE[review.stance]}, {clock(review.at)}{of}{note}"
