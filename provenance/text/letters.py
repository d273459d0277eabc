"""What each character is worth when words are compared: folded letter, separator, or nothing.

Folding is NFKC and casefold with the accents of Latin, Greek, Cyrillic and Arabic letters off
(Unicode UAX 15, UTS 39); the tables are numpy arrays indexed by code point, built once.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.uint32]
    Mask = NDArray[np.bool_]

# Code points the tables know; beyond stand ideographs, tags and private characters only.
LIMIT = 0x20000
SEPARATOR = 0
# A character that is a word by itself (scripts without spaces) carries this bit.
SOLO = 1 << 20
# Values from here on are not letters: what they are worth depends on their neighbours.
SPECIAL = 1 << 24
IGNORED, APOSTROPHE, POINT, COMMA, HYPHEN, EXPANDED = range(SPECIAL, SPECIAL + 6)

_SOLO_RANGES = (
    (0x0E01, 0x0E5B),  # Thai
    (0x0E81, 0x0EDF),  # Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17D3),  # Khmer
    (0x3005, 0x3007),
    (0x3041, 0x3096),  # Hiragana
    (0x30A1, 0x30FA),  # Katakana
    (0x30FC, 0x30FF),
    (0x3400, 0x4DBF),  # ideographs
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)
# Letters that fold to themselves, so many that asking after each would take a tenth of a second.
_PLAIN_RANGES = ((0xAC00, 0xD7A3), (0x12000, 0x14646), (0x16800, 0x16A38), (0x17000, 0x18CD5))
_SKIPPED_RANGES = (*_SOLO_RANGES, *_PLAIN_RANGES, (0xD800, 0xF8FF), (0x1B170, 0x1D3FF))
# Where accents are spelling, not meaning: Latin, Greek, Cyrillic, Hebrew, Arabic, and their forms.
_ACCENTED_RANGES = (
    (0x0000, 0x06FF),
    (0x1AB0, 0x1FFF),
    (0x20D0, 0x214F),
    (0x2C60, 0x2DFF),
    (0xA640, 0xA7FF),
    (0xAB30, 0xAB6F),
    (0xFB00, 0xFEFF),
    (0xFF00, 0xFF60),
    (0x1D400, 0x1D7FF),
)
# The last two are windows-1252 left in a text that was read as Latin-1.
_APOSTROPHES = "'\u2019\u2018\u02bc\u02b9\uff07\u2032\u00b4`\x91\x92"
_HYPHENS = "-\u2010\u2011\u00ad\ufe63\uff0d"
_LAST_UNASKED = 0x1FB00
_LATIN_LAST = 0x24F


class Tables(NamedTuple):
    """``fold`` gives each code point's value, ``expansions`` those that fold to several letters."""

    fold: NDArray[np.uint32]
    expansions: dict[int, str]


@cache
def tables() -> Tables:
    """The folding tables, built on first use (about 30 ms)."""
    fold = np.zeros(LIMIT, np.uint32)
    expansions: dict[int, str] = {}
    for first, last in _PLAIN_RANGES:
        fold[first : last + 1] = np.arange(first, last + 1, dtype=np.uint32)
    for first, last in _SOLO_RANGES:
        fold[first : last + 1] = np.arange(first, last + 1, dtype=np.uint32) | SOLO
    for code in _asked():
        character = chr(code)
        folded = _folded(character)
        if folded is None:
            fold[code] = IGNORED
        elif len(folded) == 1:
            fold[code] = ord(folded)
        elif folded:
            fold[code] = EXPANDED
            expansions[code] = folded
    for letter, alike in _lookalikes():
        if fold[ord(alike)] == SEPARATOR:
            fold[ord(alike)] = ord(letter)
    for characters, value in (
        (_APOSTROPHES, APOSTROPHE),
        (".", POINT),
        (",", COMMA),
        (_HYPHENS, HYPHEN),
        ("\u00ad", IGNORED),
        ("%\uff05\u066a", ord("%") | SOLO),
    ):
        fold[[ord(character) for character in characters]] = value
    return Tables(fold, expansions)


