"""Feeds as bytes: RSS in its versions, Atom and JSON Feed, one entry for each item."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from provenance.text.dates import Moment, parse_moment
from provenance.text.fragments import fragment_text
from provenance.text.scrub import scrub
from provenance.text.urls import absolute, is_web_url
from provenance.world.markup import children, name, read_xml, said, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ENTRIES = 500
_LONGEST_TEXT = 100_000
_PUBLISHED = ("pubdate", "published", "issued", "date", "created")
_UPDATED = ("updated", "modified")
_TEXTS = ("encoded", "content", "description", "summary")
_ROOTS = frozenset({"feed", "rss"})
_REDIRECTS = frozenset({"www.google.com", "news.google.com", "www.bing.com"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed: its address, title, text without tags, and the feed's dates for it.

    ``source`` is the feed or site that the item says it was taken from, '' where it says none.
    """

    url: str
    title: str
    text: str
    published: Moment | None
    updated: Moment | None
    source: str = ""


def read_feed(body: bytes, base: str) -> tuple[Entry, ...]:
    """The items of a feed in its order, those without an address left out.

    ``base`` is the address of the feed. ValueError for anything that is no feed.
    """
    if body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _from_json(body, base)
    root = read_xml(body)
    if name(root) == "html":
        root = next((inner for inner in root.iter() if name(inner) in _ROOTS), root)
    kind = name(root)
    if kind == "feed":
        items = list(children(root, "entry"))
    elif kind in {"rss", "rdf"}:
        channels = list(children(root, "channel"))
        if not channels:
            raise ValueError("a feed without a channel")
        items = [item for parent in (*channels, root) for item in children(parent, "item")]
    else:
        raise ValueError("it is no feed")
    found = (_entry(item, base) for item in items[:_MOST_ENTRIES])
    return tuple(entry for entry in found if entry is not None)


def _entry(item: _Element, base: str) -> Entry | None:
    url = _address(item, base)
    if url is None:
        return None
    return Entry(
        url=url,
        title=_shown(said(item, "title")),
        text=max((_shown(said(item, part)) for part in _TEXTS), key=len),
        published=_moment(said(item, *_PUBLISHED)),
        updated=_moment(said(item, *_UPDATED)),
        source=_source(item),
    )


def _address(item: _Element, base: str) -> str | None:
    """Where an item leads: its link, the alternate one where there are several, else its name."""
    links = list(children(item, "link"))
    linked = [link.get("href") or "" for link in links if _alternate(link.get("rel"))]
    linked += [whole(link) for link in links]
    linked += [link.get("href") or "" for link in links]
    named = [guid for guid in (said(item, "guid"), said(item, "id")) if is_web_url(guid)]
    for href in (*linked, *named):
        if href.strip() and (url := absolute(base, href)) is not None:
            return _unwrapped(url)
    return None


def _alternate(rel: str | None) -> bool:
    return rel is None or rel == "alternate"


def _source(item: _Element) -> str:
    for source in children(item, "source"):
        link = next((each.get("href") for each in children(source, "link")), None)
        return str(source.get("url") or link or whole(source))[:500]
    return ""


def _from_json(body: bytes, base: str) -> tuple[Entry, ...]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no feed") from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or "jsonfeed" not in str(found.get("version")):
        raise ValueError("it is no feed")
    entries = (_json_entry(item, base) for item in items[:_MOST_ENTRIES] if isinstance(item, dict))
    return tuple(entry for entry in entries if entry is not None)


def _json_entry(item: dict[str, Any], base: str) -> Entry | None:
    url = absolute(base, str(item.get("url") or item.get("external_url") or ""))
    if url is None or not (item.get("url") or item.get("external_url")):
        return None
    texts = (
        _shown(str(item.get(key) or "")) for key in ("content_text", "content_html", "summary")
    )
    return Entry(
        url=_unwrapped(url),
        title=_shown(str(item.get("title") or "")),
        text=max(texts, key=len),
        published=_moment(str(item.get("date_published") or "")),
        updated=_moment(str(item.get("date_modified") or "")),
    )


def _unwrapped(url: str) -> str:
    """The address behind a counting redirect that carries it."""
    parts = urlsplit(url)
    if parts.hostname in _REDIRECTS:
        for key, value in parse_qsl(parts.query):
            if key in {"url", "q"} and is_web_url(value):
                return value
    return url


def _shown(markup: str) -> str:
    """Text without tags, unescaped twice where markup stands escaped in markup."""
    return scrub(fragment_text(html.unescape(markup[:_LONGEST_TEXT])))


def _moment(text: str) -> Moment | None:
    return parse_moment(text) if text else None
