"""Plain text to a Document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Document, PageState, Place
from provenance.read.layout import kind_of, lay_out, places
from provenance.read.person import is_person, split_names
from provenance.read.plain import names_in, pieces_of, story_of, title_line
from provenance.read.title import strip_prefix
from provenance.text.urls import absolute

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.read.blocks import Piece


def read_plain(capture: Capture, text: str) -> Document:
    """The Document of a plain-text page: headline, furniture, story, captions and tail by form."""
    pieces = pieces_of(text)
    chosen = story_of(pieces)
    kinds = [kind_of(piece) for piece in pieces]
    where = places(kinds, pieces, chosen)
    head = [piece for piece, place in zip(pieces, where, strict=True) if place is Place.HEAD]
    url = capture.responded_url or capture.url
    layout = lay_out(kinds, pieces, where, lambda href: absolute(url, href))
    at, names = title_line(head), names_in(pieces)
    return Document(
        url=url,
        canonical=None,
        alternates=(),
        title=strip_prefix(head[at].text) if at is not None else None,
        byline=_byline(head),
        dateline=None,
        credit_line=None,
        publisher=next(iter(names), None),
        self_names=names,
        agency=None,
        language=None,
        state=PageState.ARTICLE if layout.strings[Place.TEXT] else PageState.EMPTY,
        head=layout.strings[Place.HEAD],
        text=layout.strings[Place.TEXT],
        tail=layout.strings[Place.TAIL],
        aside=layout.strings[Place.ASIDE],
        blocks=layout.blocks,
        links=layout.links,
        images=(),
        statements=(),
        dates=(),
        digest=capture.digest,
    )


def _byline(head: list[Piece]) -> tuple[str, ...]:
    for piece in head:
        if piece.text.lower().startswith("by ") and len(piece.text) < 120:
            names = tuple(name for name in split_names(piece.text) if is_person(name))
            if names:
                return names
    return ()
