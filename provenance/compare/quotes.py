"""Statements that two newsrooms print: in quotation marks, they are not copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

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
    ours, theirs = (
        _mark_quoted(suspect, part.start, part.end),
        _mark_quoted(source, part.source_start, part.source_end),
    )
    here, there = len(ours) - int(ours.sum()), len(theirs) - int(theirs.sum())
    size = max(len(ours), len(theirs))
    if (min(here, there) if size <= _SHORT else max(here, there)) > max(_SPEAKER, size // 10):
        return False
    if min(here, there) < 2:
        return True
    tags = _find_tags(ours, suspect.words.codes[part.start : part.end])
    return not tags & _find_tags(theirs, source.words.codes[part.source_start : part.source_end])


def _mark_quoted(text: Prepared, start: int, end: int) -> NDArray[np.bool_]:
    """For each word, whether it stands inside quotation marks."""
    quoted = text.quoted[start : end + 1]
    return np.asarray(quoted[1:] != quoted[:-1])


def _find_tags(inside: NDArray[np.bool_], codes: NDArray[np.uint64]) -> set[tuple[int, int]]:
    """The pairs of words outside quotation marks that stand next to the marks."""
    pair = ~inside[:-1] & ~inside[1:]
    beside = np.zeros(len(pair), bool)
    beside[1:] |= inside[:-2]
    beside[:-1] |= inside[2:]
    at = np.flatnonzero(pair & beside)
    return set(zip(codes[at].tolist(), codes[at + 1].tolist(), strict=True))
