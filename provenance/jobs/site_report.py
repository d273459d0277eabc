"""The report of an audit that is whole, counted from the rows of its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.jobs.tally import shares
from provenance.model import VERSION
from provenance.model.audit import AuditReport, Fate

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model.audit import Habits
    from provenance.model.ports import Ledger

# The reason of the pages that a sample left out.
NOT_DRAWN = "not drawn for the sample"


def site_report(ledger: Ledger, number: int, habits: Habits, at: datetime) -> AuditReport:
    """The rows of an audit counted; the audit is closed ``at`` that time."""
    ledger.end(number, at)
    target, options = ledger.options(number)
    rows = tuple(ledger.rows(number))
    drawn = options.sample is not None and any(
        row.fate is Fate.SKIPPED and row.reason == NOT_DRAWN for row in rows
    )
    each, reused = shares(rows, drawn=drawn)
    return AuditReport(
        number=number,
        target=target,
        options=options,
        rows=rows,
        listings=ledger.listings(number),
        habits=habits.shown,
        prefixes=habits.prefixes,
        shares=each,
        reused=reused,
        drawn=drawn,
        checked_at=at,
        version=VERSION,
    )
