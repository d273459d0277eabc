"""Every kind that answers in JSON: hits, none, refused, bad query, unavailable, and nonsense."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import BadQuery, Garbled, ProviderError, Refused, SettingsError, Unavailable
from provenance.model import Event, Match, Precision, ProviderSpec, Query, Witness
from provenance.world.searches import KEYS, SEARCHES, build, described_keys, known_spec
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.searches.recorded import FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provenance.model import Capture, Lead

PHRASE = Query(phrase="forty metres of drain")
ANY = Query(phrase="quist crowns tyres ferry drain", match=Match.ANY)
BEFORE = datetime(2026, 3, 1, 9, tzinfo=UTC)
URL = "https://harbourpost.example/opinion/road"
TITLE = "The road nobody mends"
KEY = dict.fromkeys(KEYS, "s3cret")
MAPPED = ProviderSpec(
    name="own",
    kind="json",
    base_url="https://own.example/find?q={query}&n=20",
    fields=(
        ("any", "yes"),
        ("date", "_source.at"),
        ("key_header", "X-Key"),
        ("link", "_source.url"),
        ("results", "hits.hits"),
        ("snippet", "highlight|_source.lead"),
        ("title", "_source.title"),
    ),
)
MIRROR = {"url": "https://mirror.example/", "title": "Mirror"}
HITS: dict[str, object] = {
    "gdelt": {
        "articles": [
            {"url": URL, "title": TITLE, "seendate": "20260224T081500Z", "domain": "x"},
            {"title": "no address"},
        ]
    },
    "brave": {
        "type": "search",
        "web": {
            "results": [
                {
                    "url": URL,
                    "title": TITLE,
                    "description": "<strong>forty metres</strong> of drain",
                    "page_age": "2026-02-24T08:15:00",
                }
            ]
        },
    },
    "mojeek": {
        "response": {
            "status": "OK",
            "results": [{"url": URL, "title": TITLE, "desc": "forty metres of drain"}],
        }
    },
    "marginalia": {
        "license": "CC-BY-NC-SA 4.0",
        "results": [{"url": URL, "title": TITLE, "description": "forty metres of drain"}],
    },
    "mediacloud": {
        "stories": [
            {
                "id": "1",
                "url": URL,
                "title": TITLE,
                "media_name": "Harbour Post",
                "publish_date": "2026-02-24",
                "indexed_date": "2026-02-24T09:00:00.000000",
            }
        ],
        "pagination_token": None,
    },
    "json": {
        "hits": {
            "hits": [
                {
                    "_source": {"url": URL, "title": TITLE, "at": "2026-02-24T08:15:00Z"},
                    "highlight": ["forty metres", "of drain"],
                }
            ]
        }
    },
}
NONE: dict[str, object] = {
    "gdelt": {},
    "brave": {"type": "search", "query": {"original": "x"}},
    "mojeek": {"response": {"status": "OK", "results": []}},
    "marginalia": {"license": "x", "results": []},
    "mediacloud": {"stories": [], "pagination_token": None},
    "json": {"hits": {"hits": []}},
}
# What else each says with status 200 or otherwise, and what it means.
REFUSALS: list[tuple[str, Capture, type[ProviderError], str]] = [
    ("gdelt", answer("Your query was too short or too long.", 200), BadQuery, "too short"),
    ("gdelt", answer("The specified phrase is too short.\n", 200), BadQuery, "phrase"),
    (
        "gdelt",
        answer("One or more of your keywords contained an illegal character", 200, "text/html"),
        BadQuery,
        "illegal",
    ),
    (
        "gdelt",
        answer("Queries containing OR'd terms must be surrounded by ().", 200, "text/html"),
        BadQuery,
        "surrounded",
    ),
    (
        "gdelt",
        answer("Parentheses may only be used around OR'd statements.", 200, "text/html"),
        BadQuery,
        "Parentheses",
    ),
    ("gdelt", answer("Invalid/Unsupported Country.", 200, "text/html"), BadQuery, "Country"),
    (
        "gdelt",
        answer("Start date must be within the last 3 months.", 200, "text/html"),
        BadQuery,
        "3 months",
    ),
    (
        "gdelt",
        answer("Please limit requests to one every 5 seconds or contact us", 200, "text/html"),
        Unavailable,
        "left alone",
    ),
    ("gdelt", answer("", 200, "text/html"), Garbled, "empty"),
    ("gdelt", answer("<html>maintenance: query too long</html>", 200, "text/html"), Garbled, ""),
    ("gdelt", answer('{"articles": [', 200), Garbled, "JSON"),
    ("gdelt", answer('{"articles": {}}', 200), Garbled, "no list"),
    (
        "brave",
        answer('{"type":"ErrorResponse","error":{"code":"SUBSCRIPTION_TOKEN_INVALID"}}', 422),
        Refused,
        "key",
    ),
    (
        "brave",
        answer('{"type":"ErrorResponse","error":{"code":"VALIDATION","detail":"q: long"}}', 422),
        BadQuery,
        "q: long",
    ),
    (
        "brave",
        answer('{"type":"ErrorResponse","error":{"code":"RATE_LIMITED"}}', 429),
        Unavailable,
        "used up",
    ),
    ("brave", answer('{"type":"ErrorResponse","error":{}}', 200), Garbled, ""),
    ("mojeek", answer('{"response":{"status":"Access denied"}}', 200), Refused, "Access denied"),
    ("mojeek", answer('{"response":{"status":"Daily limit reached"}}', 200), Unavailable, "limit"),
    ("mojeek", answer('{"response":{"results":[]}}', 200), Refused, "no status"),
    ("mojeek", answer('{"response":{"status":"OK"}}', 200), Garbled, "no list"),
    ("marginalia", answer("Slow down", 429), Unavailable, "429"),
    ("marginalia", answer("", 503), Unavailable, "503"),
    ("mediacloud", answer("", 429), Unavailable, "429"),
    ("mediacloud", answer('{"note": "token expired"}', 403), Refused, "token expired"),
    ("mediacloud", answer('{"note": "bad syntax"}', 400), BadQuery, "bad syntax"),
    ("json", answer('{"hits": {"total": 0}}', 200), Garbled, "no list"),
    ("json", answer('{"hits": {"hits": [{"id": 3}]}}', 200), Garbled, "none of its results"),
    *(
        (kind, said, error, "")
        for kind in HITS
        for said, error in (
            (answer("<html>a page</html>", 200, "text/html"), Garbled),
            (answer("[]", 200), Garbled),
            (answer("null", 200), Garbled),
            (answer("[" * 100_000, 200), Garbled),
            (answer("no", 401), Refused),
            (answer("<h1>Forbidden</h1>", 403, "text/html"), Refused),
            (answer("", 451), Refused),
            (answer("", 400), BadQuery),
            (answer("", 414), BadQuery),
            (answer("", 429), Unavailable),
            (answer("", 500), Unavailable),
            (answer("", 302), Garbled),
            (answer("", 404), Garbled),
            (answer("", 202), Garbled),
        )
    ),
]


def spec(kind: str) -> ProviderSpec:
    return MAPPED if kind == "json" else known_spec(kind)


def asked(kind: str, query: Query) -> tuple[str, str, Mapping[str, list[str]]]:
    """Host, path and parameters of the question."""
    web = FakeWeb({"https://": answer(json.dumps(NONE[kind]))})
    keys = {**KEY, "PROVENANCE_OWN_KEY": "s3cret"}
    assert build(spec(kind), web, lambda: NOW, keys=keys).search(query).items == ()
    [address] = web.asked
    assert "s3cret" not in address
    parts = urlsplit(address)
    return parts.netloc, parts.path, parse_qs(parts.query)


def found(kind: str, said: Capture) -> tuple[Lead, ...]:
    keys = {**KEY, "PROVENANCE_OWN_KEY": "s3cret"}
    web = FakeWeb({"https://": said})
    return build(spec(kind), web, lambda: NOW, keys=keys).search(PHRASE).items


@pytest.mark.parametrize("kind", HITS)
def test_hits_are_leads(kind: str) -> None:
    (lead,) = found(kind, answer(json.dumps(HITS[kind])))
    assert (lead.url, lead.title, lead.rank) == (URL, TITLE, 0)
    assert lead.found_by == spec(kind).name
    shows_text = SEARCHES[kind][0].profile.snippets
    assert lead.snippet == ("forty metres of drain" if shows_text else "")


@pytest.mark.parametrize("kind", HITS)
def test_none_is_none(kind: str) -> None:
    assert found(kind, answer(json.dumps(NONE[kind]))) == ()


@pytest.mark.parametrize(("kind", "said", "error", "why"), REFUSALS)
def test_what_is_no_answer_is_never_none(
    kind: str, said: Capture, error: type[ProviderError], why: str
) -> None:
    with pytest.raises(error, match=why or None) as caught:
        found(kind, said)
    assert type(caught.value) is error
    assert caught.value.provider == spec(kind).name


@pytest.mark.parametrize(
    ("kind", "event", "precision"),
    [
        ("gdelt", Event.INDEXED, Precision.SECOND),
        ("brave", Event.PUBLISHED, Precision.DAY),
        ("mediacloud", Event.PUBLISHED, Precision.DAY),
        ("json", Event.PUBLISHED, Precision.SECOND),
    ],
)
def test_a_date_says_what_happened_then_and_who_says_so(
    kind: str, event: Event, precision: Precision
) -> None:
    (lead,) = found(kind, answer(json.dumps(HITS[kind])))
    seen = lead.sighting
    assert seen is not None
    assert (seen.event, seen.precision, seen.witness) == (event, precision, Witness.INDEX)
    assert (seen.at.date(), seen.at.tzinfo) == (datetime(2026, 2, 24, tzinfo=UTC).date(), UTC)


@pytest.mark.parametrize(
    ("kind", "query", "words"),
    [
        ("gdelt", PHRASE, '"forty metres of drain"'),
        ("gdelt", ANY, "(quist OR crowns OR tyres OR ferry OR drain)"),
        (
            "gdelt",
            Query(phrase="Harbour Council drain", match=Match.ALL, site="post.example"),
            "Harbour Council drain domainis:post.example",
        ),
        ("gdelt", Query(phrase="forty metres of drain", site="a-b.example"), f'"{PHRASE.phrase}"'),
        ("brave", PHRASE, '"forty metres of drain"'),
        ("brave", ANY, "quist OR crowns OR tyres OR ferry OR drain"),
        ("mojeek", ANY, "quist crowns tyres ferry"),
        ("marginalia", PHRASE, '"forty metres of drain"'),
        ("mediacloud", ANY, "(quist OR crowns OR tyres OR ferry OR drain)"),
        (
            "mediacloud",
            Query(phrase="Quist AND drain", match=Match.ALL, site="post.example"),
            'Quist AND drain AND canonical_domain:"post.example"',
        ),
        ("json", PHRASE, '"forty metres of drain"'),
        ("json", ANY, "(quist OR crowns OR tyres OR ferry OR drain)"),
    ],
)
def test_each_is_asked_in_its_own_words(kind: str, query: Query, words: str) -> None:
    _, _, parameters = asked(kind, query)
    assert words in {value for values in parameters.values() for value in values}


def test_who_knows_times_is_asked_for_a_time() -> None:
    query = Query(phrase="forty metres of drain", before=BEFORE)
    assert asked("brave", query)[2]["freshness"] == ["1995-01-01to2026-03-01"]
    assert asked("mojeek", query)[2]["before"] == ["20260301"]
    assert asked("mediacloud", query)[2]["end"] == ["2026-03-01"]
    assert not {"startdatetime", "enddatetime", "timespan"} & set(asked("gdelt", query)[2])


def test_a_used_up_allowance_says_until_when() -> None:
    headers = {"x-ratelimit-remaining": "1, 0", "x-ratelimit-reset": "1, 86400"}
    said = answer('{"error":{"code":"RATE_LIMITED"}}', 429)
    from dataclasses import replace

    said = replace(said, headers=tuple(headers.items()))
    with pytest.raises(Unavailable) as caught:
        found("brave", said)
    assert caught.value.retry_after == 86400


@pytest.mark.parametrize("kind", ["brave", "mojeek", "mediacloud", "json"])
@pytest.mark.parametrize("keys", [None, {}, dict.fromkeys((*KEYS, "PROVENANCE_OWN_KEY"), "  ")])
def test_without_its_key_a_service_refuses_and_names_the_variable(
    kind: str, keys: dict[str, str] | None
) -> None:
    web = FakeWeb({})
    service = build(spec(kind), web, lambda: NOW, keys=keys)
    with pytest.raises(Refused, match=r"PROVENANCE_(BRAVE|MOJEEK|MEDIACLOUD|OWN)_KEY"):
        service.search(PHRASE)
    assert web.asked == []


def test_a_public_key_is_used_where_there_is_none_of_ones_own() -> None:
    sent: list[tuple[tuple[str, str], ...]] = []

    class Noting(FakeWeb):
        def ask(self, provider: str, url: str, **terms: object) -> Capture:
            sent.append(terms["headers"])  # type: ignore[arg-type]
            return answer(json.dumps(NONE["marginalia"]))

    for keys in ({}, {"PROVENANCE_MARGINALIA_KEY": "mine"}):
        build(spec("marginalia"), Noting({}), lambda: NOW, keys=keys).search(PHRASE)
    assert sent == [(("API-Key", "public"),), (("API-Key", "mine"),)]


@pytest.mark.parametrize(
    ("base", "fields", "why"),
    [
        ("https://own.example/find", (), "query"),
        ("https://own.example/?q={query}", (("result", "x"),), "unknown setting 'result'"),
    ],
)
def test_a_service_described_wrongly_is_a_settings_error(
    base: str, fields: tuple[tuple[str, str], ...], why: str
) -> None:
    spec = ProviderSpec(name="own", kind="json", base_url=base, fields=fields)
    with pytest.raises(SettingsError, match=why):
        build(spec, FakeWeb({}), lambda: NOW)


def test_only_described_services_have_further_fields() -> None:
    spec = ProviderSpec(
        name="a", kind="gdelt", base_url="https://a.example", fields=(("title", "x"),)
    )
    with pytest.raises(SettingsError, match="title"):
        build(spec, FakeWeb({}), lambda: NOW)


def test_a_described_service_is_read_by_common_names_where_none_are_given() -> None:
    spec = ProviderSpec(name="own", kind="json", base_url="https://own.example/?q={query}")
    body = {"results": [{"link": URL, "title": TITLE, "content": "c"}, MIRROR]}
    web = FakeWeb({"https://own.example/": answer(json.dumps(body))})
    leads = build(spec, web, lambda: NOW).search(PHRASE).items
    assert [(lead.url, lead.rank) for lead in leads] == [(URL, 0), (MIRROR["url"], 1)]
    assert described_keys((spec, MAPPED)) == ("PROVENANCE_OWN_KEY",)


def test_the_keys_are_those_of_the_sheets() -> None:
    assert tuple(sheet.key for sheet, _ in SEARCHES.values() if sheet.key) == KEYS


def test_names_that_need_no_address() -> None:
    assert known_spec("gdelt").base_url == "https://api.gdeltproject.org"
    with pytest.raises(SettingsError, match="known are arquivo, bing, bingnews, brave, gdelt"):
        known_spec("searxng")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("gdelt", "gdelt/esg-lens__gdelt_live_artlist.json", 1),
        ("gdelt", "gdelt/esg-lens__gdelt_query_rejected.txt", BadQuery),
        ("gdelt", "gdelt/esg-lens__gdelt_rate_limited.txt", Unavailable),
        ("brave", "brave/larallama__brave_search.json", 17),
        ("brave", "brave/larallama__brave_response.json", 18),
    ],
)
def test_recorded_answers(kind: str, name: str, expected: int | type[ProviderError]) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER}: the recorded search answers are not here")
    said = answer((FOLDER / name).read_bytes())
    if isinstance(expected, int):
        leads = found(kind, said)
        assert len(leads) == expected
        assert all(lead.title for lead in leads)
    else:
        with pytest.raises(expected):
            found(kind, said)
