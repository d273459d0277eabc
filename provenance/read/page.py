"""A page of HTML to a Document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import Document, Image, PageState, Place
from provenance.read import jsonld
from provenance.read.blocks import cut
from provenance.read.byline import authors
from provenance.read.layout import kind_of, lay_out, places
from provenance.read.markup import MAX_TAGS, parse
from provenance.read.names import publisher_names
from provenance.read.sources import gather
from provenance.read.statements import statements
from provenance.read.story import story
from provenance.read.times import dates
from provenance.read.title import title_of
from provenance.text.urls import host, normalise

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.read.sources import Sources

_DATELINE = re.compile(
    r"^((?:[A-Z][\w.'’ -]{1,40}|[A-Z][A-Z .'’-]{2,40})(?:,[^—–(]{1,40})?\s?"
    r"(?:\([^()]{2,40}\)\s?)?)(?:—|–|--| - )"
)
_MAX_IMAGES = 100


def read_html(capture: Capture, text: str) -> Document | None:
    """The Document of an HTML page; None where the text holds no element at all."""
    tree, tags_cut = parse(text)
    if tree is None:
        return None
    url = capture.responded_url or capture.url
    found = gather(tree, url, text)
    page = cut(tree)
    pieces = page.pieces
    chosen, stood_in = story(tree, page)
    kinds = [kind_of(piece) for piece in pieces]
    where = places(kinds, pieces, chosen)
    layout = lay_out(kinds, pieces, where, found.resolve)
    self_names = publisher_names(found)
    canonical = next(found.linked("canonical"), None)
    writers = authors(found, pieces, chosen, self_names)
    story_text = layout.strings[Place.TEXT]
    notes = _notes(cut_short=tags_cut or page.short, stood_in=stood_in)
    return Document(
        url=url,
        canonical=canonical,
        alternates=_alternates(found, canonical),
        title=title_of(found, self_names, pieces, min(chosen, default=None)),
        byline=writers.persons,
        dateline=_dateline(story_text),
        credit_line=jsonld.text_of((found.article or {}).get("creditText")) or None,
        publisher=next(iter(self_names), None),
        self_names=self_names,
        agency=writers.agency,
        language=_language(found),
        state=PageState.ARTICLE if story_text else PageState.EMPTY,
        head=layout.strings[Place.HEAD],
        text=story_text,
        tail=layout.strings[Place.TAIL],
        aside=layout.strings[Place.ASIDE],
        blocks=layout.blocks,
        links=layout.links,
        images=_images(found),
        statements=statements(found, text, page.names),
        dates=dates(found, pieces, chosen),
        digest=capture.digest,
        notes=notes,
    )


def _notes(*, cut_short: bool, stood_in: bool) -> tuple[str, ...]:
    notes = []
    if cut_short:
        notes.append(f"the page is very large: only its first {MAX_TAGS:,} tags were read")
    if stood_in:
        notes.append("the story was found by the simple method")
    return tuple(notes)


def _alternates(found: Sources, canonical: str | None) -> tuple[str, ...]:
    """The other addresses the page gives itself: og:url, AMP, JSON-LD, each once."""
    own = [*found.all_meta("og:url", "twitter:url", "al:web:url"), *found.linked("amphtml")]
    own += [*found.linked("shortlink"), *found.linked("canonical")]
    own += list(jsonld.addresses(found.article)) if found.article else []
    seen = {normalise(url) for url in (found.url, canonical) if url}
    kept = []
    for address in own:
        url = found.resolve(address)
        if url and (key := normalise(url)) not in seen:
            seen.add(key)
            kept.append(url)
    return tuple(kept)


def _dateline(text: str) -> str | None:
    match = _DATELINE.match(text[:160])
    return match.group(1).strip() if match else None


def _language(found: Sources) -> str | None:
    given = found.language or found.meta("content-language", "og:locale", "language") or ""
    code = re.match(r"[A-Za-z]{2,3}", given)
    return code.group().lower() if code else None


def _images(found: Sources) -> tuple[Image, ...]:
    images: dict[str, Image] = {}
    for url in found.all_meta("og:image", "og:image:secure_url", "twitter:image"):
        if absolute := found.resolve(url):
            images.setdefault(absolute, Image(url=absolute, host=host(absolute)))
    for element in found.images:
        if len(images) >= _MAX_IMAGES:
            break
        source = element.get("src") or element.get("data-src") or ""
        absolute = found.resolve(source) if source and not source.startswith("data:") else None
        if absolute:
            alt = " ".join((element.get("alt") or "").split())
            images.setdefault(absolute, Image(url=absolute, host=host(absolute), alt=alt))
    return tuple(images.values())
