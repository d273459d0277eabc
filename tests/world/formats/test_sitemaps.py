from __future__ import annotations

import contextlib
import gzip
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Precision
from provenance.world.formats.listed import Contents, ListingKind
from provenance.world.formats.listings import read_listing
from provenance.world.formats.sitemaps import read_sitemap
from provenance.world.searches.sitemap import headline, parse
from tests.world.archives.build import answer
from tests.world.searches.recorded import FOLDER

NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://harbourpost.example/opinion/road </loc><lastmod>2026-02-25</lastmod>
<news:news><news:publication><news:name>Harbour Post</news:name></news:publication>
<news:publication_date>2026-02-24T08:15:00Z</news:publication_date>
<news:title>The road nobody  mends</news:title></news:news></url>
<url><loc>https://harbourpost.example/2026/02/the-weir-at-oxbow-1234/</loc></url>
<url><loc>javascript:alert(1)</loc></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>
<loc>https://harbourpost.example/news.xml</loc></sitemap><sitemap><loc>ftp://x</loc></sitemap>
</sitemapindex>"""


@pytest.mark.parametrize("packed", [False, True])
def test_pages_with_headline_and_dates(*, packed: bool) -> None:
    first, second = read_sitemap(gzip.compress(NEWS) if packed else NEWS).pages
    assert first.url == "https://harbourpost.example/opinion/road"
    assert headline(first) == "The road nobody mends"
    assert first.published is not None
    assert first.published.at == datetime(2026, 2, 24, 8, 15, tzinfo=UTC)
    assert first.modified is not None
    assert headline(second) == "the weir at oxbow"
    assert (second.title, second.published, second.modified) == ("", None, None)


def test_further_sitemaps() -> None:
    found = read_sitemap(INDEX)
    assert found.kind is ListingKind.INDEX
    assert found.further == ("https://harbourpost.example/news.xml",)
    assert "no web addresses" in found.why


def test_plain_lines() -> None:
    pages = read_sitemap(b"\xef\xbb\xbfhttps://a.example/x\nhttps://a.example/y\nno\n").pages
    assert [page.url for page in pages] == ["https://a.example/x", "https://a.example/y"]


@pytest.mark.parametrize("body", [b"", b"<html/>", b"\x1f\x8bnot gzip", b"{}", b"<rss/>"])
def test_what_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"sitemap|XML|not packed"):
        read_sitemap(body)


def test_a_packed_file_is_unpacked_only_so_far() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert len(bomb) < 100_000
    assert read_sitemap(bomb).pages == ()


def row(url: str, more: str = "") -> str:
    return f"<url><loc>{url}</loc>{more}</url>"


def urlset(*rows: str) -> bytes:
    return f"<urlset>{''.join(rows)}</urlset>".encode()


A = "https://a.example/1"
MANY = gzip.compress(urlset(*(row(f"{A}{n * 7919 % 100_003}") for n in range(1000))))
NINE: dict[str, tuple[bytes, int, str, Precision | None, str]] = {
    "plain": (urlset(row(A)), 1, A, None, ""),
    "mail date": (
        urlset(row(A, "<lastmod>Sun, 01 Mar 2026 12:00:00 +0100</lastmod>")),
        *(1, A, Precision.SECOND, ""),
    ),
    "month": (urlset(row(A, "<lastmod>2026-01</lastmod>")), 1, A, Precision.MONTH, ""),
    "bare &": (urlset(row(f"{A}?a=1&b=2"), row(A)), 2, f"{A}?a=1&b=2", None, ""),
    "lines": (f"HTTPS://a.example/1\n{A}\n".encode(), 2, "HTTPS://a.example/1", None, ""),
    "relative": (urlset(row("/1")), 1, A, None, ""),
    "9 MB": (urlset(*[row(f"{A}?{'x' * 200}")] * 38_001), 38_001, f"{A}?{'x' * 200}", None, ""),
    "upper case": (f"<URLSET><URL><LOC>{A}</LOC></URL></URLSET>".encode(), 1, A, None, ""),
    "gzip cut short": (MANY[: len(MANY) * 2 // 5], 200, f"{A}0", None, "cut off"),
}


@pytest.mark.parametrize("name", NINE)
def test_audits_and_searches_see_one_sitemap(name: str) -> None:
    body, least, first, precision, why = NINE[name]
    audit = read_listing(body, "https://a.example/sitemap.xml")
    said = replace(answer(body), url="https://a.example/sitemap.xml")
    assert audit == parse("a", "words", said)
    assert least <= len(audit.pages) < least + 200
    assert audit.pages[0].url == first
    modified = audit.pages[0].modified
    assert (modified.precision if modified else None) == precision
    assert why in audit.why
    assert bool(why) is bool(audit.why)


@pytest.mark.parametrize("end", ["<url><lo", "<url><loc>", f"<url><loc>{A}", f"<url><loc>{A}</"])
def test_an_address_that_is_cut_short_is_not_given(end: str) -> None:
    found = read_sitemap(urlset(row(A)).replace(b"</urlset>", end.encode()), A)
    assert [page.url for page in found.pages][:1] == [A]
    assert len(found.pages) == 1 + end.endswith("</")
    assert "well-formed" in found.why


def test_an_ampersand_in_literal_text_stands_for_itself() -> None:
    body = urlset(row(f"<![CDATA[{A}?a=1&b=2]]>"), row(f"{A}?a=1&amp;b=2"), row(f"{A}?a&#38;b"))
    assert [page.url for page in read_sitemap(body).pages] == [
        f"{A}?a=1&b=2",
        f"{A}?a=1&b=2",
        f"{A}?a&b",
    ]


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"<urlset>{t}".encode()))
def test_any_bytes_are_a_sitemap_or_none(body: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(read_sitemap(body), Contents)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "pages", "further"),
    [
        ("crawler-commons__hebdenbridgetimes-articles-sitemap.xml", 74, 0),
        ("crawler-commons__shinpaideshou-news-sitemap.xml", 3, 0),
        ("crawler-commons__sitemap-news.xml", 2, 0),
        ("crawler-commons__sitemap-with-bom.txt", 2, 0),
        ("crawler-commons__sitemap.badns.xml", 2, 0),
        ("crawler-commons__sitemap.index.xml", 0, 15),
        ("crawler-commons__sitemap.ns.xml", 2, 0),
        ("news-crawl__sitemap-news.xml", 1, 0),
        ("trafilatura__sitemap-hreflang.xml", 3, 0),
        ("trafilatura__sitemap.xml", 84, 0),
        ("trafilatura__sitemap.xml.gz", 84, 0),
        ("trafilatura__sitemap2.xml", 0, 2),
    ],
)
def test_recorded_sitemaps(name: str, pages: int, further: int) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER}: the recorded search answers are not here")
    found = read_sitemap((FOLDER / "sitemaps" / name).read_bytes())
    assert (len(found.pages), len(found.further)) == (pages, further)
