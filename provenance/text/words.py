"""The one tokenizer: the words of a text, folded for comparing, with offsets into it as stored.

Two spellings that a reader takes for the same word have the same key: letter case, accents,
typographic apostrophes, ligatures, full-width and mathematical letters, soft hyphens, zero-width
characters, words broken at a line's end, look-alikes of other scripts inside Latin words,
mojibake, HTML entities, UK and US spelling, number forms. Scripts without spaces (Chinese,
Japanese, Thai and their like) give one word a character. Everything is done on numpy arrays of
code points, in time linear in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from provenance.model import Span
from provenance.text import letters, repair
from provenance.text.spelling import UNITS, VARIANTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Codes = NDArray[np.uint64]
    Offsets = NDArray[np.int64]
    Values = NDArray[np.uint32]

_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_FAR = 256  # letters of a word beyond this one no longer count by their place
_SHIFT = np.uint64(32)
_NINE = ord("9")
_LONGEST_UNIT = 4
# What the ten digits are written for, by their shape.
_DIGITS_AS_LETTERS = np.array([ord(letter) for letter in "oizeasgtbg"], np.uint32)
_FOLD_Z = np.array([ord(letter) for letter in "eia"], np.uint32)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one text, in order.

    ``starts`` and ``ends`` are code-point offsets into the text as given (end exclusive),
    ``codes`` 64-bit hashes of the keys: the same word has the same code in every text, on every
    machine. ``values`` and ``cuts`` hold the folded letters the keys are cut from.
    """

    starts: Offsets
    ends: Offsets
    codes: Codes
    values: Values
    cuts: tuple[Offsets, Offsets]

    def __len__(self) -> int:
        """The number of words."""
        return len(self.codes)

    @cached_property
    def _letters(self) -> str:
        letters_only = self.values & np.uint32(letters.SOLO - 1)
        letters_only[letters_only == letters.SEPARATOR] = 32
        return letters_only.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")

    def folded(self, first: int, last: int) -> str:
        """The folded letters of the words from ``first`` up to ``last`` (exclusive)."""
        if first >= last:
            return ""
        return self._letters[self.cuts[0][first] : self.cuts[1][last - 1]]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words as they are compared: folded letters."""
        folded = self._letters
        firsts, lasts = self.cuts
        cut = [folded[a:b] for a, b in zip(firsts.tolist(), lasts.tolist(), strict=True)]
        return tuple("%" if word == "per cent" else VARIANTS.get(word, word) for word in cut)

    def span(self, first: int, last: int) -> Span:
        """Where the words from ``first`` up to ``last`` (exclusive, at least one) stand."""
        return Span(start=int(self.starts[first]), end=int(self.ends[last - 1]))


def words(text: str) -> Words:
    """The words of a text; any string is accepted, and one without words gives none."""
    values, low, high = _values(text)
    firsts, lasts = _boundaries(values)
    numerals = values - np.uint32(48) < 10
    if numerals.any():
        firsts, lasts = _parted(values, numerals, firsts, lasts)
        _undigited(values, numerals, firsts, lasts)
    codes = _codes(values, firsts, lasts)
    firsts, lasts, codes = _united(firsts, lasts, codes)
    if low is None:
        return Words(firsts, lasts, codes, values, (firsts, lasts))
    return Words(low[firsts], high[lasts - 1], codes, values, (firsts, lasts))


def _values(text: str) -> tuple[Values, Offsets | None, Offsets]:
    """Each character's folded letter, and the offsets it came from (None: just where it is)."""
    low: Offsets | None = None
    high = np.empty(0, np.int64)
    table = letters.ascii_table() if text.isascii() else letters.tables().fold
    mended = repair.mend(text)
    if mended is not None:
        text, low, high = mended
        table = letters.tables().fold
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    values = table.take(raw, mode="clip")
    if table is not letters.ascii_table():
        values = letters.beyond(raw, values)
        if (values == letters.EXPANDED).any():
            values, raw, low, high = _expanded(values, raw, low, high)
        kept = values != letters.IGNORED
        if not kept.all():
            low, high = _narrowed(low, high, kept)
            values, raw = values[kept], raw[kept]
        values = letters.unmasked(raw, values)
    values, kept = _settled(values, raw)
    if kept is not None:
        low, high = _narrowed(low, high, kept)
        values = values[kept]
    return values, low, high


