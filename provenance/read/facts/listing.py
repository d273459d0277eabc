"""Whether a page lists articles instead of being one: fronts, sections, tags, archives, searches.

A wrong LISTING hides an article from an audit, so that one sign alone never decides, unless the
CMS says it in the classes of <body> or the story is hardly anything but links into its own site.
Elsewhere the page must be built like a list (headlines that are links, each with a little text,
or several posts whole) and say so in a second way; or say so in several ways without it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.model import BlockKind, Place
from provenance.read.dom import jsonld
from provenance.text.patterns import compile_late
from provenance.text.urls import normalise, registrable, split

if TYPE_CHECKING:
    from collections.abc import Iterable
    from urllib.parse import SplitResult

    from provenance.model import Block, Link
    from provenance.read.dom.layout import Layout
    from provenance.read.dom.markup_facts import Sources
    from provenance.read.facts.seen import Seen

_LISTS = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})
_PAGES = frozenset({"CollectionPage", "SearchResultsPage", "ProfilePage", "Blog"})
_BODY = compile_late(r"<body\b[^>]{0,1000}?\bclass=[\"']([^\"'>]{1,2000})", re.IGNORECASE)
_ARCHIVES = (
    # WordPress
    *({"archive", kind} for kind in ("category", "tag", "author", "date", "post-type-archive")),
    {"home", "blog"},
    {"search", "search-results"},
    # Drupal
    {"path-taxonomy"},
    {"page-taxonomy-term"},
    # Ghost
    *({f"{kind}-template"} for kind in ("home", "tag", "author")),
    # Joomla
    *({"com_content", kind} for kind in ("view-category", "view-categories", "view-featured")),
    # Blogger, Squarespace
    {"feed-view"},
    {"view-list", "collection-type-blog"},
)
_SINGLE = {"single", "singular", "post-template", "view-article", "item-view", "view-item"}
_KINDS = (
    "tags?|topics?|themen?|tema|sujets?|label|keywords?|category|categories|categor[iy]a|kategorie"
    "|categorie|section|sections|rubrik|rubrique|ressort|authors?|autor|auteur|profile|archives?"
    "|archiv|search|suche|recherche|buscar|taxonomy"
)
_LISTED = compile_late(rf"/(?:{_KINDS})(?:/[\w%.+~-]{{1,80}}){{0,2}}/?$", re.IGNORECASE)
_SLUG = compile_late(r"(?:[^-/]{1,200}-){4}[^/]*/?$|\d{5,}[^/]*$|\.s?html?$|\.php$", re.IGNORECASE)
_DATED = compile_late(r"/(?:19|20)\d\d(?:/\d\d?){0,2}/?$")
_NUMBERED = compile_late(r"(?:^|/)page[/-]?\d{1,5}/?$", re.IGNORECASE)
_ASKED = compile_late(r"(?:^|&)(?:s|q|query|search|keys|searchword)=", re.IGNORECASE)
_TURNED = compile_late(r"(?:^|&)(?:page|paged|start|offset|updated-max)=", re.IGNORECASE)
_GO_ON = compile_late(
    r"^\W*(?:read (?:the )?(?:more|full|on|whole)|continue reading|more\b|keep reading|full story"
    r"|weiterlesen|mehr (?:lesen|erfahren)|lire (?:la suite|plus)|en savoir plus|leer más|seguir "
    r"leyendo|ler mais|leia mais|leggi (?:tutto|di più)|lees (?:meer|verder)|läs mer|les mer|læs "
    r"mere|czytaj (?:więcej|dalej)|читать (?:далее|полностью)|подробнее|続きを読む|阅读全文)",
    re.IGNORECASE,
)
_WHEN = compile_late(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b(?:minutes?|mins?|hours?|days?|weeks?) ago\b"
    r"|\bvor \d{1,2} |\bil y a \d|\bhace \d",
    re.IGNORECASE,
)
_FEW, _LINE, _SHORT = 0.35, 60, 300
_ALL_LINKS, _MANY_LINKS = 0.75, 0.5
_FIRST, _SPARSE = 0.25, 90
_ENOUGH, _PLAINLY = 2, 3


@dataclass(slots=True)
class _Shape:
    """How the story lies between the headlines that are links.

    ``heads`` introduce story or belong to it, ``titles`` of them are marked up as headings,
    ``dated`` have a date or a byline of their own; ``bare`` are headings that are no links.
    Words of the story: ``before`` any headline, ``words`` in all. ``more`` links ask to read on;
    ``inner`` counts letters of the story that link to the site itself, by ``targets`` links.
    """

    heads: int = 0
    titles: int = 0
    dated: int = 0
    bare: int = 0
    before: int = 0
    words: int = 0
    more: int = 0
    inner: int = 0
    targets: int = 0

    def is_list(self, size: int) -> bool:
        """Whether this is how teasers, or posts one after another, lie."""
        if self.targets >= 5 and self.inner > _MANY_LINKS * size:
            return True
        sparse = self.titles * 2 >= self.heads or self.words <= _SPARSE * self.heads
        opens = self.before <= _FIRST * self.words
        return self.heads >= 3 and sparse and opens and self.bare <= self.heads


def is_listing(seen: Seen) -> bool:
    """Whether the page lists articles; False unless two independent kinds of evidence say so."""
    found = seen.found
    body = _BODY.search(seen.raw)
    classes = set(body[1].lower().split()) if body else set()
    if classes & _SINGLE or (found.article is not None and _is_own(found)):
        return False
    if any(each <= classes for each in _ARCHIVES):
        return True
    kinds = {kind for node in found.nodes for kind in jsonld.types(node)}
    if found.article is None and _is_front(seen, kinds):
        return True
    return not found.meta("article:published_time") and _is_built_like_one(seen, kinds)


def _is_built_like_one(seen: Seen, kinds: set[str]) -> bool:
    """Whether form and word together say so, or so many words that the form matters little."""
    size, found = len(seen.story), seen.found
    site = registrable(found.url or next(found.linked("canonical"), ""))
    shape = _Shape()
    _inner(shape, seen.layout.links, site)
    if shape.targets >= 5 and shape.inner > _ALL_LINKS * size:
        return True
    said = _said(seen, kinds) + 2 * (found.article is not None)
    # An article's address outweighs form: a box of teasers may have been read as its story.
    slug = _SLUG.search(split(found.url or "").path)
    if slug and said < _ENOUGH:
        return False
    for part in _parts(seen.layout, site, {_whole(found.url or "")}):
        part.add_to(shape)
    if shape.is_list(size):
        own = 2 * (shape.dated >= 3 and shape.dated * 5 >= shape.heads * 3) + (shape.more >= 3)
        return said + own * (slug is None) >= _ENOUGH
    return said >= _PLAINLY and (shape.heads >= 3 or shape.inner * 4 > size)


def _is_front(seen: Seen, kinds: set[str]) -> bool:
    """A start page, or one that JSON-LD calls a list, with little prose or half of it links."""
    place = split(normalise(seen.found.url or ""))
    front = bool(place.netloc) and place.path in {"", "/"} and not place.query
    little = len(seen.story) < _FEW * (len(seen.story) + len(seen.around))
    return bool(front or kinds & _LISTS) and (little or seen.linked * 2 > len(seen.story))


def _is_own(found: Sources) -> bool:
    """Whether the article of the JSON-LD is the page itself, not the first of those it lists."""
    articles = [node for node in found.nodes if jsonld.is_article(node)]
    if any("LiveBlogPosting" in jsonld.types(node) for node in articles):
        return True
    addresses = {next(jsonld.addresses(node), "") for node in articles} - {""}
    if len(addresses) < 3 or not found.url:
        return True
    own = (found.url, *found.linked("canonical"), *found.all_meta("og:url"))
    named = jsonld.article(articles, own)
    return bool(named and {_bare(a) for a in jsonld.addresses(named)} & {_bare(a) for a in own})


def _bare(address: str) -> str:
    parts = split(address)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def _whole(address: str) -> str:
    return f"{_bare(address)}?{split(address).query}"


def _said(seen: Seen, kinds: set[str]) -> int:
    """What the page says of itself beside its form: 2 for a plain word, 1 for a hint, summed."""
    found = seen.found
    own = split(found.url or "")
    path = _NUMBERED.sub("", own.path)
    turned = path != own.path or any(_turns(link, path) for link in seen.layout.links)
    turned = turned or any(_is_page_of(split(url), path) for url in found.linked("next"))
    named = bool(_LISTED.search(path) and not _SLUG.search(path))
    named = named or bool(_DATED.search(path) or _ASKED.search(own.query))
    kind = (found.meta("og:type") or "").lower()
    hints = (named, kind in {"website", "blog", "profile"}, bool(_TURNED.search(own.query)))
    front = path in {"", "/"} and not own.query
    return 2 * (bool(kinds & _PAGES) + turned + front) + sum(hints)


def _turns(link: Link, path: str) -> bool:
    """Whether a link leads to another page of the same list."""
    if "page" not in link.url and "updated-max=" not in link.url and "start=" not in link.url:
        return False
    return len(link.text) <= _LINE and _is_page_of(split(link.url), path)


def _is_page_of(parts: SplitResult, path: str) -> bool:
    bare = _NUMBERED.sub("", parts.path)
    turned = bare != parts.path or bool(_TURNED.search(parts.query))
    return turned and bare.rstrip("/") == path.rstrip("/")


@dataclass(slots=True)
class _Part:
    """A headline that is a link, and what stands up to the next; ``own``: it is in the story."""

    headed: bool = False
    own: bool = False
    title: bool = False
    dated: bool = False
    words: int = 0
    bare: int = 0
    more: int = 0

    def add_to(self, shape: _Shape) -> None:
        shape.words += self.words
        if not self.headed:
            shape.before += self.words
        elif self.words or self.own:
            shape.heads += 1
            shape.titles += self.title
            shape.dated += self.dated
        if self.words:
            shape.bare += self.bare
        shape.more += self.more


def _parts(layout: Layout, site: str, known: set[str]) -> Iterable[_Part]:
    part = _Part()
    for block in layout.blocks:
        size = block.span.end - block.span.start
        if block.links and _GO_ON.match(block.links[-1].text):
            part.more += 1
        if (target := _target(block, size, site)) and target not in known:
            known.add(target)
            yield part
            title = block.kind is BlockKind.HEADING
            part = _Part(headed=True, own=block.place is Place.TEXT, title=title)
            continue
        if size <= _LINE and not part.dated:
            text = layout.strings[block.place][block.span.start : block.span.end]
            named = block.kind in {BlockKind.META_LINE, BlockKind.BYLINE}
            part.dated = named or bool(_WHEN.search(text))
        if block.place is Place.TEXT:
            if block.kind is BlockKind.HEADING:
                part.bare += 1
            text = layout.strings[Place.TEXT][block.span.start : block.span.end]
            part.words += len(text.split()) if text.isascii() else max(len(text.split()), size // 8)
    yield part


def _target(block: Block, size: int, site: str) -> str:
    """Where a line leads that is one link to another page of the site; '' where it is none."""
    if len(block.links) != 1 or not 10 <= size <= _SHORT:
        return ""
    link = block.links[0]
    if len(link.text) < 0.8 * size or _GO_ON.match(link.text):
        return ""
    if block.kind is not BlockKind.HEADING and link.text.isascii() and link.text.count(" ") < 3:
        return ""
    return _whole(link.url) if _on(link.url, site) else ""


def _on(url: str, site: str) -> bool:
    name = url.split("/", 3)[2].lower() if "//" in url else ""
    return bool(site) and (name == site or name.endswith("." + site))


def _inner(shape: _Shape, links: Iterable[Link], site: str) -> None:
    for link in links:
        if link.place is Place.TEXT and link.text and _on(link.url, site):
            shape.inner += len(link.text)
            shape.targets += 1
