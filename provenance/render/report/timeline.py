"""When each page says it appeared, against when others first saw it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from provenance.model import Likeness, Precision, Witness
from provenance.model.plain import utc
from provenance.render.text.wording import basis, day, event, moment, source_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Finding, Report, Sighting

_LANES = 4
_MARGIN = 4.0
_LABEL_ROOM = 19.0
_DOT_ROOM = 2.2
_CLOCK_DAYS = 4
_END = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineMark:
    """One dot: ``x`` in percent of the width, its date where there is room, its row's number.

    ``extent`` is from where to where a time known only by day, month or year may lie.
    """

    x: float
    extent: tuple[float, float] | None
    observed: bool
    text: bool | None
    label: str
    anchor: str
    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One page's line: what it says above, what others saw below."""

    name: str
    suspect: bool
    marks: tuple[TimelineMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One row of the table under the drawing."""

    number: int
    page: str
    when: str
    what: str
    basis: str
    observed: bool
    text: bool | None
    memento: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The drawing and its table: ``ticks`` are (x in percent, label, anchor)."""

    lanes: tuple[Lane, ...]
    entries: tuple[TimelineRow, ...]
    ticks: tuple[tuple[float, str, str], ...]


def timeline(report: Report) -> Timeline | None:
    """The times of the page and of what was found, oldest first; None when no time is known."""
    pages = [("This page", report.sightings), *_others(report)]
    found = [(name, sighting) for name, sightings in pages for sighting in _each(sightings)]
    if not found:
        return None
    found.sort(key=lambda pair: (_extent(pair[1]), pair[1].witness.value, pair[0]))
    entries = tuple(_entry(number, *pair) for number, pair in enumerate(found, 1))
    extents = [_extent(sighting) for _, sighting in found]
    scale = Scale(min(start for start, _ in extents), max(end for _, end in extents))
    # One time alone has nothing to be drawn against.
    drawn = pages[:_LANES] if len(found) > 1 else []
    lanes = [
        Lane(
            name=name,
            suspect=index == 0,
            marks=_marks(scale, [(n, s) for n, (page, s) in enumerate(found, 1) if page == name]),
        )
        for index, (name, _) in enumerate(drawn)
    ]
    return Timeline(lanes=tuple(lanes), entries=entries, ticks=scale.ticks())


def _others(report: Report) -> list[tuple[str, tuple[Sighting, ...]]]:
    """The pages that matter, the answer first, each under a name of its own.

    A page that shares nothing with the one under test dates nothing.
    """
    answer = report.answer
    ordered: list[Finding] = sorted(report.findings, key=lambda finding: finding is not answer)
    named: dict[str, tuple[Sighting, ...]] = {}
    for finding in ordered:
        if not finding.sightings or not (finding is answer or _matters(finding)):
            continue
        name = source_name(finding)
        if name in named or name == "This page":
            name = f"{name} ({len(named) + 1})"
        named[name] = finding.sightings
    return list(named.items())


def _matters(finding: Finding) -> bool:
    unlike = {Likeness.SAME_EVENT, Likeness.UNRELATED}
    return finding.reuse is None or finding.reuse.likeness not in unlike


def _each(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """The sightings, those that differ only in where the time stood told as one."""
    bases: dict[Sighting, dict[str, None]] = {}
    for sighting in sightings:
        bases.setdefault(replace(sighting, basis=""), {})[basis(sighting)] = None
    return tuple(replace(bare, basis="; ".join(stood)) for bare, stood in bases.items())


def _extent(sighting: Sighting) -> tuple[datetime, datetime]:
    """From when to when a time may lie: a date known by its day covers the day, in UTC."""
    at = utc(sighting.at)
    if sighting.precision not in _COARSE:
        return at, at
    start = sighting.at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=UTC)
    if sighting.precision is Precision.DAY:
        return start, _later(start, days=1)
    if sighting.precision is Precision.MONTH:
        start = start.replace(day=1)
        return start, _later(start, days=32).replace(day=1)
    start = start.replace(month=1, day=1)
    return start, start.replace(year=min(start.year + 1, 9999))


def _later(at: datetime, *, days: int) -> datetime:
    """So many days on, or the calendar's end."""
    return at + timedelta(days=days) if at.year < 9999 else max(at, _END)


def _entry(number: int, page: str, sighting: Sighting) -> TimelineRow:
    return TimelineRow(
        number=number,
        page=page,
        when=moment(sighting),
        what=event(sighting),
        basis=sighting.basis,
        observed=sighting.witness is not Witness.SELF,
        text=sighting.holds_text,
        memento=sighting.memento,
    )


def _marks(scale: Scale, found: list[tuple[int, Sighting]]) -> tuple[TimelineMark, ...]:
    """The dots of one lane, oldest first, pushed apart where they would cover each other."""
    placed: list[tuple[float, int, Sighting]] = []
    free = {True: -100.0, False: -100.0}
    centred = [(sum(map(scale.x, _extent(sighting))) / 2, n, sighting) for n, sighting in found]
    for centre, number, sighting in sorted(centred, key=lambda mark: mark[:2]):
        observed = sighting.witness is not Witness.SELF
        x = max(centre, free[observed])
        free[observed] = x + _DOT_ROOM
        placed.append((min(x, 100.0 - _DOT_ROOM / 2), number, sighting))
    labelled = _labelled(placed)
    return tuple(
        TimelineMark(
            x=round(x, 2),
            extent=_bar(scale, sighting),
            observed=sighting.witness is not Witness.SELF,
            text=sighting.holds_text,
            label=_label(scale, sighting) if number in labelled else "",
            anchor=_anchor(x),
            number=number,
            title=f"{moment(sighting)}: {event(sighting)}",
        )
        for x, number, sighting in placed
    )


def _labelled(placed: list[tuple[float, int, Sighting]]) -> set[int]:
    """The dots whose date has room: captures that hold the text first, then from the left."""
    chosen: list[tuple[float, int, bool]] = []
    for x, number, sighting in sorted(placed, key=lambda p: (p[2].holds_text is not True, p[1])):
        observed = sighting.witness is not Witness.SELF
        near = [other for other, _, side in chosen if side is observed]
        if all(abs(x - other) >= _LABEL_ROOM for other in near):
            chosen.append((x, number, observed))
    return {number for _, number, _ in chosen}


def _bar(scale: Scale, sighting: Sighting) -> tuple[float, float] | None:
    start, end = _extent(sighting)
    return None if start == end else (round(scale.x(start), 2), round(scale.x(end), 2))


def _label(scale: Scale, sighting: Sighting) -> str:
    """The date as short as the width of the drawing allows."""
    at = utc(sighting.at)
    if sighting.precision in _COARSE:
        return moment(sighting)
    return f"{at.day} {at:%b} {at:%H:%M}" if scale.days <= _CLOCK_DAYS else day(at)


_COARSE = {Precision.YEAR, Precision.MONTH, Precision.DAY}


def _anchor(x: float) -> str:
    if x < 12:
        return "start"
    return "end" if x > 88 else "middle"


class Scale:
    """Times to percent of the width, linear, with a margin at both sides."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self._first = first
        self._span = (last - first).total_seconds()
        self.days = self._span / 86400

    def x(self, at: datetime) -> float:
        """Where a time lies, in percent; one time alone lies in the middle."""
        if not self._span:
            return 50.0
        share = (at - self._first).total_seconds() / self._span
        return _MARGIN + share * (100 - 2 * _MARGIN)

    def ticks(self) -> tuple[tuple[float, str, str], ...]:
        """Up to five round dates on the axis: days, months or years."""
        last = self._first + timedelta(seconds=self._span)
        found = [at for at in _round_times(self._first, last) if self._first <= at <= last]
        step = max(1, -(-len(found) // 5))
        marks = [(self.x(at), _tick(at, self._span), _anchor(self.x(at))) for at in found[::step]]
        return tuple((round(x, 2), label, anchor) for x, label, anchor in marks)


def _round_times(first: datetime, last: datetime) -> list[datetime]:
    """Midnights, firsts of the month or of the year between two times, at most some dozens."""
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (last - first).days
    if days <= 60:
        return [_later(start, days=number) for number in range(days + 2)]
    if days <= 1000:
        months = range((last.year - first.year) * 12 + last.month - first.month + 1)
        begin = first.year * 12 + first.month - 1
        return [
            start.replace(year=(begin + m) // 12, month=(begin + m) % 12 + 1, day=1) for m in months
        ]
    return [start.replace(year=y, month=1, day=1) for y in range(first.year, last.year + 1)]


def _tick(at: datetime, seconds: float) -> str:
    if seconds > 1000 * 86400:
        return str(at.year)
    return f"{at:%b} {at.year}" if seconds > 60 * 86400 else day(at)
