"""Content codings undone within bounds: a small body may unpack to gigabytes."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_LAYERS = 5
GZIP_MAGIC = b"\x1f\x8b"
_CHUNK, _FEED = 65536, 4096
_MANY_MEMBERS, _TINY_MEMBER = 1000, 32
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,16})[ \t]*(?:;|\r?$)")
_GZIP, _RAW_DEFLATE = 16 + zlib.MAX_WBITS, -zlib.MAX_WBITS


class TooLarge(Exception):
    """The bytes, packed or not, are more than the limit."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit:,} bytes")


class Undecodable(Exception):
    """The bytes are not what their coding says; the text is one clause."""


class CutShort(Undecodable):
    """The coded bytes end before their end mark."""


def codings(header: str | None) -> tuple[str, ...]:
    """The codings of a Content-Encoding header in the order they were applied."""
    named = (name.strip().lower() for name in (header or "").split(","))
    return tuple(name for name in named if name not in {"", "identity"})


def decode(body: bytes, applied: tuple[str, ...], limit: int) -> bytes:
    """The bytes with all codings undone, at most ``limit`` of them after each.

    gzip and deflate only, since only they are asked for. TooLarge, CutShort or Undecodable
    otherwise.
    """
    if len(applied) > MOST_LAYERS:
        raise Undecodable(f"packed {len(applied)} times over")
    for name in reversed(applied):
        if name in {"gzip", "x-gzip"}:
            body = _gunzip(body, limit)
        elif name == "deflate":
            body = _inflate(body, limit)
        else:
            raise Undecodable(f"in the coding {name[:40]!r}, which was not asked for")
    if len(body) > limit:
        raise TooLarge(limit)
    return body


def dechunk(body: bytes) -> bytes:
    """A kept body without its chunk lines (RFC 9112 7.1); as it is where it has none."""
    found, at = list[bytes](), 0
    while at < len(body):
        end = body.find(b"\n", at, at + 64)
        line = _CHUNK_SIZE.match(body[at:end]) if end >= 0 else None
        if line is None:
            return body if not found else b"".join(found)
        size = int(line[1], 16)
        if size == 0:
            break
        found.append(body[end + 1 : end + 1 + size])
        at = end + 1 + size
        at = body.find(b"\n", at, at + 2) + 1 or len(body)
    return b"".join(found)


class Gunzip:
    """gzip undone member after member, a bounded piece at a time.

    ``read`` gives the packed bytes. ``taken`` and ``given`` count bytes in and out, ``member`` is
    where the member begins that was read last; ``behind`` is what stands behind the last member
    and is none. CutShort or Undecodable for bad gzip.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.taken = self.given = self.member = 0
        self.behind = b""
        self._read = read
        self._waiting, self._at = b"", 0
        self._stream: zlib._Decompress | None = None
        self._members = 0

    def read(self, size: int) -> bytes:
        """Up to ``size`` bytes, b'' at the end of the last member."""
        while True:
            self._stream = self._stream or self._begun()
            if self._stream is None:
                return b""
            part = self._piece(self._stream, size)
            if part:
                return part

    def _begun(self) -> zlib._Decompress | None:
        """The next member, None at the end."""
        while len(self._waiting) - self._at < 2 and self._more():
            pass
        if self._waiting[self._at : self._at + 1] == b"\0":
            self._waiting, self._at = self._waiting[self._at :].lstrip(b"\0"), 0
            return self._begun() if self._waiting or self._more() else None
        if self._at == len(self._waiting):
            return None
        if self._members and not self._waiting.startswith(GZIP_MAGIC, self._at):
            self.behind = self._waiting[self._at :]
            return None
        self._members += 1
        self.member = self.taken - len(self._waiting) + self._at
        if self._members > _MANY_MEMBERS and self.given < _TINY_MEMBER * self._members:
            raise Undecodable("packed in senselessly many pieces")
        return zlib.decompressobj(_GZIP)

    def _piece(self, stream: zlib._Decompress, size: int) -> bytes:
        if self._at == len(self._waiting) and not self._more():
            raise CutShort("packed, and cut off before its end")
        # Little at a time: zlib copies all that stands behind the end of a member.
        fed = self._waiting[self._at : self._at + _FEED]
        try:
            part = stream.decompress(fed, size)
        except zlib.error as error:
            raise Undecodable("not packed the way it says") from error
        self._at += len(fed) - len(stream.unused_data if stream.eof else stream.unconsumed_tail)
        if stream.eof:
            self._stream = None
        self.given += len(part)
        return part

    def _more(self) -> bool:
        found = self._read(_CHUNK)
        self.taken += len(found)
        self._waiting, self._at = self._waiting[self._at :] + found, 0
        return bool(found)


def _gunzip(body: bytes, limit: int) -> bytes:
    """All members of a gzip body; what follows the last one and is no member is ignored."""
    packed, found = Gunzip(BytesIO(body).read), bytearray()
    while part := packed.read(_CHUNK):
        found += part
        if len(found) > limit:
            raise TooLarge(limit)
    return bytes(found)


def _inflate(body: bytes, limit: int) -> bytes:
    """RFC 9110 means zlib by 'deflate'; many servers send it bare."""
    if not body:
        return body
    try:
        return _inflated(body, zlib.MAX_WBITS, limit)
    except CutShort:
        raise
    except Undecodable:
        return _inflated(body, _RAW_DEFLATE, limit)


def _inflated(body: bytes, form: int, limit: int) -> bytes:
    stream = zlib.decompressobj(form)
    try:
        found = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise Undecodable("not packed the way it says") from error
    if len(found) > limit:
        raise TooLarge(limit)
    if not stream.eof:
        raise CutShort("packed, and cut off before its end")
    return found
