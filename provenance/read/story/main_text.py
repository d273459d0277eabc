"""Which pieces of the page are the story.

trafilatura finds the story; each of its lines is then found again among the page's own pieces, so
that the story is kept in the page's own words and everything else keeps its place around it.
A linear method of our own (``linear``) reads the page as well. Where the two differ, trafilatura
is asked again with its fall-backs, the selection most like the others is taken, and pieces that
only one method chose are kept or dropped by what they are. Beyond the size that trafilatura can
take (its time grows faster than the page), and where it fails, our own method stands in alone.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING, cast

from provenance.read.story.align import locate_lines
from provenance.read.story.best_run import SHORT, story_run, value
from provenance.read.story.ends import bounded, prose_size
from provenance.read.story.reconcile import mended, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement
    from trafilatura.settings import Extractor

    from provenance.read.dom.blocks import CutPage, Piece

MAX_TEXT = 200_000
"""Characters of page text up to which trafilatura is asked; it takes seconds beyond."""

MAX_ELEMENTS = 10_000
MAX_DEPTH = 120

_SHORT = 600
# What never holds story: left out before extraction, which copies the tree several times.
_UNREAD = (
    "script", "style", "svg", "template", "iframe", "select", "noscript", "link", "meta", "input",
    "textarea", "video", "audio", "canvas", "object", "embed", "source", "picture", "datalist",
    "option",
)  # fmt: skip
_FRAME = ("nav", "footer", "button")
_AGREED = 0.8
_TIE = 0.05
_MANY = 6


def story(tree: HtmlElement, page: CutPage) -> tuple[set[int], bool]:
    """The indexes of the pieces that are the story, and whether our own method stood in alone.

    The tree loses its scripts, menus and controls on the way.
    """
    from lxml.etree import strip_elements

    pieces = page.pieces
    own = story_run(pieces) or _anything(pieces)
    size = sum(len(piece.text) for piece in pieces)
    if size > MAX_TEXT or page.elements > MAX_ELEMENTS or page.depth > MAX_DEPTH:
        return bounded(trimmed(own, pieces), pieces), True
    for element in page.boxes:
        if element.getparent() is not None:
            cast("HtmlElement", element).drop_tree()
    strip_elements(tree, *_UNREAD, with_tail=False)
    for element in list(tree.iter(*_FRAME)):
        # Broken markup leaves a menu or a button open around the whole story.
        if element not in page.spine and element.getparent() is not None:
            element.drop_tree()
    fast = locate_lines(_extracted(tree, fast=True), pieces)
    found = fast
    if _size(fast, pieces) < _SHORT or _likeness(fast, own, pieces) < _AGREED:
        full = locate_lines(_extracted(tree, fast=False), pieces)
        found = _most_agreed([full, fast, own], pieces)
        if _MANY * prose_size(found, pieces) < prose_size(own, pieces):
            found = own
    if not found:
        return bounded(trimmed(own, pieces), pieces), True
    return bounded(trimmed(mended(found, own, pieces), pieces), pieces), False


def _extracted(tree: HtmlElement, *, fast: bool) -> list[str]:
    """The lines of main text that trafilatura finds; none where it fails."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, options=_options(fast=fast))
    except Exception:  # hostile markup makes it raise anything; the stand-in then serves
        return []
    return (found.text or "").splitlines() if found is not None else []  # type: ignore[union-attr]


@cache
def _options(*, fast: bool) -> Extractor:
    """What is asked of trafilatura: made once, as it reads its settings file each time."""
    from trafilatura.settings import Extractor

    # It reports at length what hostile markup does to it. To set a level costs all loggers theirs.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return Extractor(output_format="python", comments=False, fast=fast)


def _anything(pieces: list[Piece]) -> set[int]:
    """Every piece of a page without prose that is not frame, links or caption."""
    return {index for index, piece in enumerate(pieces) if value(piece) >= SHORT and piece.text}


def _size(indexes: Iterable[int], pieces: list[Piece]) -> int:
    return sum(len(pieces[index].text) for index in indexes)


def _likeness(one: set[int], other: set[int], pieces: list[Piece]) -> float:
    """Dice's coefficient of two selections, by characters."""
    both = _size(one, pieces) + _size(other, pieces)
    return 2 * _size(one & other, pieces) / both if both else 1.0


def _most_agreed(selections: list[set[int]], pieces: list[Piece]) -> set[int]:
    """The selection most like the others; of equals the first."""
    votes = [
        sum(_likeness(one, other, pieces) for other in selections if other is not one)
        for one in selections
    ]
    near = max(votes) - _TIE
    return next(one for one, vote in zip(selections, votes, strict=True) if vote >= near)
