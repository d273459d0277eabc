"""When each page says it appeared, against when others first saw it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import Precision, Witness
from provenance.render.verdicts import copied_from
from provenance.render.wording import day, event, moment, source_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from provenance.model import Finding, Report, Sighting

_LANES = 4
_MARGIN = 4.0
_LABEL_ROOM = 19.0
_DOT_ROOM = 1.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One dot: ``x`` in percent of the width, its date where there is room, its row's number."""

    x: float
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
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the table under the drawing."""

    number: int
    page: str
    when: str
    what: str
    basis: str
    observed: bool
    memento: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The drawing and its table: ``ticks`` are (x in percent, label, anchor)."""

    lanes: tuple[Lane, ...]
    entries: tuple[Entry, ...]
    ticks: tuple[tuple[float, str, str], ...]


def timeline(report: Report) -> Timeline | None:
    """The times of the page and of what was found, oldest first; None when no time is known."""
    pages = [("This page", report.sightings), *_others(report)]
    found = [(name, sighting) for name, sightings in pages for sighting in _each(sightings)]
    if not found:
        return None
    found.sort(key=lambda pair: (_when(pair[1]), pair[1].witness.value, pair[0]))
    entries = tuple(_entry(number, *pair) for number, pair in enumerate(found, 1))
    times = [_when(sighting) for _, sighting in found]
    scale = _Scale(times[0], times[-1])
    lanes = [
        Lane(
            name=name,
            suspect=index == 0,
            marks=_marks(scale, [(n, s) for n, (page, s) in enumerate(found, 1) if page == name]),
        )
        for index, (name, _) in enumerate(pages[:_LANES])
    ]
    return Timeline(lanes=tuple(lanes), entries=entries, ticks=scale.ticks())


def _others(report: Report) -> list[tuple[str, tuple[Sighting, ...]]]:
    """What was found, the answer first, each under a name of its own."""
    answer = copied_from(report)
    ordered: list[Finding] = sorted(report.findings, key=lambda finding: finding is not answer)
    named: dict[str, tuple[Sighting, ...]] = {}
    for finding in ordered:
        if not finding.sightings:
            continue
        name = source_name(finding)
        if name in named or name == "This page":
            name = f"{name} ({len(named) + 1})"
        named[name] = finding.sightings
    return list(named.items())


def _each(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    return tuple(dict.fromkeys(sightings))


def _when(sighting: Sighting) -> datetime:
    from datetime import UTC

    return sighting.at.astimezone(UTC)


def _entry(number: int, page: str, sighting: Sighting) -> Entry:
    return Entry(
        number=number,
        page=page,
        when=moment(sighting),
        what=event(sighting),
        basis=sighting.basis,
        observed=sighting.witness is not Witness.SELF,
        memento=sighting.memento,
    )


def _marks(scale: _Scale, found: list[tuple[int, Sighting]]) -> tuple[Mark, ...]:
    """The dots of one lane; a date is written only where it does not run into the one before."""
    marks: list[Mark] = []
    free = {True: -100.0, False: -100.0}
    dots = {True: -100.0, False: -100.0}
    for number, sighting in found:
        observed = sighting.witness is not Witness.SELF
        x = max(scale.x(_when(sighting)), dots[observed] + _DOT_ROOM)
        x = min(x, 100.0 - _DOT_ROOM / 2)
        dots[observed] = x
        room = x - free[observed] >= _LABEL_ROOM
        if room:
            free[observed] = x
        label = moment(sighting) if sighting.precision in _COARSE else day(_when(sighting))
        marks.append(
            Mark(
                x=round(x, 2),
                observed=observed,
                text=sighting.holds_text,
                label=label if room else "",
                anchor=_anchor(x),
                number=number,
                title=f"{moment(sighting)}: {event(sighting)}",
            )
        )
    return tuple(marks)


_COARSE = {Precision.YEAR, Precision.MONTH}


def _anchor(x: float) -> str:
    if x < 12:
        return "start"
    return "end" if x > 88 else "middle"


class _Scale:
    """Times to percent of the width, linear, with a margin at both sides."""

    def __init__(self, first: datetime, last: datetime) -> None:
        self._first = first
        self._span = (last - first).total_seconds()

    def x(self, at: datetime) -> float:
        if not self._span:
            return 50.0
        share = (at - self._first).total_seconds() / self._span
        return _MARGIN + share * (100 - 2 * _MARGIN)

    def ticks(self) -> tuple[tuple[float, str, str], ...]:
        """Up to five round dates on the axis: days, months or years."""
        from datetime import timedelta

        last = self._first + timedelta(seconds=self._span)
        found = [at for at in _round_times(self._first, last) if self._first <= at <= last]
        step = max(1, -(-len(found) // 5))
        marks = [(self.x(at), _tick(at, self._span), _anchor(self.x(at))) for at in found[::step]]
        return tuple((round(x, 2), label, anchor) for x, label, anchor in marks)


def _round_times(first: datetime, last: datetime) -> list[datetime]:
    """Midnights, firsts of the month or of the year between two times, at most some dozens."""
    from datetime import timedelta

    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (last - first).days
    if days <= 60:
        return [start + timedelta(days=number) for number in range(days + 2)]
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
