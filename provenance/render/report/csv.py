"""A report as a table: one row for each page that was looked at, for spreadsheets and notices."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from provenance.render.report.json import values
from provenance.render.report.verdicts import page_name, sentence, unchecked
from provenance.render.text.plain import plain
from provenance.render.text.wording import source_name, stated
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Finding, Report, Sighting

# What a spreadsheet takes for a formula: these signs, full-width ones too, behind blanks, quotes
# and letters without width (OWASP's rule on CSV injection). A plain number is none.
_FORMULA = re.compile("[\\s\u200b-\u200d\u2060\ufeff\u3000\"']*[=+\\-@|\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?\s?%?")


def render(report: Report) -> str:
    """The table with its head; every cell quoted, none live; times ISO 8601 in UTC, shares 0..1."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows = [_row(report, finding) for finding in report.findings] or [_row(report, None)]
    writer.writerow(rows[0])
    writer.writerows([safe(cell) for cell in row.values()] for row in rows)
    return out.getvalue()


def safe(cell: object) -> str:
    """A cell's text on one line; one that would be a formula opens with an apostrophe."""
    text = "" if cell is None else plain(str(cell))
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def _row(report: Report, finding: Finding | None) -> dict[str, Any]:
    page, verdict = report.suspect, report.verdict
    return {
        "page": page_name(report),
        "page_title": page.title,
        "page_publisher": page.publisher,
        **_times("page", report.sightings),
        "page_sha256": page.digest,
        "verdict": sentence(report),
        "derivation": verdict.derivation.value,
        "basis": verdict.basis.value,
        "direction": verdict.direction.value,
        "attribution": verdict.attribution.value,
        "confidence": verdict.confidence.value,
        **_candidate(finding),
        "not_checked": "; ".join(f"{entry.provider}: {entry.why}" for entry in unchecked(report)),
        "review": report.review.stance.value if report.review else None,
        "review_note": report.review.note if report.review else None,
        "checked_at": values(report.checked_at),
    }


def _candidate(finding: Finding | None) -> dict[str, Any]:
    source = finding.source if finding else None
    reuse = finding.reuse if finding else None
    return {
        "candidate": finding.candidate.url if finding else None,
        "candidate_title": source.title if source else None,
        "candidate_publisher": source_name(finding) if finding else None,
        **_times("candidate", finding.sightings if finding else ()),
        "candidate_sha256": source.digest if source else None,
        "share_of_page": f"{reuse.suspect_containment:.4f}" if reuse else None,
        "share_of_candidate": f"{reuse.source_containment:.4f}" if reuse else None,
        "passages": reuse.runs if reuse else None,
        "longest_run_words": reuse.longest if reuse else None,
        "likeness": reuse.likeness.value if reuse else None,
        "why_not_compared": finding.why if finding else None,
    }


def _times(name: str, sightings: Iterable[Sighting]) -> dict[str, Any]:
    sightings = tuple(sightings)
    own, seen = stated(sightings), first_seen(sightings)
    return {
        f"{name}_stated": values(own.at) if own else None,
        f"{name}_first_seen": values(seen.at) if seen else None,
        f"{name}_snapshot": seen.memento if seen else None,
    }