@cache
def ascii_table() -> NDArray[np.uint32]:
    """The first 128 entries of the table, built without the rest."""
    table = np.zeros(128, np.uint32)
    for code in range(128):
        if chr(code).isalnum():
            table[code] = ord(chr(code).lower())
    for character, value in (
        ("'", APOSTROPHE),
        ("`", APOSTROPHE),
        (".", POINT),
        (",", COMMA),
        ("-", HYPHEN),
        ("%", ord("%") | SOLO),
    ):
        table[ord(character)] = value
    return table


def beyond(raw: Values, values: Values) -> Values:
    """The values corrected where the code points lie beyond the tables."""
    far = raw >= LIMIT
    if far.any():
        ideographs = far & (raw < 0x40000)
        values[far] = np.where(raw[far] >= 0xE0000, IGNORED, SEPARATOR)
        values[ideographs] = raw[ideographs] | SOLO
    return values


def unmasked(raw: Values, values: Values) -> Values:
    """The values with look-alikes of other scripts read as Latin in a mainly Latin text.

    Only in words that hold a Latin letter, or nothing but look-alikes (UTS 39).
    """
    latin = (values - np.uint32(ord("a"))) < 26
    foreign = (values > _LATIN_LAST) & (values < SPECIAL)
    count = np.count_nonzero(foreign)
    if not count or count > np.count_nonzero(latin):
        return values
    alike = lookalikes().take(raw, mode="clip")
    disguised = foreign & (alike != 0)
    if not disguised.any():
        return values
    firsts = np.flatnonzero((values != SEPARATOR) & (values < SPECIAL))
    firsts = firsts[np.diff(firsts, prepend=-2) != 1]
    owns = np.add.reduceat(latin, firsts, dtype=np.int64)
    strange = np.add.reduceat(foreign, firsts, dtype=np.int64)
    alone = np.add.reduceat(disguised, firsts, dtype=np.int64) == strange
    worn = np.zeros(len(values), bool)
    worn[firsts[0] :] = np.repeat((owns > 0) | alone, np.diff(firsts, append=len(values)))
    swapped = disguised & worn
    values[swapped] = alike[swapped]
    return values


@cache
def lookalikes() -> NDArray[np.uint32]:
    """For each code point the Latin letter it passes for (UTS 39), or 0."""
    alike = np.zeros(LIMIT, np.uint32)
    for letter, character in _lookalikes():
        alike[ord(character)] = ord(letter)
    return alike


def _asked() -> list[int]:
    """The code points whose folding Unicode is asked for, one by one."""
    codes = np.ones(_LAST_UNASKED, bool)
    for first, last in _SKIPPED_RANGES:
        codes[first : last + 1] = False
    wanted = np.flatnonzero(codes)
    return [*wanted.tolist(), *range(0xF900, 0xFB00)]


def _folded(character: str) -> str | None:
    """The letters a character folds to: "" for a separator, None for one to be ignored."""
    category, code = unicodedata.category(character), ord(character)
    accented = any(first <= code <= last for first, last in _ACCENTED_RANGES)
    if (
        category in ("Cf", "Me")
        or (category == "Mn" and accented)
        or character in "\u034f\u0640\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0"
    ):
        return None
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category[0] not in "LNM" and category != "So":
        return ""
    folded = unicodedata.normalize("NFKC", character).casefold()
    if category == "So" and folded == character:
        return ""
    if accented and not folded.isascii():
        bare = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")
    return folded if len(folded) == 1 else "".join(filter(str.isalnum, folded))


def _lookalikes() -> list[tuple[str, str]]:
    data = files("provenance.text").joinpath("data/lookalikes.tsv").read_text("utf-8")
    return [
        (line[0], character)
        for line in data.splitlines()
        if not line.startswith("#")
        for character in line[2:]
    ]
