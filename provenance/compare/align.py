"""The passages two texts have in common: seeds, chains, sentences, shape, quotations."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from provenance.compare.boilerplate_lines import trim_boilerplate
from provenance.compare.chains import Stretch, align_runs, select_runs
from provenance.compare.likeness import grade_likeness
from provenance.compare.quotes import is_quotation
from provenance.compare.seeds import Run, find_runs
from provenance.compare.sentences import find_rewritten
from provenance.compare.shape import drop_chance, join_neighbours, snap_to_sentences
from provenance.model import Likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.compare.prepared import Prepared

# Words copied outside quotations from which quotations of no more words were copied with them.
_COPIED_ANYWAY = 25
# Share of a text from which several quotations are a report taken over, speech and all.
_ALL_SPEECH = 0.8
# Words of a run that stands in the source once more than in the suspect, and counts there.
_AGAIN = 8


class Alignment(NamedTuple):
    """What stands in both texts.

    ``parts`` are in the suspect's order and never overlap there; ``spoken`` are those of them that
    are quotations. ``ours`` and ``theirs`` are the word ranges of suspect and source that stand in
    the other text, the same text standing once more included; they may overlap. ``score`` and
    ``likeness`` are those of the pair.
    """

    parts: list[Stretch]
    spoken: set[Stretch]
    ours: list[tuple[int, int]]
    theirs: list[tuple[int, int]]
    score: float
    likeness: Likeness


def align(suspect: Prepared, source: Prepared) -> Alignment:
    """The stretches that stand in both texts, word for word or rewritten, and what that makes.

    The same whichever of the two is the suspect: the shorter one is laid along the longer.
    """
    ours, theirs = suspect.words.codes.tobytes(), source.words.codes.tobytes()
    if ours == theirs:
        return _align_same(len(suspect.words))
    if (len(ours), ours) <= (len(theirs), theirs):
        return _align_shorter(suspect, source)
    return _mirror(_align_shorter(source, suspect))


def _align_shorter(suspect: Prepared, source: Prepared) -> Alignment:
    found = find_runs(suspect, source)
    stretches = snap_to_sentences(suspect, source, align_runs(suspect, source, select_runs(found)))
    stretches = sorted(stretches + find_rewritten(suspect, source, stretches))
    stretches = trim_boilerplate(suspect, source, join_neighbours(suspect, source, stretches))
    whole = drop_chance(suspect, source, stretches)
    spoken = {part for part in whole if is_quotation(suspect, source, part)}
    if spoken:
        rest = drop_chance(suspect, source, [part for part in whole if part not in spoken])
        shared = _count_words(whole) / len(suspect.words)
        if (shared >= _ALL_SPEECH and len(spoken) > 2) or (
            _count_words(rest) >= max(_COPIED_ANYWAY, _count_words(spoken))
        ):
            spoken = set()
        else:
            whole = sorted([*rest, *spoken])
    return Alignment(
        whole,
        spoken,
        [(part.start, part.end) for part in whole],
        [(part.source_start, part.source_end) for part in whole] + _find_repeats(whole, found),
        *grade_likeness(suspect, source, whole, spoken),
    )


def _find_repeats(parts: Sequence[Stretch], found: Iterable[Run]) -> list[tuple[int, int]]:
    """Where the source holds text of the parts once more."""
    return [
        (run.source, run.source + run.size)
        for run in found
        if run.size >= _AGAIN and _is_inside(parts, run.suspect, run.suspect + run.size)
    ]


def _is_inside(parts: Sequence[Stretch], start: int, end: int) -> bool:
    at = bisect_left(parts, (start + 1,)) - 1
    return at >= 0 and parts[at].end >= end


def _mirror(found: Alignment) -> Alignment:
    """The alignment seen from the other text; what overlaps there is cut from the later part."""
    parts: list[Stretch] = []
    spoken: set[Stretch] = set()
    for part in sorted(found.parts, key=lambda part: (part.source_start, -part.source_end)):
        start, end = part.source_start, part.source_end
        over = max(0, parts[-1].end - start) if parts else 0
        if over >= end - start:
            continue
        there = min(part.start + over, part.end - 1)
        turned = Stretch(start + over, end, there, part.end, *part[4:])
        parts.append(turned)
        if part in found.spoken:
            spoken.add(turned)
    return found._replace(parts=parts, spoken=spoken, ours=found.theirs, theirs=found.ours)


def _align_same(size: int) -> Alignment:
    """The alignment of a text with itself."""
    if not size:
        return Alignment([], set(), [], [], 0.0, Likeness.UNRELATED)
    whole = [Stretch(0, size, 0, size, size, size, size)]
    return Alignment(whole, set(), [(0, size)], [(0, size)], 1.0, Likeness.COPIED)


def _count_words(parts: Iterable[Stretch]) -> int:
    return sum(part.end - part.start for part in parts)
