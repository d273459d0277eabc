"""GDELT refuses many queries; none of those that are sent is one of them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from provenance.errors import BadQuery, Unavailable
from provenance.model import Match, ProviderSpec, Query
from provenance.world.http.rate_limits import RateLimiter
from provenance.world.searches import build, known_spec
from provenance.world.searches.gdelt import SHEET
from provenance.world.searches.gdelt import build as question
from provenance.world.store import Store
from tests.world.archives.build import NOW, Clock, FakeWeb, answer

if TYPE_CHECKING:
    from provenance.model import Capture

QUERY = Query(phrase="forty metres of drain")


def refusal(query: str) -> str:
    """Which of its refusals GDELT gives for a query, '' for none; from its own error texts."""
    phrases = re.findall(r'"([^"]*)"', query)
    loose = re.sub(r'"[^"]*"', " ", query)
    loose = re.sub(r"\bdomainis:[a-z0-9.]+$", "", loose)
    groups = re.findall(r"\(([^()]*)\)", loose)
    outside = re.sub(r"\([^()]*\)", " ", loose)
    words = [word for word in re.sub(r"[()]", " ", loose).split() if word != "OR"]
    short = [p for p in phrases if len(p) < 5 or (p.isascii() and " " not in p)]
    refusals = {
        "Your query was too short or too long.": not 5 <= len(query) <= 213,
        "The specified phrase is too short.": short,
        "Parentheses may only be used around OR'd statements.": (
            re.search(r"[()]", outside) or any(" OR " not in group for group in groups)
        ),
        "Queries containing OR'd terms must be surrounded by ().": "OR" in outside.split(),
        "Invalid/Unsupported Country.": "sourcecountry:" in loose,
        "One or more of your keywords contained an illegal character.": (
            '"' in loose or any(not word.isalnum() for word in words)
        ),
        "One or more of your keywords were too short.": any(len(word) < 3 for word in words),
    }
    return next((text for text, applies in refusals.items() if applies), "")


@pytest.mark.parametrize(
    "refused",
    ['"ab"', "a(b", "(word)", "one OR two", "it's here", "ab", '"open quote', "x" * 300, "an ox"],
)
def test_the_model_of_its_rules_refuses(refused: str) -> None:
    assert refusal(refused)


@given(
    text=st.text(max_size=400)
    | st.lists(st.text(alphabet="abcOR AND'-.()\":éжд中文字\u0301\u200b", max_size=9)).map(
        " ".join
    ),
    match=st.sampled_from(Match),
    site=st.sampled_from([None, "harbourpost.example", "a-b.example"]),
)
@example(text="OR AND NOT near", match=Match.ANY, site=None)
@example(text="word", match=Match.ANY, site=None)
@example(text="é" * 400, match=Match.PHRASE, site=None)
@example(text="sourcecountry:Nowhere sourcelang:x", match=Match.ALL, site=None)
def test_no_query_is_one_that_it_refuses(text: str, match: Match, site: str | None) -> None:
    fitted = SHEET.profile.adapt(Query(phrase=text, match=match, site=site))
    if fitted is None:
        return
    parameters = parse_qs(urlsplit(question("https://gdelt.example", fitted)).query)
    assert refusal(parameters["query"][0]) == ""
    assert not {"startdatetime", "enddatetime", "timespan"} & set(parameters)


def test_what_cannot_be_asked_is_not_sent() -> None:
    web = FakeWeb({})
    service = build(known_spec("gdelt"), web, lambda: NOW)
    with pytest.raises(BadQuery, match="not asked"):
        service.search(Query(phrase="a-b, c.d"))
    assert web.asked == []


def test_control_characters_in_its_json_are_bridged() -> None:
    body = b'{"articles": [{"url": "https://a.example/x", "title": "A\x01 tab\there \xff"}]}'
    web = FakeWeb({"https://": answer(body, 200, "application/json")})
    (lead,) = build(known_spec("gdelt"), web, lambda: NOW).search(QUERY).items
    assert lead.title.startswith("A tab here")


def test_it_is_asked_once_in_six_seconds_and_left_alone_when_it_says_so() -> None:
    clock, slept = Clock(), [0.0]

    def sleep(seconds: float) -> None:
        slept[0] += seconds
        clock.pass_(seconds)

    said: Capture = answer(json.dumps({}))
    times: list[float] = []

    class Noting(FakeWeb):
        def ask(self, provider: str, url: str, **terms: object) -> Capture:
            terms["turn"]()  # type: ignore[operator]
            times.append(clock().timestamp())
            from dataclasses import replace

            return replace(said, captured_at=clock() + timedelta(seconds=0.001))

    with Store.open(None) as store:
        limits = RateLimiter(store.hosts, clock, sleep=sleep)
        service = build(known_spec("gdelt"), Noting({}), clock, limits=limits)
        for number in range(8):
            service.search(Query(phrase=f"forty metres of drain {number}"))
        gaps = [later - earlier for earlier, later in pairwise(times)]
        assert min(gaps) >= 6
        said = answer("Please limit requests to one every 5 seconds", 200, "text/html")
        with pytest.raises(Unavailable, match="left alone"):
            service.search(QUERY)
        count = len(times)
        with pytest.raises(Unavailable, match="left alone for"):
            service.search(Query(phrase="another four words here"))
        assert len(times) == count


def test_another_spec_of_the_kind() -> None:
    spec = ProviderSpec(name="mirror", kind="gdelt", base_url="https://gdelt.example/")
    web = FakeWeb({"https://gdelt.example/api/v2/doc/doc?query=": answer("{}")})
    assert build(spec, web, lambda: NOW).search(QUERY).items == ()
