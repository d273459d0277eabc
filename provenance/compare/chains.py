"""Exact runs joined into aligned stretches: through small edits, not across what was put in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import LCSseq

from provenance.compare.seeds import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.compare.prepared import Prepared

# Words between two runs of one chain, at most, on either side.
_REACH = 40
# Words put in or left out on one side only that end a stretch.
_INSERTED = 4


class Stretch(NamedTuple):
    """Aligned words: ``suspect`` and ``source`` are half-open word ranges, ``runs`` the equal ones."""

    suspect: tuple[int, int]
    source: tuple[int, int]
    runs: tuple[Run, ...]


def selected(found: Sequence[Run]) -> list[Run]:
    """One place for each word of the suspect: longest runs first, what is left of the others."""
    taken: list[Run] = []
    used = bytearray(max((run.suspect + run.size for run in found), default=0))
    for run in sorted(found, key=lambda run: -run.size):
        first, last = run.suspect, run.suspect + run.size
        while first < last and used[first]:
            first += 1
        while first < last and used[last - 1]:
            last -= 1
        if last - first >= 4 or (last - first >= 2 and last - first == run.size):
            used[first:last] = b"\1" * (last - first)
            taken.append(Run(first, run.source + first - run.suspect, last - first))
    taken.sort()
    return taken


def chained(taken: Sequence[Run]) -> list[list[Run]]:
    """Runs that follow each other closely in both texts, together."""
    chains: list[list[Run]] = []
    active: list[list[Run]] = []
    for run in taken:
        best, least = None, 1 << 30
        for chain in active:
            last = chain[-1]
            gap, there = (
                run.suspect - last.suspect - last.size,
                run.source - last.source - last.size,
            )
            if (
                gap <= _REACH
                and 0 <= there <= _REACH
                and (cost := gap + there + abs(gap - there)) < least
            ):
                best, least = chain, cost
        if best is None:
            best = []
            chains.append(best)
            active.append(best)
        best.append(run)
        active = [c for c in active if run.suspect - c[-1].suspect - c[-1].size <= _REACH]
    return chains


def filled(chain: Sequence[Run], suspect: Prepared, source: Prepared) -> list[Run]:
    """The chain with the equal words between its runs, found by the longest common subsequence."""
    path = [chain[0]]
    for run in chain[1:]:
        last = path[-1]
        a, b = last.suspect + last.size, last.source + last.size
        if a < run.suspect and b < run.source:
            found = LCSseq.opcodes(suspect.line[a : run.suspect], source.line[b : run.source])
            path += [
                Run(a + op.src_start, b + op.dest_start, op.src_end - op.src_start)
                for op in found
                if op.tag == "equal"
            ]
        path.append(run)
    return path


def stretches(path: Sequence[Run]) -> list[Stretch]:
    """The path cut where one side goes on without the other."""
    parts: list[list[Run]] = [[path[0]]]
    for run in path[1:]:
        last = parts[-1][-1]
        gap, there = run.suspect - last.suspect - last.size, run.source - last.source - last.size
        if abs(gap - there) >= _INSERTED or max(gap, there) > 14:
            parts.append([])
        parts[-1].append(run)
    return [
        Stretch(
            (part[0].suspect, part[-1].suspect + part[-1].size),
            (part[0].source, part[-1].source + part[-1].size),
            tuple(part),
        )
        for part in parts
    ]
