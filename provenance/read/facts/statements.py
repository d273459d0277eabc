"""What the markup says, as Statements: the only way by which markup reaches the rules.

Keys: ``rel:NAME`` for <link> (canonical, amphtml, original, syndication, via, ...); ``og:NAME``;
``meta:NAME`` for every other meta, the name in lower case; ``html:title`` and ``html:h1``;
``json_ld:FIELD`` of the page's own article node, and for objects ``json_ld:FIELD.@type``,
``.name``, ``.url`` and ``.@id`` one after another; ``microdata:FIELD``; ``mf:FIELD`` for
microformats; ``markup:providerlogo``; ``pixel:republication`` with the address of a republication
counter; ``plugin:NAME`` with the class name that gave it away. Addresses are absolute where the
page's own can be resolved.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, cast

from provenance.model import Place, Statement
from provenance.read.dom import jsonld
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from provenance.read.dom.markup_facts import Sources

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
_PIXEL = compile_late(
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
_FORMAT_PATH = "//*[contains(@class,$mark) or @data-aop=$mark]"
_FORMATTED = ("u-repost-of", "u-syndication", "source-org", "providerlogo")


def statements(found: Sources, raw: str, names: frozenset[str]) -> tuple[Statement, ...]:
    """Every statement of a page, at most MAX_STATEMENTS, in the order of the families above.

    ``raw`` is the markup, ``names`` the class attributes of its elements.
    """
    said: dict[Statement, None] = {}
    parts = (
        _links(found),
        _metas(found),
        _headings(found),
        _json_ld(found),
        _microdata(found),
        _formats(found, raw),
        _pixels(raw),
        _plugins(names),
    )
    for part in parts:
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


def _headings(found: Sources) -> Iterator[Statement]:
    for title in found.titles[:2]:
        yield _said("html:title", title, Place.TITLE)
    for heading in found.headings[:5]:
        if words := _words(heading):
            yield _said("html:h1", words, Place.TITLE)


def _microdata(found: Sources) -> Iterator[Statement]:
    for element in found.marked:
        for field in (element.get("itemprop") or "").split():
            if field in _MICRODATA and (words := _words(element)):
                yield _said(f"microdata:{field}", words, Place.MARKUP)


def _formats(found: Sources, raw: str) -> Iterator[Statement]:
    """Microformats and portal marks, which few pages have: looked for only where they occur."""
    for mark in _FORMATTED:
        if mark not in raw or found.root is None:
            continue
        for element in cast("list[HtmlElement]", found.root.xpath(_FORMAT_PATH, mark=mark)):
            link = element.get("href") or element.get("src")
            value = (found.resolve(link) if link else None) or _words(element)
            if element.get("data-aop") == mark:
                yield _said("markup:providerlogo", element.get("alt") or value, Place.MARKUP)
            elif mark in (element.get("class") or "").split():
                yield _said(f"mf:{mark.removeprefix('u-')}", value, Place.MARKUP)


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content()[:_MAX_VALUE].split())


def _pixels(raw: str) -> Iterator[Statement]:
    if any(word in raw for word in _PIXEL_WORDS):
        for match in _PIXEL.finditer(raw):
            address = match.group().replace("\\u002F", "/").replace("\\/", "/")
            yield _said("pixel:republication", html.unescape(address), Place.MARKUP)


def _plugins(names: frozenset[str]) -> Iterator[Statement]:
    words = {name for text in names for name in text.split()}
    found = {name: plugin for name in words if (plugin := _PLUGIN.match(name))}
    for name, plugin in sorted(found.items()):
        yield _said(f"plugin:{plugin.group().lower()}", name, Place.MARKUP)
