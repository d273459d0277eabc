"""What a pair of texts is: one score, and the class cut from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Likeness

if TYPE_CHECKING:
    from provenance.compare.align import Alignment
    from provenance.compare.prepared import Prepared


def judged(
    suspect: Prepared, source: Prepared, found: Alignment, shares: tuple[float, float]
) -> tuple[float, Likeness]:
    """The pair score 0..1 and the likeness cut from it."""
    score = max(shares)
    return score, (
        Likeness.COPIED
        if score >= 0.8
        else Likeness.PARTLY
        if score >= 0.08
        else Likeness.UNRELATED
    )
