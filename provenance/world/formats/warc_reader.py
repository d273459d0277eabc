"""The one reader of WARC files (ISO 28500) and ARC files, plain or compressed record by record.

warcio parses the records. It trusts its input, so it is given bytes and lines within bounds: a
small file can hold an endless header or unpack to gigabytes.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.archived import stamped_at
from provenance.text.dates import iso_time
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.formats.coding import (
    GZIP_MAGIC,
    Gunzip,
    TooLarge,
    Undecodable,
    codings,
    dechunk,
)
from provenance.world.formats.kept_coding import decode_kept
from provenance.world.formats.sniff import ARC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_HTML = frozenset({"text/html", "application/xhtml+xml"})
# What was saved without its reply, and the text taken out of a page (WET).
_WITHOUT_HTTP = ("resource", "conversion")
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


class DamagedFile(Exception):
    """The file cannot be read on from here; the text is one clause."""


class UnreadableBody(Exception):
    """The body of one record cannot be had, the next record can; the text is one clause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One record. Its body can be read until the next record is.

    ``offset`` is where it starts in the file as it lies there, in bytes: in a compressed file
    where its gzip member starts. ``kind`` is its WARC-Type, ``target`` the captured address or
    '', ``captured_at`` its WARC-Date in UTC or None, ``status`` that of the captured HTTP answer,
    None where there is none; ``http`` says whether there is an answer at all. ``digest`` is that
    of the payload without the name of its algorithm, '' where the record gives none.
    """

    offset: int
    kind: str
    target: str
    captured_at: datetime | None
    status: int | None
    media_type: str
    digest: str
    http: bool
    parsed: Any

    def headers(self) -> tuple[tuple[str, str], ...]:
        """The HTTP headers, names in lower case."""
        found = self.parsed.http_headers.headers if self.http else ()
        return tuple((scrub(str(key)).lower(), scrub(str(value))) for key, value in found)

    def body(self, limit: int) -> bytes:
        """The payload, at most ``limit`` bytes, without transfer and content codings.

        UnreadableBody where it is larger, cut off or not coded the way it says.
        """
        try:
            return _decoded(self.parsed, limit)
        except TooLarge as error:
            raise UnreadableBody(f"it has {error}") from error
        except Undecodable as error:
            raise UnreadableBody(f"it came {error}") from error

    def capture(
        self, limit: int, *, url: str | None, at: datetime, via: Via, memento: str | None = None
    ) -> Capture:
        """The captured answer; UnreadableBody as ``body`` raises it."""
        return Capture(
            body=self.body(limit),
            url=url,
            responded_url=url,
            status=self.status,
            headers=self.headers(),
            media_type=self.media_type,
            captured_at=at,
            via=via,
            memento=memento,
        )


def read_records(file: Readable, *, start: int = 0) -> Iterator[WarcRecord]:
    """The records from where ``file`` stands, ``start`` bytes into it, in order.

    DamagedFile where it cannot be read on.
    """
    from warcio.recordloader import ArcWarcRecordLoader

    # warcio warns of addresses with spaces, which it mends, on standard error.
    logging.getLogger("warcio").addHandler(logging.NullHandler())
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    lines = _bounded(_Unpacked(file, start))
    line, offset = lines.readline(), start
    form = "arc" if line.startswith(ARC) else "warc"
    while line:
        try:
            record = loader.parse_record_stream(lines, line, form)
            yield _record(record, offset) if form == "warc" else _arc_record(record, offset)
            while record.raw_stream.read(_CHUNK):
                pass
        except EOFError:
            return
        except DamagedFile:
            raise
        except Exception as error:  # warcio has no family of errors; damage raises anything
            raise DamagedFile("not a WARC record") from error
        line, offset = _next_line(lines)


def read_pages(
    name: str, file: Readable, *, undated: datetime, max_bytes: int
) -> Iterator[Capture]:
    """One Capture for each page: a response record with HTML answered with 2xx, or a resource.

    A resource record, as bytes that were handed in are saved, is one when it holds HTML or text
    under a web address or under one made of its own hash.
    ``undated`` stands in for a missing or senseless WARC-Date. Pages that can be read are given
    first; then InputError when some could not, when the file is damaged, or when it has none.
    """
    given, faults = 0, list[str]()
    try:
        for record in read_records(file):
            if not _is_page(record):
                continue
            url = record.target if is_web_url(record.target) else None
            at = record.captured_at or undated
            try:
                page = record.capture(max_bytes, url=url, at=at, via=Via.WARC)
            except UnreadableBody as error:
                faults.append(f"a page cannot be read ({error})")
                continue
            given += 1
            yield page
    except DamagedFile as error:
        faults.append(f"damage behind page {given} ({error})")
    if faults:
        rest = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise InputError(f"{name}: not all of it could be read: {faults[0]}{rest}")
    if not given:
        raise InputError(f"{name}: no HTML page in this WARC file; name one that holds pages")


class _Unpacked:
    """The bytes of a file with gzip undone; DamagedFile for gzip that is cut, bad or a bomb."""

    def __init__(self, file: Readable, start: int) -> None:
        self._file = file
        self._start = start
        self._given = 0
        self._head = file.read(_CHUNK)
        self._packed = Gunzip(self._rest) if self._head.startswith(GZIP_MAGIC) else None

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes, of one gzip member at most; b'' at the end."""
        packed = self._packed
        if packed is None:
            part = self._rest(size)
            self._given += len(part)
            return part
        try:
            part = packed.read(size)
        except Undecodable as error:
            raise DamagedFile(str(error)) from error
        if packed.given > max(_BOMB_SIZE, _BOMB_RATIO * packed.taken):
            raise DamagedFile("it unpacks to far more than pages do")
        if not part and packed.behind:
            raise DamagedFile("not all of it is gzip")
        return part

    def offset(self, ahead: int) -> int:
        """Where in the file the bytes lie of which ``ahead`` were given and are still unused.

        Of a compressed file, where their gzip member starts.
        """
        return self._start + (self._packed.member if self._packed else self._given - ahead)

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
                raise DamagedFile("endless headers")
            return line

    return Bounded(stream)


