"""Plain text to a Document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Document, PageState, Place
from provenance.read.dom.layout import SEPARATOR, kind_of, lay_out, places
from provenance.read.dom.lines import is_attribution
from provenance.read.facts.address import page_address
from provenance.read.facts.dateline import dateline_of
from provenance.read.facts.person import is_person, split_names
from provenance.read.facts.times import written_dates
from provenance.read.plain import names_in, pieces_of, story_of, title_in, title_line
from provenance.text.language import language_of
from provenance.text.urls import absolute

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.read.dom.blocks import Piece
    from provenance.read.dom.layout import Layout

_TAIL = 8


def read_plain(capture: Capture, text: str) -> Document:
    """The Document of a plain-text page: headline, furniture, story, captions and tail by form."""
    pieces = pieces_of(text)
    chosen = story_of(pieces)
    kinds = [kind_of(piece) for piece in pieces]
    where = places(kinds, pieces, chosen)
    head = [piece for piece, place in zip(pieces, where, strict=True) if place is Place.HEAD]
    place = page_address(capture)
    url = place.url
    layout = lay_out(kinds, pieces, where, lambda href: absolute(url, href))
    at, names = title_line(head), names_in(pieces)
    body = layout.strings[Place.TEXT]
    language = language_of(body)
    dateline, agency = dateline_of(body)
    return Document(
        url=url,
        canonical=None,
        alternates=(),
        title=title_in(head[at].text) if at is not None else None,
        byline=_byline(head),
        dateline=dateline,
        credit_line=_credit_line(layout),
        publisher=next(iter(names), None),
        self_names=names,
        agency=agency,
        language=language,
        state=PageState.ARTICLE if body else PageState.EMPTY,
        head=layout.strings[Place.HEAD],
        text=body,
        tail=layout.strings[Place.TAIL],
        aside=layout.strings[Place.ASIDE],
        blocks=layout.blocks,
        links=layout.links,
        images=(),
        statements=(),
        dates=(
            *written_dates(url, pieces, chosen, language),
            *((place.captured,) if place.captured else ()),
        ),
        digest=capture.digest,
        notes=capture.notes,
    )


def _credit_line(layout: Layout) -> str | None:
    """The first line below the story that says whose it is."""
    tail = layout.strings[Place.TAIL].split(SEPARATOR)[:_TAIL]
    return next((line for line in tail if is_attribution(line)), None)


def _byline(head: list[Piece]) -> tuple[str, ...]:
    for piece in head:
        if piece.text.lower().startswith("by ") and len(piece.text) < 120:
            names = tuple(name for name in split_names(piece.text) if is_person(name))
            if names:
                return names
    return ()
