"""Pieces laid out as the four stored strings of a Document, with blocks and links that index them.

HEAD holds what precedes the story, TEXT the story, TAIL what follows it inside the page's own
column, the site's footer last. ASIDE holds what is not part of the column: captions, related and
newsletter boxes, comments, hidden text, and what stands between two paragraphs of the story.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import Block, BlockKind, Link, Place, Span
from provenance.read.dom.context import OUTSIDE, Hint
from provenance.read.dom.lines import is_caption, is_source_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.read.dom.blocks import Piece

SEPARATOR = "\n\n"
_STORED = (Place.HEAD, Place.TEXT, Place.TAIL, Place.ASIDE)
_LINE = 200
_CAPTION = 600
_KINDS = (
    (Hint.FOOTER, BlockKind.FOOTER),
    (Hint.HEADING, BlockKind.HEADING),
    (Hint.QUOTE, BlockKind.QUOTE),
    (Hint.LIST, BlockKind.LIST),
    (Hint.TABLE, BlockKind.TABLE),
)
_OF_KIND = Hint.FOOTER | Hint.HEADING | Hint.QUOTE | Hint.LIST | Hint.TABLE
_BESIDE = {BlockKind.CAPTION, BlockKind.OTHER}
_OF_OTHERS = Hint.NAV | Hint.COMMENTS | Hint.HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The four strings and what indexes them."""

    strings: dict[Place, str]
    blocks: tuple[Block, ...]
    links: tuple[Link, ...]


def places(kinds: list[BlockKind], pieces: list[Piece], chosen: set[int]) -> list[Place]:
    """The place of each piece, given its kind and which are the story."""
    first, last = (min(chosen), max(chosen)) if chosen else (len(pieces), len(pieces))
    found = []
    for index, piece in enumerate(pieces):
        if index in chosen:
            place = Place.TEXT
        elif index < first:
            caption = kinds[index] is BlockKind.CAPTION
            place = Place.ASIDE if caption or piece.hints & Hint.HIDDEN else Place.HEAD
        elif index <= last or kinds[index] in _BESIDE or piece.hints & Hint.HIDDEN:
            place = Place.ASIDE
        else:
            place = Place.TAIL
        found.append(place)
    return found


def lay_out(
    kinds: list[BlockKind],
    pieces: list[Piece],
    where: list[Place],
    resolve: Callable[[str], str | None],
) -> Layout:
    """Joins the pieces of each place and indexes every block and link in the joined string.

    ``resolve`` turns an address as written into an absolute one, or None.
    """
    texts: dict[Place, list[str]] = {place: [] for place in _STORED}
    starts = dict.fromkeys(_STORED, 0)
    blocks: list[Block] = []
    links: list[Link] = []
    for kind, piece, place in zip(kinds, pieces, where, strict=True):
        start = starts[place]
        inside = tuple(_links(piece, place, start, resolve)) if piece.anchors else ()
        links.extend(inside)
        if text := piece.text:
            texts[place].append(text)
            end = start + len(text)
            starts[place] = end + len(SEPARATOR)
            span = Span(start=start, end=end)
            blocks.append(Block(place=place, span=span, kind=kind, links=inside))
    return Layout(
        strings={place: SEPARATOR.join(parts) for place, parts in texts.items()},
        blocks=tuple(blocks),
        links=tuple(links),
    )


def _links(
    piece: Piece, place: Place, offset: int, resolve: Callable[[str], str | None]
) -> list[Link]:
    found = []
    for anchor in piece.anchors:
        if url := resolve(anchor.href):
            start, end = anchor.start, anchor.end
            found.append(
                Link(
                    url=url,
                    text=piece.text[start:end],
                    place=place,
                    rel=tuple(anchor.rel.lower().split()) if anchor.rel else (),
                    span=Span(start=offset + start, end=offset + end) if start < end else None,
                )
            )
    return found


def _speaks(piece: Piece) -> bool:
    """Whether a line says where a text comes from, in a box whose name says only that it shares.

    Menus, comments and hidden text speak of other pages.
    """
    return not piece.hints & _OF_OTHERS and is_source_line(piece.text)


def kind_of(piece: Piece) -> BlockKind:
    """What a piece is: as far as its markup says, and a photo credit by its words."""
    hints = piece.hints
    if (hints & Hint.CAPTION and len(piece.text) <= _CAPTION) or is_caption(piece.text):
        return BlockKind.CAPTION
    if hints & OUTSIDE and not _speaks(piece):
        return BlockKind.OTHER
    if len(piece.text) <= _LINE and not hints & Hint.BODY:
        if hints & Hint.BYLINE:
            return BlockKind.BYLINE
        if hints & Hint.META:
            return BlockKind.META_LINE
    for hint, kind in _KINDS if hints & _OF_KIND else ():
        if hints & hint:
            return kind
    return BlockKind.PARAGRAPH
