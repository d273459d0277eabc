"""What the markup says outside the running text, gathered in one pass over the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, cast

from provenance.read.dom import jsonld
from provenance.text.urls import absolute, unwrap_archived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import XPath
    from lxml.html import HtmlElement

    from provenance.read.dom.jsonld import Node

_PROPERTIES = ("itemprop", "property")
_WEB = re.compile(r"https?://[\w.-]+(?::\d+)?(?:[/?#]\S*)?$", re.IGNORECASE | re.ASCII)
_ORIGIN = re.compile(r"https?://[\w.-]+(?::\d+)?(?=[/?#]|$)", re.IGNORECASE | re.ASCII)
_ROOTED = re.compile(r"/(?!/)(?!.{0,2000}/\.)[^\s\\]*$")
_MAX_VALUE = 4000
_MAX_EACH = 2000
_OPENING = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTag:
    """A <link>: its rel words in lower case, its address as written, its title."""

    rel: tuple[str, ...]
    href: str
    title: str = ""


@dataclass(slots=True, kw_only=True)
class Sources:
    """What one pass gathers: (name, content) of every meta, links, JSON-LD, headings, images.

    ``contents`` are those of the metas by name, ``marked`` the elements with microdata or RDFa
    properties; ``before_heading`` counts the times above the first heading. ``copied`` tells that
    an archive or proxy shows the page, which may have rewritten its addresses.
    """

    url: str | None
    base: str | None
    copied: bool = False
    metas: list[tuple[str, str]] = field(default_factory=list)
    contents: dict[str, list[str]] = field(default_factory=dict)
    links: list[LinkTag] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    headings: list[HtmlElement] = field(default_factory=list)
    times: list[HtmlElement] = field(default_factory=list)
    images: list[HtmlElement] = field(default_factory=list)
    articles: list[HtmlElement] = field(default_factory=list)
    marked: list[HtmlElement] = field(default_factory=list)
    before_heading: int = 0
    language: str | None = None
    amp: bool = False
    nodes: list[Node] = field(default_factory=list)
    article: Node | None = None
    root: HtmlElement | None = None
    resolved: dict[str, str | None] = field(default_factory=dict)

    def meta(self, *names: str) -> str | None:
        """The first non-empty content among metas of these names, the first name first."""
        return next(self.all_meta(*names), None)

    def all_meta(self, *names: str) -> Iterator[str]:
        """Every non-empty content of metas of these names, the first name first."""
        for name in names:
            yield from filter(None, self.contents.get(name, ()))

    def linked(self, rel: str) -> Iterator[str]:
        """The absolute addresses of <link> with this rel word, in page order."""
        for link in self.links:
            if rel in link.rel and (url := self.resolve(link.href)):
                yield url

    def resolve(self, href: str) -> str | None:
        """An address as the page means it; None unless it is a web address."""
        known = self.resolved
        if href not in known:
            # An address that is plainly absolute or rooted needs no parser; most are.
            if _WEB.match(href):
                known[href] = href
            elif _ROOTED.match(href) and (origin := self.origin):
                known[href] = origin + href
            else:
                known[href] = absolute(self.base, href)
            if self.copied and (url := known[href]):
                known[href] = unwrap_archived(url)
        return known[href]

    @property
    def origin(self) -> str:
        """Scheme and host of the page's base address; '' where it has none."""
        found = _ORIGIN.match(self.base or "")
        return found.group() if found else ""


def gather(tree: HtmlElement, url: str | None, raw: str, *, copied: bool = False) -> Sources:
    """One pass over the tree for everything that is not running text; ``raw`` is the markup."""
    found = Sources(url=url, base=url, root=tree, copied=copied)
    for element in tree.iter(*_TAKE):
        _TAKE[str(element.tag)](found, element)
    # Either name lets both be looked for: markup may write one of them as itemProp.
    if any(name in raw for name in _PROPERTIES):
        found.marked.extend(cast("list[HtmlElement]", _marked()(tree))[:_MAX_EACH])
    found.nodes = jsonld.nodes(found.scripts)
    own = [
        address for address in (url, *found.linked("canonical"), found.meta("og:url")) if address
    ]
    found.article = jsonld.article(found.nodes, own)
    return found


@cache
def _marked() -> XPath:
    """Finds elements by their attributes, of which a page has far fewer than elements."""
    from lxml.etree import XPath

    other = "[not(self::meta or self::link or self::time)]"
    return XPath("|".join(f"//@{name}/parent::*{other}" for name in _PROPERTIES))


def _meta(found: Sources, element: HtmlElement) -> None:
    content = element.get("content")
    name = element.get("property") or element.get("name") or element.get("itemprop")
    if content and name and len(found.metas) < _MAX_EACH:
        key, said = name.strip().lower(), " ".join(content[:_MAX_VALUE].split())
        found.metas.append((key, said))
        found.contents.setdefault(key, []).append(said)


def _link(found: Sources, element: HtmlElement) -> None:
    rel, href = element.get("rel") or element.get("itemprop"), element.get("href")
    if rel and href and len(found.links) < _MAX_EACH:
        found.links.append(
            LinkTag(
                rel=tuple(rel.lower().split()),
                href=href.strip()[:_MAX_VALUE],
                title=(element.get("title") or "")[:_MAX_VALUE],
            )
        )


def _script(found: Sources, element: HtmlElement) -> None:
    kind, text = (element.get("type") or "").lower(), element.text or ""
    if "ld+json" in kind or (not kind and "@context" in text[:_OPENING]):
        found.scripts.append(text)


def _title(found: Sources, element: HtmlElement) -> None:
    parent = element.getparent()
    if element.text and (parent is None or parent.tag != "svg"):
        found.titles.append(" ".join(element.text.split())[:_MAX_VALUE])


def _base(found: Sources, element: HtmlElement) -> None:
    if href := element.get("href"):
        base = absolute(found.url, href) or found.base
        found.base = unwrap_archived(base) if found.copied and base else base


def _html(found: Sources, element: HtmlElement) -> None:
    xml = element.get("{http://www.w3.org/XML/1998/namespace}lang")
    found.language = found.language or element.get("lang") or element.get("xml:lang") or xml
    found.amp = found.amp or "amp" in element.attrib or "\u26a1" in element.attrib


def _keep(name: str):  # type: ignore[no-untyped-def]
    def take(found: Sources, element: HtmlElement) -> None:
        kept: list[HtmlElement] = getattr(found, name)
        if len(kept) < _MAX_EACH:
            kept.append(element)

    return take


def _heading(found: Sources, element: HtmlElement) -> None:
    if not found.headings:
        found.before_heading = len(found.times)
    if len(found.headings) < _MAX_EACH:
        found.headings.append(element)


_TAKE = {
    "meta": _meta,
    "link": _link,
    "script": _script,
    "title": _title,
    "base": _base,
    "html": _html,
    "h1": _heading,
    "time": _keep("times"),
    "img": _keep("images"),
    "amp-img": _keep("images"),
    "article": _keep("articles"),
}
