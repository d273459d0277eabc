from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.world.formats.feeds import read_feed
from provenance.world.formats.listed import ListedPage
from tests.world.searches.recorded import FOLDER

BASE = "https://harbourpost.example/feed/"
MOMENT = datetime(2026, 2, 24, 8, 15, tzinfo=UTC)
RSS = b"""\xef\xbb\xbf
<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>Harbour Post</title><atom:link href="https://x.example/" rel="self"/>
<item><title>The road &amp;amp; the drain</title><link>/opinion/road</link>
<pubDate>Tue, 24 Feb 2026 08:15:00 +0000</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Forty metres of <b>drain</b> &mdash; no more.</p>]]></content:encoded>
<source url="https://agency.example/rss">Coast Agency</source></item>
<item><title>No address</title></item>
<item><title>By name</title><guid>https://harbourpost.example/?p=7</guid></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<link rel="replies" href="https://harbourpost.example/comments"/>
<link rel="alternate" href="https://harbourpost.example/road"/>
<title type="html">&lt;b&gt;Road&lt;/b&gt;</title><updated>2026-02-24T08:15:00Z</updated>
<summary>S</summary><source><link href="https://agency.example/"/></source></entry></feed>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "items": [
{"url": "https://harbourpost.example/road", "title": "Road", "content_html": "<p>Drain</p>",
 "date_published": "2026-02-24T08:15:00Z"}, {"id": 3}, 7]}"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>
<item><title>Road</title><link>https://harbourpost.example/road</link>
<dc:date>2026-02-24T08:15:00Z</dc:date></item></rdf:RDF>"""


def test_items_of_rss() -> None:
    first, second = read_feed(RSS, BASE).pages
    assert first.url == "https://harbourpost.example/opinion/road"
    assert first.title == "The road & the drain"
    assert first.text == "Forty metres of drain — no more."
    assert first.source == "https://agency.example/rss"
    assert first.published is not None
    assert first.published.at == MOMENT
    assert second.url == "https://harbourpost.example/?p=7"
    assert (second.published, second.source) == (None, "")


@pytest.mark.parametrize(
    ("body", "published", "source"),
    [(ATOM, False, "https://agency.example/"), (JSON, True, ""), (RDF, True, "")],
    ids=["atom", "json", "rdf"],
)
def test_items_of_other_forms(body: bytes, source: str, *, published: bool) -> None:
    (entry,) = read_feed(body, BASE).pages
    assert (entry.url, entry.title) == ("https://harbourpost.example/road", "Road")
    moment = entry.published if published else entry.modified
    assert moment is not None
    assert moment.at == MOMENT
    assert entry.source == source


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not a feed",
        b"<html><body>moved</body></html>",
        b"<rss></rss>",
        b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}',
        b"{" * 9000,
        b"<feed" + b" " * 9_000_000,
        b"<rss xmlns:x='" + b"u" * 3_000_000 + b"'><channel>" + b"<x:a/>" * 200_000,
    ],
)
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"feed|XML|bytes"):
        read_feed(body, BASE)


def test_a_feed_without_items_has_none() -> None:
    assert read_feed(b"<rss><channel><title>x</title></channel></rss>", BASE).pages == ()


def item(title: str, before: str = "") -> bytes:
    body = f"<rss><channel><item><link>{BASE}</link><title>{title}</title></item></channel></rss>"
    return f'<?xml version="1.0"?>{before}{body}'.encode()


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(
    f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)
)


@pytest.mark.parametrize(
    "hostile",
    [
        item("&a11;", f"{LAUGHS}]>"),
        item("&f;", "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/hostname'>]>"),
        item("&f;", "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd'>"),
        item("<a>" * 5000),
        item("x" * 3_000_000),
        item("<![CDATA["),
        item("a").replace(b"</channel>", b""),
    ],
    ids=["laughs", "file", "dtd", "depth", "length", "open", "cut"],
)
def test_hostile_feeds_expand_nothing_and_fetch_nothing(hostile: bytes) -> None:
    try:
        entries = read_feed(hostile, BASE).pages
    except ValueError:
        return
    assert all("haha" not in entry.title for entry in entries)
    assert all(len(entry.title) <= 100_000 for entry in entries)
    with open("/etc/hostname") as name:  # noqa: PTH123 - the file that an entity names
        assert all(name.read().strip() not in entry.title for entry in entries)


