"""The tables of a site report, made once for the terminal, Markdown and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures
from provenance.render.audit.reasons import why_not
from provenance.render.text.tables import FileLink, Link, Table
from provenance.render.text.wording import CREDIT, NOTICE, REVIEWED, VERDICT
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport, AuditRow, PageResult
    from provenance.render.text.tables import Cell

# What each part of the report shows, in a sentence under its heading.
ABOUT = {
    "verdicts": "Each page that was checked has one verdict.",
    "interval": "The interval says between which values the share lies, given the pages that "
    "failed or were not drawn.",
    "sources": "The publishers of the text that these pages carry. Credited: on how many pages "
    "the source is named. Delay: from the source's date to the page's date.",
    "sites": "Each row is one site. From another source: pages whose text is from somebody else. "
    "Order open: pages whose text also stands on another page, and who was first could not be "
    "told. First: pages that were there before another page with their text.",
    "pairs": "Each row says how many pages of a site have text from a source. Order open: pages "
    "of both that share text, and who was first could not be told, or both have it from a third.",
    "matrix": "Each row is a site, each column a source. The number says how many pages of the "
    "site have text from the source. A number in brackets counts pages that share text while who "
    "was first could not be told, or both have it from a third.",
    "credit": "How the pages that carry text from another source credit it.",
    "delay": "The time from the source's own date to the page's own date, where both state one.",
    "months": "Pages by the month of their own date.",
    "findings": "Each row is one page of the site and the other page that has the same text.",
    "pages": "Each row is one page that was checked; the surest findings come first.",
    "unchecked": "Addresses that have no verdict, and why.",
    "boilerplate": "These lines stand on many pages of the site. They are left out of every "
    "comparison.",
    "listings": "The sitemaps, feeds and pages that gave the addresses, and how many each gave.",
}


def verdicts(report: AuditReport) -> Table:
    """How many pages got each verdict; the interval only where a share has one."""
    is_open = bool(figures.interval(report.reused))
    return Table(
        title="Pages by verdict",
        columns=("Verdict", "Pages", "Share", *(("Interval",) if is_open else ())),
        about=" ".join((ABOUT["verdicts"], *((ABOUT["interval"],) if is_open else ()))),
        rows=[
            (
                *(VERDICT[kind], share.count, percent(share.value)),
                *((figures.interval(share),) if is_open else ()),
            )
            for kind, share in report.shares
            if share.count
        ],
    )


def sources(report: AuditReport, most: int) -> Table:
    """The publishers whose text the site carries."""
    return Table(
        title="Sources",
        columns=("Source", "Pages", "Credited", "Median delay"),
        about=ABOUT["sources"],
        rows=[
            (s.name or figures.NOT_NAMED, s.pages, s.credited, figures.span(s.delay))
            for s in report.sources[:most]
        ],
    )


def sites(report: AuditReport, most: int) -> Table:
    """What came of each site of several."""
    return Table(
        title="Sites",
        columns=("Site", "Checked", "From another source", "Order open", "First"),
        about=ABOUT["sites"],
        rows=[
            (s.name, s.checked, s.reused, s.elsewhere, s.first)
            for s in (report.sites[:most] if report.is_list else ())
        ],
    )


def pairs(report: AuditReport, most: int) -> Table:
    """Which site has text from whom."""
    return Table(
        title="Who has text from whom",
        columns=("Site", "Source", "Pages", "Order open"),
        about=ABOUT["pairs"],
        rows=[
            (pair.site, pair.source, pair.pages, pair.shared)
            for pair in (report.pairs[:most] if report.is_list else ())
        ],
    )


def credit(report: AuditReport) -> Table:
    """How the pages with text from another source credit it."""
    return Table(
        title="Credit",
        columns=("Credit", "Pages"),
        about=ABOUT["credit"],
        rows=[(CREDIT[grade], count) for grade, count in report.credits],
    )


def delays(report: AuditReport) -> Table:
    """How long after their source the pages were published."""
    return Table(
        title="Delay",
        columns=("Delay", "Pages"),
        about=ABOUT["delay"],
        rows=figures.steps(report.delays),
    )


def months(report: AuditReport, most: int) -> Table:
    """The pages by the month that they are dated."""
    return Table(
        title="Months",
        columns=("Month", "Pages", "From another source"),
        about=ABOUT["months"],
        rows=[(m.month, m.pages, m.taken) for m in report.months[-most:]],
    )


def unchecked(report: AuditReport) -> Table:
    """Why addresses were not checked."""
    return Table(
        title="Not checked",
        columns=("Addresses", "Outcome", "Reason"),
        about=ABOUT["unchecked"],
        rows=[(r.count, figures.OUTCOME[r.fate], why_not(r)) for r in report.reasons],
    )


def findings(report: AuditReport, most: int) -> Table:
    """The pages whose text was found elsewhere, or that say so themselves."""
    first = figures.first_pages(report.rows, most)
    pages = [pair for pair in first if pair[1].kind in figures.FINDINGS]
    noted = any(state_of(row) for row, _ in pages)
    return Table(
        title="Pages with a finding",
        columns=(
            *("Page", "Verdict", "Other page", "Share of page", "Credit", "Report"),
            *(("State",) if noted else ()),
        ),
        about=ABOUT["findings"],
        rows=[(*_finding(page), *((state_of(row),) if noted else ())) for row, page in pages],
    )


def state_of(row: AuditRow) -> str:
    """How far the matter of a page is, and what a person made of its verdict; '' for neither."""
    told = (
        NOTICE[row.notice] if row.notice else "",
        REVIEWED[row.reviewed] if row.reviewed else "",
    )
    return ", ".join(filter(None, told))


def _finding(result: PageResult) -> Iterator[Cell]:
    origin = result.origin
    yield Link(result.page.url, result.page.title)
    yield VERDICT[result.kind]
    yield Link(origin.url, origin.title or origin.publisher) if origin else ""
    yield "" if result.share is None else percent(result.share)
    yield CREDIT[result.attribution] if result.kind.reused else ""
    yield FileLink(result.file, str(result.report)) if result.file else str(result.report)
