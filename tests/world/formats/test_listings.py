"""Sitemaps, feeds and robots.txt, honest and hostile."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from provenance.model.ending import Ending, EndReason
from provenance.world.formats.listings import MOST_URLS, lines, parse, when
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
        contents = parse(body)
        assert (contents.kind, [entry.url for entry in contents.entries]) == (kind, urls)


def test_dates_of_listings() -> None:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    assert parse(URLSET.encode()).entries[0].dated == day
    assert parse(RSS.encode()).entries[0].dated == day.replace(hour=11)
    assert parse(ATOM.encode()).entries[0].dated == day.replace(hour=10)
    for text in ("", "soon", "2026-13-45", "9" * 500, "0001-01-01T00:00:00+14:00"):
        assert when(text) is None


def test_what_stands_before_a_fault_is_given() -> None:
    contents = parse(URLSET.encode()[:-40])
    assert [entry.url for entry in contents.entries] == ["https://a.example/1"]
    assert "well-formed" in contents.why


def test_a_broken_feed_is_mended_as_readers_do() -> None:
    broken = RSS.replace("<title>t</title>", "<title>salt&nbsp;& pepper</title>")
    contents = parse(broken.encode())
    assert [entry.url for entry in contents.entries] == [
        "https://a.example/1",
        "https://a.example/2",
    ]
    assert contents.entries[0].dated == datetime(2026, 3, 1, 11, tzinfo=UTC)
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
    contents = lines(text.encode())
    assert [entry.url for entry in contents.entries] == urls
    assert contents.kind == ("sitemap" if urls else "")


def test_a_bomb_is_named_and_not_unpacked() -> None:
    bomb = gzip.compress(b"<urlset>" + b" " * 60_000_000)
    assert "unpacks to more" in parse(bomb).why


def test_entities_are_not_resolved() -> None:
    text = (
        "<!DOCTYPE u [<!ENTITY x SYSTEM 'file:///etc/passwd'><!ENTITY y 'https://b.example/'>]>"
        "<urlset><url><loc>&x;</loc></url><url><loc>&y;</loc></url></urlset>"
    )
    assert parse(text.encode()).entries == ()


@pytest.mark.shared
def test_the_shared_sitemaps(badinput: Path) -> None:
    files = sorted((badinput / "sitemaps").iterdir()) + sorted(
        (badinput / "xml-defusedxml").iterdir()
    )
    for file in files:
        contents = parse(file.read_bytes())
        assert len(contents.entries) <= MOST_URLS, file.name
        assert all(len(entry.url) <= 2000 for entry in contents.entries), file.name
    found = parse((badinput / "sitemaps" / "50001-urls.xml.gz").read_bytes())
    assert (len(found.entries), bool(found.why)) == (MOST_URLS, True)
    session = parse((badinput / "sitemaps" / "session.xml.gz").read_bytes())
    assert all(trap(entry.url) == Ending(reason=EndReason.SESSION_ID) for entry in session.entries)


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
