"""A text cut into its sentences, in any script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(
    "(?:[!?…؟۔।]|(?<!\\s\\d)(?<!\\s\\d\\d)\\.)[.!?…]*[\"'”’»)\\]]*(?=\\s)"  # not after "on the 14."
    "|[。！？]+[」』”’）)]*"  # stops of scripts without spaces
    "|\n+"
)
# One character of a dense script says as much as two letters.
_DENSE = re.compile("[぀-ヿ㐀-鿿豈-﫿가-힣]")
# Letters from which a piece stands alone, so that "Mr." ends none; letters of the longest piece.
_LEAST, _MOST = 30, 450
_CUT = 300
_PAUSES = " ,،、，；;"


def sentences(text: str, most: int) -> Iterator[Span]:
    """The first ``most`` sentences of a text, in order, without the space around them.

    A piece too short to stand alone is joined to the next of its line, an endless one is cut.
    """
    start = found = 0
    for end in _ends(text):
        last = end == len(text) or text[end - 1] == "\n"
        if end <= start or (not last and count_letters(text[start:end].strip()) < _LEAST):
            continue
        for piece in _cut(text, *_trim(text, start, end)):
            if found == most:
                return
            found += 1
            yield piece
        start = end


def count_letters(text: str) -> int:
    """The length of a text, characters of dense scripts counted twice."""
    return len(text) + len(_DENSE.findall(text))


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        yield found.end()
    yield len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, in several pieces where it is too long: at pauses, or anywhere."""
    while (letters := count_letters(text[start:end])) > _MOST:
        most = start + max(1, _CUT * (end - start) // letters)
        pause = max(text.rfind(mark, start + 10, most) for mark in _PAUSES) + 1
        at = pause or most
        yield Span(start=start, end=at)
        start = _trim(text, at, end)[0]
    if start < end:
        yield Span(start=start, end=end)
