"""Statements that two newsrooms print: in quotation marks, they are not copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

# Words outside the marks that only name the speaker; words of a quotation that is not long.
_SPEAKER, _SHORT = 4, 60


def is_quotation(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    """Whether a stretch is a quotation, with little but its speaker around it.

    A short one counts when either text has it in quotation marks, a long one when both have. Not
    when the two words next to the marks are the same in both: two newsrooms seldom name the
    speaker in the same way, so the sentence was taken over, not just the statement.
    """
    sizes = part.end - part.start, part.source_end - part.source_start
    here = sizes[0] - _count_quoted(suspect, part.start, part.end)
    there = sizes[1] - _count_quoted(source, part.source_start, part.source_end)
    size = max(sizes)
    if (min(here, there) if size <= _SHORT else max(here, there)) > max(_SPEAKER, size // 10):
        return False
    if min(here, there) < 2:
        return True
    tags = _find_tags(suspect, part.start, part.end)
    return not tags & _find_tags(source, part.source_start, part.source_end)


def _count_quoted(text: Prepared, start: int, end: int) -> int:
    """How many words of a range stand inside quotation marks."""
    return text.quoted.item(end) - text.quoted.item(start)


def _find_tags(text: Prepared, start: int, end: int) -> set[tuple[int, int]]:
    """The pairs of words outside quotation marks that stand next to the marks."""
    quoted, codes = text.quoted[start : end + 1], text.words.codes[start:end]
    inside = quoted[1:] != quoted[:-1]
    pair = ~inside[:-1] & ~inside[1:]
    beside = np.zeros(len(pair), bool)
    beside[1:] |= inside[:-2]
    beside[:-1] |= inside[2:]
    at = (pair & beside).nonzero()[0]
    return set(zip(codes[at].tolist(), codes[at + 1].tolist(), strict=True))
