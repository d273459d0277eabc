"""A site report for a terminal: the share, the sources, the credit, what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.audit import figures, tables
from provenance.render.text.plain import plain, wrapped
from provenance.render.text.tables import Fact
from provenance.render.text.terminal import WIDTH, fact_lines, table_facts
from provenance.render.text.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport, Estimate, Progress

_MOST, _MOST_SITES = 5, 12


def render(report: AuditReport, *, width: int = WIDTH) -> str:
    """The report in a score of lines, ending in a line end."""
    lines = wrapped(figures.headline(report), width) + fact_lines(_facts(report), width)
    return "\n".join(lines) + "\n"


def _facts(report: AuditReport) -> Iterator[Fact]:
    yield from table_facts("verdicts", tables.verdicts(report))
    yield from _sites(report)
    for source in report.sources[:_MOST]:
        name = plain(source.name) or figures.NOT_NAMED
        pages = f"{counted(source.pages, 'page')}, credited on {source.credited:,}"
        yield Fact("sources", f"{name}: {pages}")
    if report.named > _MOST:
        yield Fact("sources", f"and {counted(report.named - _MOST, 'more source')}")
    yield from table_facts("credit", tables.credit(report))
    if later := figures.delays(report.delays):
        yield Fact("delay", later)
    if report.habits:
        lines = counted(len(report.habits), "line")
        whose = "the sites put" if report.is_list else "the site puts"
        yield Fact("boilerplate", f"{lines} that {whose} on many pages, left out")
    for where, found in (("before", report.prefixes), ("after", report.suffixes)):
        if found:
            yield Fact("boilerplate", f"{where} headlines: {plain(', '.join(found[:8]))}")
    yield Fact("addresses", figures.accounting(report))
    yield from table_facts("not checked", tables.unchecked(report), _MOST)
    for listing in report.listings:
        if listing.why:
            yield Fact("listing", f"{plain(listing.url)}: {plain(listing.why)}")
    yield Fact("note", figures.caveat(report))


def _sites(report: AuditReport) -> Iterator[Fact]:
    """The sites of a list, and which of them has text from whom."""
    if not report.is_list:
        return
    for site in report.sites[:_MOST_SITES]:
        counts = [f"{site.reused:,} of {counted(site.checked, 'page')} from another source"]
        counts += [f"order open on {site.elsewhere:,}"] if site.elsewhere else []
        counts += [f"first on {site.first:,}"] if site.first else []
        yield Fact("sites", f"{plain(site.name)}: {', '.join(counts)}")
    if report.site_count > _MOST_SITES:
        yield Fact("sites", f"and {counted(report.site_count - _MOST_SITES, 'more site')}")
    for pair in report.pairs[:_MOST_SITES]:
        counts = [f"{pair.pages:,}"] if pair.pages else []
        counts += [f"{pair.shared:,} with the order open"] if pair.shared else []
        yield Fact(
            "from whom", f"{plain(pair.site)} from {plain(pair.source)}: {', '.join(counts)}"
        )
    if len(report.pairs) > _MOST_SITES:
        yield Fact("from whom", f"and {counted(len(report.pairs) - _MOST_SITES, 'more pair')}")


def status(progress: Progress) -> str:
    """Where an audit stands, in one line."""
    ways = ", ".join(f"{count:,} {figures.OUTCOME[fate]}" for fate, count in progress.fates)
    state = "complete" if progress.complete else f"{progress.waiting + progress.read:,} to do"
    return (
        f"{progress.number:>4}  {plain(progress.target)}  {progress.found:,} addresses: {ways}; "
        f"{progress.reused:,} with text from another source; {state}"
    )


def before(found: Estimate) -> str:
    """What is about to be done and how long it will take, in one line."""
    pages, hosts = counted(found.pages, "page"), counted(found.hosts, "host")
    seconds = _duration(found.seconds)
    line = f"{pages} of {hosts} to check: about {seconds} at these settings"
    if found.lookups:
        line += f", and up to {_duration(found.lookups)} more for look-ups"
    return line


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