def _expanded(
    values: Values, raw: Values, low: Offsets | None, high: Offsets
) -> tuple[Values, Values, Offsets, Offsets]:
    """Characters that fold to several letters (ligatures, fractions) written out."""
    expansions = letters.tables().expansions
    at = np.flatnonzero(values == letters.EXPANDED)
    written = [expansions[code] for code in raw[at].tolist()]
    counts = np.ones(len(values), np.int64)
    counts[at] = [len(folded) for folded in written]
    if low is None:
        low = np.arange(len(values))
        high = low + 1
    heads = np.cumsum(counts) - counts
    values, raw = np.repeat(values, counts), np.repeat(raw, counts)
    for head, folded in zip(heads[at].tolist(), written, strict=True):
        values[head : head + len(folded)] = [ord(letter) for letter in folded]
    return values, raw, np.repeat(low, counts), np.repeat(high, counts)


def _narrowed(
    low: Offsets | None, high: Offsets, kept: NDArray[np.bool_]
) -> tuple[Offsets, Offsets]:
    if low is None:
        low = np.flatnonzero(kept)
        return low, low + 1
    return low[kept], high[kept]


def _settled(values: Values, raw: Values) -> tuple[Values, NDArray[np.bool_] | None]:
    """Punctuation inside words and numbers settled; the mask of what to keep, if not all."""
    at = np.flatnonzero(values >= letters.SPECIAL)
    kept: NDArray[np.bool_] | None = None
    if len(at):
        kind = values[at]
        values[at] = letters.SEPARATOR
        inner = at[(at > 0) & (at < len(values) - 1)]
        kind = kind[(at > 0) & (at < len(values) - 1)]
        before, after = values[inner - 1], values[inner + 1]
        lettered = (before > 57) & (after > 57)
        values[inner[(kind == letters.APOSTROPHE) & lettered]] = ord("'")
        numbers = (before - 48 < 10) & (after - 48 < 10)
        initials = inner[(kind == letters.POINT) & lettered]
        values[inner[(kind == letters.POINT) & numbers]] = ord(".")
        grouped = inner[(kind == letters.COMMA) & numbers]
        broken = inner[(kind == letters.HYPHEN) & (before > 57)]
        broken = broken[_ends_line(raw, broken)]
        initials = initials[_alone(values, initials - 2) & _alone(values, initials + 2)]
        if len(grouped) or len(broken) or len(initials):
            kept = np.ones(len(values), bool)
            kept[grouped] = False
            kept[initials] = False
            for hyphen in broken.tolist():
                _join(values, raw, kept, hyphen)
    at = np.flatnonzero(values == ord("z"))
    if len(at):
        at = at[(at > 0) & (at < len(values) - 1)]
        before = values[at - 1]
        soft = ((before == ord("i")) | (before == ord("y"))) & np.isin(values[at + 1], _FOLD_Z)
        values[at[soft]] = ord("s")
    return values, kept


def _alone(values: Values, at: Offsets) -> NDArray[np.bool_]:
    """Whether no letter stands at the places given; beyond the text none does."""
    inside = np.clip(at, 0, len(values) - 1)
    return np.asarray((values[inside] == letters.SEPARATOR) | (inside != at))


def _ends_line(raw: Values, at: Offsets) -> NDArray[np.bool_]:
    following = raw[at + 1]
    return np.asarray((following == 10) | (following == 13))


def _join(values: Values, raw: Values, kept: NDArray[np.bool_], hyphen: int) -> None:
    """Drop a hyphen at a line's end, and the break, when a small letter goes on after it."""
    end = hyphen + 1
    while end < len(raw) and end < hyphen + 6 and raw[end] in (10, 13, 32, 9):
        end += 1
    small = end < len(raw) and values[end] > 57 and chr(raw[end]).islower()
    if small and np.count_nonzero(raw[hyphen:end] == 10) <= 1:
        kept[hyphen:end] = False


def _boundaries(values: Values) -> tuple[Offsets, Offsets]:
    word = np.zeros(len(values) + 2, bool)
    np.not_equal(values, letters.SEPARATOR, out=word[1:-1])
    solo = (values & np.uint32(letters.SOLO)) != 0
    if not solo.any():
        edges = np.flatnonzero(word[1:] != word[:-1])
        return edges[::2], edges[1::2]
    alone = np.zeros(len(values) + 2, bool)
    alone[1:-1] = solo
    turn = (word[1:] != word[:-1]) | alone[1:] | alone[:-1]
    return (
        np.flatnonzero(turn[:-1] & word[1:-1]),
        np.flatnonzero(turn[1:] & word[1:-1]) + 1,
    )


