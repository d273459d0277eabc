"""Cleaning text at the edge, once, so that nothing inside need fear it."""

from __future__ import annotations

import re

_UNSTORABLE = re.compile("[\ud800-\udfff]")
_NULS = re.compile("\x00+")


def scrub(text: str) -> str:
    """The text without NULs and with lone surrogates as U+FFFD.

    Both break further on: sqlite3, JSON and terminals raise on a lone surrogate, and SQL
    functions stop at a NUL. Offsets are taken after scrubbing, so nothing else is changed here.
    """
    return _NULS.sub("", _UNSTORABLE.sub("�", text))
