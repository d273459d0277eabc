"""Dates as styles print them; a month or a year where no more is known."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model import CalendarDay

_LONG = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


class DateOrder(StrEnum):
    """How dates are printed: "March 5, 2026", "5 March 2026", "2026-03-05"."""

    MDY = "mdy"
    DMY = "dmy"
    ISO = "iso"


def written(
    day: CalendarDay, order: DateOrder, *, short: bool = False, padded: bool = False
) -> str:
    """A whole date, as finely as it is known; short and padded as for the order's own function."""
    if order is DateOrder.ISO:
        return iso(day)
    return (
        british(day, short=short)
        if order is DateOrder.DMY
        else american(day, short=short, padded=padded)
    )


def within_year(day: CalendarDay, order: DateOrder) -> str:
    """Day and month beside a year that stands elsewhere: "March 5", "5 March", "2026-03-05"."""
    if order is DateOrder.ISO:
        return iso(day) if day.month else ""
    parts = (month(day), str(day.day or ""))
    return " ".join(filter(None, parts if order is DateOrder.MDY else reversed(parts)))


def month(day: CalendarDay, *, short: bool = False) -> str:
    """The English month, or '' where it is not known; short ones have three letters and a point."""
    if not day.month:
        return ""
    name = _LONG[day.month - 1]
    return f"{name[:3]}." if short and len(name) > 3 else name


def american(day: CalendarDay, *, short: bool = False, padded: bool = False) -> str:
    """As in "March 5, 2026", "March 2026" or "2026"."""
    number = f"{day.day:02d}" if padded and day.day else str(day.day or "")
    name = month(day, short=short)
    if number:
        return f"{name} {number}, {day.year}"
    return f"{name} {day.year}" if name else str(day.year)


def british(day: CalendarDay, *, short: bool = False) -> str:
    """As in "5 March 2026", "March 2026" or "2026"."""
    parts = (str(day.day or ""), month(day, short=short), str(day.year))
    return " ".join(part for part in parts if part)


def iso(day: CalendarDay) -> str:
    """ISO 8601: "2026-03-05", "2026-03" or "2026"."""
    parts = [f"{day.year:04d}", *(f"{part:02d}" for part in (day.month, day.day) if part)]
    return "-".join(parts)
