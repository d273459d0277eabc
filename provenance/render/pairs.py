"""Two texts row by row: what stands in both is numbered and side by side, the rest around it.

Rows follow the suspect's paragraphs. Passages that keep the source's order form the spine along
which the source's text is told once; a passage from elsewhere in the source is shown beside its
twin, and marked again where it really stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from provenance.model import PassageKind, Span
from provenance.render.report.passage_alignment import Twins

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provenance.model import Passage, Reuse

_BREAK = re.compile(r"[^\S\n]{0,20}\n\s*")
_MANY = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSegment:
    """A stretch of one text. ``number`` is that of its passage, 0 for text found on one side only.

    ``left_out`` marks what was not compared, ``echo`` the true place of a passage shown elsewhere,
    ``opens`` and ``closes`` the first and the last piece of its passage, ``block`` a paragraph by
    itself. ``words`` splits a piece whose twin differs into (text, whether the same words stand
    there).
    """

    text: str
    number: int = 0
    passage: Passage | None = None
    left_out: bool = False
    echo: bool = False
    opens: bool = False
    closes: bool = False
    block: bool = False
    words: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """One paragraph of the suspect beside its counterpart; either side may be empty."""

    left: tuple[PairSegment, ...]
    right: tuple[PairSegment, ...]
    moved: bool = False

    @property
    def numbers(self) -> tuple[int, ...]:
        """The passages in this row."""
        return tuple(piece.number for piece in self.left if piece.number)


def rows(suspect: str, source: str, reuse: Reuse) -> tuple[PairRow, ...]:
    """Both texts whole, in rows; spans of ``reuse`` index the texts as given."""
    return tuple(_Weaver(suspect, source, reuse).rows())


def spine(passages: Sequence[Passage]) -> frozenset[int]:
    """The indexes of the heaviest run of passages that keep the source's order."""
    if len(passages) > _MANY:
        return _longest_run(passages)
    best: list[float] = []
    previous: list[int] = []
    for here, passage in enumerate(passages):
        weight = (passage.source.end - passage.source.start) + 0.0
        if passage.kind is PassageKind.MOVED:
            weight *= 0.01
        before = [
            there for there in range(here) if passages[there].source.end <= passage.source.start
        ]
        last = max(before, key=lambda there: best[there], default=-1)
        best.append(weight + (best[last] if last >= 0 else 0.0))
        previous.append(last)
    chosen: set[int] = set()
    at = max(range(len(best)), key=lambda index: best[index], default=-1)
    while at >= 0:
        chosen.add(at)
        at = previous[at]
    return frozenset(chosen)


def _longest_run(passages: Sequence[Passage]) -> frozenset[int]:
    """As ``spine`` for very many passages: the longest run by patience sorting, n log n."""
    ends: list[int] = []
    tops: list[int] = []
    previous: dict[int, int] = {}
    for here, passage in enumerate(passages):
        pile = bisect_left(ends, passage.source.start + 1)
        previous[here] = tops[pile - 1] if pile else -1
        if pile == len(ends):
            ends.append(passage.source.end)
            tops.append(here)
        elif passage.source.end < ends[pile]:
            ends[pile], tops[pile] = passage.source.end, here
    chosen: set[int] = set()
    at = tops[-1] if tops else -1
    while at >= 0:
        chosen.add(at)
        at = previous[at]
    return frozenset(chosen)


