"""An alignment in figures: how much of each text stands in the other, and how."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from provenance.compare.align import Alignment, align
from provenance.compare.prepared import Prepared, prepare
from provenance.compare.ranges import count_covered
from provenance.model import Passage, PassageKind, Reuse, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.compare.chains import Stretch

# Share of equal words below which a passage counts as rewritten.
_VERBATIM = 0.8
_OPENERS = "\"'“‘„«‹(["
_CLOSERS = ".!?…\"'”’»›)]。」』！？"


def compare_texts(suspect: str, source: str) -> Reuse:
    """How much of ``suspect`` stands in ``source``, and where; spans index the texts as given."""
    return compare_prepared(prepare(suspect), prepare(source))


def compare_prepared(suspect: Prepared, source: Prepared) -> Reuse:
    """As ``compare_texts``, of texts made ready by ``prepare``: each can be used many times."""
    found = align(suspect, source)
    here, there = count_covered(found.ours), count_covered(found.theirs)
    spoken = count_covered((part.start, part.end) for part in found.spoken)
    spoken_there = count_covered((part.source_start, part.source_end) for part in found.spoken)
    equal = min(here, sum(part.equal for part in found.parts))
    size, size_there = len(suspect.words), len(source.words)
    moved = _find_moved(found.parts)
    return Reuse(
        suspect_containment=_share(here, size),
        source_containment=_share(there, size_there),
        resemblance=_share(2 * min(here, there), size + size_there),
        unquoted_containment=_share(here - spoken, size - spoken),
        unquoted_source_containment=_share(there - spoken_there, size_there - spoken_there),
        verbatim=_share(equal, size),
        rewritten=_share(here - equal, size),
        longest=max((part.longest for part in found.parts), default=0),
        runs=len(found.parts),
        in_order=not moved,
        suspect_words=size,
        source_words=size_there,
        score=found.score,
        likeness=found.likeness,
        passages=tuple(_make_passages(suspect, source, found, moved)),
    )


def _share(part: int, whole: int) -> float:
    return min(1.0, max(0.0, part / whole)) if whole > 0 else 0.0


def _find_moved(parts: Sequence[Stretch]) -> set[Stretch]:
    """The passages that do not keep the source's order: all but the heaviest rising sequence."""
    # Where in the source the sequences found so far end, rising, with their words, rising too.
    ends: list[int] = []
    heaviest: list[tuple[int, int]] = []
    before: list[int] = []
    for index, part in enumerate(parts):
        at = bisect_right(ends, part.source_start)
        weight, previous = heaviest[at - 1] if at else (0, -1)
        before.append(previous)
        weight += part.end - part.start
        upto = at
        while upto < len(heaviest) and heaviest[upto][0] <= weight:
            upto += 1
        ends[at:upto] = [part.source_start]
        heaviest[at:upto] = [(weight, index)]
    kept: set[int] = set()
    index = heaviest[-1][1] if heaviest else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return {part for index, part in enumerate(parts) if index not in kept}


def _make_passages(
    suspect: Prepared, source: Prepared, found: Alignment, moved: set[Stretch]
) -> Iterable[Passage]:
    floor = 0
    for at, part in enumerate(found.parts):
        following = found.parts[at + 1].start if at + 1 < len(found.parts) else None
        ceiling = len(suspect.text) if following is None else suspect.words.starts.item(following)
        ours = _find_span(suspect, part.start, part.end, (floor, ceiling))
        theirs = _find_span(source, part.source_start, part.source_end, (0, len(source.text)))
        floor = ours.end
        similarity = part.equal / max(part.end - part.start, part.source_end - part.source_start)
        yield Passage(
            suspect=ours,
            source=theirs,
            kind=PassageKind.MOVED
            if part in moved
            else PassageKind.VERBATIM
            if similarity >= _VERBATIM
            else PassageKind.REWRITTEN,
            similarity=min(1.0, similarity),
            quoted=part in found.spoken,
        )


def _find_span(text: Prepared, first: int, last: int, room: tuple[int, int]) -> Span:
    """Where words stand, with the marks that open and close them."""
    start, end = text.words.starts.item(first), text.words.ends.item(last - 1)
    while start > room[0] and text.text[start - 1] in _OPENERS:
        start -= 1
    while end < room[1] and text.text[end] in _CLOSERS:
        end += 1
    return Span(start=start, end=end)


def match(suspect: str, source: str) -> dict[str, object]:
    """The pair score and the copied spans ``[s0, s1, t0, t1]``, quotations left out."""
    found = describe(compare_texts(suspect, source))
    return {"score": found["score"], "spans": found["spans"]}


def describe(reuse: Reuse) -> dict[str, object]:
    """What was measured in few words: the pair score, its kind, the copied spans.

    Spans are ``[s0, s1, t0, t1]``, quotations left out. The kind is that of the pair of texts, or
    "unknown" with the reason as "why" where they could not be compared.
    """
    spans = [
        [p.suspect.start, p.suspect.end, p.source.start, p.source.end]
        for p in reuse.passages
        if not p.quoted
    ]
    if reuse.incomparable is not None:
        why = reuse.incomparable.value
        return {"score": reuse.score, "kind": "unknown", "why": why, "spans": spans}
    return {"score": reuse.score, "kind": reuse.likeness.value, "spans": spans}
