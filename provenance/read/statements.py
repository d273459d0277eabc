"""What the markup says, as Statements: the only way by which markup reaches the rules.

Keys: ``rel:NAME`` for <link> (canonical, amphtml, original, syndication, via, ...); ``og:NAME``;
``meta:NAME`` for every other meta, the name in lower case; ``json_ld:FIELD`` of the page's own
article node, and for objects ``json_ld:FIELD.name``, ``.url``, ``.@type`` and ``.@id`` one after
another; ``microdata:FIELD``; ``mf:FIELD`` for microformats; ``pixel:republication`` with the
address of a republication counter; ``plugin:NAME`` with the class name that gave it away.
Addresses are absolute where the page's own can be resolved.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, cast

from provenance.model import Place, Statement
from provenance.read import jsonld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from provenance.read.sources import Sources

MAX_STATEMENTS = 600
_MAX_VALUE = 2000
_RELS = [
    "canonical",
    "amphtml",
    "original",
    "syndication",
    "via",
    "cite-as",
    "license",
    "author",
    "publisher",
    "shortlink",
    "next",
    "prev",
]
_FIELDS = (
    "@type",
    "@id",
    "url",
    "mainEntityOfPage",
    "headline",
    "author",
    "creator",
    "contributor",
    "publisher",
    "provider",
    "sourceOrganization",
    "copyrightHolder",
    "copyrightNotice",
    "creditText",
    "isBasedOn",
    "isBasedOnUrl",
    "sameAs",
    "license",
    "dateline",
    "articleSection",
    "inLanguage",
    "isAccessibleForFree",
    "datePublished",
    "dateModified",
)
_MICRODATA = [
    "author",
    "creator",
    "publisher",
    "provider",
    "sourceOrganization",
    "copyrightHolder",
    "creditText",
    "isBasedOn",
    "isBasedOnUrl",
    "dateline",
]
_PIXEL = re.compile(
    r"""https?:(?:\\?/|\\u002F){2}[^\s"'<>]{0,200}?(?:counter\.theconversation\.(?:com|edu\.au)"""
    r"""|republication-pixel=|pixel\.propublica\.org)[^\s"'<>]{0,200}""",
    re.IGNORECASE,
)
_PIXEL_WORDS = ("theconversation", "republication-pixel", "pixel.propublica")
_PLUGIN = re.compile(
    r"^(?:wprss|wpra|feedzy|wpematico|feedwordpress|wp-automatic|wpautomatic|syndicated|rss-pi"
    r"|crawlomatic|newsomatic|echo-rss|cyberseo|republication-tracker|autoblog)",
    re.IGNORECASE,
)
_FORMATS = {"u-repost-of": "repost-of", "u-syndication": "syndication", "source-org": "source-org"}
_MARKED = (
    "//*[@itemprop] | //*[contains(@class,'u-repost-of')] | //*[contains(@class,'u-syndication')]"
    " | //*[contains(@class,'source-org')] | //*[@data-aop='providerlogo']"
)


def statements(tree: HtmlElement, raw: str, found: Sources) -> tuple[Statement, ...]:
    """Every statement of a page, at most MAX_STATEMENTS, in the order of the families above."""
    said: dict[Statement, None] = {}
    for part in (
        _links(found),
        _metas(found),
        _json_ld(found),
        _marked(tree, found),
        _traces(tree, raw),
    ):
        for statement in part:
            if len(said) >= MAX_STATEMENTS:
                break
            said[statement] = None
    return tuple(said)


def _said(key: str, value: str, place: Place) -> Statement:
    return Statement(key=key, value=value[:_MAX_VALUE], place=place)


def _links(found: Sources) -> Iterator[Statement]:
    for link in found.links:
        for rel in link.rel:
            if rel in _RELS:
                yield _said(f"rel:{rel}", found.resolve(link.href) or link.href, Place.MARKUP)


def _metas(found: Sources) -> Iterator[Statement]:
    for name, content in found.metas:
        key = name if name.startswith("og:") else f"meta:{name}"
        if not name.startswith(("viewport", "theme-color", "msapplication")):
            yield _said(key, content, Place.META)


def _json_ld(found: Sources) -> Iterator[Statement]:
    for field in _FIELDS if found.article else ():
        for given in jsonld.as_list(found.article.get(field) if found.article else None):
            value = jsonld.resolve(given, found.nodes)
            if isinstance(value, dict):
                for part in ("@type", "name", "url", "@id"):
                    for inner in jsonld.as_list(value.get(part)):
                        if isinstance(inner, (str, int)):
                            yield _said(f"json_ld:{field}.{part}", _clean(inner), Place.JSON_LD)
            elif isinstance(value, (str, int, bool)):
                yield _said(f"json_ld:{field}", _clean(value), Place.JSON_LD)


def _clean(value: object) -> str:
    return " ".join(html.unescape(str(value)).split())


def _marked(tree: HtmlElement, found: Sources) -> Iterator[Statement]:
    for element in cast("list[HtmlElement]", tree.xpath(_MARKED)):
        words = " ".join(element.text_content().split())[:_MAX_VALUE]
        link = element.get("href") or element.get("src")
        value = (found.resolve(link) if link else None) or words
        for field in (element.get("itemprop") or "").split():
            if field in _MICRODATA and element.tag not in {"meta", "link"}:
                yield _said(f"microdata:{field}", words or value, Place.MARKUP)
        for name in (element.get("class") or "").split():
            if name in _FORMATS:
                yield _said(f"mf:{_FORMATS[name]}", value, Place.MARKUP)
        if element.get("data-aop") == "providerlogo":
            yield _said("markup:providerlogo", element.get("alt") or value, Place.MARKUP)


def _traces(tree: HtmlElement, raw: str) -> Iterator[Statement]:
    if any(word in raw for word in _PIXEL_WORDS):
        for match in _PIXEL.finditer(raw):
            address = match.group().replace("\\u002F", "/").replace("\\/", "/")
            yield _said("pixel:republication", html.unescape(address), Place.MARKUP)
    seen = set()
    for names in cast("list[str]", tree.xpath("//@class")):
        for name in str(names).split():
            if name not in seen:
                seen.add(name)
                if plugin := _PLUGIN.match(name):
                    yield _said(f"plugin:{plugin.group().lower()}", name, Place.MARKUP)
