"""What stands inside quotation marks: a statement that two newsrooms print is not copying."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

_MARKS = re.compile("[\"\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\n]")
_OPENING, _CLOSING = "\u201e\u00ab\u300c\u300e", "\u00bb\u300d\u300f"
# Words outside the marks that only name the speaker; words of a quotation that is not long.
_SPEAKER, _SHORT = 4, 60


def quoted(text: str, starts: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of the words before each, and before the end, stand inside quotation marks.

    A paragraph that opens a quotation and does not close it is quoted to its end.
    """
    inside = np.zeros(len(text) + 1, np.int8)
    begun = -1
    for found in _MARKS.finditer(text):
        mark, at = found.group(), found.start()
        if mark == "\n":
            if begun >= 0:
                inside[begun:at] = 1
            begun = -1
        elif _opens(text, at, mark):
            begun = at if begun < 0 else begun
        elif begun >= 0:
            inside[begun:at] = 1
            begun = -1
    if begun >= 0:
        inside[begun:-1] = 1
    counts = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(inside[starts], out=counts[1:])
    return counts


def _opens(text: str, at: int, mark: str) -> bool:
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    after = text[at + 1 : at + 2]
    before = text[at - 1 : at] if at else " "
    return bool(after) and not after.isspace() and not before.isalnum() and before not in ".,!?…"


def is_quotation(suspect: Prepared, source: Prepared, parts: Sequence[Stretch]) -> bool:
    """Whether a group of stretches is one quotation, with little but its speaker around it.

    A short one counts when either text has it in quotation marks, a long one when both have.
    """
    ours, theirs = suspect.quoted, source.quoted
    size = sum(part.end - part.start for part in parts)
    here = size - sum(int(ours[part.end] - ours[part.start]) for part in parts)
    there = sum(
        part.source_end - part.source_start - int(theirs[part.source_end] - theirs[part.source_start])
        for part in parts
    )
    outside = min(here, there) if size <= _SHORT else max(here, there)
    return outside <= max(_SPEAKER, size // 20)
