"""Bodies as crawls keep them: a browser that records asks for brotli and Zstandard too."""

from __future__ import annotations

from provenance.world.formats.coding import MOST_LAYERS, CutShort, TooLarge, Undecodable, decode

# Four bytes of Zstandard may unpack to 128 kB: sixty-four at a time, to two megabytes.
_PIECE, _FEED = 65536, 64
_LARGEST_WINDOW = 1 << 27
_WANTED = "in the coding {!r}, which wants: pip install 'provenance-check[files]'"


def decode_kept(body: bytes, applied: tuple[str, ...], limit: int) -> bytes:
    """As ``decode``, with brotli (``br``) and Zstandard (``zstd``), where they are installed."""
    if len(applied) > MOST_LAYERS:
        raise Undecodable(f"packed {len(applied)} times over")
    for name in reversed(applied):
        if name == "br":
            body = _unpack_brotli(body, limit)
        elif name == "zstd":
            body = _unpack_zstd(body, limit)
        else:
            body = decode(body, (name,), limit)
    return body


def _unpack_brotli(body: bytes, limit: int) -> bytes:
    try:
        import brotlicffi
    except ImportError as error:
        raise Undecodable(_WANTED.format("br")) from error
    stream, found = brotlicffi.Decompressor(), bytearray()
    try:
        found += stream.process(body, output_buffer_limit=_PIECE)
        while not stream.is_finished():
            if len(found) > limit:
                raise TooLarge(limit)
            part = stream.process(b"", output_buffer_limit=_PIECE)
            if not part and stream.can_accept_more_data():
                raise CutShort("packed, and cut off before its end")
            found += part
    except brotlicffi.error as error:
        raise Undecodable("not packed the way it says") from error
    if len(found) > limit:
        raise TooLarge(limit)
    return bytes(found)


def _unpack_zstd(body: bytes, limit: int) -> bytes:
    try:
        import zstandard
    except ImportError as error:
        raise Undecodable(_WANTED.format("zstd")) from error
    stream, found = None, bytearray()
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    try:
        for at in range(0, len(body), _FEED):
            fed = body[at : at + _FEED]
            while fed:
                stream = stream or unpacker.decompressobj()
                found += stream.decompress(fed)
                fed, stream = (stream.unused_data, None) if stream.eof else (b"", stream)
                if len(found) > limit:
                    raise TooLarge(limit)
    except zstandard.ZstdError as error:
        raise Undecodable("not packed the way it says") from error
    if stream is not None:
        raise CutShort("packed, and cut off before its end")
    return bytes(found)
