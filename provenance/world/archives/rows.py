"""Capture indexes read: every dialect of CDX gives the same rows.

Dialects, told apart by their first bytes: the Internet Archive's array of arrays, pywb's and
Common Crawl's object a line, CDXJ (key, timestamp, object), and columns of text with 6 to 11
fields. Lists that hold bad rows are common (mail addresses, spaces, months 00): a bad row is
counted and left out, but a list without one good row, or one cut off, is no answer.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

from provenance.model import Precision
from provenance.text.json_text import parse_json
from provenance.text.urls import is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
MOST_ROWS = 20_000
_LONGEST_LINE = 20_000
_OTHER_NAMES = {"url": "original", "mime": "mimetype", "status": "statuscode"}
_STATUS = re.compile(r"\d{3}|-")
_DIGEST = re.compile(r"(?:sha1:)?[A-Za-z0-9]{26,64}|-")
_FIRST_YEAR = 1991


class _Mark(Enum):
    """What stands in a list beside good rows."""

    BAD = "a row that makes no sense"
    MORE = "the sign that there is more"


class NotAnIndex(ValueError):
    """The bytes are no list of captures; the text is one clause that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxRow:
    """One capture as an index lists it, in the raw words of CDX; '-' where it says nothing.

    ``filename`` and ``offset`` point into a WARC file where the index tells; ``fuzzy`` is True
    for a row that the index offers for a similar address.
    """

    urlkey: str
    timestamp: str
    original: str
    mimetype: str = "-"
    statuscode: str = "-"
    digest: str = "-"
    length: str = "-"
    filename: str = ""
    offset: str = ""
    fuzzy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxPage:
    """The rows of one answer in its order; ``malformed`` counts those left out.

    ``cut`` is True when the index says that it has more rows than it gave.
    """

    rows: tuple[CdxRow, ...]
    malformed: int = 0
    cut: bool = False


def read_rows(body: bytes) -> CdxPage:
    """The rows of an index answer in whatever dialect it is; NotAnIndex for anything else.

    No bytes at all give an empty listing: whether that means "none" is for the caller to find out.
    """
    text = body.decode("utf-8-sig", "replace")
    start = text.lstrip()[:1]
    if not start:
        return CdxPage(rows=())
    if start == "<":
        raise NotAnIndex("it answered with a web page and not with a list of captures")
    if start == "[":
        return _listing(_array(text))
    return _listing(_objects(text) if start == "{" else _lines(text))


def until(timestamp: str, now: datetime) -> tuple[datetime, Precision] | None:
    """The end of the day, month or year that a short or impossible timestamp still names, in UTC.

    A capture proves "there by then", so what is not known counts as late, but never later than
    ``now``. None where not even the year is one of a web archive.
    """
    year = int(timestamp[:4]) if len(timestamp) >= 4 else 0
    if not _FIRST_YEAR <= year <= now.year:
        return None
    # Fourteen digits that are no time have a digit too many or too few somewhere: only the year
    # can be believed.
    month = int(timestamp[4:6]) if len(timestamp) in {6, 8, 10, 12} else 0
    if not 1 <= month <= 12:
        return min(_last(year, 12, 31), now), Precision.YEAR
    days = monthrange(year, month)[1]
    day = int(timestamp[6:8]) if len(timestamp) >= 8 else 0
    if not 1 <= day <= days:
        return min(_last(year, month, days), now), Precision.MONTH
    return min(_last(year, month, day), now), Precision.DAY


def _last(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 23, 59, 59, tzinfo=UTC)


def _listing(found: Iterable[CdxRow | _Mark]) -> CdxPage:
    rows: list[CdxRow] = []
    malformed, cut = 0, False
    for row in found:
        if isinstance(row, CdxRow):
            rows.append(row)
        elif row is _Mark.BAD:
            malformed += 1
        else:
            cut = True
        if len(rows) >= MOST_ROWS:
            cut = True
            break
    if malformed and not rows:
        raise NotAnIndex(f"none of its {malformed} rows can be read")
    return CdxPage(rows=tuple(rows), malformed=malformed, cut=cut)


