"""Exact runs joined into aligned stretches: through small edits, not across what was put in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from provenance.compare.prepared import SEED
from provenance.compare.seeds import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.compare.prepared import Prepared

# Words between two runs of one chain, at most, on either side.
_REACH = 40
# Equal words of a chain from which it is not chance: others do not grow into it.
_SOLID = 7
# Words looked at beyond the last run of a chain, either way.
_WINDOW = 30
# Words put in or left out on one side only that end a stretch; between sentences fewer do.
_INSERTED = 6
_INSERTED_BETWEEN = 3
# How far the score of a stretch may fall below its best before the stretch ends there.
_DROP = 6.0


# Letters that are compared one by one, at most: the work grows with their product.
_COMPARED = 2000


def measure_likeness(
    suspect: Prepared, ours: tuple[int, int], source: Prepared, theirs: tuple[int, int]
) -> float:
    """How alike the letters of two word ranges are, 0..100 (normalised indel distance)."""
    return fuzz.ratio(*spell(suspect, ours, source, theirs))


def spell(
    suspect: Prepared, ours: tuple[int, int], source: Prepared, theirs: tuple[int, int]
) -> tuple[str, str]:
    """The letters of two word ranges, as many as may be compared."""
    return suspect.words.folded(*ours)[:_COMPARED], source.words.folded(*theirs)[:_COMPARED]


# Likeness below which a gap between sentences holds other sentences, and words enough to tell.
_UNLIKE, _TELLING = 50, 5


class Stretch(NamedTuple):
    """Aligned words: half-open word ranges in both texts.

    ``equal`` counts the words that are equal one to one, ``exact`` those of them that stand in
    runs of SEED or more, ``longest`` those of the longest run.
    """

    start: int
    end: int
    source_start: int
    source_end: int
    equal: int
    exact: int
    longest: int


def select_runs(found: Sequence[Run]) -> list[Run]:
    """One place for each word of the suspect: longest runs first, what is left of the others."""
    taken: list[Run] = []
    used = bytearray(max((run.suspect + run.size for run in found), default=0))
    for run in sorted(found, key=lambda run: -run.size):
        first, last = run.suspect, run.suspect + run.size
        while first < last and used[first]:
            first += 1
        while first < last and used[last - 1]:
            last -= 1
        if last - first >= 4:
            used[first:last] = b"\1" * (last - first)
            taken.append(Run(first, run.source + first - run.suspect, last - first))
    taken.sort()
    return taken


def chain_runs(taken: Sequence[Run]) -> list[list[Run]]:
    """Runs that follow each other closely in both texts, together."""
    chains: list[list[Run]] = []
    active: list[list[Run]] = []
    for run in taken:
        best, least = None, 1 << 30
        active = [c for c in active if run.suspect - c[-1].suspect - c[-1].size <= _REACH]
        for chain in active:
            last = chain[-1]
            gap = run.suspect - last.suspect - last.size
            there = run.source - last.source - last.size
            if 0 <= there <= _REACH and gap + there + abs(gap - there) < least:
                best, least = chain, gap + there + abs(gap - there)
        if best is None:
            best = []
            chains.append(best)
            active.append(best)
        best.append(run)
    return chains


def align_runs(suspect: Prepared, source: Prepared, taken: Sequence[Run]) -> list[Stretch]:
    """The stretches that the runs grow into; none overlap in the suspect.

    The strongest chain takes its place first.
    """
    found: list[Stretch] = []
    chains = chain_runs(taken)
    weights = [sum(run.size for run in chain) for chain in chains]
    solid = [chain for chain, weight in zip(chains, weights, strict=True) if weight >= _SOLID]
    starts = sorted(chain[0].suspect for chain in solid)
    ends = sorted(chain[-1].suspect + chain[-1].size for chain in solid)
    for at in sorted(range(len(chains)), key=lambda at: -weights[at]):
        for part in _find_free(chains[at], found):
            first, last = part[0].suspect, part[-1].suspect + part[-1].size
            floor, ceiling = _find_room(found, first, last, len(suspect.words))
            before, after = bisect_right(ends, first), bisect_left(starts, last)
            floor = max(floor, ends[before - 1]) if before else floor
            ceiling = min(ceiling, starts[after]) if after < len(starts) else ceiling
            path = _fill_gaps(part, suspect, source, (floor, ceiling))
            for stretch in _split_path(path, suspect, source):
                insort(found, stretch)
    return found


def _find_free(chain: Sequence[Run], found: Sequence[Stretch]) -> list[list[Run]]:
    """The runs of a chain outside the stretches already found, parted where one lies between."""
    parts: list[list[Run]] = []
    place = -1
    for run in chain:
        at = bisect_left(found, (run.suspect + run.size,))
        if at and found[at - 1].end > run.suspect:
            continue
        if at != place:
            parts.append([])
        parts[-1].append(run)
        place = at
    return parts


def _find_room(found: Sequence[Stretch], first: int, last: int, size: int) -> tuple[int, int]:
    """The nearest ends of stretches already found, before and after a range of words."""
    at = bisect_left(found, (first,))
    floor = found[at - 1].end if at else 0
    ceiling = found[at].start if at < len(found) else size
    return floor, max(ceiling, last)


def _align_equal_words(
    suspect: Prepared, source: Prepared, first: tuple[int, int], last: tuple[int, int]
) -> list[Run]:
    """The words equal in both texts between two points, by longest common subsequence."""
    (a, b), (c, d) = first, last
    if a >= c or b >= d:
        return []
    blocks = LCSseq.opcodes(suspect.line[a:c], source.line[b:d]).as_matching_blocks()
    return [Run(a + start, b + there, size) for start, there, size in blocks if size]


def _fill_gaps(
    chain: Sequence[Run], suspect: Prepared, source: Prepared, room: tuple[int, int]
) -> list[Run]:
    """The chain with the equal words before, between and after its runs."""
    floor, ceiling = room
    first = chain[0]
    start = (max(floor, first.suspect - _WINDOW), max(0, first.source - _WINDOW))
    path = _align_equal_words(suspect, source, start, (first.suspect, first.source))
    last = first
    path.append(first)
    for run in chain[1:]:
        ends = (last.suspect + last.size, last.source + last.size)
        path += _align_equal_words(suspect, source, ends, (run.suspect, run.source))
        path.append(run)
        last = run
    ends = (last.suspect + last.size, last.source + last.size)
    beyond = (min(ceiling, ends[0] + _WINDOW), min(len(source.words), ends[1] + _WINDOW))
    return path + _align_equal_words(suspect, source, ends, beyond)


def _split_path(path: Iterable[Run], suspect: Prepared, source: Prepared) -> list[Stretch]:
    """The best-scoring parts of a path (Ruzzo and Tompa 1999, with a limit on the drop)."""
    found: list[Stretch] = []
    part: list[Run] = []
    score = best = 0.0
    upto = 0
    for run in path:
        if part:
            last = part[-1]
            cost = _gap_cost(last, run, suspect, source)
            score -= cost
            if score <= 0 or score < best - _DROP:
                found += _make_stretch(part[:upto])
                part, score, best, upto = [], 0.0, 0.0, 0
        part.append(run)
        score += run.size if run.size > 1 else 0.7
        if score >= best:
            best, upto = score, len(part)
    return found + _make_stretch(part[:upto])


def _gap_cost(last: Run, run: Run, suspect: Prepared, source: Prepared) -> float:
    gap = run.suspect - last.suspect - last.size
    there = run.source - last.source - last.size
    extra, replaced = abs(gap - there), min(gap, there)
    if extra >= _INSERTED:
        return 1e9
    if replaced >= _TELLING and _is_replaced(run, gap, there, suspect, source):
        return 1e9
    if extra >= _INSERTED_BETWEEN and replaced == 0:
        side, at, end = (
            (suspect, run.suspect - gap, run.suspect)
            if gap
            else (source, run.source - there, run.source)
        )
        if side.boundaries.sentences[at] and side.boundaries.sentences[end]:
            return 1e9
    return 0.5 * replaced + 0.75 * extra


def _is_replaced(run: Run, gap: int, there: int, suspect: Prepared, source: Prepared) -> bool:
    """Whether a gap holds whole sentences on one side that are nothing like those on the other."""
    a, b = run.suspect - gap, run.source - there
    between = (
        suspect.boundaries.sentences[a]
        or suspect.boundaries.sentences[run.suspect]
        or source.boundaries.sentences[b]
        or source.boundaries.sentences[run.source]
    )
    return (
        bool(between)
        and measure_likeness(suspect, (a, run.suspect), source, (b, run.source)) < _UNLIKE
    )


def _make_stretch(part: Sequence[Run]) -> list[Stretch]:
    sizes = [run.size for run in part]
    if max(sizes, default=0) < SEED:
        return []
    first, last = part[0], part[-1]
    return [
        Stretch(
            first.suspect,
            last.suspect + last.size,
            first.source,
            last.source + last.size,
            sum(sizes),
            sum(size for size in sizes if size >= SEED),
            max(sizes),
        )
    ]
