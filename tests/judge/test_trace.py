"""The origin and the stations of the way to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.judge.answer import Answer
from provenance.judge.trace import trace
from provenance.model import Basis, Declaration, Direction, Finding, Hop, Origin
from tests.build import declaration, document, evidence, finding

PAGE = "https://mirror-daily.example/harbour-road"
NEAR = "https://harbourpost.example/road"
FAR = "https://third-paper.example/road"
FARTHER = "https://fourth-paper.example/road"


def says(url: str | None, *chain: Hop, name: str | None = None) -> Declaration:
    return declaration(origin=Origin(url=url, publisher=name, basis=Basis.DECLARED), chain=chain)


def traced(
    first: Finding, *others: Finding, way: Direction = Direction.FROM_SOURCE, **fields: Any
) -> tuple[Origin | None, tuple[Hop, ...], Finding]:
    known = evidence(first, *others, **fields)
    return trace(known, Answer(0, first, way, "Reuters"), (first, *others))


def urls(chain: tuple[Hop, ...]) -> list[str | None]:
    return [hop.url for hop in chain]


def test_a_page_that_was_first_is_its_own_origin() -> None:
    page = document(url=PAGE, publisher="Mirror Daily")
    origin, chain, last = traced(finding(NEAR, 0.9), way=Direction.TO_SOURCE, suspect=page)
    assert origin == Origin(url=PAGE, publisher="Mirror Daily", basis=Basis.MEASURED)
    assert chain == ()
    assert last.candidate.url == NEAR


def test_while_the_order_is_open_the_origin_is_the_pages_own_word() -> None:
    hop = Hop(url=FAR, publisher=None, why="The page says so.")
    origin, chain, _ = traced(
        finding(NEAR, 0.9), way=Direction.UNDETERMINED, declaration=says(FAR, hop)
    )
    assert (origin, chain) == (Origin(url=FAR, publisher=None, basis=Basis.DECLARED), (hop,))


def test_a_third_party_is_the_origin_of_both() -> None:
    origin, chain, _ = traced(finding(NEAR, 0.9), way=Direction.COMMON_SOURCE)
    assert origin == Origin(url=None, publisher="Reuters", basis=Basis.DECLARED)
    why = "Both pages carry this agency's text; neither is the other's original."
    assert chain == (Hop(url=None, publisher="Reuters", why=why),)


def test_a_source_is_followed_to_the_source_that_it_names() -> None:
    first = finding(NEAR, 0.9, declared=says(FAR))
    second = finding(FAR, 0.8, declared=says(FARTHER))
    third = finding(FARTHER, 0.7, source=document(url=FARTHER, publisher="Fourth Paper"))
    origin, chain, last = traced(first, third, second)
    assert urls(chain) == [NEAR, FAR, FARTHER]
    assert chain[1].why == "80% of this page's words were found there."
    assert origin == Origin(url=FARTHER, publisher="Fourth Paper", basis=Basis.MEASURED)
    assert last is third


@pytest.mark.parametrize(
    ("share", "followed"), [(0.8, True), (0.75, True), (0.74, False), (0.2, False)]
)
def test_it_must_hold_three_quarters_of_what_the_last_one_holds(
    share: float, followed: bool
) -> None:
    first = finding(NEAR, 1.0, declared=says(FAR))
    assert urls(traced(first, finding(FAR, share))[1]) == [NEAR, *[FAR] * followed]


@pytest.mark.parametrize(
    "said", [None, declaration(), says(None, name="Third Paper"), says(FARTHER)]
)
def test_another_page_than_the_one_named_is_no_station(said: Declaration | None) -> None:
    first = finding(NEAR, 0.8, declared=said)
    assert urls(traced(first, finding(FAR, 0.8))[1]) == [NEAR]


def test_two_pages_that_name_each_other_end_the_way() -> None:
    first = finding(NEAR, 0.9, declared=says(f"{FAR}?utm_source=x"))
    second = finding(FAR, 0.9, declared=says(NEAR))
    assert urls(traced(first, second)[1]) == [NEAR, FAR]


@pytest.mark.parametrize(
    ("hop", "told"),
    [
        (Hop(url=FAR, publisher=None, why="named"), True),
        (Hop(url=None, publisher="Third Paper", why="named"), True),
        (Hop(url=None, publisher=None, why="named"), True),
        (Hop(url=f"{NEAR}/other", publisher=None, why="named"), False),
        (Hop(url=None, publisher="Harbour Post", why="named"), False),
        (Hop(url=FAR, publisher="Harbour Post", why="named"), False),
    ],
)
def test_stations_that_the_last_page_names_are_added_each_once(hop: Hop, told: bool) -> None:
    source = document(url=NEAR, publisher="Harbour Post")
    first = finding(NEAR, 0.9, source=source, declared=declaration(chain=(hop,)))
    assert traced(first)[1][1:] == ((hop,) if told else ())


@pytest.mark.parametrize(
    ("url", "fields", "expected"),
    [
        (NEAR, {"publisher": "Harbour Post"}, (NEAR, "Harbour Post")),
        (NEAR, {}, (NEAR, "harbourpost.example")),
        ("corpus:" + "0" * 64, {"title": "The road"}, (None, "The road")),
        ("corpus:" + "0" * 64, {}, (None, None)),
        ("corpus:" + "0" * 64, {"title": ""}, (None, None)),
    ],
)
def test_an_origin_goes_by_its_publisher_its_host_or_its_title(
    url: str, fields: dict[str, Any], expected: tuple[str | None, str | None]
) -> None:
    origin, [hop], _ = traced(finding(url, 0.9, source=document(**fields)))
    assert origin is not None
    assert (origin.url, origin.publisher) == expected
    assert (hop.url, hop.publisher) == expected


def test_a_page_that_was_not_read_goes_by_its_host() -> None:
    unread = replace(finding(NEAR, 0.9), source=None, reuse=None)
    origin, [hop], _ = traced(unread)
    assert origin is not None
    assert origin.publisher == "harbourpost.example"
    assert hop.why == "none of this page's words were found there."


KEPT = "corpus:" + "0" * 64


def test_a_kept_text_without_address_may_lead_further() -> None:
    first = finding(KEPT, 0.9, declared=says(FAR))
    origin, chain, _ = traced(first, finding(FAR, 0.9))
    assert urls(chain) == [None, FAR]
    assert origin is not None
    assert origin.url == FAR


@pytest.mark.parametrize(
    "hop", [Hop(url=FAR, publisher=None, why="x"), Hop(url=None, publisher=None, why="x")]
)
def test_a_station_is_added_to_one_that_has_neither_address_nor_name(hop: Hop) -> None:
    first = finding(KEPT, 0.9, source=document(), declared=declaration(chain=(hop,)))
    assert traced(first)[1][1:] == (hop,)
