"""Exact runs of words that two texts have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.compare.prepared import SEED, Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]

# A shingle found at more places than this in the source is paired by its rank only.
_MANY = 6


class Run(NamedTuple):
    """``size`` words from ``suspect`` on equal those from ``source`` on."""

    suspect: int
    source: int
    size: int


def runs(suspect: Prepared, source: Prepared) -> list[Run]:
    """Every maximal run of at least SEED equal words, in the suspect's order."""
    wanted, index = suspect.shingles, source.ascending
    if not len(wanted) or not len(index):
        return []
    left = np.searchsorted(index, wanted, "left")
    hits = np.searchsorted(index, wanted, "right") - left
    if hits.max() > _MANY:
        left, hits = _ranked(wanted, left, hits)
    at = np.flatnonzero(hits)
    if not len(at):
        return []
    hits = hits[at]
    heads = np.cumsum(hits) - hits
    suspects = np.repeat(at, hits)
    inner = np.arange(len(suspects)) - np.repeat(heads, hits)
    sources = source.order[np.repeat(left[at], hits) + inner]
    width = len(wanted) + 2
    diagonal = (sources - suspects + len(wanted)) * width + suspects
    diagonal.sort()
    firsts = np.flatnonzero(np.diff(diagonal, prepend=-2) != 1)
    sizes = np.diff(firsts, append=len(diagonal)) + SEED - 1
    starts = diagonal[firsts] % width
    offsets = diagonal[firsts] // width - len(wanted)
    by_place = np.lexsort((-sizes, starts))
    return [
        Run(a, a + d, n)
        for a, d, n in zip(
            starts[by_place].tolist(),
            offsets[by_place].tolist(),
            sizes[by_place].tolist(),
            strict=True,
        )
    ]


def _ranked(wanted: Hashes, left: Places, hits: Places) -> tuple[Places, Places]:
    """For frequent shingles only the pair of equal rank: the third here with the third there."""
    order = np.argsort(wanted, kind="stable")
    ordered = wanted[order]
    fresh = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    sizes = np.diff(fresh, append=len(ordered))
    rank = np.empty(len(wanted), np.int64)
    rank[order] = np.arange(len(ordered)) - np.repeat(fresh, sizes)
    many = hits > _MANY
    inside = many & (rank < hits)
    left = np.where(inside, left + rank, left)
    hits = np.where(many, inside.astype(np.int64), hits)
    return left, hits
