"""A site report as a table: one row an address, with what a rights notice needs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from provenance.model.values import values
from provenance.render.csv import safe

if TYPE_CHECKING:
    from provenance.model.audit import AuditReport, AuditRow, Trace

_TRACE = ("url", "title", "publisher", "published", "first_seen", "memento")
_COLUMNS = (
    *("copy_url", "ended", "reason", "found_by", "kind", "confidence", "basis"),
    *(f"copy_{name}" for name in _TRACE[1:]),
    *(f"original_{name}" for name in _TRACE),
    *("share_of_copy", "share_of_original", "attribution", "delay_days", "words"),
    *("copy_sha256", "report", "report_file", "not_checked"),
)


def render(report: AuditReport) -> str:
    """The table with its head; every cell quoted, none live; times ISO 8601 in UTC, shares 0..1."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in report.rows:
        cells = _cells(row)
        writer.writerow([safe(cells.get(name)) for name in _COLUMNS])
    return out.getvalue()


def _cells(row: AuditRow) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "copy_url": row.url,
        "ended": row.fate.value,
        "reason": row.reason,
        "found_by": row.found_by,
    }
    result = row.result
    if result is None:
        return cells
    cells |= {
        "kind": result.kind.value,
        "confidence": result.confidence.value,
        "basis": result.basis.value,
        "share_of_copy": _share(result.share),
        "share_of_original": _share(result.share_of_source),
        "attribution": result.attribution.value,
        "delay_days": None if result.delay is None else f"{result.delay:.2f}",
        "words": result.words,
        "copy_sha256": result.digest,
        "report": result.report,
        "report_file": result.file,
        "not_checked": "; ".join(result.misses),
    }
    cells |= _trace("copy", result.page) | _trace("original", result.origin)
    return cells | {"copy_url": row.url}


def _trace(name: str, trace: Trace | None) -> dict[str, Any]:
    if trace is None:
        return {}
    return {f"{name}_{part}": values(getattr(trace, part)) for part in _TRACE}


def _share(share: float | None) -> str | None:
    return None if share is None else f"{share:.4f}"
