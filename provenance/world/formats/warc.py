"""The pages inside a WARC file (ISO 28500), plain or compressed record by record.

warcio reads the records. It trusts its input, so it is given bytes and lines within bounds, and
what it would print of damage is caught.
"""

from __future__ import annotations

import hashlib
from contextlib import redirect_stderr
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, Protocol

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.formats.coding import (
    GZIP_MAGIC,
    CutShort,
    Gunzip,
    TooLarge,
    Undecodable,
    codings,
    dechunk,
    decode,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_OF_HASH = "urn:sha256:"
_CHUNK = 65536
_LONGEST_LINE, _BLOCK = 65536, 16384
_MOST_LINES = 4000
# Crawled pages shrink to a fifth; what shrinks to a hundredth was made to fill memory or time.
_BOMB_RATIO, _BOMB_SIZE = 100, 200_000_000


class Readable(Protocol):
    """What a WARC file is read from: bytes in order, never gone back in."""

    def read(self, size: int, /) -> bytes:
        """Up to ``size`` bytes, b'' at the end."""
        ...


class _Damaged(Exception):
    """The file cannot be read on from here; the text is one clause."""


def pages(name: str, file: Readable, *, undated: datetime, max_bytes: int) -> Iterator[Capture]:
    """One Capture for each page: a response record with HTML answered with 2xx, or a resource.

    A resource record, as bytes that were handed in are saved, is one when it holds HTML or text
    under a web address or under one made of its own hash.
    ``undated`` stands in for a missing or senseless WARC-Date. Pages that can be read are given
    first; then InputError when some could not, when the file is damaged, or when it has none.
    """
    records, given, faults = _records(file), 0, list[str]()
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            page = _page(record, undated, max_bytes) if _is_page(record) else None
        except TooLarge as error:
            faults.append(f"a page has {error}")
        except (CutShort, Undecodable) as error:
            faults.append(f"a page came {error}")
        except _Damaged as error:
            faults.append(f"damage behind page {given} ({error})")
            break
        else:
            if page is not None:
                given += 1
                yield page
    if faults:
        rest = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise InputError(f"{name}: not all of it could be read: {faults[0]}{rest}")
    if not given:
        raise InputError(f"{name}: no HTML page in this WARC file; name one that holds pages")


def _records(file: Readable) -> Iterator[Any]:
    """The records as warcio reads them; _Damaged where it cannot read on."""
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(BytesIO())
    records.reader = _bounded(_Unpacked(file))
    while True:
        told = StringIO()
        try:
            with redirect_stderr(told):
                record = next(iter(records), None)
        except _Damaged:
            raise
        except Exception as error:  # warcio has no family of errors; damage raises anything
            said = "a record is not as long as it says" if told.getvalue() else "not a WARC record"
            raise _Damaged(said) from error
        if told.getvalue():
            raise _Damaged("a record is not as long as it says")
        if record is None:
            return
        if record.length is None:
            raise _Damaged("a record does not say how long it is")
        yield record


class _Unpacked:
    """The bytes of a file with gzip undone; _Damaged for gzip that is cut, bad or a bomb."""

    def __init__(self, file: Readable) -> None:
        self._file = file
        self._head = file.read(_CHUNK)
        self._packed = Gunzip(self._rest) if self._head.startswith(GZIP_MAGIC) else None

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes, b'' at the end."""
        packed = self._packed
        if packed is None:
            return self._rest(size)
        try:
            part = packed.read(size)
        except Undecodable as error:
            raise _Damaged(str(error)) from error
        if packed.given > max(_BOMB_SIZE, _BOMB_RATIO * packed.taken):
            raise _Damaged("it unpacks to far more than pages do")
        if not part and packed.behind:
            raise _Damaged("not all of it is gzip")
        return part

    def _rest(self, size: int) -> bytes:
        part, self._head = self._head[:size], self._head[size:]
        return part or self._file.read(size)


def _bounded(stream: _Unpacked) -> Any:
    """Warcio's line reader over ``stream``, with a limit to lines and to how many in a row."""
    from warcio.bufferedreaders import BufferedReader

    class Bounded(BufferedReader):  # type: ignore[misc]
        lines = 0

        def read(self, length: int | None = None) -> bytes:
            self.lines = 0
            found: bytes = super().read(length)
            return found

        def readline(self, length: int | None = None) -> bytes:
            limit = _LONGEST_LINE if length is None else min(length, _LONGEST_LINE)
            line: bytes = super().readline(limit)
            self.lines += 1
            whole = line.endswith(b"\n") or len(line) == length
            if self.lines > _MOST_LINES or (len(line) > _BLOCK and not whole):
                raise _Damaged("endless headers")
            return line

    return Bounded(stream)


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource" and record.http_headers is None:
        target = _target(record)
        named = is_web_url(target) or target.startswith(_OF_HASH)
        return named and _media_type(record) in {*_HTML, "text/plain"}
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return _media_type(record) in _HTML and _status(record)[:1] == "2"


def _status(record: Any) -> str:
    status = str(record.http_headers.get_statuscode())
    return status if len(status) == 3 and status.isascii() and status.isdigit() else ""


def _media_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    declared = headers.get_header("Content-Type") or ""
    return str(declared).partition(";")[0].strip().lower()


def _target(record: Any) -> str:
    return str(record.rec_headers.get_header("WARC-Target-URI") or "").strip()


def _page(record: Any, undated: datetime, max_bytes: int) -> Capture:
    http = record.http_headers
    headers = tuple(
        (scrub(str(key)).lower(), scrub(str(value)))
        for key, value in (http.headers if http else ())
    )
    body = _body(record, max_bytes)
    target = _target(record)
    url = scrub(target) if is_web_url(target) else None
    return Capture(
        url=url,
        responded_url=url,
        status=int(_status(record)) if http else None,
        headers=headers,
        body=body,
        media_type=_media_type(record),
        captured_at=_date(record.rec_headers.get_header("WARC-Date"), undated),
        via=Via.WARC,
        memento=None,
        digest=hashlib.sha256(body).hexdigest(),
    )


def _body(record: Any, limit: int) -> bytes:
    """The payload without transfer and content codings; browsers' crawlers often undid them."""
    http = record.http_headers
    length = record.length if http is None else record.payload_length
    if length > limit:
        raise TooLarge(limit)
    body: bytes = record.raw_stream.read(max(length, 0))
    if len(body) < length:
        raise CutShort("cut off before its end")
    if http is None:
        return body
    if str(http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        body = dechunk(body)
    if body.lstrip()[:1] == b"<":
        return body
    return decode(body, codings(http.get_header("Content-Encoding")), limit)


def _date(text: str | None, undated: datetime) -> datetime:
    try:
        found = datetime.fromisoformat((text or "").strip())
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return undated
