"""The page cut into paragraph-like pieces, in page order, with their links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from provenance.read.context import BLOCKS, SEPARATE, SKIPPED, Hint, hints_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_BLOCKS = 20_000
MAX_BLOCK = 100_000


class Anchor(NamedTuple):
    """A link inside a piece: ``start`` and ``end`` index the piece's text, equal if no text."""

    href: str
    rel: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of page text, white space collapsed, before it has a place on the page."""

    text: str
    tag: str
    hints: Hint
    anchors: tuple[Anchor, ...] = ()


@dataclass(slots=True, eq=False)
class _Open:
    """An <a> whose end is still to come."""

    href: str
    rel: str
    start: int = -1


@dataclass(slots=True)
class _Cutter:
    """Gathers text until a block ends."""

    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    gap: bool = False
    term: bool = False
    tag: str = "body"
    hints: Hint = Hint.NONE
    open: list[_Open] = field(default_factory=list)
    done: list[Anchor] = field(default_factory=list)

    def add(self, text: str, tag: str, hints: Hint) -> None:
        words = text.split()
        if not words:
            self.gap = self.gap or bool(text)
            return
        if not self.length:
            self.tag, self.hints = tag, hints
        elif self.gap or text[0].isspace():
            self.parts.append(" ")
            self.length += 1
        for link in self.open:
            if link.start < 0:
                link.start = self.length
        joined = " ".join(words)
        self.parts.append(joined)
        self.length += len(joined)
        self.gap = text[-1].isspace()
        if self.length > MAX_BLOCK:
            self.flush()

    def close(self, link: _Open) -> None:
        start = self.length if link.start < 0 else link.start
        self.done.append(Anchor(link.href, link.rel, start, self.length))

    def flush(self) -> None:
        if not self.length and not self.done:
            self.gap = self.term = False
            return
        for link in self.open:
            if link.start >= 0:
                self.close(link)
            link.start = -1
        self.pieces.append(
            Piece(
                text="".join(self.parts), tag=self.tag, hints=self.hints, anchors=tuple(self.done)
            )
        )
        self.parts, self.done = [], []
        self.length, self.gap, self.term = 0, False, False


def cut(tree: _Element) -> tuple[list[Piece], bool]:
    """The pieces of a page and whether it had more than MAX_BLOCKS of them.

    The walk keeps its own stack, so that depth costs memory and never the interpreter's stack.
    A piece without text holds links that show none (an image, an icon).
    """
    cutter = _Cutter()
    body = tree.find("body")
    root = tree if body is None else body
    stack: list[tuple[_Element, str, Hint, Iterator[_Element], _Open | None]] = []
    _enter(cutter, stack, root, Hint.NONE, "")
    while stack and len(cutter.pieces) < MAX_BLOCKS:
        element, tag, hints, children, link = stack[-1]
        child = next(children, None)
        if child is not None:
            _enter(cutter, stack, child, hints, tag)
            continue
        stack.pop()
        _leave(cutter, tag, link)
        if stack and element.tail:
            cutter.add(element.tail, stack[-1][1], stack[-1][2])
    cutter.flush()
    return cutter.pieces, bool(stack)


def _enter(
    cutter: _Cutter,
    stack: list[tuple[_Element, str, Hint, Iterator[_Element], _Open | None]],
    element: _Element,
    inherited: Hint,
    parent: str,
) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in SKIPPED:
        # The tail of a comment or a script still belongs to the text around it.
        if element.tail:
            cutter.add(element.tail, parent, inherited)
        return
    if tag in {"br", "hr"}:
        cutter.flush()
        if element.tail:
            cutter.add(element.tail, parent, inherited)
        return
    link = None
    if tag in BLOCKS:
        if tag == "dd" and cutter.term:
            # A term and what it says of it are one statement: "Source:" and a name.
            cutter.gap = True
        else:
            cutter.flush()
    elif tag in SEPARATE:
        before = element.getprevious()
        if before is not None and not before.tail and before.tag in SEPARATE:
            cutter.gap = True
    hints = inherited | hints_of(element, tag)
    if tag == "a" and (href := element.get("href")):
        link = _Open(href, element.get("rel") or "")
        cutter.open.append(link)
    stack.append((element, tag, hints, iter(element), link))
    if element.text:
        cutter.add(element.text, tag, hints)


def _leave(cutter: _Cutter, tag: str, link: _Open | None) -> None:
    if link is not None:
        cutter.open.remove(link)
        cutter.close(link)
    if tag == "dt":
        cutter.term = True
    elif tag in BLOCKS:
        cutter.flush()
