"""The report of an audit that is whole: its rows counted in one pass, none of them held."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from provenance.jobs.audit.audit_counts import shares
from provenance.jobs.audit.site_counts import SiteTally
from provenance.model import VERSION, Attribution, VerdictKind
from provenance.model.audit import AuditReport, Delays, Month, Reason, Source
from provenance.model.ending import AddressOutcome, EndReason
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from provenance.model.audit import AuditRow, PageResult, SiteBoilerplate
    from provenance.model.ports import KeptAudit

_MOST_REASONS, _MOST_SOURCES = 40, 1000
# Lines of boilerplate shown of each of several sites.
_MOST_OF_ONE = 3
# What is kept apart while counting: beyond it a new reason or source counts as one of the rest.
_MOST_KEPT = 20_000
# Reasons whose detail belongs to one address alone.
_OWN = frozenset(
    {EndReason.SAME_TEXT, EndReason.LEADS_AWAY, EndReason.FEW_WORDS, EndReason.NO_ARTICLES}
)
_NAMED = frozenset({Attribution.CREDITED, Attribution.NAMED})
_HOUR = 1 / 24
_STEPS = (0.0, _HOUR, 1.0, 2.0, 7.0, 30.0, 365.0, None)


# How an address ended, why, and the detail where others may share it.
_Why = tuple[AddressOutcome, EndReason, str]


@dataclass(slots=True)
class _Group:
    """The pages of one source while they are counted."""

    pages: int = 0
    credited: int = 0
    delays: array[float] = field(default_factory=lambda: array("d"))


@dataclass(slots=True)
class _Count:
    """What is counted as the rows go by; its size hangs on what there is to tell apart."""

    drawn: bool = False
    fates: Counter[AddressOutcome] = field(default_factory=Counter)
    reasons: Counter[_Why] = field(default_factory=Counter)
    kinds: Counter[VerdictKind] = field(default_factory=Counter)
    credits: Counter[Attribution] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    months_taken: Counter[str] = field(default_factory=Counter)
    sources: dict[str, _Group] = field(default_factory=dict)
    delays: array[float] = field(default_factory=lambda: array("d"))
    sites: SiteTally = field(default_factory=SiteTally)

    def add(self, row: AuditRow) -> None:
        self.fates[row.fate] += 1
        self.sites.add(row)
        if row.fate is not AddressOutcome.DONE:
            reason = row.reason or EndReason.OTHER
            self.drawn = self.drawn or reason is EndReason.NOT_DRAWN
            key = row.fate, reason, "" if reason in _OWN else row.detail
            known = key in self.reasons or len(self.reasons) < _MOST_KEPT
            self.reasons[key if known else (row.fate, EndReason.OTHER, "")] += 1
        if row.result is not None:
            self._add(row.result)

    def _add(self, result: PageResult) -> None:
        self.kinds[result.kind] += 1
        if result.page.published is not None:
            month = result.page.published.isoformat()[:7]
            self.months[month] += 1
            self.months_taken[month] += result.kind.reused
        if not result.kind.reused:
            return
        self.credits[result.attribution] += 1
        name, delay = source_name(result), result.delay
        known = name in self.sources or len(self.sources) < _MOST_KEPT
        group = self.sources.setdefault(name if known else "", _Group())
        group.pages += 1
        group.credited += result.attribution in _NAMED
        if delay is not None:
            group.delays.append(delay)
            self.delays.append(delay)


def site_report(
    kept: KeptAudit, number: int, habits: Collection[SiteBoilerplate], at: datetime
) -> AuditReport:
    """What the rows of an audit amount to ``at`` that time; its rows are read when wanted.

    ``habits`` are of each of its sites.
    """
    target, options = kept.options(number)
    rows, listed, listings = kept.rows(number), kept.listed_rows(number), kept.listings(number)
    count = counted(rows)
    drawn = options.sample is not None and count.drawn
    each, reused = shares(count.kinds, count.fates[AddressOutcome.FAILED], drawn=drawn)
    return AuditReport(
        number=number,
        target=target,
        options=options,
        listings=listings,
        habits=_first(habit.shown for habit in habits),
        prefixes=_first(habit.prefixes for habit in habits),
        suffixes=_first(habit.suffixes for habit in habits),
        shares=each,
        reused=reused,
        drawn=drawn,
        fates=tuple((fate, count.fates[fate]) for fate in AddressOutcome),
        reasons=_reasons(count),
        sources=_sources(count),
        named=len(count.sources),
        credits=tuple((grade, n) for grade in Attribution if (n := count.credits[grade])),
        delays=_delays(count.delays),
        months=tuple(
            Month(month=month, pages=count.months[month], taken=count.months_taken[month])
            for month in sorted(count.months)
        ),
        checked_at=at,
        version=VERSION,
        sites=count.sites.sites(),
        site_count=count.sites.count,
        pairs=count.sites.pairs(),
        columns=next((listing.columns for listing in listings if listing.columns), ()),
        listed=listed if len(listed) else None,
        rows=rows,
    )


def counted(rows: Iterable[AuditRow]) -> _Count:
    """The rows counted, one after another."""
    count = _Count()
    for row in rows:
        count.add(row)
    return count


def source_name(result: PageResult) -> str:
    """The publisher of a page's origin, its site where it has no name, '' where neither is."""
    origin = result.origin
    if origin is None:
        return ""
    return origin.publisher or registrable(origin.url or "") or origin.url or ""


def _first(lines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The first lines of each site: all of one, the most frequent of several."""
    each = [found for found in lines if found]
    most = None if len(each) == 1 else _MOST_OF_ONE
    return tuple(dict.fromkeys(line for found in each for line in found[:most]))


def _reasons(count: _Count) -> tuple[Reason, ...]:
    """The most frequent reasons; the others as one, so that their sum is that of the fates."""
    ordered = sorted(count.reasons.items(), key=lambda item: (-item[1], item[0]))
    first = [
        Reason(fate=fate, reason=reason, detail=detail, count=number)
        for (fate, reason, detail), number in ordered[:_MOST_REASONS]
    ]
    rest = Counter[AddressOutcome]()
    for (fate, _, _), number in ordered[_MOST_REASONS:]:
        rest[fate] += number
    others = (Reason(fate=fate, reason=EndReason.OTHER, count=n) for fate, n in rest.items())
    return (*first, *others)


def _sources(count: _Count) -> tuple[Source, ...]:
    found = [
        Source(
            name=name,
            pages=group.pages,
            credited=group.credited,
            delay=_rank(sorted(group.delays), 0.5) if group.delays else None,
        )
        for name, group in count.sources.items()
    ]
    return tuple(sorted(found, key=lambda source: (-source.pages, source.name))[:_MOST_SOURCES])


def _delays(days: array[float]) -> Delays | None:
    if not days:
        return None
    ordered = sorted(days)
    steps = [0] * len(_STEPS)
    for day in ordered:
        at = next(n for n, end in enumerate(_STEPS) if end is None or day < end)
        steps[at] += 1
    return Delays(
        count=len(ordered),
        least=ordered[0],
        lower=_rank(ordered, 0.25),
        middle=_rank(ordered, 0.5),
        upper=_rank(ordered, 0.75),
        most=ordered[-1],
        steps=tuple(zip(_STEPS, steps, strict=True)),
    )


def _rank(ordered: list[float], part: float) -> float:
    """The value that stands at a part of the way; the middle of the two it falls between."""
    at = part * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])
