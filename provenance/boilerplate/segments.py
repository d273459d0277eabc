"""A page's text cut into its lines and sentences, each with a hash by which it is known again.

What varies from page to page in one and the same line counts as one word: a number, and the
page's own headline.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from provenance.text import letters, marks
from provenance.text.words import Words, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]

# Words of a page that are looked at.
MOST_WORDS = 20_000
# Words of a headline that is told from others, at least; its letters that are looked at; its first
# letters, which have to stand in the text as they are.
_SHORTEST_TITLE, _LONGEST_TITLE, _TITLE_BEGUN = 3, 400, 12
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)
_ZERO = np.uint32(ord("0"))
NUMBER, TITLE = np.uint64(0x4E756D626572), np.uint64(0x5469746C65)


@dataclass(frozen=True, eq=False)
class SegmentedText:
    """The words of a text and where its sentences and lines begin.

    ``starts`` and ``ends`` are offsets of words, ``codes`` name them, ``weights`` say how many
    words each stands for: half of one where a character is a word. ``sentences`` and ``lines``
    hold the number of the first word of each, and at last the number of words.
    """

    text: str
    starts: Places
    ends: Places
    codes: Hashes
    weights: NDArray[np.float64]
    sentences: Places
    lines: Places

    def __len__(self) -> int:
        """The number of words."""
        return len(self.codes)

    @cached_property
    def _sums(self) -> Hashes:
        sums = np.zeros(len(self.codes) + 1, np.uint64)
        np.cumsum(self.codes * _powers()[0][: len(self.codes)], out=sums[1:])
        return sums

    def hashes(self, firsts: Places, lasts: Places) -> Hashes:
        """The hashes of the words from each of ``firsts`` up to each of ``lasts`` (exclusive)."""
        sums = self._sums
        result: Hashes = (sums[lasts] - sums[firsts]) * _powers()[1][firsts]
        result ^= result >> _SHIFT
        result *= _MIX
        result ^= result >> _SHIFT
        return result

    @cached_property
    def mass(self) -> NDArray[np.float64]:
        """The weight of the words before each, and before the end."""
        mass = np.zeros(len(self.weights) + 1)
        np.cumsum(self.weights, out=mass[1:])
        return mass

    def is_title(self, firsts: Places, lasts: Places) -> NDArray[np.bool_]:
        """Which pieces are the page's headline and nothing else."""
        at = np.minimum(firsts, max(len(self.codes) - 1, 0))
        found: NDArray[np.bool_] = (lasts - firsts == 1) & (self.codes[at] == TITLE)
        return found


def segment_text(text: str, title: str = "") -> SegmentedText:
    """The pieces of a text; any string is accepted."""
    read = words(text)
    codes = _mask_numbers(read)
    solo = (read.values[read.cuts[0]] & np.uint32(letters.SOLO)) != 0
    boundaries = marks.find_boundaries(marks.find_marks(text), read.starts, read.ends)
    sentences, lines = (np.frombuffer(row, bool)[:-1].copy() for row in boundaries)
    starts, ends, kept = read.starts, read.ends, None
    for at, size in _find_titles(text, codes, title):
        if kept is None:
            kept, ends, codes = np.ones(len(codes), bool), ends.copy(), codes.copy()
        codes[at], ends[at] = TITLE, ends[at + size - 1]
        kept[at + 1 : at + size] = False
        after = at + size
        if after < len(lines):
            sentences[after] |= sentences[at + 1 : after].any()
            lines[after] |= lines[at + 1 : after].any()
    if kept is not None:
        starts, ends, codes, solo = starts[kept], ends[kept], codes[kept], solo[kept]
        sentences, lines = sentences[kept], lines[kept]
    count = min(len(codes), MOST_WORDS)
    return SegmentedText(
        text=text if count == len(codes) else text[: int(ends[count - 1])],
        starts=starts[:count],
        ends=ends[:count],
        codes=codes[:count],
        weights=np.where(solo[:count], 0.5, 1.0),
        sentences=np.append(np.flatnonzero(sentences[:count]), count),
        lines=np.append(np.flatnonzero(lines[:count]), count),
    )


def is_known(
    numbers: NDArray[np.integer[Any]], table: NDArray[np.integer[Any]]
) -> NDArray[np.bool_]:
    """Which numbers stand in the table, which ascends."""
    if not len(table):
        return np.zeros(len(numbers), bool)
    found: NDArray[np.bool_] = table.take(table.searchsorted(numbers), mode="clip") == numbers
    return found


def _mask_numbers(read: Words) -> Hashes:
    numerals = read.values - _ZERO < 10
    if not numerals.any():
        return read.codes
    counts = np.zeros(len(numerals) + 1, np.int64)
    np.cumsum(numerals, out=counts[1:])
    firsts, lasts = read.cuts
    return np.where(counts[lasts] > counts[firsts], NUMBER, read.codes)


def _find_titles(text: str, codes: Hashes, title: str) -> list[tuple[int, int]]:
    """Where the words of the headline stand, and how many they are."""
    begun = title.casefold()[:_TITLE_BEGUN].strip()
    if not begun or begun not in text.casefold():
        return []
    wanted = _mask_numbers(words(title[:_LONGEST_TITLE]))
    size = len(wanted)
    if not _SHORTEST_TITLE <= size <= len(codes):
        return []
    last = len(codes) - size + 1
    hit = (codes[:last] == wanted[0]) & (codes[1 : last + 1] == wanted[1])
    found, done = [], 0
    for at in np.flatnonzero(hit).tolist():
        if at >= done and np.array_equal(codes[at : at + size], wanted):
            found.append((at, size))
            done = at + size
    return found


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """The powers of an odd number, and of its inverse modulo 2**64."""
    inverse = pow(_BASE, -1, 2**64)
    pair = []
    for base in (_BASE, inverse):
        powers = np.full(MOST_WORDS + 1, base, np.uint64)
        powers[0] = 1
        pair.append(np.asarray(np.cumprod(powers)))
    return pair[0], pair[1]
