"""Mojibake and HTML entities left in a text, read as the characters they stand for."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]

_ENTITY = r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});"
# UTF-8 read as windows-1252: a lead byte's character, then one or two continuation bytes'.
_FOLLOWING = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_GARBLED = f"[Â-ß]{_FOLLOWING}|[à-ï]{_FOLLOWING}{{2}}|â€"
_BROKEN = re.compile(f"{_ENTITY}|{_GARBLED}")
_LEADS = ("â", "Â", "Ã", "Ä", "Å", "Î", "Ï", "Ð", "Ñ", "Ø", "Ù")
# What a repaired character may be; anything else was honest text ("à «" with a no-break space).
_PLAUSIBLE = re.compile("[\u00a0-\u017f\u0370-\u04ff\u0600-\u06ff\u2010-\u2044\u20ac\u2122\ufeff]")


def mend(text: str) -> tuple[str, Offsets, Offsets] | None:
    """The text with broken characters repaired, or None when there are none.

    With it, for each of its characters, where the characters it was read from start and end in
    the text as given.
    """
    suspicious = "&" in text or (not text.isascii() and any(lead in text for lead in _LEADS))
    mended = list(_mended(text)) if suspicious else []
    if not mended:
        return None
    pieces: list[str] = []
    low: list[Offsets] = []
    high: list[Offsets] = []
    done = 0
    for start, end, meant in mended:
        pieces += (text[done:start], meant)
        low += (np.arange(done, start), np.full(len(meant), start))
        high += (np.arange(done + 1, start + 1), np.full(len(meant), end))
        done = end
    pieces.append(text[done:])
    low.append(np.arange(done, len(text)))
    high.append(np.arange(done + 1, len(text) + 1))
    return "".join(pieces), np.concatenate(low), np.concatenate(high)


def _mended(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _BROKEN.finditer(text):
        broken = found.group()
        meant = html.unescape(broken) if broken[0] == "&" else _reread(broken)
        if meant is not None and meant != broken:
            yield found.start(), found.end(), meant


def _reread(garbled: str) -> str | None:
    if garbled == "â€":  # its third byte has no character in windows-1252 and was lost
        return "\u201d"
    raw = b"".join(_byte(character) for character in garbled)
    meant = raw.decode("utf-8", "replace")
    return meant if len(meant) == 1 and _PLAUSIBLE.match(meant) else None


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
