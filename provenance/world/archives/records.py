"""Pages inside WARC records (ISO 28500), as an archive would replay them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from provenance.model import Capture, Via
from provenance.text.scrub import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_CHUNK = 65_536
_SHOWN = frozenset({"response", "revisit", "resource"})


class Unreadable(Exception):
    """The record holds no page that can be read; the text is one clause."""


def record_at(file: BinaryIO) -> Any:
    """The first record of a file that stands at its start; Unreadable when there is none."""
    from warcio.archiveiterator import ArchiveIterator

    try:
        return next(iter(ArchiveIterator(file)))
    except StopIteration:
        raise Unreadable("there is no record at that place") from None
    except Exception as error:  # warcio has no family of errors; a damaged file raises anything
        raise Unreadable(f"the record is damaged ({type(error).__name__})") from error


def target(record: Any) -> str:
    """The captured address, '' where the record has none."""
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "")
    return scrub(address.strip().strip("<>").replace(" ", "%20"))


def taken_at(record: Any) -> datetime | None:
    """The record's WARC-Date in UTC, None where it is no time."""
    try:
        at = datetime.fromisoformat(str(record.rec_headers.get_header("WARC-Date") or ""))
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def status(record: Any) -> int | None:
    """The HTTP status of the captured answer; None where there was no HTTP."""
    code = record.http_headers.get_statuscode() if record.http_headers is not None else ""
    return int(code) if code and code.isascii() and code.isdigit() else None


def media_type(record: Any) -> str:
    """The media type the server gave, '' for none."""
    headers = record.http_headers or record.rec_headers
    declared = str(headers.get_header("Content-Type") or "")
    return scrub(declared).partition(";")[0].strip().lower()


def captures(file: BinaryIO) -> Iterator[tuple[int, Any]]:
    """The records of a WARC file that captured something, each with its offset in bytes.

    A damaged file ends the list, after Unreadable has said where.
    """
    from warcio.archiveiterator import ArchiveIterator

    records = ArchiveIterator(file)
    at, some = 0, False
    try:
        for record in records:
            at, some = records.get_record_offset(), some or record.format == "warc"
            if record.rec_type in _SHOWN and target(record):
                yield at, record
    except Exception as error:  # as above
        raise Unreadable(f"damaged after byte {at} ({type(error).__name__})") from error
    if not some:
        raise Unreadable("there is no WARC record in it")


def capture_of(record: Any, memento: str, limit: int) -> Capture:
    """The captured answer with its content codings undone; Unreadable over ``limit`` bytes."""
    at = taken_at(record)
    if at is None:
        raise Unreadable("the record does not say when it was captured")
    headers = record.http_headers.headers if record.http_headers is not None else ()
    body = _body(record, limit)
    url = target(record)
    return Capture(
        url=url,
        responded_url=url,
        status=status(record),
        headers=tuple((scrub(str(name)).lower(), scrub(str(value))) for name, value in headers),
        body=body,
        media_type=media_type(record),
        captured_at=at,
        via=Via.ARCHIVE,
        memento=memento,
        digest=hashlib.sha256(body).hexdigest(),
    )


def _body(record: Any, limit: int) -> bytes:
    found = bytearray()
    try:
        stream = record.content_stream()
        while len(found) <= limit:
            part = stream.read(_CHUNK)
            if not part:
                break
            found += part
    except Exception as error:  # as above
        raise Unreadable(f"the page is damaged ({type(error).__name__})") from error
    if len(found) > limit:
        raise Unreadable(f"the page is larger than {limit:,} bytes")
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise Unreadable("the record is cut off")
    return bytes(found)
