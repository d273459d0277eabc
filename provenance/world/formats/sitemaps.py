"""Sitemaps as bytes: addresses with their dates, and with headlines where they are for news."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from provenance.text.dates import Moment, parse_moment
from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.formats.markup import children, name, read_xml, said

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ENTRIES = 50_000
_MOST_BYTES = 8_000_000
_SLUG = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapPlace:
    """One address of a sitemap. ``title`` is that of a news sitemap, else ''."""

    url: str
    title: str = ""
    published: Moment | None = None
    modified: Moment | None = None

    @property
    def words(self) -> str:
        """The headline, else the words in the last part of the address."""
        if self.title:
            return self.title
        parts = [part for part in urlsplit(self.url).path.split("/") if part]
        return max((" ".join(_SLUG.findall(unquote(part))) for part in parts), key=len, default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a sitemap lists, in its order: pages, or further sitemaps."""

    places: tuple[SitemapPlace, ...] = ()
    further: tuple[str, ...] = ()


def read_sitemap(body: bytes) -> Sitemap:
    """The sitemap in XML, gzip or plain lines; ValueError for anything else."""
    if body[:2] == b"\x1f\x8b":
        body = _unzipped(body)
    bare = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare[:4] == b"http":
        lines = bare.decode("utf-8", "replace").split()
        return Sitemap(places=tuple(SitemapPlace(url=line) for line in lines if is_web_url(line)))
    root = read_xml(bare)
    kind = name(root)
    if kind == "sitemapindex":
        told = (
            said(each, "loc") or (each.text or "").strip() for each in children(root, "sitemap")
        )
        return Sitemap(further=tuple(url for url in told if is_web_url(url))[:_MOST_ENTRIES])
    if kind != "urlset":
        raise ValueError("it is no sitemap")
    places = (_place(each) for each in list(children(root, "url"))[:_MOST_ENTRIES])
    return Sitemap(places=tuple(place for place in places if place is not None))


def _place(element: _Element) -> SitemapPlace | None:
    url = said(element, "loc")
    if not is_web_url(url):
        return None
    news = next(children(element, "news"), None)
    published = said(news, "publication_date") if news is not None else ""
    title = said(news, "title") if news is not None else ""
    modified = said(element, "lastmod")
    return SitemapPlace(
        url=url,
        title=scrub(" ".join(title.split()))[:500],
        published=parse_moment(published) if published else None,
        modified=parse_moment(modified) if modified else None,
    )


def _unzipped(body: bytes) -> bytes:
    """A gzip file undone, bounded; what is cut short is read as far as it goes."""
    try:
        return zlib.decompressobj(wbits=31).decompress(body, _MOST_BYTES)
    except zlib.error as error:
        raise ValueError("it cannot be decompressed") from error
