"""A page of HTML to a Document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import Document, Place
from provenance.read.dom import jsonld
from provenance.read.dom.blocks import cut
from provenance.read.dom.layout import SEPARATOR, kind_of, lay_out, places
from provenance.read.dom.lines import is_attribution
from provenance.read.dom.markup import parse
from provenance.read.dom.markup_facts import gather
from provenance.read.facts.address import page_address
from provenance.read.facts.byline import authors
from provenance.read.facts.dateline import dateline_above, dateline_of
from provenance.read.facts.images import images_of
from provenance.read.facts.names import publisher_names
from provenance.read.facts.seen import Seen
from provenance.read.facts.state import notes_of, state_of
from provenance.read.facts.statements import statements
from provenance.read.facts.times import dates, marked_up
from provenance.read.facts.title import title_of
from provenance.read.story.jsonld_story import NOTE, stated_story
from provenance.read.story.main_text import story
from provenance.text.language import language_of
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from provenance.model import Capture, Image, Sighting, Statement
    from provenance.read.dom.blocks import CutPage, Piece
    from provenance.read.dom.layout import Layout
    from provenance.read.dom.markup_facts import Sources
    from provenance.read.facts.times import Stated

_TAIL = 8
_ALONE = "the story was found by the simple method alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Markup:
    """What is read off the tree before the story is looked for, which costs the tree its frame."""

    tree: HtmlElement
    found: Sources
    page: CutPage
    statements: tuple[Statement, ...]
    images: tuple[Image, ...]
    times: tuple[Stated, ...]
    notes: tuple[str, ...]
    captured: Sighting | None


def read_html(capture: Capture, text: str) -> Document | None:
    """The Document of an HTML page; None where the text holds no element at all."""
    parsed = parse(text)
    if parsed.tree is None:
        return None
    place = page_address(capture, text)
    found = gather(parsed.tree, place.url, text, copied=place.copied)
    page = cut(parsed.tree)
    markup = _Markup(
        tree=parsed.tree,
        found=found,
        page=page,
        statements=statements(found, text, page.names),
        images=images_of(found),
        times=tuple(marked_up(found)),
        notes=(
            *capture.notes,
            *place.notes,
            *notes_of(found),
            *parsed.notes,
            *page.notes,
        ),
        captured=place.captured,
    )
    return _document(capture, text, markup)


def _document(capture: Capture, text: str, markup: _Markup) -> Document:
    found = markup.found
    pieces, chosen, notes = _story(markup)
    kinds = [kind_of(piece) for piece in pieces]
    layout = lay_out(kinds, pieces, places(kinds, pieces, chosen), found.resolve)
    names = publisher_names(found)
    writers = authors(found, pieces, chosen, names)
    title = title_of(found, names, pieces, min(chosen, default=None))
    body, canonical = layout.strings[Place.TEXT], next(found.linked("canonical"), None)
    around = " ".join(layout.strings[place] for place in (Place.HEAD, Place.TAIL, Place.ASIDE))
    linked = sum(len(link.text) for link in layout.links if link.place is Place.TEXT)
    seen = Seen(
        capture=capture,
        found=found,
        raw=text,
        title=title or "",
        story=body,
        around=around,
        linked=linked,
        layout=layout,
    )
    dateline, filed_by = dateline_of(body)
    if dateline is None:
        dateline, filed_by = dateline_above(layout.strings[Place.HEAD].split(SEPARATOR))
    return Document(
        url=found.url,
        canonical=canonical,
        alternates=_alternates(found, canonical),
        title=title,
        byline=writers.persons,
        desks=writers.desks,
        dateline=dateline,
        credit_line=_credit_line(layout, found),
        publisher=next(iter(names), None),
        self_names=names,
        agency=writers.agency or filed_by,
        language=_language(found, body or around),
        state=state_of(seen),
        head=layout.strings[Place.HEAD],
        text=body,
        tail=layout.strings[Place.TAIL],
        aside=layout.strings[Place.ASIDE],
        blocks=layout.blocks,
        links=layout.links,
        images=markup.images,
        statements=markup.statements,
        dates=(
            *dates(found, markup.times, pieces, chosen),
            *((markup.captured,) if markup.captured else ()),
        ),
        digest=capture.digest,
        notes=notes,
    )


def _story(markup: _Markup) -> tuple[list[Piece], set[int], tuple[str, ...]]:
    """The pieces of the page, which of them are the story, and the notes that go with it."""
    pieces = markup.page.pieces
    chosen, alone = story(markup.tree, markup.page)
    notes = (*markup.notes, *((_ALONE,) if alone else ()))
    stated = stated_story(markup.found, sum(len(pieces[index].text) for index in chosen))
    if not stated:
        return pieces, chosen, notes
    place = range(len(pieces), len(pieces) + len(stated))
    return [*pieces, *stated], set(place), (*notes, NOTE)


def _credit_line(layout: Layout, found: Sources) -> str | None:
    """The first line below the story that says whose it is, else what JSON-LD says of it."""
    tail = [block for block in layout.blocks if block.place is Place.TAIL][:_TAIL]
    lines = (layout.strings[Place.TAIL][block.span.start : block.span.end] for block in tail)
    stated = jsonld.text_of((found.article or {}).get("creditText"))
    return next((line for line in lines if is_attribution(line)), stated or None)


def _alternates(found: Sources, canonical: str | None) -> tuple[str, ...]:
    """The other addresses the page gives itself: og:url, AMP, JSON-LD, each once."""
    own = [*found.all_meta("og:url", "twitter:url", "al:web:url"), *found.linked("amphtml")]
    own += [*found.linked("shortlink"), *found.linked("canonical")]
    own += list(jsonld.addresses(found.article)) if found.article else []
    known = {url for url in (found.url, canonical) if url}
    seen = set(map(normalise, known))
    kept = []
    for address in own:
        url = found.resolve(address)
        if not url or url in known:
            continue
        known.add(url)
        if (key := normalise(url)) not in seen:
            seen.add(key)
            kept.append(url)
    return tuple(kept)


def _language(found: Sources, text: str) -> str | None:
    """The declared language as a two- or three-letter code, else the one the text shows."""
    given = found.language or found.meta("content-language", "og:locale", "language") or ""
    code = re.match(r"[A-Za-z]{2,3}(?=[-_]|$)", given.strip())
    return code.group().lower() if code else language_of(text)