def _parted(
    values: Values, numerals: NDArray[np.bool_], firsts: Offsets, lasts: Offsets
) -> tuple[Offsets, Offsets]:
    """Numbers parted from the unit written onto them: 35bn is 35 billion."""
    mixed = np.flatnonzero(numerals[firsts] & ~numerals[lasts - 1])
    cuts: list[int] = []
    owners: list[int] = []
    for word in mixed.tolist():
        first, last = int(firsts[word]), int(lasts[word])
        unit = last - 1
        while unit > first and last - unit < _LONGEST_UNIT and values[unit - 1] > _NINE:
            unit -= 1
        if unit > first and "".join(map(chr, values[unit:last].tolist())) in UNITS:
            cuts.append(unit)
            owners.append(word)
    if not cuts:
        return firsts, lasts
    at = np.array(owners)
    return np.insert(firsts, at + 1, cuts), np.insert(lasts, at, cuts)


def _undigited(
    values: Values, numerals: NDArray[np.bool_], firsts: Offsets, lasts: Offsets
) -> None:
    """Digits written for letters (t3am) read as letters, where a text does so throughout."""
    counts = np.add.reduceat(numerals, firsts, dtype=np.int64)
    sizes = lasts - firsts
    mixed = (counts > 0) & (counts < sizes) & ~(numerals[firsts] & numerals[lasts - 1])
    if np.count_nonzero(mixed) < max(5, len(firsts) // 12):
        return
    inside = np.zeros(len(values) + 1, np.int8)
    inside[firsts[mixed]] += 1
    inside[lasts[mixed]] -= 1
    at = np.flatnonzero((np.cumsum(inside[:-1]) > 0) & numerals)
    values[at] = _DIGITS_AS_LETTERS[values[at] - 48]


@cache
def _powers() -> Codes:
    powers = np.full(_FAR, _BASE, np.uint64)
    return np.asarray(np.cumprod(powers))


def _codes(values: Values, firsts: Offsets, lasts: Offsets) -> Codes:
    """Polynomial hashes of the words modulo 2**64, then mixed; spelling variants made one."""
    if not len(firsts):
        return np.empty(0, np.uint64)
    lengths = lasts - firsts
    heads = np.cumsum(lengths) - lengths
    inside = values[values != letters.SEPARATOR].astype(np.uint64)
    place = np.arange(len(inside)) - np.repeat(heads, lengths)
    inside *= _powers().take(place, mode="clip")
    codes = np.add.reduceat(inside, heads)
    codes ^= codes >> _SHIFT
    codes *= _MIX
    codes ^= codes >> _SHIFT
    return codes


@cache
def _variants() -> tuple[Codes, Codes]:
    """The codes of variant spellings, sorted, and the codes they stand for."""
    raw = _plain_codes(VARIANTS)
    meant = _plain_codes(VARIANTS.values())
    order = np.argsort(raw)
    return raw[order], meant[order]


def _plain_codes(spellings: Iterable[str]) -> Codes:
    joined = " ".join(spellings)
    values = letters.ascii_table().take(np.frombuffer(joined.encode("ascii"), np.uint8))
    values[values >= letters.SPECIAL] = ord("'")
    return _codes(values, *_boundaries(values))


def _united(firsts: Offsets, lasts: Offsets, codes: Codes) -> tuple[Offsets, Offsets, Codes]:
    """Variant spellings given one code; ``per cent`` made one word, the same as ``%``."""
    if not len(codes):
        return firsts, lasts, codes
    variants, meant = _variants()
    where = np.minimum(np.searchsorted(variants, codes), len(variants) - 1)
    same = variants[where] == codes
    if same.any():
        codes[same] = meant[where[same]]
    per, cent, percent = _per_cent()
    at = np.flatnonzero(codes[:-1] == per)
    at = at[codes[at + 1] == cent]
    if len(at):
        codes[at] = percent
        codes = np.delete(codes, at + 1)
        firsts, lasts = np.delete(firsts, at + 1), np.delete(lasts, at)
    return firsts, lasts, codes


@cache
def _per_cent() -> tuple[np.uint64, np.uint64, np.uint64]:
    per, cent, percent = _plain_codes(("per", "cent", "%"))
    return per, cent, percent
