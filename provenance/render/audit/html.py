"""A site report as one HTML file that stands alone, in the style of the pages' own reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model.audit import Kind
from provenance.render.audit import figures
from provenance.render.html import page
from provenance.render.wording import day

if TYPE_CHECKING:
    from provenance.model.audit import AuditReport, PageResult

# Rows beyond this stand in the CSV and JSON files alone.
MOST_ROWS = 5000
_ORDER = {kind: number for number, kind in enumerate(Kind)}


def render(report: AuditReport) -> str:
    """The whole dashboard; the same report gives the same bytes."""
    done = sorted(figures.results(report), key=_weight)
    months = figures.months(report)
    return page(
        "audit.html.j2",
        report=report,
        headline=figures.headline(report),
        caveat=figures.caveat(report),
        accounting=figures.accounting(report),
        shares=[
            (kind.value, figures.KINDS[kind], share, figures.percent(share.value),
             figures.interval(share))
            for kind, share in report.shares
            if share.count
        ],
        reused=figures.percent(report.reused.value),
        between=figures.interval(report.reused),
        sources=figures.sources(report)[:50],
        credit=figures.credits_given(report),
        taken=len(figures.taken(report)),
        delays=figures.delays(report),
        months=months,
        busiest=max((every for _, every, _ in months), default=1),
        rows=[(result, _shown(result)) for result in done[:MOST_ROWS]],
        more=max(len(done) - MOST_ROWS, 0),
        reasons=figures.reasons(report),
        unread=[row for row in report.rows if row.result is None][:MOST_ROWS],
        fates=figures.FATES,
        span=figures.span,
    )  # fmt: skip


def _weight(result: PageResult) -> tuple[int, float, str]:
    return _ORDER[result.kind], -(result.share or 0.0), result.page.url or ""


def _shown(result: PageResult) -> dict[str, str]:
    """The cells of a row in words."""
    origin = result.origin
    return {
        "group": "taken" if result.kind.reused else "other",
        "kind": figures.KINDS[result.kind],
        "credit": figures.CREDITS[result.attribution] if result.kind.reused else "",
        "share": "" if result.share is None else figures.percent(result.share),
        "dated": day(result.page.published) if result.page.published else "",
        "origin": figures.source_name(result) if origin else "",
        "origin_dated": day(origin.published) if origin and origin.published else "",
        "delay": "" if result.delay is None else figures.span(result.delay),
    }
