"""What exact runs leave over, aligned by sentences: rewritten text keeps its rarer words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from provenance.compare.chains import Stretch, spell
from provenance.compare.prepared import SEED
from provenance.compare.ranges import cut_overlaps
from provenance.text.distinct import count_distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from provenance.compare.prepared import Prepared

# Words that stand at more places than this in the rest of the source say little.
_MANY = 6
_LEAST_WORDS, _MOST_WORDS = 6, 80
# Likeness of letters, in order and with the words sorted, at which a sentence was made from
# another; between two stretches that are aligned already, less is enough.
_ALIKE, _SORTED_ALIKE, _ALIKE_BETWEEN = 62, 68, 50


class SentencePart(NamedTuple):
    """A run of words inside one sentence that no stretch covers."""

    start: int
    end: int


def find_leftovers(text: Prepared, covered: Sequence[tuple[int, int]]) -> list[SentencePart]:
    """The pieces of a text's sentences that are not covered, neither short nor endless."""
    starts = np.frombuffer(text.boundaries.sentences, np.uint8).nonzero()[0].tolist()
    pieces: list[SentencePart] = []
    free = 0
    for start, end in (*cut_overlaps(covered), (len(text.words), len(text.words))):
        inside = starts[bisect_right(starts, free) : bisect_left(starts, start)]
        for first, last in pairwise((free, *inside, start)):
            if last - first >= _LEAST_WORDS:
                pieces += [
                    SentencePart(at, min(at + _MOST_WORDS, last))
                    for at in range(first, last, _MOST_WORDS)
                ]
        free = end
    return pieces


def pair_sentences(
    suspect: Prepared,
    source: Prepared,
    pieces: Sequence[SentencePart],
    there: Sequence[SentencePart],
) -> list[tuple[int, int, int]]:
    """Pairs of pieces that share rarer words: how many, which of ours, which of theirs."""
    if not pieces or not there:
        return []
    codes, owners = _collect_words(suspect, pieces)
    index, holders = _collect_words(source, there)
    order = index.argsort()
    index = index[order]
    left = index.searchsorted(codes)
    hits = index.searchsorted(codes, "right") - left
    at = ((hits > 0) & (hits <= _MANY)).nonzero()[0]
    if not len(at):
        return []
    left, hits = left[at], hits[at]
    ours = owners[at].repeat(hits)
    places = (left - hits.cumsum() + hits).repeat(hits) + np.arange(len(ours))
    theirs = holders[order[places]]
    keys, counts = count_distinct(ours * len(there) + theirs)
    likely = counts >= 3
    keys, counts = keys[likely], counts[likely]
    ranked = (-counts).argsort(kind="stable")
    return [
        (n, key // len(there), key % len(there))
        for n, key in zip(counts[ranked].tolist(), keys[ranked].tolist(), strict=True)
    ]


def _collect_words(
    text: Prepared, pieces: Sequence[SentencePart]
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    codes = np.concatenate([text.words.codes[piece.start : piece.end] for piece in pieces])
    sizes = [piece.end - piece.start for piece in pieces]
    return codes, np.arange(len(pieces)).repeat(sizes)


def find_rewritten(suspect: Prepared, source: Prepared, found: Sequence[Stretch]) -> list[Stretch]:
    """Stretches for leftover sentences that are made from leftover sentences of the source."""
    pieces = find_leftovers(suspect, [(s.start, s.end) for s in found])
    if not pieces:
        return []
    there = find_leftovers(source, [(s.source_start, s.source_end) for s in found])
    expected = _find_neighbours(found)
    used: set[int] = set()
    taken: set[int] = set()
    result = []
    for shared, ours, theirs in pair_sentences(suspect, source, pieces, there):
        if ours in used or theirs in taken:
            continue
        piece, other = pieces[ours], there[theirs]
        here, yonder = piece.end - piece.start, other.end - other.start
        if shared < 0.25 * min(here, yonder):
            continue
        between = (piece.start, other.start) in expected or (piece.end, other.end) in expected
        if _are_alike(suspect, piece, source, other, between=between):
            used.add(ours)
            taken.add(theirs)
            equal = LCSseq.similarity(
                suspect.line[piece.start : piece.end], source.line[other.start : other.end]
            )
            result.append(Stretch(*piece, *other, equal, 0, min(equal, SEED - 1)))
    return result


def _find_neighbours(found: Sequence[Stretch]) -> set[tuple[int, int]]:
    """The points in both texts where a stretch ends or begins."""
    points = {(s.end, s.source_end) for s in found}
    return points | {(s.start, s.source_start) for s in found}


def _are_alike(
    suspect: Prepared, piece: SentencePart, source: Prepared, other: SentencePart, *, between: bool
) -> bool:
    ours, theirs = spell(suspect, piece, source, other)
    if fuzz.ratio(ours, theirs) >= (_ALIKE_BETWEEN if between else _ALIKE):
        return True
    return fuzz.token_sort_ratio(ours, theirs) >= _SORTED_ALIKE
