"""Exact runs of words that two texts have in common."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.compare.prepared import SEED, Prepared

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

# A shingle found at more places than this in the source is paired by its rank only.
_MANY = 6
# Letters of the shortest run, in a text of _USUAL words; and for each doubling of its length.
_LETTERS, _LETTERS_A_DOUBLING, _USUAL = 10, 1.5, 1000
# Words between two runs on one diagonal that vouch for each other, at most.
_BESIDE = 8


class Run(NamedTuple):
    """``size`` words from ``suspect`` on equal those from ``source`` on."""

    suspect: int
    source: int
    size: int


def find_runs(suspect: Prepared, source: Prepared) -> list[Run]:
    """Every maximal run of at least SEED equal words, in the suspect's order."""
    wanted, index = suspect.shingles, source.index
    if not len(wanted) or not len(index.keys):
        return []
    key = index.keys.searchsorted(wanted)
    at = (index.keys.take(key, mode="clip") == wanted).nonzero()[0]
    if not len(at):
        return []
    key = key[at]
    hits, first = index.times[key], index.first[key]
    if hits.max() > _MANY:
        at, hits, first = _rank_places(key, at, hits, first)
    suspects = at.repeat(hits)
    places = (first - hits.cumsum() + hits).repeat(hits) + np.arange(len(suspects))
    return _extend_runs(suspect, suspects, index.places[places])


def _extend_runs(suspect: Prepared, suspects: Places, sources: Places) -> list[Run]:
    """Pairs of equal shingles that follow each other on both sides, joined into runs."""
    size = len(suspect.words)
    width = size + 2
    diagonal = (sources - suspects + size) * width + suspects
    diagonal.sort()
    fresh = np.ones(len(diagonal), bool)
    np.not_equal(diagonal[1:] - diagonal[:-1], 1, out=fresh[1:])
    heads = fresh.nonzero()[0]
    sizes = np.empty_like(heads)
    sizes[:-1] = heads[1:] - heads[:-1]
    sizes[-1:] = len(diagonal) - heads[-1:]
    sizes += SEED - 1
    offsets, starts = np.divmod(diagonal[heads], width)
    least = _least_rarity(suspect)
    heavy = suspect.mass[starts + sizes] - suspect.mass[starts] >= least
    if least > _LETTERS:
        beside = (offsets[1:] == offsets[:-1]) & (starts[1:] - (starts + sizes)[:-1] <= _BESIDE)
        heavy[1:] |= beside
        heavy[:-1] |= beside
    starts, sizes = starts[heavy], sizes[heavy]
    sources = starts + offsets[heavy] - size
    found = zip(starts.tolist(), sources.tolist(), sizes.tolist(), strict=True)
    return sorted(Run(*run) for run in found)


def _least_rarity(suspect: Prepared) -> float:
    """Letters of a run alone below which it is chance: more in longer texts."""
    return _LETTERS + max(0.0, _LETTERS_A_DOUBLING * log2((len(suspect.words) + 1) / _USUAL))


def _rank_places(
    keys: Places, at: Places, hits: Places, first: Places
) -> tuple[Places, Places, Places]:
    """For frequent shingles only the pair of equal rank: the third here with the third there."""
    order = keys.argsort(kind="stable")
    ordered = keys[order]
    fresh = np.concatenate(([True], ordered[1:] != ordered[:-1])).nonzero()[0]
    sizes = np.diff(fresh, append=len(ordered))
    rank = np.empty(len(keys), np.int64)
    rank[order] = np.arange(len(ordered)) - fresh.repeat(sizes)
    many = hits > _MANY
    kept = ~many | (rank < hits)
    first = np.where(many, first + rank, first)
    hits = np.where(many, 1, hits)
    return at[kept], hits[kept], first[kept]
