"""Reports as rows for a data frame, in the columns of the CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model.audit import AuditReport

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Report
    from provenance.render.audit.table import Cell

# Columns of an audit that say where a row's own report is kept: a single report is at hand.
_ELSEWHERE = ("report", "report_file")


def frame(reports: AuditReport | Iterable[Report]) -> list[dict[str, Cell]]:
    """One row a report, or a row an address of an audit, with the same columns in each.

    A list that was audited keeps its own columns, before those of the answer.

    Shares are numbers 0..1, times datetimes in UTC, what is not known None: ``pandas.DataFrame``
    and ``polars.DataFrame(..., infer_schema_length=None)`` take the rows as they are. ``target``
    is what was handed in, for a join; README and the head of the CSV files name the columns.
    """
    from provenance.render.audit.table import row_cells, table_rows

    if isinstance(reports, AuditReport):
        found = table_rows(reports.columns, reports.every_row, row_cells)
        return [dict(row) for row in found]
    return [_row(report) for report in reports]


def _row(report: Report) -> dict[str, Cell]:
    from provenance.jobs.audit.audit_counts import result_of
    from provenance.model.plain import utc
    from provenance.render.audit.table import result_cells
    from provenance.render.report.verdicts import page_name, sentence

    cells = result_cells(result_of(report, 0, None))
    return {
        "target": report.target,
        **{name: cell for name, cell in cells.items() if name not in _ELSEWHERE},
        "page_url": page_name(report),
        "sentence": sentence(report),
        "checked_at": utc(report.checked_at),
        "reviewed": report.review.stance.value if report.review else None,
        "review_note": report.review.note if report.review else None,
        "notice": report.notice.state.value if report.notice else None,
    }
