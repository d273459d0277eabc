from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import BadQuery, Garbled, ProviderError, Unavailable
from provenance.model import Capture, ProviderSpec, Query, Witness
from provenance.world.searches import build
from provenance.world.searches.arquivo import build as question
from provenance.world.searches.arquivo import parse
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.archives.recorded import FOLDER, here

BASE = "https://arquivo.example"
PHRASE = Query(phrase="quarenta metros de dreno")
ITEM = {
    "title": "A estrada que <em>ninguém</em> arranja",
    "originalURL": "http://correiodoporto.example/estrada",
    "tstamp": "20240224081500",
    "mimeType": "text/html",
    "digest": "3bf5a50a6ec8adddc5225569d360123b",
    "snippet": "<em>quarenta</em> metros&nbsp;de dreno",
    "linkToOriginalFile": f"{BASE}/noFrame/replay/20240224081500id_/http://correiodoporto.example/estrada",
}


def found(*items: object) -> Capture:
    return answer(json.dumps({"response_items": list(items)}), media_type="application/json")


def test_hits_are_captures_with_their_time_and_their_bytes() -> None:
    web = FakeWeb({BASE: found(ITEM, {"title": "no address"})})
    spec = ProviderSpec(name="arquivo", kind="arquivo", base_url=BASE)
    (lead,) = build(spec, web, lambda: NOW).search(PHRASE).items
    assert lead.title == "A estrada que ninguém arranja"
    assert lead.snippet == "quarenta metros de dreno"
    seen = lead.sighting
    assert seen is not None
    assert seen.witness is Witness.ARCHIVE
    assert seen.at == datetime(2024, 2, 24, 8, 15, tzinfo=UTC)
    assert seen.memento == ITEM["linkToOriginalFile"]
    assert seen.holds_text is None


def test_the_question_has_the_phrase_the_site_and_the_time() -> None:
    before = datetime(2025, 1, 2, 3, tzinfo=UTC)
    query = Query(phrase="um dois três", site="correiodoporto.example", before=before)
    asked = parse_qs(urlsplit(question(BASE, query)).query)
    assert asked["q"] == ['"um dois três"']
    assert asked["siteSearch"] == ["correiodoporto.example"]
    assert asked["to"] == ["20250102030000"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer("<h1>Too many requests</h1>", 429, "text/html"), Unavailable),
        (answer("<html>search page</html>", 200, "text/html"), Garbled),
        (answer('{"error": "bad q"}', 400), BadQuery),
        (answer("{}", 200), Garbled),
        (found({"title": "no address"}), Garbled),
        (answer("", 503), Unavailable),
    ],
)
def test_what_is_no_answer_is_never_none(said: Capture, error: type[ProviderError]) -> None:
    with pytest.raises(error):
        parse("arquivo", "x", said)


def test_an_empty_list_is_none() -> None:
    assert parse("arquivo", "x", found()) == ()


@pytest.mark.shared
@here
def test_the_recorded_answer() -> None:
    body = (FOLDER / "arquivo-wiki" / "textsearch_fulltext_albert_einstein.json").read_bytes()
    leads = parse("arquivo", "x", answer(body))
    assert len(leads) == 5
    assert all(lead.sighting and lead.sighting.memento for lead in leads)
