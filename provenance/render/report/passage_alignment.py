"""The two sides of a passage: cut at the same places, and word against word.

Words are told apart as they are for the measure, so that what is marked as the same is what was
counted as the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import Span
from provenance.text.runs import common_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provenance.model import Passage

Words = tuple[tuple[str, bool], ...]

_PARAGRAPH = re.compile(r"[^\S\n]{0,20}\n\s*")
_FAR = 40  # words that the place of a paragraph's end may have drifted since the one before
_AFTER, _BEFORE, _ENOUGH = 5, 2, 4  # words compared at a cut, and how many must agree
_LONGEST = 4000  # words of a piece beyond which its words are not told apart


@dataclass(frozen=True, slots=True)
class _Side:
    """One text with its words: where they start and end, and what they are equal by."""

    text: str
    starts: list[int]
    ends: list[int]
    codes: list[int]

    def within(self, span: Span) -> tuple[int, int]:
        """The first and past-the-last word that begin inside a span."""
        return bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)


def _side(text: str) -> _Side:
    from provenance.text.words import words

    made = words(text)
    return _Side(text, made.starts.tolist(), made.ends.tolist(), made.codes.tolist())


class Twins:
    """Two texts, word by word."""

    def __init__(self, suspect: str, source: str) -> None:
        self._ours = _side(suspect)
        self._theirs = _side(source)

    def paragraphs(self, passage: Passage) -> tuple[tuple[Span, Span], ...]:
        """The passage cut where the suspect begins a paragraph, on both sides.

        A paragraph whose beginning is not found again near where it should be stays joined to
        the one before. White space at the cuts is left out.
        """
        start, end = passage.suspect.start, passage.suspect.end
        at, stop = self._ours.within(passage.suspect)
        last, limit = self._theirs.within(passage.source)
        drift = last - at
        cuts: list[tuple[Span, int]] = []
        for found in _PARAGRAPH.finditer(self._ours.text, start, end):
            at = bisect_left(self._ours.starts, found.end(), at, stop)
            there = self._found_again(at, stop, range(last + 1, limit), drift)
            if there is not None:
                last, drift = there, there - at
                begin = _word_start(self._theirs, there, passage.source.start)
                cuts.append((Span(start=found.start(), end=found.end()), begin))
        return tuple(_parts(self._theirs.text, passage, cuts))

    def _found_again(self, at: int, stop: int, room: range, drift: int) -> int | None:
        """Where the words around ``at`` stand on the other side, nearest to where they should."""
        ours, theirs = self._ours.codes, self._theirs.codes
        best, place = _ENOUGH - 1, None
        for step in sorted(range(-_FAR, _FAR + 1), key=abs):
            there = at + drift + step
            if at >= stop or there not in room or ours[at] != theirs[there]:
                continue
            agree = sum(
                there + k in room and at + k < stop and ours[at + k] == theirs[there + k]
                for k in range(-min(_BEFORE, at), _AFTER)
            )
            if agree > best:
                best, place = agree, there
        return place

    def kept(self, one: Span, other: Span) -> tuple[Words, Words]:
        """Both pieces as runs of (text, whether the same words stand in the other, in order).

        Empty where there is nothing to tell apart, or too much.
        """
        ours, theirs = self._ours.within(one), self._theirs.within(other)
        keys = self._ours.codes[slice(*ours)], self._theirs.codes[slice(*theirs)]
        if not all(keys) or keys[0] == keys[1] or max(map(len, keys)) > _LONGEST:
            return (), ()
        runs = common_runs(*keys)
        return (
            tuple(_told(self._ours, one, [(ours[0] + a, size) for a, _, size in runs])),
            tuple(_told(self._theirs, other, [(theirs[0] + b, size) for _, b, size in runs])),
        )


def _word_start(side: _Side, word: int, floor: int) -> int:
    """Where a word begins together with the quotation mark or bracket before it."""
    at = side.starts[word]
    while at > floor and not side.text[at - 1].isspace():
        at -= 1
    return at


def _parts(
    source: str, passage: Passage, cuts: Iterable[tuple[Span, int]]
) -> Iterator[tuple[Span, Span]]:
    here, there = passage.suspect.start, passage.source.start
    for gap, start in cuts:
        end = there + len(source[there:start].rstrip())
        yield Span(start=here, end=gap.start), Span(start=there, end=end)
        here, there = gap.end, start
    yield (
        Span(start=here, end=passage.suspect.end),
        Span(start=there, end=passage.source.end),
    )


def _told(side: _Side, span: Span, same: Sequence[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    at = span.start
    for first, size in same:
        start, end = max(side.starts[first], at), min(side.ends[first + size - 1], span.end)
        if start > at:
            yield side.text[at:start], False
        if end > start:
            yield side.text[start:end], True
        at = max(at, end)
    if at < span.end:
        yield side.text[at : span.end], False
