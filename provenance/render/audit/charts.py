"""Figures as drawings: shares with their interval, months as columns. Numbers of 0 to 100."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model.audit import Month, Share

_MOST_MONTHS, _FEW_MONTHS = 36, 12
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whisker:
    """A share as a bar of ``value`` with a line from ``low`` to ``low + width``; no line at 0."""

    value: float
    low: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A month as a column: ``height`` of all its pages, ``taken`` of those from elsewhere.

    ``name`` and ``year`` stand under it, '' for most where there are many.
    """

    month: str
    pages: int
    from_elsewhere: int
    height: float
    taken: float
    name: str
    year: str


def whisker(share: Share) -> Whisker:
    """A share with its interval, in hundredths of the whole."""
    low, high = (100 * share.low, 100 * share.high) if share.of else (0.0, 0.0)
    return Whisker(value=100 * share.value, low=low, width=high - low)


def columns(months: Sequence[Month]) -> list[Column]:
    """The last three years of months up to the newest, those without a page among them."""
    known = {month.month: month for month in months}
    if not known:
        return []
    newest, oldest = _ordinal(max(known)), _ordinal(min(known))
    span = range(max(oldest, newest - _MOST_MONTHS + 1), newest + 1)
    names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in span]
    shown = [(name, known.get(name)) for name in names]
    most = max(month.pages for _, month in shown if month)
    return [
        Column(
            month=name,
            pages=month.pages if month else 0,
            from_elsewhere=month.taken if month else 0,
            height=100 * month.pages / most if month else 0.0,
            taken=100 * month.taken / most if month else 0.0,
            name=_NAMES[int(name[5:]) - 1] if len(shown) <= _FEW_MONTHS else "",
            year=name[:4] if number == 0 or name.endswith("-01") else "",
        )
        for number, (name, month) in enumerate(shown)
    ]


def _ordinal(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1
