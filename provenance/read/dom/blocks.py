"""The page cut into paragraph-like pieces, in page order, with their links."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, cast

from provenance.read.dom.context import (
    APART,
    BLOCKS,
    BREAKS,
    BY_TAG,
    NOT_OF_SPINE,
    OUTSIDE,
    SEPARATE,
    STOPPED,
    Hint,
    hints_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BLOCKS = 20_000
MAX_BLOCK = 100_000
_PARAGRAPH = 40
_PROSE = 120
_SHORT_NOTE = f"the page is very long: only its first {MAX_BLOCKS:,} paragraphs and lines were read"
_MAX_NAME = 120
_BYLINE = 300
_PICTURES = ("img", "amp-img", "picture", "figure", "video")
_NEIGHBOURS = 2
_IN_QUESTION = OUTSIDE | NOT_OF_SPINE


class Anchor(NamedTuple):
    """A link inside a piece: ``start`` and ``end`` index the piece's text, equal if no text."""

    href: str
    rel: str
    start: int
    end: int


class Piece(NamedTuple):
    """One piece of page text, white space collapsed, before it has a place on the page.

    ``home`` stands for the tag and class of the block that holds the piece's own block, and of the
    block around that: the paragraphs of one column share it, even where boxes cut it in parts.
    """

    text: str
    hints: int
    home: tuple[str, str] = ("", "")
    anchors: tuple[Anchor, ...] = ()
    borders: tuple[int, ...] = ()


@dataclass(slots=True, eq=False)
class _Open:
    """An <a> whose end is still to come."""

    href: str
    rel: str
    start: int = -1
    shown: bool = False


# An element being walked: its tag, what its text inherits, the names of its block and of the
# block's home, its link. A plain tuple: a page has thousands.
_Frame = tuple[str, int, tuple[str, str], tuple[str, str], _Open | None]
_OUTERMOST: _Frame = ("body", Hint.NONE, ("", ""), ("", ""), None)


@dataclass(slots=True)
class _Cutter:
    """Gathers text until a block ends; ``names`` are the class attributes met on the way.

    ``gap`` tells that white space came since the last word; ``apart`` that an element has just
    ended which stands apart on the screen from the next.
    """

    spine: frozenset[_Element]
    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    gap: bool = False
    apart: bool = False
    term: bool = False
    frame: _Frame = _OUTERMOST
    open: list[_Open] = field(default_factory=list)
    done: list[Anchor] = field(default_factory=list)
    borders: list[int] = field(default_factory=list)
    stack: list[_Frame] = field(default_factory=lambda: [_OUTERMOST])
    names: set[str] = field(default_factory=set)
    box: tuple[_Element, int] | None = None
    boxes: list[_Element] = field(default_factory=list)

    def add(self, text: str, frame: _Frame) -> None:
        if text.isspace():
            self.gap = True
            return
        if not self.length:
            self.frame = frame
        elif self.gap or text[0].isspace():
            self.parts.append(" ")
            self.length += 1
        for link in self.open:
            if link.start < 0:
                link.start = self.length
        joined = " ".join(text.split())
        self.parts.append(joined)
        self.length += len(joined)
        self.gap = text[-1].isspace()
        if self.length > MAX_BLOCK:
            self.flush()

    def close(self, link: _Open) -> None:
        if link.start < 0 and link.shown:
            return
        start = self.length if link.start < 0 else link.start
        link.shown = True
        self.done.append(Anchor(link.href, link.rel, start, self.length))

    def flush(self) -> None:
        if self.length or self.done:
            self._end_piece()
        if self.borders:
            self.borders = []
        self.gap = self.term = False

    def _end_piece(self) -> None:
        for link in self.open:
            if link.start >= 0:
                self.close(link)
            link.start = -1
        _, hints, _, home, _ = self.frame
        self.pieces.append(
            Piece(
                text="".join(self.parts),
                hints=hints,
                home=home,
                anchors=tuple(self.done),
                borders=tuple(self.borders),
            )
        )
        self.parts, self.done, self.length = [], [], 0

    def enter(self, element: _Element, tag: str) -> None:
        _, hints, block, home, _ = self.stack[-1]
        attributes = cast("list[tuple[str, str]]", element.items())
        if own := hints_of(tag, attributes) if attributes else BY_TAG.get(tag, Hint.NONE):
            hints |= self._judged(element, own) if own & _IN_QUESTION else own
        link = None
        if tag in BLOCKS:
            if tag == "dd" and self.term:
                # A term and what it says of it are one statement: "Source:" and a name.
                self.gap = True
            else:
                self.flush()
            name = (element.get("class") or "") if attributes else ""
            self.names.add(name)
            block, home = (f"{tag}.{name[:_MAX_NAME]}", block[0]), block
        elif tag in SEPARATE:
            self.gap = self.gap or self.apart
            if hints & Hint.BYLINE and self.length < _BYLINE:
                self.borders.append(self.length)
            if tag == "a" and (href := element.get("href")):
                link = _Open(href, element.get("rel") or "")
                self.open.append(link)
        frame = (tag, hints, block, home, link)
        self.stack.append(frame)
        self.apart = False
        if text := element.text:
            self.add(text, frame)

    def leave(self, element: _Element) -> None:
        tag, hints, _, _, link = self.stack.pop()
        if self.box is not None and self.box[0] is element:
            self._unbox(element, self.box[1])
        if link is not None:
            self.open.remove(link)
            self.close(link)
        if hints & Hint.BYLINE and tag in SEPARATE and self.length < _BYLINE:
            self.borders.append(self.length)
        if tag == "dt":
            self.term = True
        elif tag in BLOCKS:
            self.flush()
        self._follow(element.tail, tag)

    def _follow(self, tail: str | None, tag: object) -> None:
        """Adds what stands behind an element, which belongs to the text around it."""
        self.apart = not tail and tag in APART
        if tail and len(self.stack) > 1:
            self.add(tail, self.stack[-1])

    def _judged(self, element: _Element, own: int) -> int:
        """An element's own hints, of which one around the story loses some; it may open a box."""
        if own & NOT_OF_SPINE and element in self.spine:
            own &= ~NOT_OF_SPINE
        if own & Hint.CREDIT and _beside_picture(element):
            own |= Hint.CAPTION
        if own & OUTSIDE and self.box is None:
            self.box = (element, len(self.pieces))
        return own

    def _unbox(self, element: _Element, first: int) -> None:
        """Ends a box; one without a paragraph is kept, to be left out of the search for story."""
        self.flush()
        if not any(len(piece.text) >= _PROSE for piece in self.pieces[first:]):
            self.boxes.append(element)
        self.box = None

    def skip(self, element: _Element, tag: object) -> None:
        if tag in BREAKS:
            self.flush()
        self._follow(element.tail, tag)


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPage:
    """A page in pieces, and what the walk saw: elements, depth, class names, the ``spine``.

    ``boxes`` are elements outside the article (menus, comments, teasers) without a paragraph;
    ``notes`` tell if the page had more than MAX_BLOCKS pieces and was left there.
    """

    pieces: list[Piece]
    elements: int
    depth: int
    names: frozenset[str]
    spine: frozenset[_Element]
    boxes: list[_Element]
    notes: tuple[str, ...] = ()


