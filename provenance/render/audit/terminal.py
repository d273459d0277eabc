"""A site report for a terminal: the share, whose texts, how credited, what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures
from provenance.render.plain import plain, short, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport, Progress

_LABEL, _WIDTH = 14, 80
_MOST = 5


def render(report: AuditReport, *, width: int = _WIDTH) -> str:
    """The report in a score of lines, ending in a line end."""
    lines = wrapped(figures.headline(report), width)
    for name, text in _facts(report):
        lines += wrapped(text, width, first=f"  {name:<{_LABEL - 2}}", then=" " * _LABEL)
    return "\n".join(lines) + "\n"


def _facts(report: AuditReport) -> Iterator[tuple[str, str]]:
    for number, (kind, share) in enumerate((k, s) for k, s in report.shares if s.count):
        between = figures.interval(share)
        yield (
            "pages" if not number else "",
            f"{share.count:>5}  {figures.KINDS[kind]}, {figures.percent(share.value)}"
            + (f" ({between})" if between else ""),
        )
    for number, source in enumerate(figures.sources(report)[:_MOST]):
        yield "from" if not number else "", f"{source.pages:>5}  {short(source.name, 60)}"
    for number, (grade, count) in enumerate(figures.credits_given(report)):
        yield "credit" if not number else "", f"{count:>5}  {grade}"
    if later := figures.delays(report):
        yield "delay", later
    if report.habits:
        lines = len(report.habits)
        yield "left out", f"{lines} lines that the site puts on its pages"
    if report.prefixes:
        yield "", f"headline prefixes: {plain(', '.join(report.prefixes[:8]))}"
    yield "account", figures.accounting(report)
    for number, (fate, why, count) in enumerate(figures.reasons(report)[:_MOST]):
        yield "not checked" if not number else "", f"{count:>5}  {fate}: {why}"
    for listing in report.listings:
        if listing.why:
            yield "listing", f"{plain(listing.url)}: {plain(listing.why)}"
    yield "", figures.caveat(report)


def status(progress: Progress) -> str:
    """Where an audit stands, in one line."""
    ways = ", ".join(f"{count:,} {figures.FATES[fate]}" for fate, count in progress.fates)
    state = "whole" if progress.complete else f"{progress.waiting + progress.read:,} to do"
    return (
        f"{progress.number:>4}  {plain(progress.target)}  {progress.found:,} addresses: {ways}; "
        f"{progress.reused:,} with text of somebody else; {state}"
    )
