"""Sitemaps as bytes: XML, gzip or plain lines; addresses with dates, and headlines of news.

The protocol's limits hold: 50 MB unpacked and 50,000 addresses (sitemaps.org).
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from provenance.text.dates import parse_moment
from provenance.text.scrub import scrub
from provenance.text.urls import absolute, is_web_url
from provenance.world.formats.coding import GZIP_MAGIC, Gunzip, Undecodable
from provenance.world.formats.listed import Contents, ListedPage, ListingKind
from provenance.world.formats.markup import children, fault, first_text, name, read_steps

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 52_428_800
MOST_URLS = 50_000
_LONGEST_URL, _LONGEST_TITLE = 2000, 500
_CHUNK = 65536
_ROOTS = {"urlset": ListingKind.SITEMAP, "sitemapindex": ListingKind.INDEX}
_TOO_MANY = f"it has more than the {MOST_URLS:,} addresses that are read"
_CUT_ADDRESS = re.compile(rb"<(?:\w{1,20}:)?loc>([^<]+)$", re.IGNORECASE)
_ROWS = {ListingKind.SITEMAP: "url", ListingKind.INDEX: "sitemap"}


def read_sitemap(body: bytes, base: str = "") -> Contents:
    """The sitemap or the index of sitemaps; ValueError for anything else.

    ``base`` is its address, which relative addresses are resolved against. Broken XML is mended,
    and of bytes that are cut short or too many what is there is read; ``why`` tells of it.
    """
    body, why = unpack(body)
    pages = _read_lines(body)
    if pages is not None:
        why = why or (_TOO_MANY if len(pages) > MOST_URLS else "")
        return Contents(kind=ListingKind.SITEMAP, pages=pages[:MOST_URLS], why=why)
    try:
        found = _read_xml(body, base)
    except ValueError:
        if why:
            raise ValueError(why) from None
        raise
    return replace(found, why=why or found.why)


def unpack(body: bytes) -> tuple[bytes, str]:
    """The bytes without gzip, as far as they go, and why they are not all; '' where they are."""
    if not body.startswith(GZIP_MAGIC):
        large = len(body) > MOST_BYTES
        return body[:MOST_BYTES], f"it has more than {MOST_BYTES:,} bytes" if large else ""
    packed, found = Gunzip(BytesIO(body).read), bytearray()
    try:
        while part := packed.read(_CHUNK):
            found += part
            if len(found) > MOST_BYTES:
                return bytes(found[:MOST_BYTES]), f"it unpacks to more than {MOST_BYTES:,} bytes"
    except Undecodable as error:
        return bytes(found), f"it is {error}"
    return bytes(found), ""


def _read_lines(body: bytes) -> tuple[ListedPage, ...] | None:
    """The addresses of a sitemap of plain lines; None where its first word is none."""
    start = body[: 2 * _LONGEST_URL].decode("utf-8-sig", "replace").split(maxsplit=1)[:1]
    if not any(map(is_web_url, start)):
        return None
    words = body.decode("utf-8-sig", "replace").split()
    return tuple(
        ListedPage(url=scrub(word))
        for word in words
        if len(word) <= _LONGEST_URL and is_web_url(word)
    )


def _read_xml(body: bytes, base: str) -> Contents:
    kind, lost, pages = ListingKind.NONE, False, list[ListedPage]()
    steps = read_steps(body)
    with suppress(SyntaxError):  # of lxml, for what is no XML at all; the log has it too
        for event, element in steps:
            if event == "start":
                kind = kind or _ROOTS.get(name(element), ListingKind.NONE)
                if not kind:
                    raise ValueError("it is no sitemap")
            elif name(element) == _ROWS[kind]:
                page = _page(element, base)
                lost = lost or page is None
                pages += [page] if page else []
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
                if len(pages) > MOST_URLS:
                    break
    if not kind:
        raise ValueError("it is no sitemap, and no XML")
    cut = _CUT_ADDRESS.search(body[-2 * _LONGEST_URL :])
    if cut and pages and pages[-1].url == absolute(base, cut[1].decode("utf-8", "replace")):
        pages.pop()
    why = _TOO_MANY if len(pages) > MOST_URLS else fault(steps.error_log)
    why = why or ("some of its addresses are no web addresses" if lost else "")
    if kind is ListingKind.INDEX:
        return Contents(kind=kind, further=tuple(page.url for page in pages), why=why)
    return Contents(kind=kind, pages=tuple(pages[:MOST_URLS]), why=why)


def _page(row: _Element, base: str) -> ListedPage | None:
    # Some indexes have the address in the row itself, without an element of its own.
    href = first_text(row, "loc") or (row.text or "").strip()
    url = absolute(base, href) if href else None
    if url is None or len(url) > _LONGEST_URL:
        return None
    news = next(children(row, "news"), row)
    published, modified = first_text(news, "publication_date"), first_text(row, "lastmod")
    title = first_text(news, "title")
    return ListedPage(
        url=scrub(url),
        title=scrub(" ".join(title.split()))[:_LONGEST_TITLE],
        published=parse_moment(published) if published else None,
        modified=parse_moment(modified) if modified else None,
    )
