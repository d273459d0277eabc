from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import (
    BadQuery,
    Garbled,
    ProviderError,
    Refused,
    SettingsError,
    Unavailable,
)
from provenance.model import Capture, Match, ProviderSpec, Query, Witness
from provenance.world.searches import SEARCHES, build
from provenance.world.searches.service import write_words
from provenance.world.searches.wordpress import SHEET, build_feed, parse, parse_feed
from provenance.world.searches.wordpress import build as question
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.searches.recorded import recorded

BASE = "https://harbourpost.example"
SPEC = ProviderSpec(name="harbour-post", kind="wordpress", base_url=BASE)
PRETTY = f"{BASE}/wp-json/wp/v2/posts"
PLAIN = f"{BASE}/?rest_route="
PHRASE = Query(phrase="forty metres of drain")
POST = {
    "id": 7,
    "date_gmt": "2026-02-24T08:00:00",
    "link": f"{BASE}/2026/02/road/",
    "title": {"rendered": "The road nobody mends &#8211; again"},
    "excerpt": {"rendered": "<p>Every October the council&hellip;</p>\n"},
}


def posts(*found: object) -> Capture:
    return answer(json.dumps(list(found)), media_type="application/json")


def search(web: FakeWeb, query: Query = PHRASE) -> object:
    return build(SPEC, web, lambda: NOW).search(query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (PHRASE, '"forty metres of drain"'),
        (
            Query(phrase="the town’s road costs 4,200 pounds a metre now"),
            '"200 pounds a metre now"',
        ),
        (Query(phrase="“We didn’t have a choice”"), '"t have a choice"'),
        (Query(phrase="a drain — forty metres of it"), '"forty metres of it"'),
        (Query(phrase="it’s"), ""),
        (Query(phrase="…"), ""),
        (Query(phrase="Harbour Council drain", match=Match.ALL), "Harbour Council drain"),
        (
            Query(
                phrase="one two three four five six seven eight nine ten eleven", match=Match.ALL
            ),
            "one two three four five six seven eight nine",
        ),
    ],
)
def test_only_words_that_stand_so_in_the_store_are_asked_for(query: Query, words: str) -> None:
    fitted = SHEET.profile.adapt(query)
    assert (write_words(fitted) if fitted else "") == words


@given(phrase=st.text(max_size=200), match=st.sampled_from(Match))
def test_no_query_has_what_the_search_cannot_match(*, phrase: str, match: Match) -> None:
    fitted = SHEET.profile.adapt(Query(phrase=phrase, match=match))
    if fitted is None:
        return
    words = write_words(fitted)
    assert words.count('"') == 2 * fitted.exact
    bare = words.strip('"')
    assert all(word.isalnum() for word in bare.split())
    assert match is Match.PHRASE or len(bare.split()) <= 9


@pytest.mark.parametrize(
    ("base", "start"),
    [
        (BASE, f"{BASE}/wp-json/wp/v2/posts?search="),
        (f"{BASE}/blog/", f"{BASE}/blog/wp-json/wp/v2/posts?search="),
        (f"{BASE}/wp-json", f"{BASE}/wp-json/wp/v2/posts?search="),
        (f"{BASE}/?rest_route=", f"{BASE}/?rest_route=/wp/v2/posts&search="),
        (f"{BASE}/api/wp/v2", f"{BASE}/api/wp/v2/posts?search="),
        (f"{BASE}/wp-json/wp/v2", f"{BASE}/wp-json/wp/v2/posts?search="),
        (
            f"{BASE}/index.php?rest_route=/wp/v2",
            f"{BASE}/index.php?rest_route=/wp/v2/posts&search=",
        ),
    ],
)
def test_the_interface_lies_where_the_base_says(base: str, start: str) -> None:
    before = datetime(2026, 3, 1, 9, tzinfo=UTC)
    address = question(base, Query(phrase="forty metres of drain", before=before))
    assert address.startswith(start)
    asked = parse_qs(urlsplit(address).query)
    assert asked["search"] == ['"forty metres of drain"']
    assert asked["before"] == ["2026-03-01T09:00:00"]


def test_posts_are_leads_and_their_dates_are_the_sites_own_claim() -> None:
    reply = build(SPEC, FakeWeb({PRETTY: posts(POST)}), lambda: NOW).search(PHRASE)
    (lead,) = reply.items
    assert lead.url == f"{BASE}/2026/02/road/"
    assert lead.title == "The road nobody mends – again"
    assert lead.snippet == "Every October the council…"
    assert lead.sighting is not None
    assert lead.sighting.at == datetime(2026, 2, 24, 8, tzinfo=UTC)
    assert lead.sighting.witness is Witness.SELF


@pytest.mark.parametrize(
    "first", [answer("<h1>Not Found</h1>", 404), answer("<html>home page", 200, "text/html")]
)
def test_a_site_without_rewritten_addresses_is_asked_the_plain_way(first: Capture) -> None:
    web = FakeWeb({PRETTY: first, PLAIN: posts(POST)})
    assert len(build(SPEC, web, lambda: NOW).search(PHRASE).items) == 1
    assert len(web.asked) == 2


def test_no_post_with_these_words_is_none() -> None:
    assert build(SPEC, FakeWeb({PRETTY: posts()}), lambda: NOW).search(PHRASE).items == ()


