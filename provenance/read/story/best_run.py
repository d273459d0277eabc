"""A linear-time main-text method: the run of pieces that scores highest.

Maximum subsequence segmentation (Pasternack and Roth, "Extracting article text from the web with
maximum subsequence segmentation", WWW 2009) on pieces instead of tokens: a piece of running text
scores its length, a piece of links or furniture costs, and the run with the highest sum is the
story; inside it only the pieces that score are kept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.read.dom.context import OUTSIDE, Hint

if TYPE_CHECKING:
    from provenance.read.dom.blocks import Piece

_WIDE = re.compile("[^\0-\u2e7f]")
_FURNITURE = -60
_LINKS = -120
SHORT = -15
"""What a short line or a caption costs."""

_LEAST = 40
_MOST = 600
_DENSE = 0.4


def story_run(pieces: list[Piece]) -> set[int]:
    """The indexes of the pieces of the best run that read as running text."""
    values = [value(piece) for piece in pieces]
    start, end = best_run(values)
    return {index for index in range(start, end) if values[index] > 0}


def value(piece: Piece) -> int:
    """What a piece adds to a run: its length up to a bound, or a cost."""
    length = weight(piece.text)
    if not length:
        return 0
    if piece.hints & OUTSIDE or piece.hints & Hint.FOOTER:
        return _FURNITURE
    if link_share(piece) > _DENSE:
        return _LINKS
    if piece.hints & (Hint.CAPTION | Hint.CREDIT) or length < _LEAST:
        return SHORT
    return min(length, _MOST)


def weight(text: str) -> int:
    """The length of a text, with a letter of a script without spaces counted as two."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text))


def link_share(piece: Piece) -> float:
    """The share of a piece's text that is anchor text."""
    linked = sum(anchor.end - anchor.start for anchor in piece.anchors)
    return linked / len(piece.text) if piece.text else 1.0


def best_run(values: list[int]) -> tuple[int, int]:
    """Start and end (exclusive) of the consecutive values with the highest sum (Kadane)."""
    best = total = 0
    best_start = best_end = start = 0
    for index, score in enumerate(values):
        total += score
        if total <= 0:
            total, start = 0, index + 1
        elif total > best:
            best, best_start, best_end = total, start, index + 1
    return best_start, best_end
