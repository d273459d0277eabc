"""Hashed word shingles and their winnowed fingerprints, the same on every machine.

A shingle is a run of words (Broder 1997); winnowing keeps the least hash of every window of
consecutive shingles (Schleimer, Wilkerson and Aiken 2003), which guarantees that two texts with
``SIZE + WINDOW - 1`` words in a row in common share a fingerprint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from provenance.text.distinct import distinct
from provenance.text.words import Words, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

# To be raised whenever the hashes of the same text would change: kept fingerprints are then stale.
VERSION = 1
SIZE = 5
WINDOW = 8
# Forty-eight bits of a hash tell a hundred million marks apart and take a quarter less room than
# all: that room goes to a narrower window, which finds texts that were edited more.
MARK_WINDOW, MARK_CUT = 6, np.int64(16)
MAKE = f"{VERSION}.{MARK_WINDOW}.{MARK_CUT}"
"""Marks compare only with those of the same make."""
COMMON, SHARED, STORY = 200, 20, 0.4
"""What stands in more than ``COMMON`` texts is a story or furniture. It is a story where at least
half of its holders are texts of which so large a part as ``STORY`` stands in more than ``SHARED``
texts: round furniture each text has its own story, and edits make many marks of a story rare."""

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


def shingles(text: str | Words, *, size: int = SIZE) -> NDArray[np.uint64]:
    """The hashes of all runs of ``size`` words, in order: empty when there are fewer words."""
    codes = (words(text) if isinstance(text, str) else text).codes
    return hash_shingles(codes, size)


def hash_shingles(codes: NDArray[np.uint64], size: int) -> NDArray[np.uint64]:
    """The hashes of all runs of ``size`` word codes, in order."""
    count = len(codes) - size + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    total = codes[:count].copy()
    for offset in range(1, size):
        total *= _STEP
        total += codes[offset : offset + count]
    total ^= total >> _SHIFT
    total *= _MIX
    total ^= total >> _SHIFT
    return total


def fingerprints(text: str | Words, *, size: int = SIZE, window: int = WINDOW) -> NDArray[np.int64]:
    """The winnowed fingerprints of a text: signed 64-bit, each once, ascending.

    A text of fewer than ``size`` words has none; one of fewer than ``window`` shingles has one.
    """
    hashes = shingles(text, size=size)
    if not len(hashes):
        return np.empty(0, np.int64)
    least, width = hashes, 1
    window = min(window, len(hashes))
    while width < window:
        step = min(width, window - width)
        least, width = np.minimum(least[:-step], least[step:]), width + step
    return distinct(least.view(np.int64))


def marks_of(text: str | Words) -> NDArray[np.int64]:
    """The fingerprints of a text as they are kept in great numbers, ascending, each once."""
    return fingerprints(text, window=MARK_WINDOW) >> MARK_CUT


def all_marks_of(text: str | Words) -> NDArray[np.int64]:
    """Of every shingle of a text, in order, what would be its mark if it were kept."""
    return shingles(text).view(np.int64) >> MARK_CUT
