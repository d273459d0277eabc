"""Tricks that hide a copy from matching while a reader sees the same text (Unicode UTS 39, 36)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from provenance.text import letters

_SOFT_HYPHEN = 0xAD
_STYLED = (
    *((0x1D400, 0x1D7FF), (0xFF21, 0xFF5A), (0x24B6, 0x24E9), (0x1F130, 0x1F189)),
    # Small capitals; some are signs of phonetic script as well.
    *((0x1D00, 0x1D22), (0xA730, 0xA731), (0x262, 0x262), (0x26A, 0x26A), (0x274, 0x274)),
    *((0x280, 0x280), (0x28F, 0x28F), (0x299, 0x299), (0x29C, 0x29C), (0x29F, 0x29F)),
)
_POINTS = tuple((ord(point), ord(point)) for point in letters.POINTS_INSIDE)
_STRAY = ((0xE000, 0xF8FF), (0xFFFC, 0xFFFC), (letters.BLANK, letters.BLANK))
_OVERLAYS = ((0x0334, 0x0338), (0x20D0, 0x20E3))
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))


class Disguise(NamedTuple):
    """One trick, and how many characters of the text play it."""

    kind: str
    characters: int


def find_disguises(text: str) -> tuple[Disguise, ...]:
    """The tricks a text plays inside its Latin words, most frequent first.

    Kinds: ``look-alike letters``, ``zero-width characters``, ``soft hyphens``, ``overlaid marks``,
    ``variation selectors``, ``styled letters``, ``points inside words`` (Catalan's l·l apart),
    ``stray characters`` (of private use, blanks, places of objects). Characters that have honest
    uses elsewhere (joiners in Persian and emoji, selectors after pictures, full-width letters
    among Chinese) count only between Latin letters. What number is suspicious is for the caller
    to say.
    """
    if text.isascii():
        return ()
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    values = letters.fold(raw)
    dropped = values == letters.IGNORED
    kept = ~dropped
    lettered = (values[kept] - np.uint32(ord("a"))) < 26
    # For each character the last one kept before it and the next one after it.
    upto = np.cumsum(kept)
    before = np.concatenate(([False], lettered))[upto]
    after = np.concatenate((lettered, [False]))[upto]
    hidden = dropped & before & after
    soft, marks = raw == _SOFT_HYPHEN, _mark_among(raw, _OVERLAYS)
    selectors = _mark_among(raw, _SELECTORS)
    points, stray = _mark_among(raw, _POINTS), _mark_among(raw, _STRAY)
    others = soft | marks | selectors | points | stray
    seen = values[kept].copy()
    swapped = letters.unmask(raw[kept], seen.copy()) != seen
    counts = {
        "look-alike letters": int(np.count_nonzero(swapped)),
        "zero-width characters": int(np.count_nonzero(hidden & ~others)),
        "soft hyphens": int(np.count_nonzero(hidden & soft)),
        "overlaid marks": int(np.count_nonzero(dropped & marks & before)),
        "variation selectors": int(np.count_nonzero(selectors & before)),
        "styled letters": _count_styled(raw, values),
        "points inside words": int(np.count_nonzero(hidden & points)) - _count_catalan(text),
        "stray characters": int(np.count_nonzero(hidden & stray)),
    }
    found = (Disguise(kind, count) for kind, count in counts.items() if count > 0)
    return tuple(sorted(found, key=lambda disguise: -disguise.characters))


def _mark_among(raw: letters.Values, ranges: tuple[tuple[int, int], ...]) -> letters.Mask:
    inside = np.zeros(len(raw), bool)
    for first, last in ranges:
        inside |= (raw >= first) & (raw <= last)
    return inside


def _count_catalan(text: str) -> int:
    return text.count("l\u00b7l") + text.count("L\u00b7L")


def _count_styled(raw: letters.Values, values: letters.Values) -> int:
    """Full-width and mathematical letters, unless the text is one that uses them honestly."""
    styled = _mark_among(raw, _STYLED) & (values - np.uint32(ord("a")) < 26)
    wide = np.count_nonzero((values & np.uint32(letters.SOLO)) != 0)
    return int(np.count_nonzero(styled)) if wide <= np.count_nonzero(styled) else 0
