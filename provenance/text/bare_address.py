"""Web addresses as people write them, without a scheme: example.org/story."""

from __future__ import annotations

import re

_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.){1,40}[^\W\d_][\w-]{1,62}\.?(?::\d{1,5})?")
_PATH = re.compile(r"[/?#]")


def split_bare(text: str) -> tuple[str, str] | None:
    """The host of an address without a scheme, and what stands behind it; None for other texts."""
    host = _PATH.split(text, maxsplit=1)[0]
    return (host, text[len(host) :]) if _HOST.fullmatch(host) else None