class _Weaver:
    """Walks both texts once and closes a row at each paragraph end of the suspect."""

    def __init__(self, suspect: str, source: str, reuse: Reuse) -> None:
        self._suspect = suspect
        self._source = source
        self._passages = reuse.passages
        self._excluded = reuse.excluded
        self._spine = spine(reuse.passages)
        self._left: list[PairSegment] = []
        self._right: list[PairSegment] = []
        self._done: list[PairRow] = []

    @cached_property
    def _twins(self) -> Twins:
        """Made on first use: texts without a passage need no words."""
        return Twins(self._suspect, self._source)

    def rows(self) -> list[PairRow]:
        here = there = 0
        for index, passage in enumerate(self._passages):
            gap = Span(start=here, end=passage.suspect.start)
            if index in self._spine:
                self._gap(gap, Span(start=there, end=passage.source.start))
                self._pair(index + 1, passage)
                there = passage.source.end
            else:
                self._gap(gap, Span(start=there, end=there))
                self._aside(index + 1, passage)
            here = passage.suspect.end
        self._gap(
            Span(start=here, end=len(self._suspect)), Span(start=there, end=len(self._source))
        )
        self._close()
        return self._done

    def _close(self, *, moved: bool = False) -> None:
        if self._left or self._right:
            row = PairRow(left=tuple(self._left), right=tuple(self._right), moved=moved)
            self._done.append(row)
            self._left, self._right = [], []

    def _gap(self, left: Span, right: Span) -> None:
        """Text between two passages: what ends the row, rows of its own, what opens the next."""
        ours = _paragraphs(self._suspect, left)
        theirs = _paragraphs(self._source, right)
        if len(ours) == 1:
            self._left += self._unmatched(ours[0])
            self._right += [piece for part in theirs for piece in self._elsewhere(part)]
            return
        self._left += self._unmatched(ours[0])
        self._right += self._elsewhere(theirs[0])
        self._close()
        for part in ours[1:-1]:
            self._left += [replace(piece, block=True) for piece in self._unmatched(part)]
        for part in theirs[1:-1]:
            self._right += [replace(piece, block=True) for piece in self._elsewhere(part)]
        self._close()
        self._left += self._unmatched(ours[-1])
        if len(theirs) > 1:
            self._right += self._elsewhere(theirs[-1])

    def _pair(self, number: int, passage: Passage) -> None:
        """A passage on the spine, cut at the suspect's paragraphs on both sides."""
        for index, (one, other) in enumerate(self._twins.paragraphs(passage)):
            if index:
                self._close()
            self._match(number, passage, one, other)

    def _aside(self, number: int, passage: Passage) -> None:
        """A passage from elsewhere in the source: a row of its own beside its twin."""
        self._close()
        self._match(number, passage, passage.suspect, passage.source)
        self._close(moved=True)

    def _match(self, number: int, passage: Passage, one: Span, other: Span) -> None:
        ours = self._suspect[one.start : one.end]
        theirs = self._source[other.start : other.end]
        ends = {
            "opens": one.start == passage.suspect.start,
            "closes": one.end == passage.suspect.end,
        }
        kept = self._twins.kept(one, other)
        for side, text, words in ((self._left, ours, kept[0]), (self._right, theirs, kept[1])):
            piece = PairSegment(text=text, number=number, passage=passage, words=words, **ends)
            side.append(piece)

    def _unmatched(self, span: Span) -> Iterator[PairSegment]:
        """Text of the suspect alone; what was not compared is marked."""
        inside = [part for part in self._excluded if _overlap(part, span)]
        for part, found in _cut(span, inside):
            text = self._suspect[part.start : part.end]
            if text.strip():
                yield PairSegment(text=text, left_out=found is not None)

    def _elsewhere(self, span: Span) -> Iterator[PairSegment]:
        """Text of the source alone; passages whose row stands elsewhere are marked."""
        aside = [
            (index, passage)
            for index, passage in enumerate(self._passages)
            if index not in self._spine and _overlap(passage.source, span)
        ]
        for part, found in _cut(span, [passage.source for _, passage in aside]):
            text = self._source[part.start : part.end]
            if not text.strip():
                continue
            if found is None:
                yield PairSegment(text=text)
            else:
                index, passage = aside[found]
                yield PairSegment(text=text, number=index + 1, passage=passage, echo=True)


def _paragraphs(text: str, span: Span) -> list[Span]:
    """The span cut at line ends; at least one part, parts may be empty at the edges."""
    parts, at = [], span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        parts.append(Span(start=at, end=found.start()))
        at = found.end()
    parts.append(Span(start=at, end=span.end))
    return parts


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _cut(span: Span, inside: Iterable[Span]) -> Iterator[tuple[Span, int | None]]:
    """The span in parts, each with the index of the inner span that covers it, or None."""
    at = span.start
    for index, part in sorted(enumerate(inside), key=lambda pair: pair[1].start):
        start, end = max(part.start, at), min(part.end, span.end)
        if start >= end:
            continue
        if at < start:
            yield Span(start=at, end=start), None
        yield Span(start=start, end=end), index
        at = end
    if at < span.end:
        yield Span(start=at, end=span.end), None