def _next_line(lines: Any) -> tuple[bytes, int]:
    """The first line of the next record, b'' for none, and its offset.

    DamagedFile where no blank line stands before it: the record did not end where it says.
    """
    blank = False
    while line := lines.readline():
        if not line.strip():
            blank = True
        elif blank:
            return line, lines.stream.offset(lines.rem_length() + len(line))
        else:
            raise DamagedFile("a record is not as long as it says")
    return b"", 0


def _record(parsed: Any, offset: int) -> WarcRecord:
    if parsed.length is None:
        raise DamagedFile("a record does not say how long it is")
    own, http = parsed.rec_headers, parsed.http_headers
    declared = scrub(str((http or own).get_header("Content-Type") or ""))
    status = str(http.get_statuscode()) if http else ""
    return WarcRecord(
        offset=offset,
        kind=str(parsed.rec_type),
        target=scrub(str(own.get_header("WARC-Target-URI") or "").strip()),
        captured_at=iso_time(str(own.get_header("WARC-Date") or "")),
        status=int(status) if len(status) == 3 and status.isascii() and status.isdigit() else None,
        media_type=declared.partition(";")[0].strip().lower(),
        digest=str(own.get_header("WARC-Payload-Digest") or "").rpartition(":")[2],
        http=http is not None,
        parsed=parsed,
    )


def _arc_record(parsed: Any, offset: int) -> WarcRecord:
    """A record of an ARC file, which names its captures in one line each."""
    if parsed.length is None:
        raise DamagedFile("a record does not say how long it is")
    own, http = parsed.rec_headers, parsed.http_headers
    record = _record(parsed, offset)
    return replace(
        record,
        target=scrub(str(own.get_header("uri") or "")),
        captured_at=stamped_at(str(own.get_header("archive-date") or "")),
        media_type=record.media_type or str(own.get_header("content-type") or "").lower(),
        http=http is not None,
    )


def _is_page(record: WarcRecord) -> bool:
    if record.kind in _WITHOUT_HTTP and not record.http:
        named = is_web_url(record.target) or record.target.startswith(_OF_HASH)
        return named and record.media_type in {*_HTML, "text/plain"}
    answered = record.kind == "response" and 200 <= (record.status or 0) < 300
    return answered and record.media_type in _HTML


def _decoded(parsed: Any, limit: int) -> bytes:
    http = parsed.http_headers
    length = parsed.length if http is None else max(parsed.payload_length, 0)
    if length > limit:
        raise TooLarge(limit)
    body: bytes = parsed.raw_stream.read(length)
    if len(body) < length:
        raise Undecodable("cut off before its end")
    if http is None:
        return body
    if str(http.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        body = dechunk(body)
    applied = codings(http.get_header("Content-Encoding"))
    # Crawlers that are browsers write the header and the body without its coding.
    if body.lstrip()[:1] == b"<" or (applied[-1:] == ("gzip",) and body[:2] != GZIP_MAGIC):
        return body
    return decode_kept(body, applied, limit)