@pytest.mark.parametrize(
    ("said", "error", "why"),
    [
        (answer("<h1>no</h1>", 404), Garbled, "no WordPress REST interface"),
        (answer("", 301), Garbled, "no WordPress REST interface"),
        (
            answer('{"code":"rest_login_required","message":"Members only."}', 401),
            Refused,
            "Members only",
        ),
        (answer("<h1>blocked by the firewall</h1>", 403, "text/html"), Refused, "403"),
        (
            answer('{"code":"rest_invalid_param","message":"Bad: after"}', 400),
            BadQuery,
            "Bad: after",
        ),
        (answer("", 429), Unavailable, "429"),
        (answer("Error establishing a database connection", 500), Unavailable, "500"),
        (answer("<html>home page</html>", 200, "text/html"), Garbled, "no WordPress REST"),
        (answer('{"code": "x"}', 200), Garbled, "no list of posts"),
        (answer('[{"id": 1}]', 200), Garbled, "none of its results"),
        (answer("[", 200), Garbled, "JSON"),
    ],
)
def test_what_is_no_answer_is_never_none(
    said: Capture, error: type[ProviderError], why: str
) -> None:
    with pytest.raises(error, match=why):
        search(FakeWeb({BASE: said}))


def test_another_sites_text_is_not_asked_for_here() -> None:
    with pytest.raises(BadQuery, match=r"harbourpost\.example only"):
        search(FakeWeb({}), Query(phrase="forty metres of drain", site="elsewhere.example"))


def test_a_phrase_without_plain_words_is_not_asked() -> None:
    with pytest.raises(BadQuery, match="too little"):
        search(FakeWeb({}), Query(phrase="it’s—so"))


@pytest.mark.parametrize(
    ("kind", "base"), [("altavista", BASE), ("wordpress", "harbourpost.example")]
)
def test_an_unusable_spec_is_a_settings_error(kind: str, base: str) -> None:
    with pytest.raises(SettingsError, match="a: "):
        build(ProviderSpec(name="a", kind=kind, base_url=base), FakeWeb({}), lambda: NOW)


def test_every_kind_has_a_data_sheet() -> None:
    assert all(sheet.kind == kind and sheet.index for kind, (sheet, _) in SEARCHES.items())


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("posts_search_phrase", 2),
        ("posts_search_phrase_fields", 2),
        ("posts_search_unquoted_and", 2),
        ("posts_search_empty", 0),
        ("posts_search_curly_apostrophe_misses", 0),
        ("posts_search_10plus_terms_is_substring", 0),
        ("posts_date_window", 2),
        ("rest_route_plain", 2),
        ("err_bad_after", BadQuery),
        ("err_page_out_of_range", BadQuery),
        ("err_per_page_101", BadQuery),
        ("err_no_route", Garbled),
        ("err_rest_login_required", Refused),
        ("index_namespaces", Garbled),
        ("site_search_html", Garbled),
        ("feed_rss2", Garbled),
        ("robots", Garbled),
    ],
)
def test_recorded_answers(name: str, expected: int | type[ProviderError]) -> None:
    said = recorded("wordpress-loopback", name)
    if isinstance(expected, int):
        found = parse("wordpress", "x", said)
        assert len(found) == expected
    else:
        with pytest.raises(expected):
            parse("wordpress", "x", said)


FEED = f"""<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Search results</title><atom:link href="{BASE}/?s=%22forty&#038;feed=rss2" rel="self"/>
<item><title>The road nobody mends</title><link>{BASE}/2026/02/road/</link>
<pubDate>Tue, 24 Feb 2026 08:00:00 +0000</pubDate></item></channel></rss>"""
NONE_FOUND = FEED.partition("<item>")[0] + "</channel></rss>"


@pytest.mark.parametrize(
    ("base", "home"),
    [
        (BASE, BASE),
        (f"{BASE}/blog/", f"{BASE}/blog"),
        (f"{BASE}/blog/wp-json", f"{BASE}/blog"),
        (f"{BASE}/wp-json/wp/v2", BASE),
        (f"{BASE}/api/wp/v2", BASE),
        (f"{BASE}/index.php?rest_route=/wp/v2", BASE),
        (f"{BASE}/blog/?rest_route=", f"{BASE}/blog"),
    ],
)
def test_the_search_as_a_feed_lies_at_the_home_of_the_site(base: str, home: str) -> None:
    address = build_feed(base, PHRASE)
    assert address == f"{home}/?s=%22forty+metres+of+drain%22&feed=rss2"


@pytest.mark.parametrize(
    "interface",
    [
        answer('{"code":"rest_login_required","message":"Members only."}', 401),
        answer("<h1>blocked by the firewall</h1>", 403, "text/html"),
        answer("<h1>Not Found</h1>", 404),
    ],
)
@pytest.mark.parametrize(("said", "count"), [(FEED, 1), (NONE_FOUND, 0)])
def test_a_shut_interface_is_gone_round(interface: Capture, said: str, count: int) -> None:
    web = FakeWeb({PRETTY: interface, PLAIN: interface, f"{BASE}/?s=": answer(said)})
    leads = build(SPEC, web, lambda: NOW).search(PHRASE).items
    assert len(leads) == count
    assert all(lead.sighting and lead.sighting.witness is Witness.SELF for lead in leads)


def test_a_feed_of_the_latest_posts_is_no_answer() -> None:
    latest = answer(FEED.replace("?s=%22forty&#038;feed=rss2", "feed/"))
    with pytest.raises(Garbled, match="not one of search results"):
        parse_feed("wordpress", "x", latest)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [("site_search_feed_rss2", 2), ("feed_rss2", Garbled), ("site_search_html", Garbled)],
)
def test_recorded_feeds(name: str, expected: int | type[ProviderError]) -> None:
    said = recorded("wordpress-loopback", name)
    if isinstance(expected, int):
        assert len(parse_feed("wordpress", "x", said)) == expected
    else:
        with pytest.raises(expected):
            parse_feed("wordpress", "x", said)
