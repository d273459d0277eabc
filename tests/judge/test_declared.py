"""What a page says of itself, from its signals alone."""

from __future__ import annotations

import pytest

from provenance.judge.declared import declare
from provenance.model import (
    Attribution,
    Basis,
    Derivation,
    Family,
    PageState,
    Place,
    Signal,
    Strength,
)
from tests.build import document, signal

ORIGIN = "https://harbour.example/ferries"


def named(*names: str, **fields: object) -> Signal:
    given = {"rule": "source_line", "strength": Strength.NAME, "names": names}
    return signal(**{**given, **fields})


def wire(name: str, claims: Derivation = Derivation.WHOLLY, **fields: object) -> Signal:
    given = {"rule": "wire_dateline", "family": Family.AGENCY, "place": Place.TEXT}
    return named(name, **{**given, "claims": claims, **fields})


def markup(**fields: object) -> Signal:
    given = {"rule": "canonical_elsewhere", "family": Family.MARKUP, "place": Place.MARKUP}
    return signal(**{**given, "target": ORIGIN, **fields})


@pytest.mark.parametrize(
    ("signals", "derivation", "attribution"),
    [
        ([], Derivation.UNKNOWN, Attribution.NONE),
        ([signal()], Derivation.WHOLLY, Attribution.BARE_LINK),
        ([signal(target=ORIGIN)], Derivation.WHOLLY, Attribution.BARE_LINK),
        ([named("Harbour Gazette")], Derivation.WHOLLY, Attribution.NAMED),
        ([named("Harbour Gazette", target=ORIGIN)], Derivation.WHOLLY, Attribution.CREDITED),
        ([wire("AFP")], Derivation.WHOLLY, Attribution.NAMED),
        ([wire("AFP", Derivation.PARTIALLY)], Derivation.PARTIALLY, Attribution.NAMED),
        ([markup(names=("harbour.example",))], Derivation.WHOLLY, Attribution.BARE_LINK),
        (
            [markup(names=("harbour.example",)), named("Harbour Gazette")],
            Derivation.WHOLLY,
            Attribution.CREDITED,
        ),
        (
            [wire("AFP", place=Place.JSON_LD, rule="agency_markup")],
            Derivation.WHOLLY,
            Attribution.NAMED,
        ),
        ([signal(silenced_by="own_name")], Derivation.UNKNOWN, Attribution.NONE),
        ([signal(claims=Derivation.UNKNOWN)], Derivation.UNKNOWN, Attribution.NONE),
        (
            [signal(family=Family.FURNITURE, claims=Derivation.NOT)],
            Derivation.UNKNOWN,
            Attribution.NONE,
        ),
    ],
)
def test_derivation_and_grade(
    signals: list[Signal], derivation: Derivation, attribution: Attribution
) -> None:
    said = declare(document(), signals)
    assert (said.derivation, said.attribution) == (derivation, attribution)


@pytest.mark.parametrize(
    ("signals", "derivation"),
    [
        # A desk beside an agency makes a mixed text, whatever the dateline says.
        ([wire("AFP"), wire("AFP", Derivation.PARTIALLY)], Derivation.PARTIALLY),
        # An agency's own writer helping is no second hand.
        (
            [wire("AP"), wire("AP", Derivation.PARTIALLY, rule="agency_contributed")],
            Derivation.WHOLLY,
        ),
        # What the page says of the whole text outweighs a credit for a part of it.
        (
            [named("Harbour Gazette"), wire("AP", Derivation.PARTIALLY)],
            Derivation.WHOLLY,
        ),
    ],
)
def test_whole_or_part(signals: list[Signal], derivation: Derivation) -> None:
    assert declare(document(), signals).derivation is derivation


def test_without_a_name_the_origin_is_not_known() -> None:
    said = declare(document(), [signal()])
    assert said.origin is None
    assert said.chain == ()


def test_the_origin_is_an_address_before_a_name() -> None:
    said = declare(document(), [named("Harbour Gazette"), markup(names=("harbour.example",))])
    assert said.origin is not None
    assert said.origin.url == ORIGIN
    assert said.origin.basis is Basis.DECLARED


def test_the_origin_is_named_where_no_address_is_given() -> None:
    said = declare(document(), [wire("AFP")])
    assert said.origin is not None
    assert (said.origin.url, said.origin.publisher) == (None, "AFP")


def test_who_wrote_comes_before_who_handed_it_on() -> None:
    said = declare(document(), [named("PR Newswire"), named("Harbour Gazette")])
    assert said.origin is not None
    assert said.origin.publisher == "Harbour Gazette"


def test_every_station_is_kept_nearest_first() -> None:
    said = declare(document(), [wire("dpa"), markup(names=("harbour.example",))])
    assert [(hop.url, hop.publisher) for hop in said.chain] == [
        (ORIGIN, "harbour.example"),
        (None, "dpa"),
    ]


def test_one_station_named_twice_is_one_under_its_fuller_name() -> None:
    said = declare(document(), [wire("AP"), wire("Associated Press", rule="agency_byline")])
    assert [hop.publisher for hop in said.chain] == ["Associated Press"]


HOME_OF_AP, PAGE_OF_AP = "https://apnews.com/", "https://apnews.com/article/the-ferry-is-back"


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (None, None, None),
        (None, PAGE_OF_AP, PAGE_OF_AP),
        (PAGE_OF_AP, None, PAGE_OF_AP),
        (HOME_OF_AP, PAGE_OF_AP, PAGE_OF_AP),
        (PAGE_OF_AP, HOME_OF_AP, PAGE_OF_AP),
        (HOME_OF_AP, None, HOME_OF_AP),
    ],
)
def test_one_station_has_the_address_of_a_page_where_one_is_given(
    first: str | None, second: str | None, kept: str | None
) -> None:
    said = declare(document(), [wire("AP", target=first), wire("AP", target=second)])
    assert [hop.url for hop in said.chain] == [kept]


