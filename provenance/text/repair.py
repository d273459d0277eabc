"""Mojibake and HTML entities left in a text, read as the characters they stand for."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    import re

    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]

_ENTITY = r"&(?:\#[0-9]{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}[0-9]{0,2});"
# UTF-8 read as windows-1252: a lead byte's character, then one or two continuation bytes'.
_FOLLOWING = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_GARBLED = f"[Â-ß]{_FOLLOWING}|[à-ï]{_FOLLOWING}{{2}}|â€"
_BROKEN = compile_late(f"{_ENTITY}|{_GARBLED}")
_LEADS = ("â", "Â", "Ã", "Ä", "Å", "Î", "Ï", "Ð", "Ñ", "Ø", "Ù")
# What a repaired character may be; anything else was honest text ("à «" with a no-break space).
_PLAUSIBLE = compile_late(
    "[\u00a0-\u017f\u0370-\u04ff\u0600-\u06ff\u2010-\u2044\u20ac\u2122\ufeff]"
)


def mend(text: str) -> tuple[str, Offsets, Offsets] | None:
    """The text with broken characters repaired, or None when there are none.

    With it, for each of its characters, where the characters it was read from start and end in
    the text as given.
    """
    if "&" not in text and (text.isascii() or not any(lead in text for lead in _LEADS)):
        return None
    starts: list[int] = []
    ends: list[int] = []
    sizes: list[int] = []

    def meant(found: re.Match[str]) -> str:
        broken = found.group()
        read = html.unescape(broken) if broken[0] == "&" else _reread(broken)
        if read is None or read == broken:
            return broken
        starts.append(found.start())
        ends.append(found.end())
        sizes.append(len(read))
        return read

    whole = _BROKEN.sub(meant, text)
    return (whole, *_origins(len(text), starts, ends, sizes)) if starts else None


def _origins(
    size: int, starts: list[int], ends: list[int], sizes: list[int]
) -> tuple[Offsets, Offsets]:
    """Where each character of the repaired text starts and ends in the text as given."""
    first, last = np.array(starts), np.array(ends)
    depth = np.zeros(size + 1, np.int64)
    depth[first] += 1
    depth[last] -= 1
    written = (np.cumsum(depth[:-1]) == 0).astype(np.int64)
    written[first] = sizes
    until = np.arange(1, size + 1)
    until[first] = last
    return np.repeat(np.arange(size), written), np.repeat(until, written)


@lru_cache(maxsize=1024)
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
