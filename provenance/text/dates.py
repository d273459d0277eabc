"""Dates as pages write them: a time, how finely it is known, and never a guess at the century.

Machine forms are ISO 8601 and RFC 9557 profiles, RFC 5322, and 14-digit archive timestamps;
written forms are a day, a month's name in some thirty languages and a year, in either order.
A time without a zone is taken as UTC: it then says no more than the day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from provenance.model import Precision

_EARLIEST = 1970
_LATEST = 2100
_MAX_LENGTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A timezone-aware time and how finely it is known.

    ``zoned`` tells whether the zone stood there; else UTC was assumed.
    """

    at: datetime
    precision: Precision
    zoned: bool = False


_ISO = re.compile(
    r"^\s{0,9}(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})"
    r"(?:(?:T|\s{1,3}|\sat\s|,\s)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d{1,9})?)?"
    r"\s{0,2}(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?)?)?(?:\[[\w/+-]{1,40}\])?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"^\s{0,9}(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{4})?\s{0,9}$"
)
_EPOCH = re.compile(r"^\s{0,9}(1\d{9})(?:\d{3})?\s{0,9}$")


def parse_moment(text: str) -> Moment | None:
    """The time a machine-readable value states, or None; never raises."""
    text = text.strip()[:_MAX_LENGTH]
    if found := _COMPACT.match(text):
        *parts, zone = found.groups()
        return _moment(parts, zone)
    if found := _EPOCH.match(text):
        return Moment(
            at=datetime.fromtimestamp(int(found.group(1)), tz=UTC),
            precision=Precision.SECOND,
            zoned=True,
        )
    if (found := _ISO.match(text)) and (
        moment := _moment(list(found.groups()[:6]), found.group(7))
    ):
        return moment
    return _mail_date(text)


def _moment(parts: list[str | None], zone: str | None) -> Moment | None:
    numbers = [int(part) for part in parts if part is not None]
    precision = {
        1: Precision.YEAR,
        2: Precision.MONTH,
        3: Precision.DAY,
        5: Precision.MINUTE,
        6: Precision.SECOND,
    }.get(len(numbers))
    if precision is None or not _EARLIEST <= numbers[0] <= _LATEST:
        return None
    year, month, day, hour, minute, second = numbers + [0, 1, 1, 0, 0, 0][len(numbers) :]
    try:
        # 24:00 and leap seconds are written now and then; they are the last second before.
        at = datetime(year, month, day, min(hour, 23), minute, min(second, 59), tzinfo=_zone(zone))
    except ValueError:
        return None
    return Moment(at=at, precision=precision, zoned=zone is not None)


def _zone(text: str | None) -> timezone:
    if not text or not text.startswith(("+", "-")):
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        return UTC
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _mail_date(text: str) -> Moment | None:
    if not re.match(r"^(?:[A-Za-z]{3,9},?\s)?\s?\d{1,2}\s[A-Za-z]{3}\s\d{4}\s\d", text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if not _EARLIEST <= at.year <= _LATEST:
        return None
    zoned = at.tzinfo is not None
    return Moment(
        at=at if zoned else at.replace(tzinfo=UTC), precision=Precision.SECOND, zoned=zoned
    )
