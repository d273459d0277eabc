"""Feeds as bytes: RSS in its versions, Atom and JSON Feed, one page for each item.

feedparser knows what the fields of each version mean; the guard around it is there because its
strict parser takes time by the square over crowded elements, and because what is not well-formed
falls to its loose parser, whose expressions a stranger can stall.
"""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from provenance.text.dates import Moment, parse_moment
from provenance.text.fragments import fragment_text
from provenance.text.json_text import parse_json
from provenance.text.scrub import scrub
from provenance.text.urls import absolute, is_web_url, split
from provenance.world.formats.listed import Contents, ListedPage, ListingKind
from provenance.world.formats.markup import children, name, read_xml, whole_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MOST_ENTRIES = 500
_LONGEST_TEXT = 100_000
_LONGEST_LINE = 2000
_LONGEST_SPACE, _MOST_SPACES = 200, 50
_DATED = ("pubdate", "published", "issued")
_MARKUP = frozenset({"title", "encoded", "content", "description", "summary"})
_READ = _MARKUP | {
    *_DATED,
    "date",
    "created",
    "updated",
    "modified",
    "link",
    "guid",
    "id",
    "source",
}
_MEDIA = "search.yahoo.com/mrss"
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# By any namespace; feedparser takes dc:date for a change, where feeds mean when an item appeared.
_SPELLED = {
    "encoded": "{http://purl.org/rss/1.0/modules/content/}encoded",
    "date": "{http://purl.org/dc/terms/}issued",
}
_SPACE_TOO_LONG = re.compile(rb"xmlns[^=]{0,200}=\s{0,9}[\"'][^\"'<]{500}")
_UNRESOLVED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)(\w+);")
_ROOTS = frozenset({"feed", "rss"})
_REDIRECTS = frozenset({"www.google.com", "news.google.com", "www.bing.com"})


def read_feed(body: bytes, base: str, *, most: int = _MOST_ENTRIES) -> Contents:
    """The items of a feed in its order, at most so many, those without an address left out.

    ``base`` is the address of the feed. ValueError for anything that is no feed.
    """
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        found, why = _from_json(body, base, most), ""
    else:
        if _SPACE_TOO_LONG.search(body.replace(b"\0", b"")):
            raise ValueError("no feed: a namespace longer than any has")
        root, why = read_xml(body)
        found = (_item(item, base) for item in _parse_strictly(_tame(_feed(root), most)))
    pages = tuple(page for page in found if page is not None and len(page.url) <= _LONGEST_LINE)
    return Contents(kind=ListingKind.FEED, pages=pages, why=why)


def _feed(root: _Element) -> _Element:
    """The element that holds the feed; ValueError where there is none."""
    if name(root) == "html":
        root = next((inner for inner in root.iter() if name(inner) in _ROOTS), root)
    kind = name(root)
    if kind in {"rss", "rdf"} and not list(children(root, "channel")):
        raise ValueError("a feed without a channel")
    if kind not in {"feed", "rss", "rdf"}:
        raise ValueError("it is no feed")
    return root


def _tame(root: _Element, most: int) -> bytes:
    """A feed as well-formed XML of the elements that are read, in bounds."""
    from lxml import etree

    parents = [root, *children(root, "channel")]
    items = [each for parent in reversed(parents) for each in children(parent, "item", "entry")]
    kept = {id(each) for each in (*parents, *items[:most])}
    for parent in parents:
        _drop(parent, [each for each in parent if id(each) not in kept])
    for item in items[:most]:
        _tame_item(item)
    known = set[str]()
    for element in root.iter(etree.Element):
        space, _, tag = str(element.tag).rpartition("}")
        if len(space) > _LONGEST_SPACE or len(known | {space}) > _MOST_SPACES or ":" in tag:
            element.tag = tag.rpartition(":")[2] or "x"
        else:
            known.add(space)
        for key, value in element.attrib.items():
            if len(value) > _LONGEST_LINE or (":" in key and key != _XML_BASE):
                del element.attrib[key]
    etree.cleanup_namespaces(root)
    plain = etree.tostring(root, encoding="utf-8", with_tail=False)
    return _UNRESOLVED.sub(rb"&amp;\1;", plain)


