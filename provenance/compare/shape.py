"""Stretches given their final shape: whole sentences, moved clauses joined, chance left out."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

from provenance.compare.chains import Stretch, measure_likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenance.compare.prepared import Prepared

# Words before or after a stretch that are taken along to the sentence boundary, at most: without
# a look at them, and when they are alike.
_FEW, _MORE = 3, 25
_LIKE_ENOUGH = 50
# Words between two stretches that are still one.
_CLOSE = 3
# Words of the longest clause that is taken for moved inside its sentence.
_CLAUSE = 40
# Words of a moved clause that left no stretch; where it may have gone; how many must be there.
_STRAY, _AROUND, _MOSTLY = 12, 30, 0.6
# Characters of a stretch that is reported, in texts of _USUAL characters together, and in the
# longest; of one that has a neighbour within so many words.
_LEAST, _USUAL, _MOST = 60, 5000, 200
_LEAST_PART, _NEAR = 15, 60
# Share of the shorter text from which what is shared is not chance.
_MUCH = 0.8
# Characters of a line that stands by itself in both texts and has no copied neighbour.
_LEAST_LINE = 100
# Characters of a stretch alone whose longest exact run has fewer words than tell.
_LEAST_REWRITTEN, _TELLING_RUN = 120, 8
# Share of equal words, or of equal letters, or number of equal words, from which a stretch is
# proof by itself.
_DENSE, _CLOSE_LETTERS, _MANY_WORDS = 0.7, 78, 20


def snap_to_sentences(
    suspect: Prepared, source: Prepared, found: Sequence[Stretch]
) -> list[Stretch]:
    """Each stretch widened to the boundaries of its sentences where what is left there agrees."""
    result: list[Stretch] = []
    for at, stretch in enumerate(found):
        floor = result[-1].end if result else 0
        ceiling = found[at + 1].start if at + 1 < len(found) else len(suspect.words)
        start, there = _widen_start(suspect, source, stretch, floor)
        end, yonder = _widen_end(suspect, source, stretch, ceiling)
        result.append(stretch._replace(start=start, end=end, source_start=there, source_end=yonder))
    return result


def _widen_start(
    suspect: Prepared, source: Prepared, stretch: Stretch, floor: int
) -> tuple[int, int]:
    start, there = stretch.start, stretch.source_start
    here = start - max(floor, _sentence_start(suspect, start))
    yonder = there - _sentence_start(source, there)
    for a, b in _balance(here, yonder):
        if _belongs(suspect, (start - a, start), source, (there - b, there)):
            return start - a, there - b
    return start, there


def _widen_end(
    suspect: Prepared, source: Prepared, stretch: Stretch, ceiling: int
) -> tuple[int, int]:
    end, there = stretch.end, stretch.source_end
    here = min(ceiling, _sentence_end(suspect, end)) - end
    yonder = _sentence_end(source, there) - there
    for a, b in _balance(here, yonder):
        if _belongs(suspect, (end, end + a), source, (there, there + b)):
            return end + a, there + b
    return end, there


def _balance(here: int, there: int) -> list[tuple[int, int]]:
    """How much to take along on either side: all that is left, else as much as on the shorter."""
    if abs(here - there) <= _FEW or not here or not there:
        return [(here, there)]
    return [(here, there), (min(here, there), min(here, there))]


def _belongs(
    suspect: Prepared, ours: tuple[int, int], source: Prepared, theirs: tuple[int, int]
) -> bool:
    here, there = ours[1] - ours[0], theirs[1] - theirs[0]
    if here == 0 or there == 0:
        text, last = (suspect, ours[1]) if here else (source, theirs[1])
        return 0 < here + there <= _FEW and _is_connective(text, last)
    if max(here, there) <= _FEW:
        return True
    return (
        max(here, there) <= _MORE
        and measure_likeness(suspect, ours, source, theirs) >= _LIKE_ENOUGH
    )


def _is_connective(text: Prepared, last: int) -> bool:
    """Whether a few words lead over to what follows them, set off by a comma."""
    after = int(text.words.ends[last - 1])
    return text.text[after : after + 1] == ","


def _sentence_start(text: Prepared, word: int) -> int:
    return text.boundaries.sentences.rfind(b"\1", 0, word + 1)


def _sentence_end(text: Prepared, word: int) -> int:
    return text.boundaries.sentences.find(b"\1", word)


def join_neighbours(suspect: Prepared, source: Prepared, found: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours made one: in order with little between, or clauses moved in one sentence."""
    return _merge(
        _merge(found, suspect, source, _are_neighbours), suspect, source, _is_moved_clause
    )


