"""Answers of every kind of provider: a value that can be kept, or one of our errors."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Garbled, ProviderError
from provenance.model import ProviderSpec, Query
from provenance.world import archives, searches
from provenance.world.http.robots import Robots
from provenance.world.searches.site_search import find_site_searches
from tests.fuzz.hostile import NOON, answer, assert_clean, documents, json_bytes, mangled, texts

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Capture

PAGE = "https://paper.example/news/ferry"
NAMES = (
    "results", "articles", "items", "response_items", "mementos", "list", "uri", "datetime",
    "url", "link", "title", "rendered", "date_gmt", "excerpt", "content", "engines", "engine",
    "originalURL", "publishedDate", "seendate", "tstamp", "timestamp", "original", "statuscode",
    "status", "offset", "length", "filename", "urlkey", "mimetype", "digest", "id", "cdx-api",
    "to", "message", "error", "unresponsive_engines", "linkToOriginalFile", "response", "hits",
    "_source", "version", "fixed", "dynamic", "web", "code", "job_id", "status_ext",
    "original_url", "stories", "publish_date",
)  # fmt: skip
ROWS = [
    ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"],
    ["example,paper)/news/ferry", "20260301120000", PAGE, "text/html", "200", "A" * 32, "5"],
]
TIMEMAP = (
    f'<{PAGE}>; rel="original", <https://web.archive.org/web/20200101000000/{PAGE}>;'
    ' rel="first memento"; datetime="Wed, 01 Jan 2020 00:00:00 GMT"'
).encode()
SEEDS = (
    json_bytes(ROWS),
    TIMEMAP,
    json_bytes({"mementos": {"list": [{"uri": PAGE, "datetime": "2020-01-01T00:00:00Z"}]}}),
    json_bytes({"results": [{"url": PAGE, "engines": ["x"], "publishedDate": "2026-01-01"}]}),
    json_bytes({"articles": [{"url": PAGE, "seendate": "20260101T000000Z", "title": "x"}]}),
    json_bytes({"response_items": [{"originalURL": PAGE, "tstamp": "20260101000000"}]}),
    json_bytes([{"link": PAGE, "date_gmt": "2026-01-01T00:00:00", "title": {"rendered": "x"}}]),
    json_bytes([{"id": "C", "cdx-api": "https://service.example/C-index", "to": "2026-01-01"}]),
    b"example,paper)/ 20260301120000 https://paper.example/ text/html 200 " + b"A" * 32 + b" 5\n",
    b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Ferry stops</title>'
    b"<link>https://paper.example/a</link><pubDate>Fri, 31 Dec 9999 23:00:00 -1400</pubDate>"
    b"</item></channel></rss>",
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://paper.example/'
    b"</loc><lastmod>0001-01-01T00:00:00+14:00</lastmod></url></urlset>",
    b'<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/"><Url type="text/html"'
    b' template="https://service.example/?q={searchTerms}"/></OpenSearchDescription>',
    b"<html><a href='http://['>x</a><link rel='search' href='//['></html>",
)
bodies = st.one_of(mangled(*SEEDS), documents(NAMES, (PAGE, "OK")).map(json_bytes))
statuses = st.sampled_from((200, 200, 200, 200, 206, 302, 400, 403, 404, 429, 503, 0, 999))
headers = st.lists(
    st.tuples(
        st.sampled_from(
            ("location", "memento-datetime", "retry-after", "link", "x-ratelimit-reset",
             "x-ratelimit-remaining", "content-type", "x-memento-count")
        ),
        texts,
    ),
    max_size=3,
).map(tuple)  # fmt: skip
replies = st.builds(answer, bodies, statuses, headers)


class Stranger:
    """A session whose every answer is the next of a list, the last one again and again."""

    def __init__(self, given: list[Capture]) -> None:
        self._given = given

    def ask(self, provider: str, url: str, **_: Any) -> Capture:
        return self._given.pop(0) if len(self._given) > 1 else self._given[0]

    def fetch(self, url: str) -> Capture:
        return self.ask("web", url)


ARCHIVES = sorted(set(archives.ARCHIVES) - {"warc"})
SERVICES = sorted(searches.SEARCHES)


@pytest.mark.parametrize("kind", ARCHIVES)
@given(given_=st.lists(replies, min_size=1, max_size=4))
def test_archives(kind: str, given_: list[Capture]) -> None:
    spec = ProviderSpec(name="a", kind=kind, base_url="https://service.example/")
    archive = archives.build(spec, Stranger(given_), lambda: NOON)
    try:
        found = archive.sightings(PAGE)
    except ProviderError:
        return
    assert_clean(found.items)
    for sighting in found.items[:3]:
        with contextlib.suppress(ProviderError):
            assert_clean(archive.replay(sighting))


@pytest.mark.parametrize("kind", SERVICES)
@given(given_=st.lists(replies, min_size=1, max_size=3))
def test_searches(kind: str, given_: list[Capture]) -> None:
    at = "https://service.example/{query}" if kind == "json" else "https://service.example/"
    spec = ProviderSpec(name="s", kind=kind, base_url=at)
    keys = dict.fromkeys(searches.KEYS, "secretkey")
    service = searches.build(spec, Stranger(given_), lambda: NOON, keys=keys)
    with contextlib.suppress(ProviderError):
        assert_clean(service.search(Query(phrase="the second rope of the ferry broke")).items)


@given(reply=replies)
def test_site_searches_of_a_strangers_home_page(reply: Capture) -> None:
    web: Any = Stranger([reply])
    with contextlib.suppress(ProviderError):
        find_site_searches(PAGE, web=web, now=lambda: NOON)


def row(**fields: object) -> Capture:
    names, known = ROWS[0], dict(zip(ROWS[0], ROWS[1], strict=True))
    return answer(json_bytes([names, [({**known, **fields})[name] for name in names]]))


@pytest.mark.parametrize("status", ["①", "²", "9" * 5000, "1e3", "-200"])
def test_a_status_that_is_none_is_no_status(status: str) -> None:
    spec = ProviderSpec(name="a", kind="cdx", base_url="https://service.example/")
    archive = archives.build(spec, Stranger([row(statuscode=status)]), lambda: NOON)
    [sighting] = archive.sightings(PAGE).items
    assert sighting.status is None


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_beyond_the_calendar_is_no_time(at: str) -> None:
    spec = ProviderSpec(name="m", kind="memgator", base_url="https://service.example/")
    body = json_bytes({"mementos": {"list": [{"uri": PAGE, "datetime": at}]}})
    archive = archives.build(spec, Stranger([answer(body)]), lambda: NOON)
    with pytest.raises(Garbled, match="none of its 1 entries can be used"):
        archive.sightings(PAGE)


@pytest.mark.parametrize("engines", [5, {"a": 1}, "x", None, True])
def test_engines_that_are_no_list_are_left_out(engines: object) -> None:
    spec = ProviderSpec(name="s", kind="searxng", base_url="https://service.example/")
    body = json_bytes({"results": [{"url": PAGE, "engines": engines, "engine": "x"}]})
    service = searches.build(spec, Stranger([answer(body)]), lambda: NOON)
    [lead] = service.search(Query(phrase="the second rope broke")).items
    assert lead.url == PAGE


def test_a_lone_surrogate_in_a_link_is_scrubbed() -> None:
    spec = ProviderSpec(name="s", kind="searxng", base_url="https://service.example/")
    service = searches.build(
        spec, Stranger([answer(b'{"results":[{"url":"https://a.example/\\ud800"}]}')]), lambda: NOON
    )
    [lead] = service.search(Query(phrase="the second rope broke")).items
    assert lead.url == "https://a.example/\N{REPLACEMENT CHARACTER}"


def test_a_fault_that_no_parser_knows_is_garbled() -> None:
    from provenance.world.provider_edge import provider_edge

    class Broken:
        name = "broken"

        @provider_edge
        def search(self, query: Query) -> None:
            raise ZeroDivisionError

    search: Callable[[Query], None] = Broken().search
    with pytest.raises(Garbled, match=r"its answer cannot be read \(ZeroDivisionError\)"):
        search(Query(phrase="x y"))


def test_a_robots_txt_that_leads_to_no_address_forbids() -> None:
    moved = answer(b"", 302, (("location", "http://["),))
    web: Any = Stranger([moved])
    rules = Robots(web, offline=False).of(PAGE)
    assert "leads to an address that cannot be read" in rules.refusal(PAGE)
