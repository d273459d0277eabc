"""What several pages hold of one page together, when it was put together from more than one."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model import Finding, Report

_MORE = 0.02


def together(report: Report) -> float | None:
    """The share (0..1) of the page's words that all found pages hold between them.

    None unless two or more share passages with it and together hold clearly more than each alone.
    """
    held = [finding for finding in report.findings if _copied(finding)]
    if len(held) < 2:
        return None
    alone = max(finding.reuse.suspect_containment for finding in held if finding.reuse)
    total = min(_union(report, held), 1.0)
    return total if total >= alone + _MORE else None


def _copied(finding: Finding) -> bool:
    return finding.reuse is not None and finding.reuse.likeness.is_copy


def _union(report: Report, held: list[Finding]) -> float:
    """Words inside any passage over the words compared."""
    from provenance.text.words import words

    reuses = [finding.reuse for finding in held if finding.reuse]
    starts = words(report.suspect.text).starts.tolist()
    turns = [0] * (len(starts) + 1)
    for reuse in reuses:
        for passage in reuse.passages:
            turns[bisect_left(starts, passage.suspect.start)] += 1
            turns[bisect_left(starts, passage.suspect.end)] -= 1
    inside = sum(depth > 0 for depth in accumulate(turns))
    return inside / max(1, *(reuse.suspect_words for reuse in reuses))