def test_signals_come_strongest_first() -> None:
    signals = [signal(strength=Strength.REPOST), wire("AFP"), markup()]
    order = [s.strength for s in declare(document(), signals).signals]
    assert order == [Strength.URL, Strength.NAME, Strength.REPOST]


@pytest.mark.parametrize("state", [PageState.LISTING, PageState.SOFT_404])
def test_a_page_without_an_article_declares_nothing(state: PageState) -> None:
    said = declare(document(state=state), [named("Harbour Gazette")])
    assert said.derivation is Derivation.UNKNOWN
    assert said.origin is None


GUARDIAN, BBC = "https://www.theguardian.com/x", "https://www.bbc.co.uk/news/x"


@pytest.mark.parametrize(
    ("rule", "name", "derivation"),
    [
        ("material_from", "AFP", Derivation.WHOLLY),
        ("agency_contributed", "Agence France-Presse", Derivation.WHOLLY),
        ("material_from", "Reuters", Derivation.PARTIALLY),
        ("another_rule", "AFP", Derivation.PARTIALLY),
    ],
)
def test_help_of_the_agencys_own_writers_is_no_second_hand(
    rule: str, name: str, derivation: Derivation
) -> None:
    helped = wire(name, Derivation.PARTIALLY, rule=rule)
    assert declare(document(), [wire("AFP"), helped]).derivation is derivation


@pytest.mark.parametrize(
    ("signals", "attribution"),
    [
        ([named("The Guardian", target=GUARDIAN)], Attribution.CREDITED),
        ([named("The Guardian", target=BBC)], Attribution.NAMED),
        ([named("Harbour Gazette", target=BBC)], Attribution.CREDITED),
        ([named("The Guardian", target=ORIGIN)], Attribution.CREDITED),
        ([named("The Guardian"), signal(target=GUARDIAN)], Attribution.CREDITED),
        ([named("AFP", place=Place.URL)], Attribution.NAMED),
        ([named("AFP", place=Place.URL, target=ORIGIN)], Attribution.BARE_LINK),
        ([named("AFP", place=Place.META, target=ORIGIN)], Attribution.BARE_LINK),
    ],
)
def test_credit_wants_a_visible_name_and_a_link_that_may_be_its(
    signals: list[Signal], attribution: Attribution
) -> None:
    assert declare(document(), signals).attribution is attribution


@pytest.mark.parametrize(
    ("signals", "stations"),
    [
        ([wire("AP"), wire("The Associated Press")], [(None, "The Associated Press")]),
        ([wire("The Associated Press"), wire("AP")], [(None, "The Associated Press")]),
        ([named("The Guardian"), signal(target=GUARDIAN)], [(GUARDIAN, "The Guardian")]),
        ([signal(target=GUARDIAN), named("The Guardian")], [(GUARDIAN, "The Guardian")]),
        ([signal(target=GUARDIAN), signal(target=f"{GUARDIAN}/y")], [(GUARDIAN, None)]),
        ([named("Harbour Gazette"), named("HARBOUR GAZETTE")], [(None, "Harbour Gazette")]),
        ([named("Harbour Gazette"), named("Road Post")],
         [(None, "Harbour Gazette"), (None, "Road Post")]),
        ([signal(target=ORIGIN), signal(target="https://www.harbour.example/y")], [(ORIGIN, None)]),
        ([signal(target=ORIGIN), signal(target=BBC)], [(ORIGIN, None), (BBC, None)]),
        ([signal()], []),
        ([named("Harbour Gazette", family=Family.TRACE), wire("AFP"), markup()],
         [(ORIGIN, None), (None, "AFP"), (None, "Harbour Gazette")]),
    ],
)  # fmt: skip
def test_a_station_named_in_several_ways_is_one(
    signals: list[Signal], stations: list[tuple[str | None, str | None]]
) -> None:
    chain = declare(document(), signals).chain
    assert [(hop.url, hop.publisher) for hop in chain] == stations


@pytest.mark.parametrize(
    ("signals", "url", "publisher"),
    [
        ([signal(target=GUARDIAN), named("The Guardian")], GUARDIAN, "The Guardian"),
        ([signal(target=ORIGIN), wire("AFP")], ORIGIN, None),
        ([named("Road Post", target=ORIGIN), wire("AFP")], ORIGIN, "Road Post"),
        ([named("Road Post", target="https://road.example/"), markup(names=("Harbour Gazette",))],
         ORIGIN, "Harbour Gazette"),
        ([named("The Guardian", target="https://www.theguardian.com/"), signal(target=GUARDIAN)],
         GUARDIAN, "The Guardian"),
        ([named("Road Post", target="https://road.example")], "https://road.example", "Road Post"),
        ([named("The Guardian"), named("Road Post")], None, "The Guardian"),
        ([named("MSN"), named("Road Post")], None, "Road Post"),
        ([named("PR Newswire"), named("MSN")], None, "PR Newswire"),
    ],
)  # fmt: skip
def test_the_origin_has_the_name_that_goes_with_its_address(
    signals: list[Signal], url: str | None, publisher: str | None
) -> None:
    origin = declare(document(), signals).origin
    assert origin is not None
    assert (origin.url, origin.publisher) == (url, publisher)
