"""Lines of extracted text found again among the page's own pieces."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.read.dom.blocks import Piece


def locate_lines(lines: list[str], pieces: list[Piece]) -> set[int]:
    """The pieces that hold the given lines, found in page order.

    White space is left out on both sides, as extraction changes it; a line is looked for after
    the one before it first, and anywhere else only if it is not there.
    """
    starts, parts, at = [], [], 0
    for piece in pieces:
        bare = piece.text.replace(" ", "")
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
    bare = [_bare(cell) for cell in cells]
    bare = [text[1:] if text.startswith("-") and line.startswith("- ") else text for text in bare]
    return [text for text in bare if text]


def _bare(text: str) -> str:
    """A text without white space; most hold none but the space, the only printable one."""
    bare = text.replace(" ", "")
    return bare if bare.isprintable() else "".join(bare.split())


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
    index = bisect_right(starts, start) - 1
    while index < len(starts) and starts[index] < end:
        stop = starts[index + 1] if index + 1 < len(starts) else end
        covered[index] += max(0, min(end, stop) - max(start, starts[index]))
        index += 1
