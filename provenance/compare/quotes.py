"""What stands inside quotation marks: a statement that two newsrooms print is not copying."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

_MARKS = re.compile('["\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\n]')
_OPENING, _CLOSING = "\u201e\u00ab\u300c\u300e", "\u00bb\u300d\u300f"
# Quotations in single marks: not an apostrophe on either side, some words between.
_SINGLE = re.compile(
    r"(?<![\w'\u2019])['\u2018](?=\w)[^'\u2018\u2019\n]*"
    r"(?:['\u2019](?=\w)[^'\u2018\u2019\n]*)*['\u2019](?!\w)"
)
# A post of a social network set into a page: its text, then who wrote it.
_POST = re.compile(r"^[^\n]*[\u2014\u2013-] [^\n(]{2,60} \(@\w{1,20}\)[^\n]*", re.MULTILINE)
_LEAST_SINGLE = 30
# A closing mark alone closes what another one seemed to close not more than so far before it:
# the marks between were a quotation inside the quotation.
_NESTED = 300
# Characters of a paragraph that is quoted to its end for want of a closing mark, at most.
_PARAGRAPH = 1000
# Words outside the marks that only name the speaker; words of a quotation that is not long.
_SPEAKER, _SHORT = 4, 60


def quoted(text: str, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the words before each, and before the end, stand inside quotation marks.

    A paragraph that begins with an opening mark and does not close it is quoted to its end.
    """
    inside = np.zeros(len(text) + 1, np.int8)
    for start, end in _quotations(text):
        inside[start:end] = 1
    for found in _POST.finditer(text):
        inside[found.start() : found.end()] = 1
    for found in _SINGLE.finditer(text):
        if found.end() - found.start() >= _LEAST_SINGLE:
            inside[found.start() : found.end()] = 1
    counts = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(inside[starts], out=counts[1:])
    return counts


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    """Where double quotation marks open and close, paragraph by paragraph."""
    begun = closed = -1
    line = 0
    for found in _MARKS.finditer(text):
        mark, at = found.group(), found.start()
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
        elif 0 <= closed and at - closed <= _NESTED:
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


def is_quotation(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    """Whether a stretch is a quotation, with little but its speaker around it.

    A short one counts when either text has it in quotation marks, a long one when both have.
    """
    ours, theirs = suspect.quoted, source.quoted
    here = part.end - part.start
    there = part.source_end - part.source_start
    size = max(here, there)
    here -= int(ours[part.end] - ours[part.start])
    there -= int(theirs[part.source_end] - theirs[part.source_start])
    outside = min(here, there) if size <= _SHORT else max(here, there)
    return outside <= max(_SPEAKER, size // 10)
