"""Feeds, sitemaps and described search boxes of one site, searched here or there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import BadQuery, Garbled, ProviderError, Refused, Unavailable
from provenance.model import Event, Match, ProviderSpec, Query, Witness
from provenance.world.searches import build
from provenance.world.searches.opensearch import build as question
from provenance.world.searches.opensearch import read_description
from tests.world.archives.build import NOW, FakeWeb, answer

if TYPE_CHECKING:
    from provenance.model import Capture, Lead, Reply

BASE = "https://harbourpost.example"
PHRASE = Query(phrase="forty metres of drain")
TITLE = Query(phrase="The road nobody mends", match=Match.ALL)
ROAD = f"{BASE}/opinion/road"
FEED = f"""<rss version="2.0"><channel><title>Harbour Post</title>
<item><title>The road nobody repairs</title><link>{ROAD}</link>
<pubDate>Tue, 24 Feb 2026 08:15:00 +0000</pubDate>
<description>It needs forty metres of drain.</description><source url="https://wire.example/">W</source>
</item><item><title>The weir at Oxbow</title><link>{BASE}/weir</link></item></channel></rss>"""
NEWS = f"""<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>{ROAD}</loc><news:news><news:title>The road nobody mends</news:title>
<news:publication_date>2026-02-24</news:publication_date></news:news></url>
<url><loc>{BASE}/the-road-nobody-mends-at-all</loc><lastmod>2026-02-20</lastmod></url>
<url><loc>{BASE}/weir</loc></url></urlset>"""
INDEX = f"""<sitemapindex><sitemap><loc>{BASE}/pages.xml</loc></sitemap>
<sitemap><loc>{BASE}/news.xml</loc></sitemap></sitemapindex>"""


def box(*urls: str) -> str:
    return (
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><ShortName>H'
        f"</ShortName>{''.join(urls)}</OpenSearchDescription>"
    )


def way(template: str, kind: str = "text/html", **more: str) -> str:
    others = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<Url type="{kind}" template="{template.replace("&", "&amp;")}"{others}/>'


RSS_BOX = box(
    way(f"{BASE}/?s={{searchTerms}}"),
    way(f"{BASE}/?s={{searchTerms}}&feed=rss2&n={{count}}&x={{geo:box?}}", "application/rss+xml"),
)
PAGE = f"""<html><body><nav><a href="/weir">The weir at Oxbow is shut</a></nav>
<h2><a href="{ROAD}">The road that nobody mends</a></h2><a href="/opinion/road">Read on</a>
<a href="https://elsewhere.example/x">The road nobody mends elsewhere</a></body></html>"""


def search(
    kind: str, query: Query, *, at: str = f"{BASE}/door", **answers: Capture | ProviderError
) -> tuple[Reply[Lead], list[str]]:
    """What the service says, and what was asked; answers by path with _ for /."""
    web = FakeWeb(
        {
            f"{BASE}/{path.strip('_').replace('_', '.')}": reply
            if isinstance(reply, ProviderError)
            else replace(reply, url=BASE, responded_url=BASE)
            for path, reply in answers.items()
        }
    )
    service = build(ProviderSpec(name="post", kind=kind, base_url=at), web, lambda: NOW)
    assert service.index == "posts of harbourpost.example"
    return service.search(query), web.asked


@pytest.mark.parametrize(
    ("query", "urls"),
    [
        (PHRASE, [ROAD]),
        (TITLE, [ROAD]),
        (Query(phrase="oxbow crowns tyres", match=Match.ANY), [f"{BASE}/weir"]),
        (Query(phrase="forty metres of rope"), []),
    ],
)
def test_items_of_a_feed_that_hold_the_words(query: Query, urls: list[str]) -> None:
    reply, _ = search("feed", query, door=answer(FEED))
    assert [lead.url for lead in reply.items] == urls
    assert reply.notes == ("only its latest 2 items",)


def test_the_date_in_a_feed_is_the_sites_own_claim_and_its_source_is_told() -> None:
    reply, _ = search("feed", PHRASE, door=answer(FEED))
    (lead,) = reply.items
    assert "taken from https://wire.example/" in lead.reason
    assert lead.snippet == "It needs forty metres of drain."
    assert lead.sighting is not None
    assert (lead.sighting.witness, lead.sighting.event) == (Witness.SELF, Event.PUBLISHED)


def test_pages_of_a_sitemap_by_headline_or_address() -> None:
    reply, asked = search("sitemap", TITLE, door=answer(INDEX), news_xml=answer(NEWS))
    assert [lead.url for lead in reply.items] == [ROAD, f"{BASE}/the-road-nobody-mends-at-all"]
    first, second = (lead.sighting for lead in reply.items)
    assert first is not None
    assert second is not None
    assert (first.event, second.event) == (Event.PUBLISHED, Event.MODIFIED)
    assert asked == [f"{BASE}/door", f"{BASE}/news.xml"]


def test_the_feed_of_a_search_box_is_preferred() -> None:
    reply, asked = search("opensearch", PHRASE, door=answer(RSS_BOX), _=answer(FEED))
    assert [lead.url for lead in reply.items] == [ROAD, f"{BASE}/weir"]
    parameters = parse_qs(urlsplit(asked[1]).query, keep_blank_values=True)
    assert parameters == {
        "s": ["forty metres of drain"],
        "feed": ["rss2"],
        "n": ["20"],
        "x": [""],
    }


def test_an_empty_feed_of_results_is_none() -> None:
    empty = answer("<rss><channel><title>x</title></channel></rss>")
    assert search("opensearch", PHRASE, door=answer(RSS_BOX), _=empty)[0].items == ()


def test_of_a_page_of_results_the_links_like_the_question_are_taken() -> None:
    page_box = box(way("/?s={searchTerms}"))
    reply, _ = search("opensearch", TITLE, door=answer(page_box), _=answer(PAGE))
    assert [(lead.url, lead.title) for lead in reply.items] == [
        (ROAD, "The road that nobody mends")
    ]


@pytest.mark.parametrize(
    ("description", "ways"),
    [
        (RSS_BOX, 2),
        (box(way("/find?q={searchTerms}")), 1),
        (box(way("/find")), 0),
        (box(way("/find?q={searchTerms}", method="post")), 0),
        (box(way("/suggest?q={searchTerms}", "application/x-suggestions+json")), 0),
        (box(way("/find?q={searchTerms}", rel="suggestions")), 0),
        (box(way("javascript:x({searchTerms})")), 0),
        (box(), 0),
    ],
)
def test_only_ways_to_ask_by_get_are_used(description: str, ways: int) -> None:
    assert len(read_description(description.encode(), f"{BASE}/osd.xml")) == ways


def test_a_required_parameter_that_is_not_known_is_left_empty() -> None:
    query = Query(phrase="a b & c", match=Match.ALL)
    address = question(f"{BASE}/?q={{searchTerms}}&l={{language}}&y={{custom}}", query)
    assert address == f"{BASE}/?q=a+b+%26+c&l=*&y="


PAGE_BOX = answer(box(way("/?s={searchTerms}")))


@pytest.mark.parametrize(
    ("kind", "answers", "error", "why"),
    [
        ("feed", {"door": answer("<html>a page</html>")}, Garbled, "no feed"),
        ("feed", {"door": answer("", 404)}, Garbled, "404"),
        ("feed", {"door": answer("", 503)}, Unavailable, "503"),
        ("feed", {"door": answer("", 403)}, Refused, "403"),
        ("sitemap", {"door": answer("<rss/>")}, Garbled, "no sitemap"),
        ("sitemap", {"door": answer("", 429)}, Unavailable, "429"),
        (
            "sitemap",
            {"door": answer(INDEX), "news_xml": Unavailable("post", "x", "no answer in time")},
            Unavailable,
            "in time",
        ),
        ("opensearch", {"door": answer("<html/>")}, Garbled, "description"),
        ("opensearch", {"door": answer("", 500)}, Unavailable, "500"),
        (
            "opensearch",
            {"door": answer(box(way("https://elsewhere.example/?q={searchTerms}")))},
            Refused,
            "no search of its own",
        ),
        (
            "opensearch",
            {"door": PAGE_BOX, "_": answer("<p>Nothing found</p>")},
            Garbled,
            "names no",
        ),
        ("opensearch", {"door": PAGE_BOX, "_": answer("")}, Garbled, "cannot be read"),
        ("opensearch", {"door": PAGE_BOX, "_": answer("", 429)}, Unavailable, "429"),
        ("opensearch", {"door": answer(RSS_BOX), "_": answer("<p>x</p>")}, Garbled, "no feed"),
    ],
)
def test_what_is_no_answer_is_never_none(
    kind: str,
    answers: dict[str, Capture | ProviderError],
    error: type[ProviderError],
    why: str,
) -> None:
    with pytest.raises(error, match=why):
        search(kind, TITLE, **answers)


@pytest.mark.parametrize("kind", ["feed", "sitemap", "opensearch"])
def test_what_cannot_be_asked_is_not_sent(kind: str) -> None:
    with pytest.raises(BadQuery, match="not asked"):
        search(kind, Query(phrase="—"))