def cut(tree: _Element) -> CutPage:
    """The pieces of a page, in order.

    The walk is flat, so that depth costs memory and never the interpreter's stack. A piece without
    text holds links that show none (an image, an icon).
    """
    from lxml.etree import iterwalk

    body = tree.find("body")
    root = tree if body is None else body
    cutter = _Cutter(spine=spine(root))
    pieces, stack = cutter.pieces, cutter.stack
    walk = iterwalk(root, events=("start", "end"))
    elements, depth, skipped = 0, 0, None
    for event, element in walk:
        if event == "end":
            if element is skipped:
                skipped = None
            else:
                cutter.leave(element)
            continue
        elements += 1
        tag = element.tag
        if tag in STOPPED or not isinstance(tag, str):
            walk.skip_subtree()
            skipped = element
            cutter.skip(element, tag)
        else:
            cutter.enter(element, tag)
            depth = max(depth, len(stack))
        if len(pieces) >= MAX_BLOCKS:
            break
    cutter.flush()
    return CutPage(
        pieces=cutter.pieces,
        elements=elements,
        depth=depth,
        names=frozenset(cutter.names),
        spine=cutter.spine,
        boxes=cutter.boxes,
        notes=(_SHORT_NOTE,) if len(cutter.pieces) >= MAX_BLOCKS else (),
    )


def _beside_picture(element: _Element) -> bool:
    """Whether an element, or its parent, follows a picture, so that it credits that."""
    parent = element.getparent()
    for node in (element,) if parent is None else (element, parent):
        for before in islice(node.itersiblings(preceding=True), _NEIGHBOURS):
            if before.tag in _PICTURES or (
                next(before.iter(*_PICTURES), None) is not None
                and next(before.iter("p"), None) is None
            ):
                return True
    return False


def spine(root: _Element) -> frozenset[_Element]:
    """The element with the most paragraph text and all its ancestors.

    A page's frame often has a class such as "page-with-sidebar" or "modal-open"; what holds the
    story is not outside it, whatever its class says. Paragraphs count for their parent and half
    for its parent (Readability's first step).
    """
    scores: dict[_Element, int] = {}
    for paragraph in root.iter("p"):
        size = len(paragraph.text or "") + sum(len(child.tail or "") for child in paragraph)
        parent = paragraph.getparent()
        if size >= _PARAGRAPH and parent is not None:
            scores[parent] = scores.get(parent, 0) + 2 * size
            if (above := parent.getparent()) is not None:
                scores[above] = scores.get(above, 0) + size
    if not scores:
        return frozenset()
    best = max(scores, key=lambda element: scores[element])
    return frozenset([best, *best.iterancestors()])
