"""A site report as Markdown: its figures, and the pages with text of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures
from provenance.render.audit.reasons import why_not
from provenance.render.report.markdown import escape, link
from provenance.render.text.wording import counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provenance.model.audit import AuditReport, PageResult

_MOST_PAGES, _MOST_SOURCES, _MOST_MONTHS = 500, 50, 60


def render(report: AuditReport) -> Iterator[str]:
    """The whole report a line at a time, ending in a line end."""
    return (f"{line}\n" for line in _lines(report))


def _lines(report: AuditReport) -> Iterator[str]:
    yield f"# Audit of {escape(report.target)}"
    yield ""
    yield f"**{escape(figures.headline(report))}**"
    yield ""
    yield escape(figures.caveat(report))
    yield ""
    yield from table("Pages by kind", ("Kind", "Pages", "Share", "Interval"), _shares(report))
    sources = [
        (escape(s.name or figures.NOT_NAMED), s.pages, s.credited, _span(s.delay))
        for s in report.sources[:_MOST_SOURCES]
    ]
    yield from table("Whose texts", ("Source", "Pages", "Credited", "Middle delay"), sources)
    credit = [(figures.CREDITS[grade], count) for grade, count in report.credits]
    yield from table("How they are credited", ("Credit", "Pages"), credit)
    later = figures.steps(report.delays)
    yield from table("Original to repost", ("Delay", "Pairs of dates"), later)
    months = [(m.month, m.pages, m.taken) for m in report.months[-_MOST_MONTHS:]]
    yield from table("By month", ("Month", "Pages", "From elsewhere"), months)
    yield from _found(report)
    unchecked = [(figures.FATES[r.fate], escape(why_not(r)), r.count) for r in report.reasons]
    yield from table("Not checked", ("Ended", "Why", "Addresses"), unchecked)
    yield f"{escape(figures.accounting(report))}. Checked {report.checked_at:%Y-%m-%d %H:%M} UTC."


def _shares(report: AuditReport) -> list[tuple[object, ...]]:
    return [
        (figures.KINDS[kind], share.count, percent(share.value), figures.interval(share))
        for kind, share in report.shares
        if share.count
    ]


def _found(report: AuditReport) -> Iterator[str]:
    """The pages with a finding, and how many more there are."""
    every = sum(share.count for kind, share in report.shares if kind in figures.FINDINGS)
    pages = [
        result
        for result in figures.first_pages(report.rows, _MOST_PAGES)
        if result.kind in figures.FINDINGS
    ]
    head = ("Page", "Kind", "Original", "Share", "Credit", "Report")
    yield from table("Pages with a finding", head, map(_page, pages))
    if every > len(pages):
        yield f"{counted(every - len(pages), 'further page')} with a finding stand in the CSV file."
        yield ""


def _page(result: PageResult) -> tuple[object, ...]:
    origin = result.origin
    return (
        link(result.page.url, result.page.title),
        figures.KINDS[result.kind],
        link(origin.url, origin.title or origin.publisher) if origin else "",
        "" if result.share is None else percent(result.share),
        figures.CREDITS[result.attribution] if result.kind.reused else "",
        f"[{result.report}](<{result.file}>)" if result.file else result.report,
    )


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A section with a table; nothing where it has no rows."""
    found = list(rows)
    if not found:
        return
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in found:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def _span(days: float | None) -> str:
    return "" if days is None else figures.span(days)
