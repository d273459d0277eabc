from __future__ import annotations

import contextlib
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.world.formats.sitemaps import Sitemap, read_sitemap
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
    first, second = read_sitemap(gzip.compress(NEWS) if packed else NEWS).places
    assert first.url == "https://harbourpost.example/opinion/road"
    assert first.words == "The road nobody mends"
    assert first.published is not None
    assert first.published.at == datetime(2026, 2, 24, 8, 15, tzinfo=UTC)
    assert first.modified is not None
    assert second.words == "the weir at oxbow"
    assert (second.title, second.published, second.modified) == ("", None, None)


def test_further_sitemaps() -> None:
    assert read_sitemap(INDEX) == Sitemap(further=("https://harbourpost.example/news.xml",))


def test_plain_lines() -> None:
    places = read_sitemap(b"\xef\xbb\xbfhttps://a.example/x\nhttps://a.example/y\nno\n").places
    assert [place.url for place in places] == ["https://a.example/x", "https://a.example/y"]


@pytest.mark.parametrize("body", [b"", b"<html/>", b"\x1f\x8bnot gzip", b"{}", b"<rss/>"])
def test_what_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"sitemap|XML|decompressed"):
        read_sitemap(body)


def test_a_packed_file_is_unpacked_only_so_far() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert len(bomb) < 100_000
    assert read_sitemap(bomb).places == ()


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: f"<urlset>{t}".encode()))
def test_any_bytes_are_a_sitemap_or_none(body: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(read_sitemap(body), Sitemap)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "places", "further"),
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
def test_recorded_sitemaps(name: str, places: int, further: int) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER}: the recorded search answers are not here")
    found = read_sitemap((FOLDER / "sitemaps" / name).read_bytes())
    assert (len(found.places), len(found.further)) == (places, further)
