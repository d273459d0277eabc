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
# Equal words outside the marks with which the sentence was taken over, not just the statement:
# two newsrooms seldom name the speaker in the same words.
_SAME_SPEECH = 2


def is_quotation(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    """Whether a stretch is a quotation, with little but its speaker around it.

    A short one counts when either text has it in quotation marks, a long one when both have.
    """
    here = _outside(suspect, part.start, part.end)
    there = _outside(source, part.source_start, part.source_end)
    size = max(part.end - part.start, part.source_end - part.source_start)
    fewer, more = sorted((len(here), len(there)))
    if (fewer if size <= _SHORT else more) > max(_SPEAKER, size // 10):
        return False
    return fewer < _SAME_SPEECH or len(np.intersect1d(here, there)) < _SAME_SPEECH


def _outside(text: Prepared, start: int, end: int) -> NDArray[np.uint64]:
    """The codes of the words that stand outside quotation marks."""
    outside = np.diff(text.quoted[start : end + 1]) == 0
    return text.words.codes[start:end][outside]
