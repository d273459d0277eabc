"""Sentences that say the same in two texts, in the same order, whatever their words.

The heaviest path of sentence pairs that keeps the order of both texts; a pair weighs as many
letters as its sentences have, times the cosine of their vectors. The score is the weight of the
path over the letters of all sentences that were compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.model import Correspondence
from provenance.text.sentences import count_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from provenance.compare.sentence_vectors import SentenceVectors
    from provenance.model import Span

    Weights = NDArray[np.float64]

# Cosine from which two sentences may say the same.
_ALIKE = 0.4


class Matched(NamedTuple):
    """How far two texts say the same, and the spans of the sentences that do, with their likeness.

    The spans index the texts as given.
    """

    correspondence: Correspondence
    pairs: tuple[tuple[Span, Span, float], ...]


def match_sentences(
    suspect: str, source: str, ours: SentenceVectors, theirs: SentenceVectors
) -> Matched:
    """How much of both texts says the same in the same order."""
    here, there = _weigh(suspect, ours), _weigh(source, theirs)
    likeness = ours.rows @ theirs.rows.T
    path = _find_path(likeness, here, there)
    one, other = [at for at, _ in path], [at for _, at in path]
    alike = np.minimum(likeness[one, other], 1.0)
    found = Correspondence(
        score=_share(alike @ (here[one] + there[other]), here.sum() + there.sum()),
        suspect_share=_share(here[one].sum(), here.sum()),
        source_share=_share(there[other].sum(), there.sum()),
        matched=len(path),
        suspect_sentences=len(here),
        source_sentences=len(there),
    )
    pairs = (
        (ours.spans[a], theirs.spans[b], float(each))
        for (a, b), each in zip(path, alike, strict=True)
    )
    return Matched(found, tuple(pairs))


def _share(part: float, whole: float) -> float:
    return min(1.0, float(part) / float(whole)) if whole else 0.0


def _weigh(text: str, vectors: SentenceVectors) -> Weights:
    return np.array([count_letters(text[s.start : s.end]) for s in vectors.spans], float)


def _find_path(
    likeness: NDArray[np.float32], here: Weights, there: Weights
) -> list[tuple[int, int]]:
    """The pairs of the heaviest path, by the programme of longest common subsequences."""
    worth = np.where(likeness >= _ALIKE, likeness * (here[:, None] + there[None, :]), 0.0)
    best = np.zeros((len(here) + 1, len(there) + 1))
    for one, row in enumerate(worth):
        paired = best[one, :-1] + row
        best[one + 1, 1:] = np.maximum.accumulate(np.maximum(paired, best[one, 1:]))
    return list(_walk_back(best, worth))[::-1]


def _walk_back(best: Weights, worth: Weights) -> Iterator[tuple[int, int]]:
    one, other = worth.shape
    while one and other:
        if best[one, other] == best[one - 1, other]:
            one -= 1
        elif best[one, other] == best[one, other - 1]:
            other -= 1
        else:
            one, other = one - 1, other - 1
            yield one, other
