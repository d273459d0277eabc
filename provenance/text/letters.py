"""What each character is worth when words are compared: folded letter, separator, or nothing.

Folding is NFKC and casefold with the accents of Latin, Greek, Cyrillic and Arabic letters off
(Unicode UAX 15, UTS 39). Values stand in a numpy table indexed by code point, which is filled
as texts ask for it: most need a few hundred of its places.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from provenance.text.distinct import distinct

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.uint32]
    Mask = NDArray[np.bool_]

SEPARATOR = 0
# A character that is a word by itself (scripts without spaces) carries this bit.
SOLO = 1 << 20
# Values from here on are not letters: what they are worth depends on their neighbours.
SPECIAL = 1 << 24
APOSTROPHE, POINT, COMMA, HYPHEN, IGNORED, EXPANDED, _UNKNOWN = range(SPECIAL, SPECIAL + 7)

# Code points of the table; beyond stand ideographs, tags and private characters only.
_LIMIT = 0x20000
_LAST_IDEOGRAPH, _FIRST_TAG = 0x3FFFF, 0xE0000
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
)
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
_AFTER_LATIN = np.uint32(0x250)
# The last is what stands for an object in a text.
_INVISIBLE = "\u034f\u0640\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0\ufffc"
# Points that stand inside words: "col·legi", a dictionary's "har·bour"; between words they have
# spaces beside them.
POINTS_INSIDE = "\u00b7\u2027\u0387"
BLANK = 0x2800
"""The braille pattern without a dot: a space where it stands for all spaces, else nothing."""

# A text has more spaces than one to so many letters, unless something else parts its words.
_LETTERS_A_SPACE = 12
# Letters drawn as capitals, small or in boxes, which Unicode does not fold.
_DRAWN = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER) ([A-Z])"
)
_MARKS = {
    # The last two apostrophes are windows-1252 left in a text that was read as Latin-1.
    **dict.fromkeys("'\u2019\u2018\u02bc\u02b9\uff07\u2032\u00b4`\x91\x92", APOSTROPHE),
    **dict.fromkeys("-\u2010\u2011\ufe63\uff0d", HYPHEN),
    **dict.fromkeys("%\uff05\u066a", ord("%") | SOLO),
    ".": POINT,
    ",": COMMA,
    "\u00ad": IGNORED,
    **dict.fromkeys(POINTS_INSIDE, IGNORED),
}


@cache
def ascii_table() -> Values:
    """The values of the first 128 code points."""
    return np.array([_value(code) for code in range(128)], np.uint32)


@cache
def _table() -> Values:
    return np.full(_LIMIT, _UNKNOWN, np.uint32)


def fold(raw: Values) -> Values:
    """The values of code points."""
    table = _table()
    values = table.take(raw, mode="clip")
    if values.max(initial=0) >= _UNKNOWN:
        codes = distinct(np.minimum(raw[values == _UNKNOWN], np.uint32(_LIMIT - 1)))
        table[codes] = [_value(code) for code in codes.tolist()]
        values = table.take(raw, mode="clip")
    if raw.max(initial=0) >= _LIMIT:
        far = raw >= _LIMIT
        values[far] = np.where(raw[far] >= _FIRST_TAG, IGNORED, SEPARATOR)
        ideographs = far & (raw <= _LAST_IDEOGRAPH)
        values[ideographs] = raw[ideographs] | SOLO
    blank = raw == BLANK
    if blank.any():
        spaced = np.count_nonzero(raw == ord(" ")) * _LETTERS_A_SPACE > np.count_nonzero(
            values - np.uint32(ord("a")) < 26
        )
        values[blank] = IGNORED if spaced else SEPARATOR
    return values


@cache
def expansion(code: int) -> tuple[int, ...]:
    """The values of the letters that an EXPANDED code point folds to."""
    return tuple(_letter_value(letter) for letter in _fold_character(chr(code)) or "")


def unmask(raw: Values, values: Values) -> Values:
    """The values with look-alikes of other scripts read as Latin in a mainly Latin text.

    Only in words that hold a Latin letter, or nothing but look-alikes (UTS 39).
    """
    foreign = values - _AFTER_LATIN < SOLO - _AFTER_LATIN
    count = np.count_nonzero(foreign)
    if not count:
        return values
    latin = values - np.uint32(ord("a")) < 26
    if count > np.count_nonzero(latin):
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
def lookalikes() -> Values:
    """For each code point the Latin letter it passes for (UTS 39), or 0."""
    alike = np.zeros(_LIMIT, np.uint32)
    for character, letter in _lookalikes().items():
        alike[ord(character)] = ord(letter)
    return alike


@cache
def _lookalikes() -> dict[str, str]:
    data = files("provenance.text").joinpath("data/lookalikes.tsv").read_text("utf-8")
    return {
        character: line[0]
        for line in data.splitlines()
        if not line.startswith("#")
        for character in line[2:]
    }


def _value(code: int) -> int:
    character = chr(code)
    if character in _MARKS:
        return _MARKS[character]
    letters = _fold_character(character)
    if letters is None:
        return IGNORED
    if len(letters) > 1:
        return EXPANDED
    if letters:
        return _letter_value(letters)
    # A symbol that passes for a letter has no other use in a word.
    return ord(_lookalikes().get(character, "\0")) if code >= 0x80 else SEPARATOR


def _letter_value(letter: str) -> int:
    code = ord(letter)
    return code | SOLO if _is_among(code, _SOLO_RANGES) else code


def _fold_character(character: str) -> str | None:
    """The letters a character folds to: "" for a separator, None for one to be ignored."""
    category, code = unicodedata.category(character), ord(character)
    accented = _is_among(code, _ACCENTED_RANGES)
    if (
        category in ("Cf", "Me", "Co")
        or (category == "Mn" and accented)
        or "\ufe00" <= character <= "\ufe0f"
        or character in _INVISIBLE
    ):
        return None
    if drawn := _DRAWN.fullmatch(unicodedata.name(character, "")):
        return drawn[1].lower()
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category[0] not in "LNM" and category != "So":
        return ""
    letters = unicodedata.normalize("NFKC", character).casefold()
    if category == "So" and letters == character:
        return ""
    if accented and not letters.isascii():
        bare = unicodedata.normalize("NFKD", letters)
        letters = "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")
    return letters if len(letters) == 1 else "".join(filter(str.isalnum, letters))


def _is_among(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
