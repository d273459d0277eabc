"""Which pieces of the page are the story.

trafilatura finds the story; each of its lines is then found again among the page's own pieces, so
that the story is kept in the page's own words and everything else keeps its place around it.
Where a page is too large for it (its time grows faster than the page), and where it fails,
a linear method of our own stands in.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from provenance.read.linear import story_run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from provenance.read.blocks import Piece

MAX_TEXT = 300_000
"""Characters of page text up to which trafilatura is asked; it takes seconds beyond."""

MAX_ELEMENTS = 20_000

_SHORT = 600
_SPACE = re.compile(r"\s+")


def story(tree: HtmlElement, pieces: list[Piece]) -> tuple[set[int], bool]:
    """The indexes of the pieces that are the story, and whether the stand-in found them."""
    own = story_run(pieces)
    size = sum(len(piece.text) for piece in pieces)
    if size > MAX_TEXT or sum(1 for _ in zip(tree.iter(), range(MAX_ELEMENTS), strict=False)) >= (
        MAX_ELEMENTS
    ):
        return own, True
    found = locate_lines(_extracted(tree, fast=True), pieces)
    if _differs(found, own, pieces):
        found = locate_lines(_extracted(tree, fast=False), pieces) or found
    return (found, False) if found else (own, True)


def _extracted(tree: HtmlElement, *, fast: bool) -> list[str]:
    """The lines of main text that trafilatura finds; none where it fails."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = bare_extraction(tree, include_comments=False, fast=fast)
    except Exception:  # hostile markup makes it raise anything; the stand-in then serves
        return []
    return (found.text or "").splitlines() if found is not None else []  # type: ignore[union-attr]


def _differs(found: set[int], own: set[int], pieces: list[Piece]) -> bool:
    """Whether a fast extraction is short, or misses much of what the cheap method finds."""

    def size(indexes: Iterable[int]) -> int:
        return sum(len(pieces[index].text) for index in indexes)

    if size(found) < _SHORT:
        return True
    return size(own - found) > 0.5 * size(own)


def locate_lines(lines: list[str], pieces: list[Piece]) -> set[int]:
    """The pieces that hold the given lines, found in page order.

    White space is left out on both sides, as extraction changes it; a line is looked for after
    the one before it first, and anywhere else only if it is not there.
    """
    starts, parts, at = [], [], 0
    for piece in pieces:
        bare = _SPACE.sub("", piece.text)
        starts.append(at)
        parts.append(bare)
        at += len(bare)
    page, covered = "".join(parts), [0] * len(pieces)
    cursor = 0
    for line in lines:
        for part in _parts(line):
            start, end = _find(page, part, cursor)
            if start < 0:
                continue
            _cover(covered, starts, start, end)
            cursor = end
    return {i for i, n in enumerate(covered) if n and n * 2 >= len(parts[i])}


def _parts(line: str) -> list[str]:
    """What to look for: a line without its list mark, or the cells of a table row."""
    cells = line.strip().strip("|").split("|") if line.startswith("|") else [line]
    bare = [_SPACE.sub("", cell) for cell in cells]
    bare = [text[1:] if text.startswith("-") and line.startswith("- ") else text for text in bare]
    return [text for text in bare if text]


def _find(page: str, part: str, cursor: int) -> tuple[int, int]:
    start = page.find(part, cursor)
    if start < 0 and len(part) >= 20:
        start = page.find(part)
    if start >= 0:
        return start, start + len(part)
    if len(part) < 80:
        return -1, -1
    # Something inside was changed: find both ends, not too far apart.
    first = page.find(part[:40], cursor)
    if first < 0:
        return -1, -1
    last = page.find(part[-40:], first)
    end = last + 40 if 0 <= last <= first + 2 * len(part) else first + 40
    return first, end


def _cover(covered: list[int], starts: list[int], start: int, end: int) -> None:
    from bisect import bisect_right

    index = bisect_right(starts, start) - 1
    while index < len(starts) and starts[index] < end:
        stop = starts[index + 1] if index + 1 < len(starts) else end
        covered[index] += max(0, min(end, stop) - max(start, starts[index]))
        index += 1
