"""A site report as a table: one row an address, with what a rights notice needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.model.plain import values
from provenance.render.audit.reasons import why_not
from provenance.render.text.csv import lines, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport, AuditRow, PageSide

_SIDE = (
    *("url", "title", "publisher", "published", "published_by"),
    *("first_seen", "seen_by", "snapshot"),
)
_COLUMNS = (
    *("page_url", "outcome", "reason", "found_by", "verdict", "confidence", "basis"),
    *(f"page_{name}" for name in _SIDE[1:]),
    *(f"other_{name}" for name in _SIDE),
    *("share_of_page", "share_of_other", "longest_run_words", "attribution", "page_says"),
    *("delay_days", "words", "page_sha256", "report", "report_file", "not_checked"),
)


def render(report: AuditReport) -> Iterator[str]:
    """The table with its head; every cell quoted, none live; times ISO 8601 in UTC, shares 0..1.

    ``basis`` says what the finding rests on: texts that were compared, or the page's own word,
    which then stands in ``page_says``.
    """
    return lines(_COLUMNS, (_cells(row) for row in report.rows))


def _cells(row: AuditRow) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "page_url": row.url,
        "outcome": row.fate.value,
        "reason": why_not(row),
        "found_by": row.found_by,
    }
    result = row.result
    if result is None:
        return cells
    cells |= {
        "verdict": result.kind.value,
        "confidence": result.confidence.value,
        "basis": result.basis.value,
        "share_of_page": share(result.share),
        "share_of_other": share(result.share_of_source),
        "longest_run_words": result.longest,
        "attribution": result.attribution.value,
        "page_says": result.says,
        "delay_days": None if result.delay is None else f"{result.delay:.2f}",
        "words": result.words,
        "page_sha256": result.digest,
        "report": result.report,
        "report_file": result.file,
        "not_checked": "; ".join(result.misses),
    }
    cells |= _side("page", result.page) | _side("other", result.origin)
    return cells | {"page_url": row.url}


def _side(name: str, side: PageSide | None) -> dict[str, Any]:
    if side is None:
        return {}
    fields = {part: "memento" if part == "snapshot" else part for part in _SIDE}
    return {f"{name}_{part}": values(getattr(side, field)) for part, field in fields.items()}
