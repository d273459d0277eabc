"""Sitemaps, feeds and robots.txt, honest and hostile."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from provenance.model.ending import Ending, EndReason
from provenance.world.formats.listed import ListingKind
from provenance.world.formats.listings import may_be_listing, read_listing, walk
from provenance.world.formats.sitemaps import MOST_URLS
from provenance.world.http import robots
from provenance.world.site import trap

if TYPE_CHECKING:
    from pathlib import Path

URLSET = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    " xmlns:i='http://www.google.com/schemas/sitemap-image/1.1'>"
    "<url><loc> https://a.example/1 </loc><i:image><i:loc>https://a.example/p.jpg</i:loc></i:image>"
    "<lastmod>2026-03-01</lastmod></url><url><loc>https://a.example/2</loc></url></urlset>"
)
RSS = (
    "<rss version='2.0'><channel><link>https://a.example/</link><item><title>t</title>"
    "<link>https://a.example/1</link><pubDate>Sun, 01 Mar 2026 12:00:00 +0100</pubDate></item>"
    "<item><guid>https://a.example/2</guid></item>"
    "<item><guid isPermaLink='false'>urn:3</guid></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><link href='https://a.example/'/>"
    "<entry><link rel='replies' href='https://a.example/r'/><link href='https://a.example/1'/>"
    "<updated>2026-03-02T10:00:00Z</updated><published>2026-03-01T10:00:00Z</published></entry>"
    "</feed>"
)


@pytest.mark.parametrize(
    ("text", "kind", "urls"),
    [
        (URLSET, "sitemap", ["https://a.example/1", "https://a.example/2"]),
        (RSS, "feed", ["https://a.example/1", "https://a.example/2"]),
        (ATOM, "feed", ["https://a.example/1"]),
        ("<html><body>no</body></html>", "", []),
        ("", "", []),
        ("<urlset>", "sitemap", []),
    ],
)
def test_what_a_listing_holds(text: str, kind: str, urls: list[str]) -> None:
    for body in (text.encode(), gzip.compress(text.encode())):
        contents = read_listing(body)
        assert (contents.kind, [entry.url for entry in contents.pages]) == (kind, urls)


def test_dates_of_listings() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert read_listing(URLSET.encode()).pages[0].at == day
    assert read_listing(RSS.encode()).pages[0].at == day.replace(hour=11)
    assert read_listing(ATOM.encode()).pages[0].at == day.replace(hour=10)


def test_what_stands_before_a_fault_is_given() -> None:
    contents = read_listing(URLSET.encode()[:-40])
    assert [entry.url for entry in contents.pages] == ["https://a.example/1"]
    assert "well-formed" in contents.why


def test_a_broken_feed_is_mended_as_readers_do() -> None:
    broken = RSS.replace("<title>t</title>", "<title>salt&nbsp;& pepper</title>")
    contents = read_listing(broken.encode())
    assert [entry.url for entry in contents.pages] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert contents.pages[0].at == datetime(2026, 3, 1, 11, tzinfo=UTC)
    assert "well-formed" in contents.why


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        (
            "https://a.example/1\nhttps://a.example/2\n",
            ["https://a.example/1", "https://a.example/2"],
        ),
        ("\ufeffhttps://a.example/1\r\nno address", ["https://a.example/1"]),
        ("No such page. See https://a.example/", []),
        ("", []),
    ],
)
def test_a_sitemap_of_plain_lines(text: str, urls: list[str]) -> None:
    contents = read_listing(text.encode())
    assert [entry.url for entry in contents.pages] == urls
    assert contents.kind == ("sitemap" if urls else "")


def test_a_bomb_is_named_and_not_unpacked() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert "unpacks to more" in read_listing(bomb).why


def test_entities_are_not_resolved() -> None:
    text = (
        "<!DOCTYPE u [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y 'https://b.example/'>]>"
        "<urlset><url><loc>&x;</loc></url><url><loc>&y;</loc></url></urlset>"
    )
    assert read_listing(text.encode(), "https://a.example/s.xml").pages == ()


def test_an_index_is_followed_two_deep_and_each_file_once() -> None:
    def index(*urls: str) -> bytes:
        rows = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
        return f"<sitemapindex>{rows}</sitemapindex>".encode()

    files: dict[str, bytes | str] = {
        "https://a.example/s.xml": index("/s.xml", "/1.xml", "/1.xml", "https://b.example/x"),
        "https://a.example/1.xml": index("/2.xml", "/gone.xml"),
        "https://a.example/2.xml": index("/3.xml", "/1.xml"),
        "https://a.example/gone.xml": "HTTP 404",
    }
    asked = []

    def fetch(url: str) -> bytes | str:
        asked.append(url)
        return files[url]

    def own(url: str) -> bool:
        return url.startswith("https://a.example/")

    reads = {read.url: read for read in walk(["https://a.example/s.xml"], fetch, own)}
    assert asked == list(files)
    assert [read.depth for read in reads.values()] == [0, 1, 2, 2]
    last = reads["https://a.example/2.xml"].contents
    assert (last.further, "2 indexes deep" in last.why) == ((), True)
    gone = reads["https://a.example/gone.xml"].contents
    assert (gone.kind, gone.why) == (ListingKind.NONE, "HTTP 404")


def test_an_index_of_very_many_files_is_cut_and_says_so() -> None:
    rows = "".join(f"<sitemap><loc>https://a.example/{n}</loc></sitemap>" for n in range(700))
    index = f"<sitemapindex>{rows}</sitemapindex>".encode()
    first, *others = walk(["https://a.example/"], lambda url: "" if url[-1] != "/" else index)
    assert len(first.contents.further) == len(others) == 500
    assert "500 files" in first.contents.why


def test_a_json_feed_counts() -> None:
    body = b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1"}]}'
    assert may_be_listing(body)
    assert [page.url for page in read_listing(body, "https://a.example/f").pages] == [
        "https://a.example/1"
    ]
    assert read_listing(b'{"version": 1, "items": []}').kind is ListingKind.NONE


@pytest.mark.slow
@pytest.mark.shared
def test_the_shared_sitemaps(badinput: Path) -> None:
    files = sorted((badinput / "sitemaps").iterdir()) + sorted(
        (badinput / "xml-defusedxml").iterdir()
    )
    for file in files:
        contents = read_listing(file.read_bytes())
        assert len(contents.pages) <= MOST_URLS, file.name
        assert all(len(entry.url) <= 2000 for entry in contents.pages), file.name
    found = read_listing((badinput / "sitemaps" / "50001-urls.xml.gz").read_bytes())
    assert (len(found.pages), bool(found.why)) == (MOST_URLS, True)
    session = read_listing((badinput / "sitemaps" / "session.xml.gz").read_bytes())
    assert all(trap(entry.url) == Ending(reason=EndReason.SESSION_ID) for entry in session.pages)


@pytest.mark.shared
def test_the_shared_robots(badinput: Path) -> None:
    for line in (badinput / "robots-real.jsonl").read_text("utf-8").splitlines():
        rules = robots.parse(json.loads(line)["latin1"].encode("latin-1"))
        assert rules.delay is None or 0 <= rules.delay <= robots.LONGEST_DELAY
        assert rules.refusal("https://a.example/x") in {"", "robots.txt asks not to"}


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: provenance\nDisallow:", "/a", True),
        ("User-agent: Provenance\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("\0\xff\nnonsense", "/a", True),
    ],
)
def test_what_robots_allow(text: str, path: str, *, allowed: bool) -> None:
    rules = robots.parse(text.encode("latin-1"))
    assert (rules.refusal(f"https://a.example{path}") == "") is allowed


@pytest.mark.parametrize(
    ("said", "delay"), [("2", 2.0), ("1e9", 30.0), ("-4", None), ("nan", None), ("soon", None)]
)
def test_a_crawl_delay_is_capped(said: str, delay: float | None) -> None:
    assert robots.parse(f"User-agent: *\nCrawl-delay: {said}".encode()).delay == delay


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://a.example/story/1", None),
        ("https://a.example/2026/03/01/harbour-wall", None),
        ("https://a.example/article.php?id=44", None),
        ("https://a.example/a?PHPSESSID=77", EndReason.SESSION_ID),
        ("https://a.example/a;jsessionid=77", EndReason.SESSION_ID),
        ("https://a.example/" + "a/b/" * 7, EndReason.DEEP_PATH),
        ("https://a.example/news/news/news/1", EndReason.REPEATING_PATH),
        ("https://a.example/" + "x" * 1200, EndReason.LONG_ADDRESS),
    ],
)
def test_traps_are_named(url: str, reason: EndReason | None) -> None:
    found = trap(url)
    assert (found and found.reason) is reason
