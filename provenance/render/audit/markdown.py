"""A site report as Markdown: its figures, and the pages with text of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures
from provenance.render.markdown import escape, link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditReport

_MOST = 500


def render(report: AuditReport) -> str:
    """The whole report, ending in a line end."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: AuditReport) -> Iterator[str]:
    yield f"# Audit of {escape(report.target)}"
    yield ""
    yield escape(figures.headline(report))
    yield ""
    yield escape(figures.caveat(report))
    yield ""
    shares = [
        (figures.KINDS[kind], share.count, figures.percent(share.value), figures.interval(share))
        for kind, share in report.shares
    ]
    yield from _table("Pages by kind", ("Kind", "Pages", "Share", "Interval"), shares)
    sources = [
        (escape(s.name), s.pages, s.credited, "" if s.delay is None else figures.span(s.delay))
        for s in figures.sources(report)
    ]
    yield from _table("Sources", ("Source", "Pages", "Credited", "Delay"), sources)
    yield from _table("Attribution", ("Credit", "Pages"), figures.credits_given(report))
    yield from _table("By month", ("Month", "Pages", "Of others"), figures.months(report))
    yield from _table("Pages", ("Page", "Kind", "Original", "Share"), _pages(report))
    yield from _table("Not checked", ("Ended", "Why", "Addresses"), _unchecked(report))
    yield f"{escape(figures.accounting(report))}. Checked {report.checked_at:%Y-%m-%d %H:%M} UTC."


def _pages(report: AuditReport) -> Iterator[tuple[object, ...]]:
    for result in figures.taken(report)[:_MOST]:
        origin = result.origin
        yield (
            link(result.page.url, result.page.title),
            figures.KINDS[result.kind],
            link(origin.url, origin.title or origin.publisher) if origin else "",
            "" if result.share is None else figures.percent(result.share),
        )


def _unchecked(report: AuditReport) -> Iterator[tuple[object, ...]]:
    return ((fate, escape(why), count) for fate, why, count in figures.reasons(report))


def _table(title: str, head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
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
