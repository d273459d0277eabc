"""Captures written as a WARC file (ISO 28500, version 1.1), compressed record by record.

A page that answered over HTTP is a ``response`` record, one that was handed in a ``resource``; a
``metadata`` record beside each says how it came. There are no ``request`` records: what was sent
is not kept, and a request written afterwards would be no evidence. Bodies are kept with their
codings undone, so headers that speak of codings or of the length on the wire stand as
``x-orig-...``. Identities, dates and order come from the captures alone: the same captures give
the same bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from provenance.model import VERSION, Via
from provenance.text.surt import surt

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture

_CODED = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_FOLD = re.compile(r"[\r\n\t\0]+ *")
# Everything that may stand in an address as it is; the rest is percent-encoded.
_PLAIN = "".join(chr(code) for code in range(0x21, 0x7F))
_FIELDS = "application/warc-fields"


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcIndexLine:
    """Where one capture lies in the file: byte ``offset`` and ``length`` of its gzip member.

    ``digest`` is the record's WARC-Payload-Digest (``sha1:`` and base32), ``timestamp`` 14 digits
    of UTC, ``urlkey`` the SURT of ``url``, which is the WARC-Target-URI.
    """

    url: str
    urlkey: str
    timestamp: str
    at: datetime
    media_type: str
    status: int
    digest: str
    offset: int
    length: int


class WarcWriter:
    """Writes captures to ``file``, which must be empty and open for writing bytes."""

    def __init__(self, file: BinaryIO) -> None:
        from warcio.warcwriter import WARCWriter

        self._file = file
        self._writer = WARCWriter(file, gzip=True, warc_version="1.1")
        self._entries: dict[str, WarcIndexLine] = {}

    @property
    def entries(self) -> tuple[WarcIndexLine, ...]:
        """What was written, in that order."""
        return tuple(self._entries.values())

    def add(self, capture: Capture) -> WarcIndexLine:
        """Writes one capture, once: the same again is the entry there is."""
        if not self._entries:
            self._begin(capture)
        target = target_uri(capture)
        kind = "resource" if capture.status is None else "response"
        identity = _identity(kind, target, _stamp(capture.captured_at), capture.digest)
        if identity not in self._entries:
            self._entries[identity] = self._written(kind, target, identity, capture)
            self._describe(target, identity, capture)
        return self._entries[identity]

    def _begin(self, capture: Capture) -> None:
        """Who wrote the file; dated by its first capture, since a clock would change the bytes."""
        fields = {
            "software": f"provenance/{VERSION}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        }
        at = _stamp(capture.captured_at)
        headers = _headers(_identity("warcinfo", at, capture.digest), at)
        self._fields("warcinfo", None, headers, fields)

    def _written(self, kind: str, target: str, identity: str, capture: Capture) -> WarcIndexLine:
        http = None if capture.status is None else _http(capture)
        record = self._writer.create_warc_record(
            target,
            kind,
            payload=BytesIO(capture.body),
            length=len(capture.body),
            warc_content_type="" if http else capture.media_type or "application/octet-stream",
            http_headers=http,
            warc_headers_dict=_headers(identity, _stamp(capture.captured_at)),
        )
        offset = self._file.tell()
        self._writer.write_record(record)
        return WarcIndexLine(
            url=target,
            urlkey=surt(target) or target,
            timestamp=capture.captured_at.astimezone(UTC).strftime("%Y%m%d%H%M%S"),
            at=capture.captured_at,
            media_type=capture.media_type or "unk",
            status=200 if capture.status is None else capture.status,
            digest=record.rec_headers.get_header("WARC-Payload-Digest"),
            offset=offset,
            length=self._file.tell() - offset,
        )

    def _describe(self, target: str, of: str, capture: Capture) -> None:
        told = {
            "received": str(capture.via),
            "asked": capture.url if capture.url != target else None,
            "memento": capture.memento,
            "sha256": capture.digest,
        }
        fields = {name: _FOLD.sub(" ", value) for name, value in told.items() if value}
        headers = _headers(_identity("metadata", of), _stamp(capture.captured_at))
        self._fields("metadata", target, {**headers, "WARC-Refers-To": of}, fields)

    def _fields(
        self, kind: str, target: str | None, headers: dict[str, str], fields: dict[str, str]
    ) -> None:
        block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
        record = self._writer.create_warc_record(
            target,
            kind,
            payload=BytesIO(block),
            length=len(block),
            warc_content_type=_FIELDS,
            warc_headers_dict=headers,
        )
        self._writer.write_record(record)


def target_uri(capture: Capture) -> str:
    """The address that answered; for bytes that nobody gave an address, one made of their hash."""
    url = capture.responded_url or capture.url
    return quote(url, safe=_PLAIN) if url else f"urn:sha256:{capture.digest}"


def _headers(identity: str, at: str) -> dict[str, str]:
    return {"WARC-Record-ID": identity, "WARC-Date": at}


def _identity(*parts: str) -> str:
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, chr(10).join(parts))}>"


def _stamp(at: datetime) -> str:
    """The time as WARC 1.1 writes it, in UTC, to the microsecond where it is known."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _http(capture: Capture) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    headers = []
    for name, value in capture.headers:
        if _TOKEN.fullmatch(name):
            told = f"x-orig-{name}" if name.lower() in _CODED else name
            headers.append((told, _FOLD.sub(" ", value)))
    headers.append(("content-length", str(len(capture.body))))
    line = f"HTTP/1.1 {_line(capture.status or 0)}\r\n"
    block = line + "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    exact = _as_sent(block, capture.via)

    class Exact(StatusAndHeaders):  # type: ignore[misc]
        def compute_headers_buffer(self, header_filter: object = None) -> None:  # noqa: ARG002
            """As they were sent: warcio would percent-encode what is not ASCII."""
            self.headers_buff = exact

    return Exact(_line(capture.status or 0), headers, protocol="HTTP/1.1")


def _as_sent(block: str, via: Via) -> bytes:
    """Headers as bytes: off the wire they were read as Latin-1, out of a WARC file as UTF-8."""
    if via is Via.WARC:
        return block.encode("utf-8", "replace")
    try:
        return block.encode("latin-1")
    except UnicodeError:
        return block.encode("utf-8", "replace")


def _line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"
