"""The pages inside a WARC file (ISO 28500), plain or compressed record by record."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.coding import TooLarge, Undecodable, codings, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_CHUNK = 65536


def pages(name: str, file: BinaryIO, *, undated: datetime, max_bytes: int) -> Iterator[Capture]:
    """One Capture for each response record that holds an HTML page answered with 2xx.

    ``undated`` stands in for a missing or senseless WARC-Date. Pages that can be read are given
    first; then InputError when some could not, when the file is damaged, or when it has none.
    """
    from warcio.archiveiterator import ArchiveIterator

    given, faults = 0, list[str]()
    try:
        for record in ArchiveIterator(file):
            if not _is_page(record):
                continue
            try:
                page = _page(record, undated, max_bytes)
            except TooLarge:
                faults.append(f"a page of more than {max_bytes:,} bytes")
                continue
            except Undecodable as error:
                faults.append(f"a page that is {error}")
                continue
            given += 1
            yield page
    except Exception as error:  # warcio has no family of errors; a damaged file raises anything
        faults.append(f"damage after page {given} ({type(error).__name__})")
    if faults:
        rest = f" and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise InputError(f"{name}: not all of it could be read: {faults[0]}{rest}")
    if not given:
        raise InputError(f"{name}: no HTML page in this WARC file; name one that holds pages")


def _is_page(record: Any) -> bool:
    if record.rec_type != "response" or record.http_headers is None:
        return False
    status = record.http_headers.get_statuscode()
    return _media_type(record) in _HTML and status.isascii() and status[:1] == "2"


def _media_type(record: Any) -> str:
    declared = record.http_headers.get_header("Content-Type") or ""
    return str(declared).partition(";")[0].strip().lower()


def _page(record: Any, undated: datetime, max_bytes: int) -> Capture:
    headers = tuple(
        (scrub(str(key)).lower(), scrub(str(value))) for key, value in record.http_headers.headers
    )
    body = _body(record, max_bytes)
    target = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip().strip("<>")
    url = scrub(target) if is_web_url(target) else None
    status = record.http_headers.get_statuscode()
    return Capture(
        url=url,
        responded_url=url,
        status=int(status) if status.isdigit() else None,
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
    from warcio.bufferedreaders import ChunkedDataReader

    stream = record.raw_stream
    if str(record.http_headers.get_header("Transfer-Encoding") or "").strip().lower() == "chunked":
        stream = ChunkedDataReader(stream)
    found = bytearray()
    while len(found) <= limit:
        part = stream.read(_CHUNK)
        if not part:
            break
        found += part
    if len(found) > limit:
        raise TooLarge
    body = bytes(found)
    if body.lstrip()[:1] == b"<":
        return body
    return decode(body, codings(record.http_headers.get_header("Content-Encoding")), limit)


def _date(text: str | None, undated: datetime) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return undated
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
