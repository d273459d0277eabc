"""A site report as one HTML file that stands alone, in the style of the pages' own reports.

Its one script, allowed by its hash, sorts and sifts the table of pages; all else is there without.
"""

from __future__ import annotations

from itertools import islice, starmap
from typing import TYPE_CHECKING, Any

from provenance.model import VerdictKind
from provenance.render.audit import figures
from provenance.render.audit.charts import Whisker, columns, whisker
from provenance.render.audit.matrix import matrix
from provenance.render.audit.reasons import why_not
from provenance.render.audit.tables import ABOUT, state_of
from provenance.render.report.html import pieces
from provenance.render.text.wording import CREDIT, NOTICE, VERDICT, counted, day
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport, AuditRow, PageResult, PageSide

# Rows beyond these stand in the CSV and JSON files alone.
MOST_PAGES, MOST_UNREAD = 1000, 1000
_FIRST_SOURCES, _MOST_SOURCES, _MOST_SITES = 15, 200, 200
_ORDER = {kind: number for number, kind in enumerate(VerdictKind)}
_GRADES = {grade: number for number, grade in enumerate(CREDIT)}


def render(report: AuditReport, **bar: Any) -> Iterator[str]:
    """The whole dashboard in pieces; the same report gives the same bytes.

    ``bar`` is what stands above a dashboard that is served; none for a file.
    """
    return pieces(
        "audit.html.j2",
        styles=("audit.css",),
        script="table.js",
        report=report,
        name=figures.name(report),
        headline=figures.headline(report),
        caveat=figures.caveat(report),
        accounting=figures.accounting(report),
        reused=percent(report.reused.value),
        between=figures.interval(report.reused),
        meter=whisker(report.reused),
        shares=_shares(report),
        credit=[
            (CREDIT[grade], count, percent(count / report.reused.count))
            for grade, count in report.credits
        ],
        delays=figures.delays(report.delays),
        steps=figures.steps(report.delays),
        months=columns(report.months),
        fates=_fates(report),
        sites=_sites(report),
        matrix=matrix(report),
        **_sources(report),
        **_tables(report),
        span=figures.span,
        **bar,
    )


def _shares(report: AuditReport) -> list[tuple[VerdictKind, str, int, str, str, Whisker]]:
    return [
        (kind, VERDICT[kind], share.count, percent(share.value),
         figures.interval(share), whisker(share))
        for kind, share in report.shares
        if share.count
    ]  # fmt: skip


def _sites(report: AuditReport) -> dict[str, object] | None:
    """The sites of a list, as many as a reader bears; None where there is one."""
    if not report.is_list:
        return None
    return {
        "shown": report.sites[:_MOST_SITES],
        "more": max(report.site_count - _MOST_SITES, 0),
    }


def _sources(report: AuditReport) -> dict[str, object]:
    found = report.sources[:_MOST_SOURCES]
    return {
        "sources": found[:_FIRST_SOURCES],
        "more_sources": found[_FIRST_SOURCES:],
        "unseen_sources": max(report.named - len(found), 0),
        "most": max((source.pages for source in found), default=1),
    }


def _fates(report: AuditReport) -> list[tuple[str, str, int, float]]:
    """(fate, word, addresses, share of them all)."""
    whole = max(len(report.rows), 1)
    return [(fate.value, figures.OUTCOME[fate], n, n / whole) for fate, n in report.fates]


def _tables(report: AuditReport) -> dict[str, object]:
    """The pages and the addresses that were not checked, as many as a browser bears."""
    done = figures.checked(report)
    missed = len(report.rows) - done
    first = figures.first_pages(report.rows, MOST_PAGES)
    return {
        "pages": starmap(_row, first),
        "states_shown": list(dict.fromkeys(row.notice for row, _ in first if row.notice)),
        "noted": any(state_of(row) for row, _ in first),
        "notices": NOTICE,
        "done": done,
        "more": counted(done - MOST_PAGES, "further page") if done > MOST_PAGES else "",
        "kinds_shown": [(k.value, VERDICT[k]) for k, share in report.shares if share.count],
        "grades_shown": [(grade.value, CREDIT[grade]) for grade, _ in report.credits],
        "unread": islice(figures.unread(report.rows), MOST_UNREAD),
        "more_unread": counted(missed - MOST_UNREAD, "further address", "further addresses")
        if missed > MOST_UNREAD
        else "",
        "about": ABOUT,
        "outcomes": figures.OUTCOME,
        "why_not": why_not,
    }


def _row(row: AuditRow, result: PageResult) -> dict[str, object]:
    """The cells of a row in words, and what they are sorted by."""
    origin, reused = result.origin, result.kind.reused
    return {
        "result": result,
        "group": "taken" if reused else "other",
        "kind": VERDICT[result.kind],
        "kind_order": _ORDER[result.kind],
        "credit": CREDIT[result.attribution] if reused else "",
        "credit_order": _GRADES[result.attribution] if reused else "",
        "share": "" if result.share is None else percent(result.share),
        "origin": figures.source_name(result) if origin else "",
        "dates": _dates(result.page),
        "origin_dates": _dates(origin) if origin else {},
        "delay": figures.span(result.delay),
        "notice": row.notice,
        "state": state_of(row),
    }


def _dates(trace: PageSide) -> dict[str, str]:
    """When a page says that it was published, and when somebody else saw it first."""
    return {
        "stated": day(trace.published) if trace.published else "",
        "seen": day(trace.first_seen) if trace.first_seen else "",
    }
