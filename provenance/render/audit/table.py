"""A site report as a table: one row an address, with what a rights notice needs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from provenance.model.plain import values
from provenance.render.audit.reasons import why_not
from provenance.render.report.csv import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from provenance.model.audit import AuditReport, AuditRow, PageSide

_TRACE = (
    *("url", "title", "publisher", "published", "published_by"),
    *("first_seen", "seen_by", "memento"),
)
_COLUMNS = (
    *("copy_url", "ended", "reason", "found_by", "kind", "confidence", "basis"),
    *(f"copy_{name}" for name in _TRACE[1:]),
    *(f"original_{name}" for name in _TRACE),
    *("share_of_copy", "share_of_original", "longest_run_words", "attribution", "page_says"),
    *("delay_days", "words", "copy_sha256", "report", "report_file", "not_checked"),
)
_BATCH = 200


def render(report: AuditReport) -> Iterator[str]:
    """The table with its head; every cell quoted, none live; times ISO 8601 in UTC, shares 0..1.

    ``basis`` says what the finding rests on: texts that were compared, or the page's own word,
    which then stands in ``page_says``.
    """
    return lines(_COLUMNS, (_cells(row) for row in report.rows))


def lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A table in pieces of some hundred lines; a cell that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    for number, cells in enumerate(rows, 1):
        writer.writerow([safe(cells.get(name)) for name in columns])
        if number % _BATCH == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cells(row: AuditRow) -> dict[str, Any]:
    cells: dict[str, Any] = {
        "copy_url": row.url,
        "ended": row.fate.value,
        "reason": why_not(row),
        "found_by": row.found_by,
    }
    result = row.result
    if result is None:
        return cells
    cells |= {
        "kind": result.kind.value,
        "confidence": result.confidence.value,
        "basis": result.basis.value,
        "share_of_copy": share(result.share),
        "share_of_original": share(result.share_of_source),
        "longest_run_words": result.longest,
        "attribution": result.attribution.value,
        "page_says": result.says,
        "delay_days": None if result.delay is None else f"{result.delay:.2f}",
        "words": result.words,
        "copy_sha256": result.digest,
        "report": result.report,
        "report_file": result.file,
        "not_checked": "; ".join(result.misses),
    }
    cells |= _trace("copy", result.page) | _trace("original", result.origin)
    return cells | {"copy_url": row.url}


def share(value: float | None) -> str | None:
    """A share with four digits, as a machine reads it."""
    return None if value is None else f"{value:.4f}"


def _trace(name: str, trace: PageSide | None) -> dict[str, Any]:
    if trace is None:
        return {}
    return {f"{name}_{part}": values(getattr(trace, part)) for part in _TRACE}