def _merge(
    found: Sequence[Stretch],
    suspect: Prepared,
    source: Prepared,
    belong: Callable[[Prepared, Prepared, Stretch, Stretch], bool],
) -> list[Stretch]:
    result: list[Stretch] = []
    for stretch in found:
        current = stretch
        while result and belong(suspect, source, result[-1], current):
            current = _unite(result.pop(), current)
        result.append(current)
    return result


def _are_neighbours(suspect: Prepared, _: Prepared, first: Stretch, second: Stretch) -> bool:
    """Whether little stands between two stretches, or they are clauses that changed places."""
    gap = second.start - first.end
    after = second.source_start - first.source_end
    before = first.source_start - second.source_end
    close = gap <= _CLOSE
    in_order = close and -_CLOSE <= after <= _CLOSE
    swapped = (
        close
        and -_CLOSE <= before <= _CLOSE
        and not suspect.boundaries.sentences[second.start]
        and min(first.end - first.start, second.end - second.start) <= _CLAUSE
    )
    return in_order or swapped


def _unite(first: Stretch, second: Stretch) -> Stretch:
    return Stretch(
        first.start,
        second.end,
        min(first.source_start, second.source_start),
        max(first.source_end, second.source_end),
        first.equal + second.equal,
        first.exact + second.exact,
        max(first.longest, second.longest),
    )


def _is_moved_clause(suspect: Prepared, source: Prepared, first: Stretch, second: Stretch) -> bool:
    """Whether what stands between two stretches is a clause moved to elsewhere in its sentence."""
    gap = second.start - first.end
    there = second.source_start - first.source_end
    if gap > _STRAY or not -_CLOSE <= there <= _STRAY:
        return False
    for text, start, end, other, low, high in (
        (suspect, first.end, second.start, source, first.source_end, second.source_start),
        (source, first.source_end, second.source_start, suspect, first.end, second.start),
    ):
        if end - start > _CLOSE:
            if text.boundaries.sentences[start] and text.boundaries.sentences[end]:
                return False  # whole sentences: put in, left out, or moved
            around = set(other.words.codes[max(0, low - _AROUND) : high + _AROUND].tolist())
            found = sum(code in around for code in text.words.codes[start:end].tolist())
            if found < _MOSTLY * (end - start):
                return False
    return True


def least_length(suspect: Prepared, source: Prepared, found: Sequence[Stretch]) -> float:
    """Characters from which a stretch is no longer chance: more in longer texts.

    Not where much of either text is shared anyway.
    """
    size = len(suspect.text) + len(source.text)
    grown = _LEAST + max(0.0, 20 * log2(max(size, 1) / _USUAL))
    if grown > _LEAST:
        shared = sum(size for part in found if (size := _count_letters(suspect, part)) >= _LEAST)
        if shared >= _MUCH * min(len(suspect.text), len(source.text)):
            return _LEAST
    return min(grown, _MOST)


def drop_chance(suspect: Prepared, source: Prepared, found: Sequence[Stretch]) -> list[Stretch]:
    """The stretches that are long enough, with their neighbours, not to be chance."""
    floor = least_length(suspect, source, found)
    result: list[Stretch] = []
    for group in _group(found):
        parts = [part for part in group if _is_solid(suspect, source, part)]
        while len(parts) > 1 and _is_loose_line(suspect, source, *parts[-2:]):
            parts.pop()
        if parts and _is_proven(suspect, source, parts, floor):
            result += parts
    result.sort()
    if result and found[0] is not result[0] and _is_headline(suspect, source, found[0]):
        result.insert(0, found[0])
    return result


