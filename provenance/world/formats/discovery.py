"""What a site offers to programs, as its pages say: feeds, WordPress's interface, a search box.

A WordPress site names its REST interface in a ``Link`` header or a ``<link>``; others describe
their search box (OpenSearch) or their feeds there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.text.urls import absolute, same_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Capture

_MOST_BYTES = 1_000_000
_API = "https://api.w.org/"
_LINK = re.compile(r'<([^<>]{1,2000})>\s*;([^<>]{0,500}?)rel\s*=\s*"?([^";,]{1,100})')
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
)
_OF_COMMENTS = re.compile(
    r"comment|kommentar|commentaire|comentario|commenti|reacties", re.IGNORECASE
)
_MOST_FEEDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteOffers:
    """What a page says of its site: addresses, absolute, '' or () where it says nothing.

    ``rest`` is the root of a WordPress interface, ``opensearch`` a description, ``feeds`` those of
    the articles, ``wordpress`` whether the page looks made by it.
    """

    rest: str = ""
    opensearch: str = ""
    feeds: tuple[str, ...] = ()
    wordpress: bool = False


def discover(capture: Capture) -> SiteOffers:
    """What one page of a site offers; nothing for what is no page."""
    base = capture.responded_url or capture.url or ""
    body = capture.body[:_MOST_BYTES]
    links = list(_links(body))
    feeds = [link.href for link in links if _is_feed(link)]
    return SiteOffers(
        # An interface may lie on another domain of the house, and its posts say where they are.
        rest=next(_absolute(base, _interfaces(capture, links)), ""),
        # A search box that leads to another site searches somebody else's pages.
        opensearch=next(
            (url for url in _absolute(base, _boxes(links)) if same_site(url, base)), ""
        ),
        feeds=tuple(dict.fromkeys(_absolute(base, feeds)))[:_MOST_FEEDS],
        wordpress=any(map(_is_of_wordpress, feeds)) or b'content="WordPress' in body,
    )


def _interfaces(capture: Capture, links: list[_Link]) -> Iterator[str]:
    for key, value in capture.headers:
        for href, _, rel in _LINK.findall(value[:8000]) if key == "link" else ():
            if _API in rel.split():
                yield href
    yield from (link.href for link in links if _API in link.rel)


def _boxes(links: list[_Link]) -> Iterator[str]:
    return (link.href for link in links if "search" in link.rel and "opensearch" in link.kind)


def _is_feed(link: _Link) -> bool:
    of_comments = _OF_COMMENTS.search(f"{link.href} {link.title}")
    return "alternate" in link.rel and link.kind in _FEEDS and not of_comments


def _is_of_wordpress(feed: str) -> bool:
    return "wp-content" in feed or feed.rstrip("/").endswith("/feed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Link:
    href: str
    rel: tuple[str, ...]
    kind: str
    title: str


def _links(body: bytes) -> Iterator[_Link]:
    from lxml import etree, html

    parser = html.HTMLParser(recover=True, no_network=True, huge_tree=False)
    try:
        root = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, ValueError):
        return
    for link in root.iter("link"):
        yield _Link(
            href=link.get("href") or "",
            rel=tuple((link.get("rel") or "").lower().split()),
            kind=(link.get("type") or "").partition(";")[0].strip().lower(),
            title=link.get("title") or "",
        )


def _absolute(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    for href in hrefs:
        if href.strip() and (url := absolute(base, href)) is not None:
            yield url
