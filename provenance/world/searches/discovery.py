"""The doors of a site: what its page says of how its articles can be searched without any key.

A WordPress site names its REST interface in a ``Link`` header or a ``<link>``; others describe
their search box (OpenSearch) or their feeds there; ``robots.txt`` names sitemaps.
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
_SITEMAP = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S{1,2000})", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSearches:
    """What a page says of its site: addresses, absolute, '' or () where it says nothing.

    ``rest`` is the root of a WordPress interface, ``opensearch`` a description, ``feeds`` those of
    the articles, ``wordpress`` whether the page looks made by it.
    """

    rest: str = ""
    opensearch: str = ""
    feeds: tuple[str, ...] = ()
    wordpress: bool = False


def discover(capture: Capture) -> SiteSearches:
    """What one page of a site offers; nothing for what is no page."""
    base = capture.responded_url or capture.url or ""
    links = list(_links(capture.body[:_MOST_BYTES]))
    rest = [
        href
        for value in _headers(capture, "link")
        for href, _, rel in _LINK.findall(value)
        if _API in rel.split()
    ]
    rest += [link.href for link in links if _API in link.rel]
    described = [link.href for link in links if "search" in link.rel and "opensearch" in link.kind]
    feeds = [
        link.href
        for link in links
        if "alternate" in link.rel and link.kind in _FEEDS and not _comments(link)
    ]
    made_by = any("wp-content" in href or href.rstrip("/").endswith("/feed") for href in feeds)
    return SiteSearches(
        # An interface may lie on another domain of the house, and its posts say where they are.
        rest=next(_absolute(base, rest), ""),
        opensearch=next(_own(base, described), ""),
        feeds=tuple(dict.fromkeys(_absolute(base, feeds))),
        wordpress=made_by or b'content="WordPress' in capture.body[:_MOST_BYTES],
    )


def sitemaps(capture: Capture) -> tuple[str, ...]:
    """The sitemaps for news that a robots.txt names, on its own site."""
    base = capture.responded_url or capture.url or ""
    named = _SITEMAP.findall(capture.body[:_MOST_BYTES].decode("utf-8", "replace"))
    return tuple(url for url in _own(base, named) if "news" in url.lower())


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


def _comments(link: _Link) -> bool:
    return bool(_OF_COMMENTS.search(f"{link.href} {link.title}"))


def _headers(capture: Capture, wanted: str) -> Iterator[str]:
    return (value[:8000] for key, value in capture.headers if key == wanted)


def _absolute(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    for href in hrefs:
        if href.strip() and (url := absolute(base, href)) is not None:
            yield url


def _own(base: str, hrefs: Iterable[str]) -> Iterator[str]:
    """The addresses on the site itself: whoever it sends elsewhere is sent to somebody else."""
    return (url for url in _absolute(base, hrefs) if same_site(url, base))
