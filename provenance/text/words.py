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
from provenance.text.remember import remember
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
_USUAL = 200_000  # letters of a text whose words are remembered; they take some 20 times its room
_SHIFT = np.uint64(32)
_ZERO, _NINE = np.uint32(ord("0")), ord("9")
_BLANKS = frozenset(map(ord, "\r\n\t "))
_LINE_BREAKS = tuple(hyphen + end for hyphen in "-\u2010\u2011" for end in "\r\n")
_BEFORE_Z, _AFTER_Z = frozenset(map(ord, "iy")), frozenset(map(ord, "aei"))
# Letters of the longest unit written onto a number.
_LONGEST_UNIT = 3
# In a text with digits for letters more than one character in so many is a digit.
_FEW_DIGITS = 30
# What the ten digits are written for, by their shape.
_DIGITS_AS_LETTERS = np.array([ord(letter) for letter in "oizeasgtbg"], np.uint32)


@dataclass(frozen=True, eq=False)
class Words:
    """The words of one text, in order.

    ``starts`` and ``ends`` are code-point offsets into the text as given (end exclusive),
    ``codes`` 64-bit hashes of the keys: the same word has the same code in every text, on every
    machine. ``values`` and ``cuts`` hold the folded letters the keys are cut from, 0 between words.
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
        # No letter stands before the space, which is what is written for a separator.
        spaced: Values = np.maximum(letters_only, np.uint32(ord(" ")))
        return spaced.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")

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


# A page is looked up, cleared of boilerplate and counted by the words of one and the same text.
@remember(_USUAL, most=4)
def words(text: str) -> Words:
    """The words of a text; any string is accepted, and one without words gives none."""
    values, low, high = _values(text)
    word = values != letters.SEPARATOR
    firsts, lasts = _boundaries(values, word)
    numerals = values - _ZERO < 10
    count = np.count_nonzero(numerals)
    if count:
        firsts, lasts = _split_words(values, numerals, firsts, lasts)
        if count * _FEW_DIGITS > len(values):
            _join_digits(values, numerals, firsts, lasts)
    codes = _codes(values[word], lasts - firsts)
    if "cent" in text or "CENT" in text:
        codes, firsts, lasts = _unite_spellings(codes, firsts, lasts)
    made = (firsts - 1, lasts - 1) if low is None else (low[firsts], high[lasts - 1])
    # They are given out again, so nobody may change them.
    for row in (*made, codes, values, firsts, lasts):
        row.setflags(write=False)
    return Words(*made, codes, values, (firsts, lasts))


def _values(text: str) -> tuple[Values, Offsets | None, Offsets]:
    """Each character's folded letter, with a separator before the first and after the last.

    With them the offsets each came from, start and end: None where it is just its place less one.
    """
    low: Offsets | None = None
    high = np.empty(0, np.int64)
    plain = text.isascii()
    mended = repair.mend(text)
    if mended is not None:
        whole, low, high = mended
        low, high = np.pad(low, 1), np.pad(high, 1)
        text, plain = whole, False
    raw = np.frombuffer(f"\n{text}\n".encode("utf-32-le", "surrogatepass"), np.uint32)
    if plain:
        values = letters.ascii_table().take(raw)
    else:
        values = letters.fold(raw)
        if values.max() >= letters.IGNORED:
            values, raw, low, high = _strip_marks(values, raw, low, high)
        values = letters.unmask(raw, values)
    dropped = _settle_joiners(values, raw, text)
    if dropped:
        kept = np.ones(len(values), bool)
        kept[dropped] = False
        low, high = _narrow(low, high, kept)
        values = values[kept]
    _drop_soft_hyphens(values)
    return values, low, high


def _strip_marks(
    values: Values, raw: Values, low: Offsets | None, high: Offsets
) -> tuple[Values, Values, Offsets, Offsets]:
    """Characters that fold to several letters written out, those that fold to none left out."""
    if low is None:
        low = np.arange(-1, len(values) - 1)
        high = low + 1
    at = (values == letters.EXPANDED).nonzero()[0]
    if len(at):
        written = [letters.expansion(code) for code in raw[at].tolist()]
        counts = np.ones(len(values), np.int64)
        counts[at] = [len(folded) for folded in written]
        heads = (counts.cumsum() - counts)[at]
        values, raw = values.repeat(counts), raw.repeat(counts)
        low, high = low.repeat(counts), high.repeat(counts)
        for head, folded in zip(heads.tolist(), written, strict=True):
            values[head : head + len(folded)] = folded
    kept = values != letters.IGNORED
    return values[kept], raw[kept], low[kept], high[kept]


def _narrow(low: Offsets | None, high: Offsets, kept: NDArray[np.bool_]) -> tuple[Offsets, Offsets]:
    if low is None:
        low = kept.nonzero()[0] - 1
        return low, low + 1
    return low[kept], high[kept]


def _settle_joiners(values: Values, raw: Values, text: str) -> list[int]:
    """Marks made separators, or parts of the words and numbers they stand in; what to drop."""
    special = values >= letters.SPECIAL
    word = values != letters.SEPARATOR
    word ^= special
    broken = any(line_break in text for line_break in _LINE_BREAKS)
    dropped = _broken_lines(values, raw, word) if broken else []
    at = (special[1:-1] & word[:-2] & word[2:]).nonzero()[0] + 1
    kinds, before, after = values[at].tolist(), values[at - 1].tolist(), values[at + 1].tolist()
    values[special] = letters.SEPARATOR
    for place, kind, left, right in zip(at.tolist(), kinds, before, after, strict=True):
        figures = (left <= _NINE) + (right <= _NINE)
        if kind == letters.APOSTROPHE and not figures:
            values[place] = ord("'")
        elif kind == letters.POINT and figures == 2:
            values[place] = ord(".")
        elif (kind == letters.COMMA and figures == 2) or (
            kind == letters.POINT
            and not figures
            and not values[place - 2]
            and not values[place + 2]
        ):  # a thousand's comma, or a point between initials
            dropped.append(place)
    return dropped


def _broken_lines(values: Values, raw: Values, word: NDArray[np.bool_]) -> list[int]:
    """Hyphens at the end of a line, and the break after them, where a small letter goes on."""
    dropped: list[int] = []
    for hyphen in ((values[1:-1] == letters.HYPHEN) & word[:-2]).nonzero()[0].tolist():
        end = hyphen + 2
        while end < len(raw) - 1 and end < hyphen + 7 and raw[end] in _BLANKS:
            end += 1
        breaks = np.count_nonzero(raw[hyphen + 1 : end] == ord("\n"))
        if breaks == 1 and word[end] and chr(raw[end]).islower():
            dropped += range(hyphen + 1, end)
    return dropped


def _drop_soft_hyphens(values: Values) -> None:
    """The z of -ize and -yze written as s."""
    for place in (values == ord("z")).nonzero()[0].tolist():
        if values[place - 1] in _BEFORE_Z and values[place + 1] in _AFTER_Z:
            values[place] = ord("s")


def _boundaries(values: Values, word: NDArray[np.bool_]) -> tuple[Offsets, Offsets]:
    """Where words start and end among the values."""
    if values.max(initial=0) < letters.SOLO:
        flips = (word[1:] != word[:-1]).nonzero()[0] + 1
        return flips[::2], flips[1::2]
    alone = (values & np.uint32(letters.SOLO)) != 0
    turn = (word[1:] != word[:-1]) | alone[1:] | alone[:-1]
    return (turn & word[1:]).nonzero()[0] + 1, (turn & word[:-1]).nonzero()[0] + 1


def _split_words(
    values: Values, numerals: NDArray[np.bool_], firsts: Offsets, lasts: Offsets
) -> tuple[Offsets, Offsets]:
    """Numbers parted from the unit written onto them: 35bn is 35 billion."""
    cuts: list[int] = []
    for digit in (numerals[:-1] & (values[1:] > _NINE)).nonzero()[0].tolist():
        following = values[digit + 1 : digit + 2 + _LONGEST_UNIT].tolist()
        size = following.index(0) if 0 in following else len(following)
        if max(following) < letters.SOLO and "".join(map(chr, following[:size])) in UNITS:
            first = int(firsts[firsts.searchsorted(digit, "right") - 1])
            if numerals[first]:
                cuts.append(digit + 1)
    if not cuts:
        return firsts, lasts
    return np.sort(np.append(firsts, cuts)), np.sort(np.append(lasts, cuts))


def _join_digits(
    values: Values, numerals: NDArray[np.bool_], firsts: Offsets, lasts: Offsets
) -> None:
    """Digits written for letters (t3am) read as letters, where a text does so throughout."""
    counts = np.add.reduceat(numerals, firsts, dtype=np.int64)
    mixed = (counts > 0) & (counts < lasts - firsts)
    mixed &= ~(numerals[firsts] & numerals[lasts - 1])
    if np.count_nonzero(mixed) < max(5, len(firsts) // 12):
        return
    depth = np.zeros(len(values) + 1, np.int64)
    depth[firsts[mixed]] += 1
    depth[lasts[mixed]] -= 1
    at = ((depth[:-1].cumsum() > 0) & numerals).nonzero()[0]
    values[at] = _DIGITS_AS_LETTERS[values[at] - _ZERO]


@cache
def _powers() -> Codes:
    powers = np.full(_FAR, _BASE, np.uint64)
    return np.asarray(np.cumprod(powers))


def _codes(inside: Values, lengths: Offsets) -> Codes:
    """The codes of words from their letters, one after the other, and how many each has."""
    if not len(lengths):
        return np.empty(0, np.uint64)
    codes = _hashes(inside, lengths)
    variants, meant = _variants()
    where = variants.searchsorted(codes)
    same = (variants.take(where, mode="clip") == codes).nonzero()[0]
    codes[same] = meant[where[same]]
    return codes


def _hashes(inside: Values, lengths: Offsets) -> Codes:
    """Polynomial hashes modulo 2**64, then mixed."""
    heads = lengths.cumsum() - lengths
    place = np.arange(len(inside)) - heads.repeat(lengths)
    terms = _powers().take(place, mode="clip")
    terms *= inside
    codes: Codes = np.add.reduceat(terms, heads)
    codes ^= codes >> _SHIFT
    codes *= _MIX
    codes ^= codes >> _SHIFT
    return codes


@cache
def _variants() -> tuple[Codes, Codes]:
    """The codes of variant spellings, sorted, and the codes they stand for."""
    raw = _hash_spellings(VARIANTS)
    meant = _hash_spellings(VARIANTS.values())
    order = raw.argsort()
    return raw[order], meant[order]


def _hash_spellings(spellings: Iterable[str]) -> Codes:
    """The codes of words written in plain small letters, digits, ' and %."""
    table = letters.ascii_table()
    known = [[int(table[ord(c)]) if c != "'" else ord(c) for c in word] for word in spellings]
    inside = np.array([value for word in known for value in word], np.uint32)
    return _hashes(inside, np.array([len(word) for word in known]))


def _unite_spellings(
    codes: Codes, firsts: Offsets, lasts: Offsets
) -> tuple[Codes, Offsets, Offsets]:
    """``per cent`` made one word, the same as ``%``."""
    per, cent, percent = _per_cent()
    at = ((codes[:-1] == per) & (codes[1:] == cent)).nonzero()[0]
    if not len(at):
        return codes, firsts, lasts
    codes[at] = percent
    return np.delete(codes, at + 1), np.delete(firsts, at + 1), np.delete(lasts, at)


@cache
def _per_cent() -> tuple[np.uint64, np.uint64, np.uint64]:
    per, cent, percent = _hash_spellings(("per", "cent", "%"))
    return per, cent, percent
