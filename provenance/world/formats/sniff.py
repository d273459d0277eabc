"""What bytes are, by their beginning: HTML, text, or something that is no page."""

from __future__ import annotations

import re

WARC, ARC, WACZ, PDF = b"WARC/", b"filedesc://", b"PK\x03\x04", b"%PDF-"
"""How files begin that hold pages."""
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a sound"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a rar archive"),
    (b"bplist", "a web archive of Safari; save the page as its source"),
    (b"{\\rtf", "an RTF document"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|article|main|div|p|h1|script|link|table|!--|\?xml)"
    rb"[\s>/]",
    re.IGNORECASE,
)
_WINDOW = 8192
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))


def binary_kind(body: bytes) -> str | None:
    """What kind of non-text the bytes are, in words; None for text of any encoding."""
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    head = body[:_WINDOW]
    if head.startswith(_WIDE_MARKS) or _wide(head):
        return None
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return "a binary file" if controls > len(head) // 20 else None


def looks_like_html(body: bytes) -> bool:
    """Whether markup begins within the first kilobytes, in ASCII or UTF-16."""
    head = body[:_WINDOW].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    found = _HTML.search(head)
    return found is not None and (found.start() == 0 or head[:2] in _WIDE_MARKS or head[:1] == b"<")


def _wide(head: bytes) -> bool:
    """Whether every second byte is NUL, as in UTF-16 without a mark."""
    halves = head[0::2], head[1::2]
    return any(half and half.count(0) > 0.6 * len(half) for half in halves) and not all(
        half.count(0) > 0.2 * len(half) for half in halves
    )
