"""Sitemaps and feeds read as hostile XML: no entities, no DTD, no network, bounded in size."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING

from provenance.text.scrub import scrub
from provenance.text.urls import is_web_url
from provenance.world.formats.coding import GZIP_MAGIC, CutShort, TooLarge, Undecodable, decode
from provenance.world.formats.feeds import read_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MOST_BYTES = 52_428_800
MOST_URLS = 50_000
_LONGEST = 2000
_KINDS = {
    "urlset": "sitemap",
    "sitemapindex": "sitemap index",
    "rss": "feed",
    "RDF": "feed",
    "feed": "feed",
}
_ENTRIES = frozenset({"url", "sitemap"})
_DATES = ("publication_date", "lastmod")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapUrl:
    """One address in a listing, with the date that stands beside it."""

    url: str
    dated: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A listing as read; ``kind`` is '' for what is none, ``why`` says what was wrong with it."""

    kind: str
    entries: tuple[SitemapUrl, ...] = ()
    why: str = ""


def parse(body: bytes, base: str = "") -> Contents:
    """The addresses in a sitemap, a sitemap index, an RSS or an Atom feed, packed or not.

    ``base`` is the address of the listing. What stands before a fault is given, and the fault
    named; a broken feed is mended, as feed readers do. Anything else has no kind.
    """
    try:
        if body.startswith(GZIP_MAGIC):
            body = decode(body, ("gzip",), MOST_BYTES)
    except TooLarge:
        return Contents(kind="sitemap", why=f"it unpacks to more than {MOST_BYTES:,} bytes")
    except CutShort:
        return Contents(kind="sitemap", why="it is packed, and cut off before its end")
    except Undecodable as error:
        return Contents(kind="sitemap", why=f"it is {error}")
    if len(body) > MOST_BYTES:
        return Contents(kind="sitemap", why=f"it has more than {MOST_BYTES:,} bytes")
    return _read(body, base)


def _read(body: bytes, base: str) -> Contents:
    from lxml import etree

    kind, why, found = "", "", list[SitemapUrl]()
    try:
        steps = etree.iterparse(
            BytesIO(body.lstrip()),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=False,
        )
        for event, element in steps:
            name = _name(element)
            if event == "start":
                if not kind:
                    kind = _KINDS.get(name, "")
                    if not kind:
                        return Contents(kind="")
                continue
            if kind == "feed":
                element.clear()
            elif name in _ENTRIES:
                found.extend(_entry(element))
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            if len(found) > MOST_URLS:
                why = f"it has more than the {MOST_URLS:,} addresses that are read"
                break
    except etree.XMLSyntaxError as error:
        why = f"it is no well-formed XML: {scrub(error.msg or '')[:160]}"
    if kind == "feed":
        try:
            found = _items(body, base)
        except ValueError as error:
            why = str(error)
    return Contents(kind=kind, entries=tuple(found[:MOST_URLS]), why=why if kind else "")


def _items(body: bytes, base: str) -> list[SitemapUrl]:
    return [
        SitemapUrl(url=scrub(item.url), dated=dated.at if dated else None)
        for item in read_feed(body, base, most=MOST_URLS)
        for dated in (item.published or item.updated,)
        if len(item.url) <= _LONGEST
    ]


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _entry(element: _Element) -> Iterator[SitemapUrl]:
    url, dates = "", dict[str, str]()
    for child in element.iter():
        name = _name(child)
        text = (child.text or "").strip()
        if name == "loc" and not url:
            url = text if child.getparent() is element else url
        elif name in _DATES and text:
            dates.setdefault(name, text)
    if url and len(url) <= _LONGEST:
        said = next((dates[name] for name in _DATES if name in dates), "")
        yield SitemapUrl(url=scrub(url), dated=when(said))


def lines(body: bytes) -> Contents:
    """A sitemap of plain lines, one address each; no kind where its first is none."""
    found = [line.strip() for line in body[:MOST_BYTES].decode("utf-8-sig", "replace").split()]
    if not found or not is_web_url(found[0]):
        return Contents(kind="")
    entries = (
        SitemapUrl(url=scrub(url)) for url in found if is_web_url(url) and len(url) <= _LONGEST
    )
    return Contents(kind="sitemap", entries=tuple(entries)[:MOST_URLS])


def when(text: str) -> datetime | None:
    """A date of a sitemap (W3C) or a feed (RFC 822), UTC where it names no zone; else None."""
    found = None
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(text.strip())
    if found is None:
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = parsedate_to_datetime(text)
    if found is None and (day := _DAY.match(text.strip())):
        with suppress(ValueError):
            found = datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=UTC)
    if found is None:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None
