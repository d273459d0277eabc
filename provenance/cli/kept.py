"""Kept reports as every command reads them: those of older versions completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model import Report
    from provenance.world import OpenWorld


def kept_report(world: OpenWorld, number: int) -> Report:
    """The kept report of that number; InputError where there is none."""
    from provenance.judge import complete

    report: Report = complete(world.store.reports.get(number))
    return report
