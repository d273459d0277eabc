"""Content codings undone within bounds: a small body may unpack to gigabytes."""

from __future__ import annotations

import re
import zlib

MOST_LAYERS = 5
_CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,16})[ \t]*(?:;|\r?$)")
_GZIP, _RAW_DEFLATE = 16 + zlib.MAX_WBITS, -zlib.MAX_WBITS


class TooLarge(Exception):
    """The decoded bytes are more than the limit."""


class Undecodable(Exception):
    """The bytes are not what their coding says; the text is one clause."""


class Cut(Undecodable):
    """The coded bytes end before their end mark."""


def codings(header: str | None) -> tuple[str, ...]:
    """The codings of a Content-Encoding header in the order they were applied."""
    named = (name.strip().lower() for name in (header or "").split(","))
    return tuple(name for name in named if name not in {"", "identity"})


def decode(body: bytes, applied: tuple[str, ...], limit: int) -> bytes:
    """The bytes with all codings undone, at most ``limit`` of them after each.

    gzip and deflate only, since only they are asked for. TooLarge, Cut or Undecodable otherwise.
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
        raise TooLarge
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


def _gunzip(body: bytes, limit: int) -> bytes:
    """All members of a gzip body; what follows the last one and is no member is ignored."""
    found, first = bytearray(), True
    while body.startswith(b"\x1f\x8b") or (first and body):
        part, body = _member(body, _GZIP, limit - len(found))
        found += part
        first = False
    return bytes(found)


def _inflate(body: bytes, limit: int) -> bytes:
    """RFC 9110 means zlib by 'deflate'; many servers send it bare."""
    if not body:
        return body
    try:
        return _member(body, zlib.MAX_WBITS, limit)[0]
    except Cut:
        raise
    except Undecodable:
        return _member(body, _RAW_DEFLATE, limit)[0]


def _member(body: bytes, form: int, limit: int) -> tuple[bytes, bytes]:
    """One compressed stream and what stands behind it."""
    stream = zlib.decompressobj(form)
    try:
        found = stream.decompress(body, limit + 1)
    except zlib.error as error:
        raise Undecodable("not packed the way it says") from error
    if len(found) > limit:
        raise TooLarge
    if not stream.eof:
        raise Cut("packed, and cut off before its end")
    return found, stream.unused_data