def test_a_broken_or_crowded_feed_never_meets_the_loose_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import feedparser.api

    def refuse(*_: object) -> None:
        raise AssertionError("the loose parser was asked")

    monkeypatch.setattr(feedparser.api, "LooseFeedParser", refuse)
    broken = item("salt&nbsp;& <b:i>pepper", f"{LAUGHS}]>").replace(
        b"<title>", b"<author>a</author><category>c</category><x:y xml:base='z'/><title>"
    )
    (entry,) = read_feed(broken, BASE).pages
    assert entry.title.startswith("salt")


def test_dates_and_links_by_their_meaning() -> None:
    body = b"""<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item>
<dc:date>2026-02-20T00:00:00Z</dc:date><pubDate>Tue, 24 Feb 2026 09:15:00 +0100</pubDate>
<guid isPermaLink="false">https://harbourpost.example/?p=8</guid></item></channel></rss>"""
    (entry,) = read_feed(body, BASE).pages
    assert entry.url == "https://harbourpost.example/?p=8"
    assert entry.published is not None
    assert (entry.published.at, entry.modified) == (MOMENT, None)
    assert len(read_feed(RSS, BASE, most=1).pages) == 1


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<rss>{text}".encode()))
def test_any_bytes_are_a_feed_or_none(body: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert all(isinstance(entry, ListedPage) for entry in read_feed(body, BASE).pages)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "items", "dated"),
    [
        ("feedjira__AmazonWebServicesBlog.xml", 10, 10),
        ("feedjira__DuplicateContentAtomFeed.xml", 10, 10),
        ("feedjira__FeedBurnerUrlNoAlternate.xml", 1, 1),
        ("feedjira__HuffPostCanada.xml", 2, 2),
        ("feedjira__InvalidDateFormat.xml", 2, 2),
        ("feedjira__TechCrunch.xml", 20, 20),
        ("feedjira__TypePadNews.xml", 10, 10),
        ("feedjira__atom_with_link_tag_for_url_unmarked.xml", 1, 1),
        ("feedjira__google_alerts_atom.xml", 20, 20),
        ("feedjira__json_feed.json", 20, 20),
        ("news-crawl__feed-with-sitemap-namespace.xml", 2, 2),
        ("rss-parser__content-encoded.rss", 7, 7),
        ("rss-parser__encoding.rss", 40, 40),
        ("rss-parser__feedburner.atom", 25, 25),
        ("rss-parser__guardian.rss", 55, 55),
        ("rss-parser__heise.atom", 15, 15),
        ("rss-parser__heraldsun.rss", 2, 0),
        ("rss-parser__instant-article.rss", 1, 1),
        ("rss-parser__missing-fields.atom", 0, 0),
        ("rss-parser__pagination-links.rss", 1, 1),
        ("rss-parser__reddit-atom.rss", 24, 24),
        ("rss-parser__unrecognized.rss", None, 0),
        ("rss-parser__uolNoticias.rss", 15, 15),
        ("trafilatura__feed.json", 25, 25),
        ("trafilatura__feed1.atom", 2, 2),
        ("trafilatura__feed2.rss", 1, 1),
    ],
)
def test_recorded_feeds(name: str, items: int | None, dated: int) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER}: the recorded search answers are not here")
    body = (FOLDER / "feeds" / name).read_bytes()
    if items is None:
        with pytest.raises(ValueError, match="no feed"):
            read_feed(body, BASE)
        return
    entries = read_feed(body, BASE).pages
    assert len(entries) == items
    assert sum(bool(entry.published or entry.modified) for entry in entries) == dated
    assert not any("google.com/url" in entry.url for entry in entries)