def _array(text: str) -> Iterator[CdxRow | _Mark]:
    """The array of arrays; its first row names the columns, [] and a lone key mean "more"."""
    found = _parsed(text)
    if not isinstance(found, list):
        raise NotAnIndex("it is no list")
    if not found:
        return
    if isinstance(found[0], dict):
        yield from (_named(row) if isinstance(row, dict) else _Mark.BAD for row in found)
        return
    names = found[0]
    if not isinstance(names, list) or not {"timestamp", "original"} <= set(map(str, names)):
        raise NotAnIndex("its first row does not name the columns")
    for row in found[1:]:
        if not isinstance(row, list):
            yield _Mark.BAD
        elif len(row) <= 1 < len(names):
            if row:
                yield _Mark.MORE
        elif len(row) != len(names):
            yield _Mark.BAD
        else:
            yield _named(dict(zip(map(str, names), row, strict=True)))


def _objects(text: str) -> Iterator[CdxRow | _Mark]:
    """An object a line. A lone object with a message is an error, whatever the status was."""
    lines = [line for line in text.split("\n") if line.strip()]
    for number, line in enumerate(lines, 1):
        try:
            found = _parsed(line)
        except NotAnIndex:
            if number == len(lines) and not text.endswith("\n"):
                raise NotAnIndex("the list was cut off") from None
            found = None
        if isinstance(found, dict) and not {"timestamp", "url", "original"} & set(found):
            said = found.get("message") or found.get("error") or "an object that is no capture"
            raise NotAnIndex(f"it says: {str(said)[:200]}")
        yield _named(found) if isinstance(found, dict) else _Mark.BAD


def _lines(text: str) -> Iterator[CdxRow | _Mark]:
    """CDXJ or columns, a capture a line; a lone word after a blank line means "more"."""
    lines = text.rstrip("\n").split("\n")
    blank = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            blank = True
            continue
        if line.lstrip().startswith(("CDX ", "!")):
            continue
        if blank and len(line.split()) == 1:
            yield _Mark.MORE
            continue
        row = _cdxj(line) if " {" in line[:_LONGEST_LINE] else _columns(line)
        if row is _Mark.BAD and number == len(lines) and not text.endswith("\n"):
            raise NotAnIndex("the list was cut off")
        yield row


def _cdxj(line: str) -> CdxRow | _Mark:
    key, _, rest = line.partition(" ")
    timestamp, _, block = rest.partition(" ")
    try:
        found = _parsed(block)
    except NotAnIndex:
        return _Mark.BAD
    if not isinstance(found, dict):
        return _Mark.BAD
    return _named({"urlkey": key, "timestamp": timestamp, **found})


def _columns(line: str) -> CdxRow | _Mark:
    """Columns parted by spaces; an address may hold some too, so the status is looked for."""
    if len(line) > _LONGEST_LINE:
        return _Mark.BAD
    parts = line.split()
    for at in range(4, len(parts) - 1):
        if _STATUS.fullmatch(parts[at]) and _DIGEST.fullmatch(parts[at + 1]):
            rest = parts[at + 2 :]
            length = rest[0] if len(rest) == 1 else rest[2] if len(rest) == 5 else "-"
            pointed = len(rest) >= 3
            return _row(
                urlkey=parts[0],
                timestamp=parts[1],
                original="%20".join(parts[2 : at - 1]),
                mimetype=parts[at - 1],
                statuscode=parts[at],
                digest=parts[at + 1],
                length=length,
                offset=rest[-2] if pointed else "",
                filename=rest[-1] if pointed else "",
            )
    return _Mark.BAD


def _named(fields: dict[str, Any]) -> CdxRow | _Mark:
    words = {
        _OTHER_NAMES.get(key, key): str(value).strip()
        for key, value in fields.items()
        if value is not None
    }
    known = {key: words[key] for key in (*COLUMNS, "filename", "offset") if words.get(key)}
    return _row(**known, fuzzy=words.get("is_fuzzy") == "1")


def _row(
    *, timestamp: str = "", original: str = "", fuzzy: bool = False, **rest: str
) -> CdxRow | _Mark:
    if not timestamp.isascii() or not timestamp.isdigit() or not is_web_url(original):
        return _Mark.BAD
    urlkey = rest.pop("urlkey", "")
    return CdxRow(urlkey=urlkey, timestamp=timestamp, original=original, fuzzy=fuzzy, **rest)


def _parsed(text: str) -> Any:
    try:
        return parse_json(text)
    except ValueError as error:
        raise NotAnIndex("it is not well-formed JSON, or was cut off") from error
