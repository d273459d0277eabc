"""What punctuation says of words: where sentences and lines begin, what is quoted."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    Places = NDArray[np.int64]

_STOP, _COMMA, _LINE, _QUOTE = 1, 2, 3, 4
_STOPS = ".!?\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964"
_COMMAS = ",\u060c\u3001\uff0c"
_TABLE_SIZE = 0x10000

# \x91 to \x94 are windows-1252 left in a text that was read as Latin-1.
_DOUBLE = '"\x93\x94\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f'
_SINGLE = "'\x91\x92\u2018\u2019"
_OPENING, _CLOSING = "\u201e\u00ab\u300c\u300e", "\u00bb\u300d\u300f"
_LEAST_SINGLE = 30
# A post of a social network set into a page: its line, with who wrote it after a dash.
_HANDLE = re.compile(r" \(@\w{1,20}\)")
_NAME = re.compile("[\u2014\u2013-] [^\n(]{2,60}$")
_LONGEST_NAME = 64
# A closing mark alone closes what another one seemed to close not more than so far before it:
# the marks between were a quotation inside the quotation.
_NESTED = 300
# Characters of a paragraph that is quoted to its end for want of a closing mark, at most.
_PARAGRAPH = 1000


class Marks(NamedTuple):
    """Where the marks of a text stand, in order, and of what kind each is."""

    places: Places
    kinds: NDArray[np.uint8]


class Boundaries(NamedTuple):
    """For each word, and for the end, one byte: 1 where a sentence or line begins there, else 0.

    ``sentences`` marks the beginnings of lines too; ``lines`` only these.
    """

    sentences: bytes
    lines: bytes


@cache
def _table() -> NDArray[np.uint8]:
    table = np.zeros(_TABLE_SIZE, np.uint8)
    for characters, kind in (
        (_STOPS, _STOP),
        (_COMMAS, _COMMA),
        ("\n", _LINE),
        (_DOUBLE + _SINGLE, _QUOTE),
    ):
        table[[ord(character) for character in characters]] = kind
    return table


def find_marks(text: str) -> Marks:
    """The stops, commas, line breaks and quotation marks of a text."""
    raw = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    # Characters beyond the table are letters and pictures: clipped, they meet an entry of zero.
    kinds = _table().take(raw, mode="clip")
    places = kinds.nonzero()[0]
    return Marks(places, kinds[places])


def find_boundaries(marks: Marks, starts: Places, ends: Places) -> Boundaries:
    """Where sentences and lines begin among the words with these offsets.

    A stop that a comma follows (as after speech) ends no sentence.
    """
    if not len(starts):
        return Boundaries(b"\1", b"\1")
    word = starts.searchsorted(marks.places, "right")
    # What stands inside a word counts for nothing; nor does what stands before the first.
    between = ends.take(word - 1, mode="clip") <= marks.places
    word, kinds = word[between], marks.kinds[between]
    sentences, lines = np.zeros((2, len(starts) + 1), bool)
    sentences[word[kinds == _STOP]] = True
    sentences[word[kinds == _COMMA]] = False
    lines[word[kinds == _LINE]] = lines[0] = lines[-1] = True
    sentences |= lines
    return Boundaries(sentences.tobytes(), lines.tobytes())


def count_quoted(text: str, marks: Marks, starts: Places) -> Places:
    """How many of the words before each, and before the end, stand inside quotation marks.

    A paragraph that begins with an opening mark and does not close it is quoted to its end.
    """
    inside = np.zeros(len(text) + 1, bool)
    found = [(text[at], at) for at in marks.places[marks.kinds >= _LINE].tolist()]
    for quotations in (_find_quotations(text, found), _find_single_quotations(text, found)):
        for start, end in quotations:
            inside[start:end] = True
    if " (@" in text:
        for start, end in _find_posts(text):
            inside[start:end] = True
    counts = np.zeros(len(starts) + 1, np.int64)
    inside[starts].cumsum(out=counts[1:])
    return counts


def _find_quotations(text: str, marks: Iterable[tuple[str, int]]) -> Iterator[tuple[int, int]]:
    """Where double quotation marks open and close, paragraph by paragraph."""
    begun = closed = -1
    line = 0
    for mark, at in marks:
        if mark in _SINGLE:
            continue
        if mark == "\n":
            if begun >= 0 and begun == line and at - begun <= _PARAGRAPH:
                yield begun, at
            begun = closed = -1
            line = at + 1
        elif _opens(text, at, mark):
            begun = at if begun < 0 else begun
        elif begun >= 0:
            yield begun, at
            begun, closed = -1, at
        elif closed >= 0 and at - closed <= _NESTED:
            yield closed, at
            closed = at
    if begun >= 0 and begun == line and len(text) - begun <= _PARAGRAPH:
        yield begun, len(text)


def _opens(text: str, at: int, mark: str) -> bool:
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    after = text[at + 1 : at + 2]
    before = text[at - 1 : at] if at else " "
    return bool(after) and not after.isspace() and not before.isalnum() and before not in ".,!?…"


def _find_single_quotations(
    text: str, marks: Iterable[tuple[str, int]]
) -> Iterator[tuple[int, int]]:
    """Where single marks that are no apostrophes open and close, with some words between."""
    begun = -1
    for mark, at in marks:
        if mark == "\n":
            begun = -1
        elif mark in _SINGLE:
            before, after = text[at - 1 : at].isalnum(), text[at + 1 : at + 2].isalnum()
            if after and not before:
                begun = at if begun < 0 else begun
            elif not after and begun >= 0:
                if at - begun >= _LEAST_SINGLE:
                    yield begun, at
                begun = -1


def _find_posts(text: str) -> Iterator[tuple[int, int]]:
    """The lines that are posts of social networks."""
    for found in _HANDLE.finditer(text):
        at = found.start()
        if _NAME.search(text[max(0, at - _LONGEST_NAME) : at]):
            end = text.find("\n", at)
            yield text.rfind("\n", 0, at) + 1, end if end >= 0 else len(text)
