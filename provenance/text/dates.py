"""Dates as pages write them: a time, how finely it is known, and never a guess at the century.

Machine forms are ISO 8601 and RFC 9557 profiles, RFC 5322, 14-digit archive timestamps and Unix
times; written forms are a day, a month by name or number and a year, in either order and some
forty languages (``data/months.txt``). A time of day without a zone may be half a day off, so that
it counts as known to the day only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from provenance.model import Event, Precision, Sighting, Witness
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EARLIEST, _LATEST = 1970, 2100
_MAX_LENGTH = 120
_HOURS = frozenset({Precision.MINUTE, Precision.SECOND})
_BUDDHIST = 543
_SAME = {"nb": "no", "nn": "no", "bs": "hr"}
_ZONES = {
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "bst": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3,
    "jst": 9, "kst": 9, "sgt": 8, "hkt": 8, "aest": 10, "aedt": 11, "sast": 2,
}  # fmt: skip
_ISO = re.compile(
    r"^\s{0,9}(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})"
    r"(?:(?:T|\s{1,3}|\sat\s|,\s)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d{1,9})?)?"
    r"\s{0,2}(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?|[A-Z]{3,4}\b)?)?)?)?(?:\[[\w/+-]{1,40}\])?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"^\s{0,9}(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{4})?\s{0,9}$"
)
_EPOCH = re.compile(r"^\s{0,9}(1\d{9})(?:\d{3})?\s{0,9}$")
_MAIL = compile_late(
    r"^\s{0,9}(?:[A-Za-z]{3,9}\.?,?\s)?\s?(?:(\d{1,2})[\s-]([A-Za-z]{3,9})|([A-Za-z]{3,9})\s(\d{1,2}))"
    r",?[\s-](\d{4}),?\s(?:at\s)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(?:([ap])\.?m\.?)?"
    r"\s?(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|UTC|GMT|[A-Z]{3,4})?",
    re.IGNORECASE,
)
_WRITTEN = re.compile(
    r"(?<!\d)(?:(?P<y1>(?:19|20)\d\d)\s?[年년./-]\s?(?P<m1>\d{1,2})\s?[月월./-]\s?(?P<d1>\d{1,2})(?!\d)"
    r"|(?P<d2>\d{1,2})(?P<sep>[./-])\s?(?P<m2>\d{1,2})(?P=sep)\s?(?P<y2>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d6>\d{1,2})\stháng\s(?P<m6>\d{1,2})(?:,|\snăm)?\s(?P<y6>(?:19|20)\d\d)(?!\d)"
    r"|(?P<d3>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:[/-]|\s{0,2})(?:de\s|of\s|d['’])?"
    r"(?P<n3>[^\s\d_.,;:|/()<>-]{1,16}(?:\.[^\s\d.]{1,3})?)(?:[/-]|[.,]{0,2}\s{0,2})(?:de\s|del\s)?"
    r"(?P<y3>(?:19|20|25)\d\d)(?!\d)"
    r"|(?<!\w)(?P<n4>[^\s\d_.,;:|/()<>-]{3,16})(?:[/-]|\.?\s{1,2})(?P<d4>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:[/-]|,?\s{1,2})(?P<y4>(?:19|20)\d\d)(?!\d)"
    r"|(?P<y5>(?:19|20)\d\d)(?:-|\.?\s)(?:m\.\s)?(?P<n5>[^\s\d_.,;:|/()<>-]{3,16})(?:-|\.?\s)"
    r"(?P<d5>\d{1,2})(?!\d))",
    re.IGNORECASE,
)
# The mail form with a year of two digits (RFC 822): the weekday says which century it is.
_SHORT_MAIL = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s{1,3}(\d{1,2})[\s-]([a-z]{3,9})[\s-](\d{2}),?"
    r"\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?\s?(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[A-Z]{3,4}\b)?",
    re.IGNORECASE,
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# What the Unix command date prints: "Sat Oct 05 17:36:39 EST 2013".
_UNIX = compile_late(
    r"^\s{0,9}[A-Za-z]{3}\s([A-Za-z]{3})\s{1,2}(\d{1,2})\s(\d\d):(\d\d):(\d\d)\s"
    r"(?:([A-Z]{3,4}|[+-]\d{4})\s)?(\d{4})\b"
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_URL = re.compile(
    r"/((?:19|20)\d\d)(?:[/-]?)(0[1-9]|1[0-2]|[1-9](?=[/-]))(?:[/-]?)(0[1-9]|[12]\d|3[01]|[1-9](?=[/-]))"
    r"(?=[/_.-]|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A timezone-aware time and how finely it is known; without a zone, UTC to the day."""

    at: datetime
    precision: Precision