def _is_headline(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    """Whether a stretch is the first line of both texts, word for word."""
    line = suspect.boundaries.lines[part.end] or source.boundaries.lines[part.source_end]
    first = part.start == 0 and part.source_start == 0 and bool(line)
    return first and _density(part) >= _DENSE and _count_letters(suspect, part) >= _LEAST_PART


def _is_loose_line(suspect: Prepared, source: Prepared, before: Stretch, part: Stretch) -> bool:
    """Whether the last stretch of a group is a short line by itself, apart from the others."""
    apart = (part.start > before.end) + (part.source_start > before.source_end)
    least = (0, _LEAST, _LEAST_LINE)[apart]
    return _count_letters(suspect, part) < least and _is_own_line(suspect, source, part)


def _is_proven(suspect: Prepared, source: Prepared, parts: Sequence[Stretch], least: float) -> bool:
    """Whether a group holds one stretch that is proof by itself, or two that are long enough."""
    if len(parts) == 1:
        if _is_own_line(suspect, source, parts[0]):
            least = max(least, _LEAST_LINE)
        if parts[0].longest < _TELLING_RUN:
            least = max(least, _LEAST_REWRITTEN)
    long = [part for part in parts if _count_letters(suspect, part) >= least]
    return len(long) > 1 or any(_is_proof(suspect, source, part) for part in long)


def _is_proof(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    """Whether a stretch is proof by itself: most words equal, or most letters."""
    if _density(part) >= _DENSE or part.equal >= _MANY_WORDS:
        return True
    ours, theirs = (part.start, part.end), (part.source_start, part.source_end)
    return measure_likeness(suspect, ours, source, theirs) >= _CLOSE_LETTERS


def _density(stretch: Stretch) -> float:
    return stretch.equal / max(
        stretch.end - stretch.start, stretch.source_end - stretch.source_start
    )


def _is_solid(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    size = _count_letters(suspect, part)
    if not part.exact:
        return size >= _LEAST
    whole = (
        suspect.boundaries.sentences[part.start]
        and suspect.boundaries.sentences[part.end]
        and source.boundaries.sentences[part.source_start]
        and source.boundaries.sentences[part.source_end]
    )
    return size >= (_LEAST_PART if whole else 2 * _LEAST_PART)


def _is_own_line(suspect: Prepared, source: Prepared, part: Stretch) -> bool:
    """Whether a stretch is a line by itself in both texts, as what sites put in is."""
    ours = suspect.boundaries.lines[part.start] and suspect.boundaries.lines[part.end]
    return bool(
        ours
        and source.boundaries.lines[part.source_start]
        and source.boundaries.lines[part.source_end]
    )


def _group(found: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches that follow each other at no distance in both texts, together."""
    leader = list(range(len(found)))
    for at, first in enumerate(found):
        for later in range(at + 1, len(found)):
            if found[later].start - first.end > _NEAR:
                break
            if _follows(first, found[later]):
                one, other = _find_leader(leader, at), _find_leader(leader, later)
                leader[max(one, other)] = min(one, other)
    groups: dict[int, list[Stretch]] = {}
    for at, stretch in enumerate(found):
        groups.setdefault(_find_leader(leader, at), []).append(stretch)
    return list(groups.values())


def _find_leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at


def _follows(first: Stretch, second: Stretch) -> bool:
    """Whether the second of two stretches is near after the first in the source."""
    return -_CLOSE <= second.source_start - first.source_end <= _NEAR


def _count_letters(text: Prepared, stretch: Stretch) -> int:
    """The length in characters, or what characters of a dense script are worth in letters."""
    written = text.words.ends.item(stretch.end - 1) - text.words.starts.item(stretch.start)
    return max(written, text.mass.item(stretch.end) - text.mass.item(stretch.start))
