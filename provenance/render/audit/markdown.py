"""A site report as Markdown: its figures, and the pages with text from another source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures, tables
from provenance.render.text.markdown import escape, table_lines
from provenance.render.text.wording import clock, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport

_MOST_PAGES, _MOST_SOURCES, _MOST_MONTHS = 500, 50, 60
_MOST_SITES, _MOST_PAIRS = 200, 200


def render(report: AuditReport) -> Iterator[str]:
    """The whole report a line at a time, ending in a line end."""
    return (f"{line}\n" for line in _lines(report))


def _lines(report: AuditReport) -> Iterator[str]:
    yield f"# Audit of {escape(figures.name(report))}"
    yield ""
    yield f"**{escape(figures.headline(report))}**"
    yield ""
    yield escape(figures.caveat(report))
    yield ""
    yield from table_lines(tables.verdicts(report))
    yield from table_lines(tables.sites(report, _MOST_SITES))
    yield from table_lines(tables.pairs(report, _MOST_PAIRS))
    yield from table_lines(tables.sources(report, _MOST_SOURCES))
    yield from table_lines(tables.credit(report))
    yield from table_lines(tables.delays(report))
    yield from table_lines(tables.months(report, _MOST_MONTHS))
    yield from table_lines(tables.findings(report, _MOST_PAGES))
    every = sum(share.count for kind, share in report.shares if kind in figures.FINDINGS)
    if every > _MOST_PAGES:
        more = counted(every - _MOST_PAGES, "further page")
        yield f"{more} with a finding: see the CSV file."
        yield ""
    yield from table_lines(tables.unchecked(report))
    yield f"{escape(figures.accounting(report))}. Checked {clock(report.checked_at)}."
