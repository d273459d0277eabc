from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import BadQuery, Garbled, ProviderError, Refused, Unavailable
from provenance.model import Capture, Match, Precision, ProviderSpec, Query, Witness
from provenance.world.searches import build
from provenance.world.searches.searxng import SHEET, parse
from provenance.world.searches.searxng import build as question
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.searches.recorded import recorded

BASE = "http://search.example"
PHRASE = Query(phrase="forty metres of drain")
SPEC = ProviderSpec(name="own-searxng", kind="searxng", base_url=BASE)


def results(*found: dict[str, object], silent: list[list[str]] | None = None) -> Capture:
    body = {"query": "x", "results": list(found), "unresponsive_engines": silent or []}
    return answer(json.dumps(body), media_type="application/json")


HIT = {
    "url": "https://harbourpost.example/opinion/road",
    "title": "The road <b>nobody</b> mends &amp; why",
    "content": "Forty metres  of drain.",
    "engines": ["own corpus"],
    "publishedDate": "2026-02-24T00:00:00",
}


def search(said: Capture | ProviderError) -> object:
    return build(SPEC, FakeWeb({BASE: said}), lambda: NOW).search(PHRASE)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        (PHRASE, '"forty metres of drain"'),
        (Query(phrase='he said "no  to all" of it'), '"no to all"'),
        (Query(phrase="Harbour Council drain", match=Match.ALL), "Harbour Council drain"),
        (
            Query(phrase="forty metres of it", site="a.example"),
            '"forty metres of it" site:a.example',
        ),
    ],
)
@pytest.mark.parametrize("base", [BASE, f"{BASE}/", f"{BASE}/search"])
def test_the_question_is_a_quoted_phrase_or_words(query: Query, asked: str, base: str) -> None:
    fitted = SHEET.profile.adapt(query)
    assert fitted is not None
    address = urlsplit(question(base, fitted))
    assert (address.netloc, address.path) == ("search.example", "/search")
    assert parse_qs(address.query) == {"q": [asked], "format": ["json"]}


def test_results_are_leads_in_their_order() -> None:
    other = {"url": "https://b.example/", "title": "B", "publishedDate": None}
    odd = {"url": "javascript:alert(1)"}
    reply = build(SPEC, FakeWeb({BASE: results(HIT, odd, other)}), lambda: NOW).search(PHRASE)
    first, second = reply.items
    assert first.title == "The road nobody mends & why"
    assert first.snippet == "Forty metres of drain."
    assert (first.rank, second.rank) == (0, 1)
    assert first.found_by == "own-searxng"
    assert "own corpus" in first.reason
    assert first.sighting is not None
    assert first.sighting.witness is Witness.INDEX
    assert first.sighting.precision is Precision.DAY
    assert first.sighting.at == datetime(2026, 2, 24, tzinfo=UTC)
    assert second.sighting is None
    assert reply.at == NOW


def test_no_results_from_engines_that_all_answered_is_none() -> None:
    assert build(SPEC, FakeWeb({BASE: results()}), lambda: NOW).search(PHRASE).items == ()


def test_engines_that_failed_beside_hits_are_noted() -> None:
    said = results(HIT, silent=[["elsewhere", "timeout"]])
    reply = build(SPEC, FakeWeb({BASE: said}), lambda: NOW).search(PHRASE)
    assert reply.notes == ("engines that did not answer: elsewhere: timeout",)


@pytest.mark.parametrize(
    ("said", "error", "why"),
    [
        (results(silent=[["own", "timeout"]]), Unavailable, "own: timeout"),
        (results(silent=[["own", "Suspended: access denied"]]), Unavailable, "Suspended"),
        (answer("<h1>Forbidden</h1>", 403, "text/html"), Refused, "formats"),
        (answer("Too Many Requests", 429), Unavailable, "429"),
        (answer('{"error": "No query"}', 400), BadQuery, "No query"),
        (answer("<html>results as a page</html>", 200, "text/html"), Garbled, "JSON"),
        (answer("[]", 200), Garbled, "no list of results"),
        (answer('{"results": {}}', 200), Garbled, "no list of results"),
        (answer("", 200), Garbled, "JSON"),
        (answer("", 502), Unavailable, "502"),
        (answer("<h1>Not Found</h1>", 404, "text/html"), Garbled, "404"),
        (answer("", 302), Garbled, "302"),
        (Unavailable("own-searxng", "x", "no answer in time"), Unavailable, "in time"),
    ],
)
def test_what_is_no_answer_is_never_none(
    said: Capture | ProviderError, error: type[ProviderError], why: str
) -> None:
    with pytest.raises(error, match=why):
        search(said)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ok_phrase", 1),
        ("ok_two", 2),
        ("empty_genuine", 0),
        ("ok_csv", Garbled),
        ("ok_rss", Garbled),
        ("err_400_bad_pageno", BadQuery),
        ("err_400_bad_time_range", BadQuery),
        ("err_400_no_query", BadQuery),
        ("err_403_json_disabled", Refused),
        ("unresponsive_access_denied", Unavailable),
        ("unresponsive_parse_error", Unavailable),
        ("unresponsive_suspended", Unavailable),
        ("unresponsive_suspended_429", Unavailable),
        ("unresponsive_timeout", Unavailable),
        ("unresponsive_too_many_requests", Unavailable),
    ],
)
def test_recorded_answers(name: str, expected: int | type[ProviderError]) -> None:
    said = recorded("searxng-loopback", name)
    if isinstance(expected, int):
        leads, silent = parse("searxng", "x", said)
        assert (len(leads), silent) == (expected, ())
    else:
        with pytest.raises(expected):
            parse("searxng", "x", said)
