"""A site report for a terminal: the share, whose texts, how credited, what was not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures
from provenance.render.audit.reasons import why_not
from provenance.render.text.plain import plain, short, wrapped
from provenance.render.text.wording import counted, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditReport, Progress, Source

_LABEL, _WIDTH = 14, 80
_MOST = 5


def render(report: AuditReport, *, width: int = _WIDTH) -> str:
    """The report in a score of lines, ending in a line end."""
    return fact_lines(figures.headline(report), _facts(report), width)


def fact_lines(headline: str, facts: Iterable[tuple[str, str]], width: int) -> str:
    """A sentence and under it named facts, each wrapped beside its name."""
    lines = wrapped(headline, width)
    for name, text in facts:
        lines += wrapped(text, width, first=f"  {name:<{_LABEL - 2}}", then=" " * _LABEL)
    return "\n".join(lines) + "\n"


def _facts(report: AuditReport) -> Iterator[tuple[str, str]]:
    present = [(kind, share) for kind, share in report.shares if share.count]
    yield from named("pages", (
        f"{share.count:>6,}  {figures.KINDS[kind]}, {percent(share.value)}"
        + (f" ({between})" if (between := figures.interval(share)) else "")
        for kind, share in present
    ))  # fmt: skip
    yield from named("from", map(_source, report.sources[:_MOST]))
    if report.named > _MOST:
        yield "", f"{'':>6}  and {counted(report.named - _MOST, 'more source')}"
    yield from named(
        "credit", (f"{count:>6,}  {figures.CREDITS[grade]}" for grade, count in report.credits)
    )
    if later := figures.delays(report.delays):
        yield "delay", later
    if report.habits:
        lines = counted(len(report.habits), "line")
        yield "left out", f"{lines} that the site puts on its pages"
    for where, found in (("before", report.prefixes), ("after", report.suffixes)):
        if found:
            yield "", f"{where} headlines: {plain(', '.join(found[:8]))}"
    yield "account", figures.accounting(report)
    reasons = report.reasons[:_MOST]
    yield from named(
        "not checked",
        (f"{r.count:>6,}  {figures.FATES[r.fate]}: {why_not(r)}" for r in reasons),
    )
    for listing in report.listings:
        if listing.why:
            yield "listing", f"{plain(listing.url)}: {plain(listing.why)}"
    yield "", figures.caveat(report)


def named(name: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The texts as facts, the first under the name."""
    for number, text in enumerate(texts):
        yield "" if number else name, text


def _source(source: Source) -> str:
    named = f", named on {source.credited:,}" if source.credited else ", never named"
    return f"{source.pages:>6,}  {short(source.name, 45) or figures.NOT_NAMED}{named}"


def status(progress: Progress) -> str:
    """Where an audit stands, in one line."""
    ways = ", ".join(f"{count:,} {figures.FATES[fate]}" for fate, count in progress.fates)
    state = "whole" if progress.complete else f"{progress.waiting + progress.read:,} to do"
    return (
        f"{progress.number:>4}  {plain(progress.target)}  {progress.found:,} addresses: {ways}; "
        f"{progress.reused:,} with text of somebody else; {state}"
    )


def moving(before: Progress, now: Progress, seconds: float, *, width: int = 78) -> str:
    """How far an audit is, how fast, and how long it will take, in one line of that width.

    Reading a page is half of its work and checking it the other half; ``seconds`` have passed
    since ``before``.
    """
    rate = (_halves(now) - _halves(before)) / 2 / max(seconds, 0.001)
    left = now.found - _halves(now) / 2
    later = f", {_duration(left / rate)} left" if rate > 0 and left else ""
    line = (
        f"{now.ended:,} of {now.found:,} addresses, {now.read:,} more read, "
        f"{now.reused:,} from elsewhere, {rate:.1f}/s{later}"
    )
    return line[:width]


def _halves(progress: Progress) -> int:
    return 2 * progress.ended + progress.read


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
