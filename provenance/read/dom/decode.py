"""Bytes to characters: byte order mark, declaration, detection, and only charsets the web uses."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.text.scrub import scrub

if TYPE_CHECKING:
    from provenance.model import Capture

MAX_BYTES = 16_000_000
"""A page larger than this is no page of a newspaper; reading it would only cost memory."""

_SNIFFED = 4096
_DETECTED = 65_536

# The labels the web uses, as the WHATWG Encoding Standard resolves them: what a page may choose
# is a charset, never one of Python's other codecs (utf-7, idna, unicode_escape, zlib, ...).
_CODECS = {
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "cp932": "cp932",
    "euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp",
    "euc_kr": "cp949",
    "cp949": "cp949",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "mac-roman": "mac-roman",
    "mac-cyrillic": "mac-cyrillic",
    "cp866": "cp866",
    "cp874": "cp874",
    **{f"cp125{n}": f"cp125{n}" for n in range(9)},
    **{f"iso8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
}
_ALIASES = {"x-sjis": "shift_jis", "x-gbk": "gbk", "x-x-big5": "big5", "utf8mb4": "utf-8"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOISE = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\ufffd]")
_ASCII_BYTES = {"iso2022_jp"}
_META = re.compile(rb"<meta[^>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP or office file"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "an image, sound or video file"),
    (b"OggS", "a sound or video file"),
    (b"ID3", "a sound file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF file"),
)


def decode(capture: Capture) -> str:
    """The body as scrubbed characters; InputError for an empty, oversized or binary body."""
    body, where = capture.body, capture.url or "the page"
    if len(body) > MAX_BYTES:
        raise InputError(
            f"{where}: {len(body):,} bytes, more than {MAX_BYTES:,}: give the page of one article"
        )
    if not body.strip(b"\x00\t\n\r\x0c "):
        raise InputError(f"{where}: the page is empty: there is nothing to read")
    for magic, name in _MAGIC:
        if body.startswith(magic):
            raise InputError(f"{where}: this is {name}: give the page as HTML or plain text")
    text = _text(body, _declared(capture))
    if _is_noise(text):
        raise InputError(f"{where}: this is binary data: give the page as HTML or plain text")
    # No charset here decodes to a lone surrogate, so that a NUL is all there is to scrub.
    text = scrub(text) if "\x00" in text else text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


def codec_named(label: str) -> str | None:
    """The codec for a charset label, or None for a label that is no charset of the web."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return _CODECS.get(name)


def _declared(capture: Capture) -> str | None:
    """The codec of the HTTP header, else of the markup's own declaration."""
    header = _HEADER.search(capture.header("content-type") or "")
    if header and (codec := codec_named(header.group(1))):
        return codec
    start = capture.body[:_SNIFFED]
    inside = _XML.search(start) or _META.search(start)
    codec = codec_named(inside.group(1).decode("ascii", "replace")) if inside else None
    # Markup that could be read as ASCII so far is not UTF-16, whatever it says.
    return "utf-8" if codec and codec.startswith("utf-16") else codec


def _text(body: bytes, declared: str | None) -> str:
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    if declared not in _ASCII_BYTES and not (declared or "").startswith("utf-16"):
        # Text that is valid UTF-8 is UTF-8: other charsets do not come out so by chance.
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            pass
    if declared and declared != "utf-8":
        text = body.decode(declared, "replace")
        if text.count("\ufffd") <= len(text) // 200:
            return text
    broken = body.decode("utf-8", "replace")
    if broken.count("\ufffd") <= len(broken) // 500:
        return broken
    return body.decode(_detected(body), "replace")


def _detected(body: bytes) -> str:
    """The charset charset-normalizer finds most likely, Windows-1252 where it finds none."""
    from charset_normalizer import from_bytes

    allowed = sorted({codec for codec in _CODECS.values() if not codec.startswith("utf-16")})
    best = from_bytes(body[:_DETECTED], cp_isolation=allowed, chunk_size=512, steps=4).best()
    return (codec_named(best.encoding) if best else None) or "cp1252"


def _is_noise(text: str) -> bool:
    """Whether the start is control characters and undecodable bytes rather than writing."""
    start = text[:_SNIFFED]
    return len(_NOISE.findall(start)) > len(start) * 0.1
