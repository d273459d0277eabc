"""The two sides of one passage: cut at the same places, and word against word."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from provenance.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provenance.model import Passage

Words = tuple[tuple[str, bool], ...]

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_PARAGRAPH = re.compile(r"\s*\n\s*")
_LONGEST_DIFF = 400
_FAR = 40  # words that the place of a paragraph's end may have drifted since the one before
_AFTER, _BEFORE, _ENOUGH = 5, 2, 4  # words compared at a cut, and how many must agree


def paragraphs_aligned(
    suspect: str, source: str, passage: Passage
) -> tuple[tuple[Span, Span], ...]:
    """The passage cut where the suspect begins a paragraph, wherever that place is found in both.

    A paragraph whose beginning is not found again near where it should be stays joined to the one
    before. White space at the cuts is left out.
    """
    one = list(_WORD.finditer(suspect, passage.suspect.start, passage.suspect.end))
    other = list(_WORD.finditer(source, passage.source.start, passage.source.end))
    ours, theirs = _keys(one), _keys(other)
    cuts: list[tuple[Span, int]] = []
    at, drift, last = 0, 0, 0
    for found in _PARAGRAPH.finditer(suspect, passage.suspect.start, passage.suspect.end):
        at = next((n for n in range(at, len(one)) if one[n].start() >= found.end()), len(one))
        there = _found_again(ours, theirs, at, drift)
        if there is not None and there > last:
            last, drift = there, there - at
            start = _word_start(source, other[there].start(), passage.source.start)
            cuts.append((Span(start=found.start(), end=found.end()), start))
    return tuple(_parts(source, passage, cuts))


def _keys(words: Iterable[re.Match[str]]) -> list[str]:
    """What two words must share to be the same: letters, but not their case or apostrophes."""
    return [word.group().casefold().replace("’", "'") for word in words]


def _found_again(ours: Sequence[str], theirs: Sequence[str], at: int, drift: int) -> int | None:
    """Where the words around ``at`` stand on the other side, nearest to where they should."""
    best, place = _ENOUGH - 1, None
    for step in sorted(range(-_FAR, _FAR + 1), key=abs):
        there = at + drift + step
        if not 0 < there < len(theirs) or at >= len(ours) or ours[at] != theirs[there]:
            continue
        agree = sum(
            0 <= at + k < len(ours)
            and 0 <= there + k < len(theirs)
            and ours[at + k] == theirs[there + k]
            for k in range(-_BEFORE, _AFTER)
        )
        if agree > best:
            best, place = agree, there
    return place


def _word_start(text: str, at: int, floor: int) -> int:
    """Where a word begins together with the quotation mark or bracket before it."""
    while at > floor and not text[at - 1].isspace():
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


def kept_words(ours: str, theirs: str) -> tuple[Words, Words]:
    """Both texts as runs of (text, whether the same words stand on the other side, in order).

    Empty where there is nothing to tell apart, or too much.
    """
    one, other = list(_WORD.finditer(ours)), list(_WORD.finditer(theirs))
    if not one or not other or max(len(one), len(other)) > _LONGEST_DIFF:
        return (), ()
    keys, others = _keys(one), _keys(other)
    if keys == others:
        return (), ()
    matcher = difflib.SequenceMatcher(None, keys, others, autojunk=False)
    equal = [block for block in matcher.get_matching_blocks() if block.size]
    return (
        tuple(_runs(ours, one, [(block.a, block.size) for block in equal])),
        tuple(_runs(theirs, other, [(block.b, block.size) for block in equal])),
    )


def _runs(
    text: str, words: Sequence[re.Match[str]], equal: Iterable[tuple[int, int]]
) -> Iterator[tuple[str, bool]]:
    at = 0
    for first, size in equal:
        start, end = words[first].start(), words[first + size - 1].end()
        if start > at:
            yield text[at:start], False
        yield text[start:end], True
        at = end
    if at < len(text):
        yield text[at:], False
