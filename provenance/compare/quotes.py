"""Statements that two newsrooms print: in quotation marks, they are not copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.compare.chains import Stretch
    from provenance.compare.prepared import Prepared

# Words outside the marks that only name the speaker; words of a quotation that is not long.
_SPEAKER, _SHORT = 4, 60


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