class Dated(NamedTuple):
    """A time written in a text, and where: ``start`` inclusive, ``end`` exclusive."""

    moment: Moment
    start: int
    end: int


def parse_moment(text: str, language: str | None = None) -> Moment | None:
    """The time that a value states: a machine form first, else the first written date; or None."""
    text = text.strip()[:_MAX_LENGTH]
    if found := _COMPACT.match(text):
        *parts, zone = found.groups()
        return _moment(parts, zone)
    if found := _EPOCH.match(text):
        at = datetime.fromtimestamp(int(found.group(1)), tz=UTC)
        return Moment(at=at, precision=Precision.SECOND)
    if found := _ISO.match(text):
        moment = _moment(found.groups()[:6], found.group(7))
        if moment and (moment.precision is not Precision.YEAR or found.group() == text):
            return moment
    if (found := _MAIL.match(text)) and (moment := _mail(found)):
        return moment
    if found := _UNIX.match(text):
        name, day, hour, minute, second, zone, year = found.groups()
        month = _month(name, "en")
        return _moment((year, str(month), day, hour, minute, second), zone) if month else None
    return next(written_moments(text, language), None)


def iso_time(text: str) -> datetime | None:
    """An ISO 8601 time as machines write it, in UTC; None for anything else. UTC without a zone."""
    try:
        return _utc(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def mail_time(text: str) -> datetime | None:
    """An RFC 5322 time as machines write it, in UTC; None for anything else. UTC without a zone."""
    try:
        return _utc(parsedate_to_datetime(text.strip()[:_MAX_LENGTH]))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _utc(at: datetime) -> datetime | None:
    """A time in UTC; None at the calendar's own ends, which zones overstep."""
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:
        return None


def written_moments(text: str, language: str | None = None) -> Iterator[Moment]:
    """Every full date written in a text, in order; see ``dated_spans``."""
    return (dated.moment for dated in dated_spans(text, language))


def dated_spans(text: str, language: str | None = None) -> Iterator[Dated]:
    """Every full date written in a text, in order, and where it stands; known to the day.

    ``language`` (a code, or a locale such as 'en-US') settles 4/3/2025 and months that two
    languages use differently; a day and a month that cannot be told apart give nothing. A year of
    two digits is read in the mail form alone, whose weekday settles it; that form has its hour.
    """
    text = text if text.isascii() else text.translate(_DIGITS)
    at = 0 if _may_be_dated(text) else len(text)
    while found := _WRITTEN.search(text, at):
        day = _day(found, language)
        # "09:30 by 2026-02-15": what is no date may hold the beginning of one.
        at = found.start() + 1 if day is None else found.end()
        if day is not None:
            midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
            yield Dated(Moment(at=midnight, precision=Precision.DAY), found.start(), found.end())
    for found in _SHORT_MAIL.finditer(text) if ":" in text else ():
        if moment := _short_mail(found):
            yield Dated(moment, found.start(), found.end())


def is_month(word: str) -> bool:
    """Whether a word is the name of a month in any of the languages known, or short for one."""
    return month_number(word) is not None


def month_number(word: str) -> int | None:
    """Which month a word names in any of the languages known, 1 to 12; None for none."""
    return _month(word, None)


def without_dates(text: str, mark: str) -> str:
    """The text with each full date in it replaced by ``mark``."""
    return _WRITTEN.sub(mark, text) if _may_be_dated(text) else text


def _may_be_dated(text: str) -> bool:
    """Whether a text holds how a year begins."""
    return "20" in text or "19" in text or "25" in text


def url_moment(url: str) -> Moment | None:
    """The day in an address such as /2025/11/23/ or /20251123-, or None."""
    path = url.split("?", 1)[0].split("://", 1)[-1]
    for found in _URL.finditer(path):
        moment = _moment(found.groups(), None)
        if moment:
            return moment
    return None


def first_claim(sightings: Iterable[Sighting]) -> Sighting | None:
    """The earliest publication date that a page gives itself.

    Where it gives that day's hour too, that is it: a bare day begins before every hour of it.
    """
    found = [s for s in sightings if s.witness is Witness.SELF and s.event is Event.PUBLISHED]
    first = min(found, key=lambda s: s.at, default=None)
    if first is None or first.precision is not Precision.DAY:
        return first
    hours = [s for s in found if s.precision in _HOURS and s.at.date() == first.at.date()]
    return min(hours, key=lambda s: s.at, default=first)


def published_day(dates: Iterable[Sighting]) -> date | None:
    """The calendar day on which a page says it was published, as it is shown there.

    The first claim wins. Where it is a time in UTC, a day that the page shows or carries in its
    address, one day off at most, is the same moment on the publisher's own calendar.
    """
    own = [d for d in dates if d.witness is Witness.SELF and d.event is Event.PUBLISHED]
    if not own:
        return None
    first = own[0]
    if first.precision in {Precision.YEAR, Precision.MONTH}:
        return None
    for other in own[1:]:
        local = other.at == first.at and other.at.utcoffset() != first.at.utcoffset()
        shown = other.precision is Precision.DAY and abs(other.at - first.at) < timedelta(hours=36)
        if not first.at.utcoffset() and first.precision is not Precision.DAY and (local or shown):
            return other.at.date()
    return first.at.date()


def _moment(parts: Iterable[str | None], zone: str | None) -> Moment | None:
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
    offset = _zone(zone)
    try:
        # 24:00 and leap seconds are written now and then; they are the last second before.
        at = datetime(
            year, month, day, min(hour, 23), minute, min(second, 59), tzinfo=offset or UTC
        )
    except ValueError:
        return None
    unsure = offset is None and precision in {Precision.MINUTE, Precision.SECOND}
    return Moment(at=at, precision=Precision.DAY if unsure else precision)


def _zone(text: str | None) -> timezone | None:
    """The zone that a mark means; None for no mark and for one that says nothing."""
    if not text:
        return None
    text = text.upper()
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    text = text.removeprefix("UTC").removeprefix("GMT")
    if text[0] not in "+-":
        hours = _ZONES.get(text.lower())
        return None if hours is None else timezone(timedelta(hours=hours))
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _mail(found: re.Match[str]) -> Moment | None:
    day, name, other_name, other_day, year, hour, minute, second, half, zone = found.groups()
    month = _month(name or other_name, "en")
    if month is None:
        return None
    hours = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
    return _moment((year, str(month), day or other_day, str(hours), minute, second or "0"), zone)


def _short_mail(found: re.Match[str]) -> Moment | None:
    weekday, day, name, year, hour, minute, second, zone = found.groups()
    month = _month(name, "en")
    for century in ("19", "20") if month else ():
        parts = (century + year, str(month), day, hour, minute, second or "0")
        moment = _moment(parts, zone)
        if moment and _WEEKDAYS[moment.at.weekday()] == weekday.lower():
            return moment
    return None


def _day(found: re.Match[str], language: str | None) -> date | None:
    kind = next(n for n in "123456" if found[f"y{n}"])
    year, day = int(found[f"y{kind}"]), int(found[f"d{kind}"])
    name = found[f"n{kind}"] if kind in "345" else None
    month = _month(name, language) if name else int(found[f"m{kind}"])
    if kind == "2" and month is not None:
        day, month = _day_month(day, month, found["sep"], language)
    if year > _LATEST:
        year -= _BUDDHIST
    try:
        return date(year, month, day) if month and _EARLIEST <= year <= _LATEST else None
    except ValueError:
        return None


def _day_month(one: int, two: int, separator: str, language: str | None) -> tuple[int, int | None]:
    """Which of two numbers is the day: by size, by separator, by who writes; None if open."""
    if two > 12:
        return two, one
    american = (language or "").lower() in {"en-us", "en_us"}
    if one > 12 or separator == "." or one == two:
        return one, two
    if american:
        return two, one
    return one, (None if not language or language[:2].lower() == "en" else two)


def _month(name: str, language: str | None) -> int | None:
    by_language, every = _months()
    word = name.casefold().rstrip(".")
    code = (language or "")[:2].lower()
    own = by_language.get(_SAME.get(code, code), {})
    return own.get(word) or every.get(word)


@cache
def _months() -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Month numbers by name, for each language and for all; of two meanings the first stands."""
    by_language: dict[str, dict[str, int]] = {}
    every: dict[str, int] = {}
    lines = files("provenance.text").joinpath("data/months.txt").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("#") or not line:
            continue
        code, _, fields = line.partition(" ")
        for number, forms in enumerate(fields.split("|"), start=1):
            for form in forms.split("/"):
                by_language.setdefault(code, {}).setdefault(form.casefold(), number)
                every.setdefault(form.casefold(), number)
    return by_language, every
