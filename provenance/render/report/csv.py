"""A report as a table: one row for each page that was looked at, for spreadsheets and notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.render.report.json import values
from provenance.render.report.verdicts import page_name, sentence, unchecked
from provenance.render.text.csv import lines, share
from provenance.render.text.wording import source_name, stated
from provenance.text.archived import viewing_address
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Finding, Report, Sighting


def render(report: Report) -> str:
    """The table with its head; every cell quoted, none live; times ISO 8601 in UTC, shares 0..1."""
    rows = [_row(report, finding) for finding in report.findings] or [_row(report, None)]
    return "".join(lines(tuple(rows[0]), rows))


def _row(report: Report, finding: Finding | None) -> dict[str, Any]:
    page, verdict = report.suspect, report.verdict
    return {
        "page_url": page_name(report),
        "page_title": page.title,
        "page_author": "; ".join(page.byline),
        "page_publisher": page.publisher,
        **_times("page", report.sightings),
        "page_sha256": page.digest,
        "verdict": verdict.kind.value,
        "sentence": sentence(report),
        "derivation": verdict.derivation.value,
        "basis": verdict.basis.value,
        "direction": verdict.direction.value,
        "attribution": verdict.attribution.value,
        "confidence": verdict.confidence.value,
        **_other(finding),
        "not_checked": "; ".join(f"{entry.provider}: {entry.why}" for entry in unchecked(report)),
        "review": report.review.stance.value if report.review else None,
        "review_note": report.review.note if report.review else None,
        "notice": report.notice.state.value if report.notice else None,
        "notice_note": report.notice.note if report.notice else None,
        "checked_at": values(report.checked_at),
    }


def _other(finding: Finding | None) -> dict[str, Any]:
    source = finding.source if finding else None
    reuse = finding.reuse if finding else None
    return {
        "other_url": finding.candidate.url if finding else None,
        "other_title": source.title if source else None,
        "other_author": "; ".join(source.byline) if source else None,
        "other_publisher": source_name(finding) if finding else None,
        **_times("other", finding.sightings if finding else ()),
        "other_sha256": source.digest if source else None,
        "share_of_page": share(reuse.suspect_containment) if reuse else None,
        "share_of_other": share(reuse.source_containment) if reuse else None,
        "words_copied": reuse.suspect_copied if reuse else None,
        "passages": reuse.runs if reuse else None,
        "longest_run_words": reuse.longest if reuse else None,
        "likeness": reuse.likeness.value if reuse else None,
        "why_not_compared": finding.why if finding else None,
    }


def _times(name: str, sightings: Iterable[Sighting]) -> dict[str, Any]:
    sightings = tuple(sightings)
    own, seen = stated(sightings), first_seen(sightings)
    return {
        f"{name}_published": values(own.at) if own else None,
        f"{name}_first_seen": values(seen.at) if seen else None,
        f"{name}_snapshot": viewing_address(seen.memento) if seen and seen.memento else None,
    }