def _tame_item(item: _Element) -> None:
    from lxml import etree

    _drop(item, [child for child in item if name(child) not in _READ or _MEDIA in str(child.tag)])
    dated = bool(list(children(item, *_DATED)))
    for child in list(item):
        kind = name(child)
        if kind == "date" and dated:
            item.remove(child)
            continue
        child.tag = _SPELLED.get(kind, child.tag)
        if kind == "source":
            _drop(child, [each for each in child if name(each) not in {"link", "title"}])
        for line in child if kind == "source" else [child] if kind not in _MARKUP else []:
            etree.strip_tags(line, "*")
            if len(whole_text(line)) > _LONGEST_LINE:
                line.clear()


def _drop(parent: _Element, unread: list[_Element]) -> None:
    for each in unread:
        parent.remove(each)


def _parse_strictly(tame: bytes) -> list[Any]:
    """The items as feedparser reads them, by its strict parser alone."""
    from xml.parsers import expat

    import feedparser

    try:
        expat.ParserCreate(namespace_separator=" ").Parse(tame, True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise ValueError("it is not XML") from error
    found = feedparser.parse(BytesIO(tame), resolve_relative_uris=False, sanitize_html=False)
    return list(found.entries)


def _item(item: Any, base: str) -> ListedPage | None:
    url = _address(item, base)
    if url is None:
        return None
    texts = [each.get("value", "") for each in item.get("content", ())]
    source = item.get("source") or {}
    links = (link.get("href") for link in source.get("links", ()))
    return ListedPage(
        url=scrub(url),
        title=_plain_text(item.get("title", "")),
        text=max(map(_plain_text, (*texts, item.get("summary", ""))), key=len),
        published=_moment(item.get("published") or item.get("created") or ""),
        modified=_moment(dict.get(item, "updated", "")),
        source=str(source.get("href") or next(links, None) or source.get("title") or "")[:500],
        source_name=_plain_text(str(source.get("title") or "")[:500]),
    )


def _address(item: Any, base: str) -> str | None:
    """Where an item leads: its link, the alternate one where there are several, else its name."""
    links = [link for link in item.get("links", ()) if link.get("href")]
    linked = [link["href"] for link in links if link.get("rel") == "alternate"]
    linked += [item.get("link") or "", *(link["href"] for link in links)]
    if is_web_url(named := item.get("id") or ""):
        linked.append(named)
    for href in linked:
        if href.strip() and (url := absolute(base, href)) is not None:
            return _unwrap(url)
    return None


def _from_json(body: bytes, base: str, most: int) -> Iterator[ListedPage | None]:
    try:
        found = parse_json(body)
    except ValueError as error:
        raise ValueError("it is no feed") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or "jsonfeed" not in str(found.get("version")):
        raise ValueError("it is no feed")
    return (_json_item(item, base) for item in items[:most] if isinstance(item, dict))


def _json_item(item: dict[str, Any], base: str) -> ListedPage | None:
    url = absolute(base, str(item.get("url") or item.get("external_url") or ""))
    if url is None or not (item.get("url") or item.get("external_url")):
        return None
    texts = (
        _plain_text(str(item.get(key) or "")) for key in ("content_text", "content_html", "summary")
    )
    return ListedPage(
        url=scrub(_unwrap(url)),
        title=_plain_text(str(item.get("title") or "")),
        text=max(texts, key=len),
        published=_moment(str(item.get("date_published") or "")),
        modified=_moment(str(item.get("date_modified") or "")),
    )


def _unwrap(url: str) -> str:
    """The address behind a counting redirect that carries it."""
    parts = split(url)
    if parts.hostname in _REDIRECTS:
        for key, value in parse_qsl(parts.query):
            if key in {"url", "q"} and is_web_url(value):
                return value
    return url


def _plain_text(markup: str) -> str:
    """Text without tags, unescaped twice where markup stands escaped in markup."""
    return scrub(fragment_text(html.unescape(markup[:_LONGEST_TEXT])))


def _moment(text: str) -> Moment | None:
    return parse_moment(text) if text else None
