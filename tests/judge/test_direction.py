"""What each kind of evidence says of who was first, and what all of it settles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from provenance.judge import direction
from provenance.judge.direction import settle
from provenance.judge.weights import OWN_WORD, WEIGHTS
from provenance.model import (
    Attribution,
    Basis,
    Candidate,
    Declaration,
    Derivation,
    Direction,
    Event,
    Family,
    Finding,
    Hop,
    Lead,
    Link,
    Origin,
    PageState,
    Place,
    Precision,
    Sighting,
    Signal,
    Strength,
    Witness,
)
from tests.build import (
    declaration,
    declared_link,
    document,
    evidence,
    finding,
    sighting,
    signal,
)

PAGE = "https://mirror-daily.example/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road"
AGENCY = "https://apnews.com/article/road"
FORTH, BACK = Direction.FROM_SOURCE, Direction.TO_SOURCE


def spoken(
    found: Finding,
    *,
    url: str = PAGE,
    here: tuple[Sighting, ...] = (),
    dates: tuple[Sighting, ...] = (),
    links: tuple[Link, ...] = (),
    **fields: Any,
) -> tuple[direction.Testimony, ...]:
    page = document(url=url, text="x", dates=dates, links=links)
    return direction.testimonies(evidence(found, suspect=page, sightings=here, **fields), found)


def kinds(found: Finding, **fields: Any) -> dict[str, Direction]:
    return {testimony.kind: testimony.says for testimony in spoken(found, **fields)}


def claimed(day: int) -> Sighting:
    return sighting(day, Witness.SELF)


def indexed(day: int, event: Event = Event.INDEXED) -> Sighting:
    return sighting(day, Witness.INDEX, event=event)


def later(days: float) -> Sighting:
    """A capture so many days after that of the first of March."""
    return sighting(1, at=sighting(1).at + timedelta(days=days))


def at_origin(share: float = 1.0, dates: tuple[Sighting, ...] = (), **fields: Any) -> Finding:
    page = document(url=ORIGIN, publisher="The Harbour Post", dates=dates)
    return finding(ORIGIN, share, **{"source": page, **fields})


def named(name: str, **fields: Any) -> Signal:
    given = {"rule": "source_line", "strength": Strength.NAME, "names": (name,)}
    return signal(**{**given, **fields})


def says(*chain: Hop, derivation: Derivation = Derivation.WHOLLY) -> Declaration:
    return declaration(derivation=derivation, attribution=Attribution.NAMED, chain=chain)


def hop(url: str | None = None, publisher: str | None = None) -> Hop:
    return Hop(url=url, publisher=publisher, why="")


def link(url: str, place: Place = Place.TEXT) -> Link:
    return Link(url=url, text="here", place=place)


HELD = {"sightings": (sighting(1),)}
# One case for each kind of testimony: the finding, what is known beside it, what the kind says.
KINDS: dict[str, tuple[Finding, dict[str, Any], Direction]] = {
    "links_page": (at_origin(), {"signals": (signal(target=ORIGIN),)}, FORTH),
    "names_source": (at_origin(), {"signals": (named("The Harbour Post"),)}, FORTH),
    "names_site": (at_origin(0.4), {"signals": (named("The Harbour Post"),)}, FORTH),
    "links_half": (at_origin(), {"links": (link(ORIGIN),)}, FORTH),
    "plain_link": (at_origin(0.4), {"links": (link(ORIGIN),)}, FORTH),
    "declares": (at_origin(), {"declaration": says()}, FORTH),
    "points_back": (at_origin(declared=declared_link(PAGE)), {}, BACK),
    "archive_before_claim": (at_origin(**HELD), {"dates": (claimed(4),)}, FORTH),
    "archive_weeks": (at_origin(**HELD), {"here": (later(28),)}, FORTH),
    "archive_days": (at_origin(**HELD), {"here": (later(2),)}, FORTH),
    "archive_hours": (at_origin(**HELD), {"here": (later(1.9),)}, FORTH),
    "index_first": (at_origin(sightings=(indexed(1),)), {"here": (indexed(3),)}, FORTH),
    "claimed_first": (at_origin(dates=(claimed(1),)), {"dates": (claimed(3),)}, FORTH),
    "traces": (
        at_origin(),
        {"signals": (signal(family=Family.TRACE, target=f"{ORIGIN}/photo.jpg"),)},
        FORTH,
    ),
    "wholesale": (finding(AGENCY, 1.0), {}, FORTH),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_testimony_speaks_alone(kind: str) -> None:
    found, known, way = KINDS[kind]
    [testimony] = spoken(found, **known)
    assert (testimony.kind, testimony.says) == (kind, way)
    assert testimony.weight == (WEIGHTS[kind] if way is FORTH else -WEIGHTS[kind])
    assert testimony.why.endswith(".")


@pytest.mark.parametrize(
    ("kind", "weight"),
    [
        ("links_page", 6.0),
        ("points_back", 6.0),
        ("wholesale", 4.0),
        ("names_source", 3.5),
        ("archive_before_claim", 3.0),
        ("links_half", 3.0),
        ("archive_weeks", 3.0),
        ("names_site", 2.0),
        ("plain_link", 2.0),
        ("traces", 2.0),
        ("declares", 2.0),
        ("archive_days", 2.0),
        ("archive_hours", 1.5),
        ("claimed_first", 1.5),
        ("index_first", 1.0),
    ],
)
def test_the_weights_are_those_that_were_counted(kind: str, weight: float) -> None:
    assert WEIGHTS[kind] == weight


def test_the_pages_own_word_is_of_these_kinds() -> None:
    own = {"links_page", "names_source", "names_site", "links_half", "plain_link", "declares"}
    assert own == OWN_WORD


def moment(text: str, precision: Precision) -> Sighting:
    return sighting(1, at=datetime.fromisoformat(f"{text}+00:00"), precision=precision)


YEAR, MONTH, DAY = Precision.YEAR, Precision.MONTH, Precision.DAY


@pytest.mark.parametrize(
    ("one", "other", "before"),
    [
        (("2025-12-31T00:00", DAY), ("2026-01-01T00:00", YEAR), True),
        (("2026-01-01T00:00", YEAR), ("2026-12-31T00:00", DAY), False),
        (("2025-12-01T00:00", MONTH), ("2026-01-01T00:00", MONTH), True),
        (("2026-01-01T00:00", MONTH), ("2025-12-09T00:00", DAY), False),
        (("2026-03-01T00:00", MONTH), ("2026-03-31T00:00", DAY), False),
        (("2026-02-28T00:00", DAY), ("2026-03-01T00:00", MONTH), True),
        (("2026-03-01T01:00", DAY), ("2026-03-01T23:00", Precision.SECOND), False),
        (("2026-03-01T23:00", Precision.SECOND), ("2026-03-02T00:00", DAY), True),
        (("2026-03-01T12:00", Precision.SECOND), ("2026-03-01T12:00", Precision.SECOND), False),
        (("2026-03-01T12:00", Precision.SECOND), ("2026-03-01T12:01", Precision.MINUTE), True),
    ],
)
def test_one_time_is_before_another_at_the_coarser_of_their_precisions(
    one: tuple[str, Precision], other: tuple[str, Precision], before: bool
) -> None:
    assert direction.surely_before(moment(*one), moment(*other)) is before


@pytest.mark.parametrize("minute", [Precision.MINUTE, Precision.SECOND])
def test_hours_are_told_where_only_they_tell_two_times_apart(minute: Precision) -> None:
    def claim(text: str) -> tuple[Sighting, ...]:
        return (replace(moment(text, minute), witness=Witness.SELF, event=Event.PUBLISHED),)

    found = at_origin(dates=claim("2026-03-01T09:05"))
    [testimony] = spoken(found, dates=claim("2026-03-01T10:15"))
    assert testimony.why == (
        "By their own dates: the other page 1 Mar 2026 09:05 UTC, this page 1 Mar 2026 10:15 UTC."
    )


def test_a_capture_after_a_claim_contradicts_nothing() -> None:
    claims = at_origin(dates=(claimed(1),))
    assert kinds(claims, here=(sighting(3),)) == {}
    assert kinds(claims, here=(sighting(3),), dates=(claimed(2),)) == {"claimed_first": FORTH}


def test_a_page_that_could_not_be_read_may_be_linked() -> None:
    unread = finding(ORIGIN, 0.0, source=None, reuse=None)
    assert kinds(unread, signals=(signal(target=ORIGIN),)) == {"names_site": FORTH}
    assert kinds(unread, links=(link(ORIGIN),)) == {"plain_link": FORTH}
    assert kinds(unread, dates=(claimed(1),)) == {}


def test_an_address_that_leads_to_the_page_is_its_own() -> None:
    short = "https://links.example/7"
    lead = Lead(url=short, found_by="source_link", reason="")
    found = at_origin(candidate=Candidate(url=ORIGIN, leads=(lead,)))
    assert kinds(found, signals=(signal(target=short),)) == {"links_page": FORTH}


def test_a_name_without_letters_is_nobodys() -> None:
    found = at_origin(source=document(url=ORIGIN, publisher="!!!", self_names=("???",)))
    assert kinds(found, signals=(named("***"),)) == {}


@pytest.mark.parametrize(
    ("url", "is_list"),
    [
        ("https://paper.example", True),
        ("https://paper.example/", True),
        ("https://paper.example/?p=7", False),
        ("https://paper.example/road", False),
        ("kept:1", False),
        ("", False),
        (None, False),
    ],
)
def test_the_front_page_of_a_site_is_a_list(url: str | None, is_list: bool) -> None:
    assert direction.lists(document(url=url)) is is_list
    assert direction.lists(document(url=url, state=PageState.LISTING))


def test_every_weight_belongs_to_a_kind_that_can_speak() -> None:
    assert set(KINDS) == set(WEIGHTS)
    assert set(WEIGHTS) > OWN_WORD
    assert all(weight > 0 for weight in WEIGHTS.values())


@pytest.mark.parametrize(
    ("ours", "theirs", "says"),
    [
        ((sighting(3),), (sighting(1),), FORTH),
        ((sighting(1),), (sighting(3),), BACK),
        ((sighting(3, holds_text=False),), (sighting(1),), None),
        ((sighting(3),), (sighting(1, trusted=False),), None),
        ((), (sighting(1),), None),
        ((sighting(2),), (sighting(2),), None),
    ],
)
def test_archives_speak_by_the_first_capture_that_holds_the_text(
    ours: tuple[Sighting, ...], theirs: tuple[Sighting, ...], says: Direction | None
) -> None:
    assert kinds(finding(ORIGIN, 1.0, sightings=theirs), here=ours).get("archive_days") is says


def test_a_capture_before_the_other_pages_own_claim_speaks_in_both_directions() -> None:
    found = finding(ORIGIN, 1.0, sightings=(sighting(1),))
    assert kinds(found, dates=(claimed(4),)) == {"archive_before_claim": FORTH}
    assert kinds(found, dates=(claimed(1),)) == {}
    late = at_origin(dates=(claimed(4),))
    assert kinds(late, here=(sighting(1),)) == {"archive_before_claim": BACK}
    # It says more than the order of the captures, and is counted in its stead.
    both = kinds(found, here=(sighting(9),), dates=(claimed(4),))
    assert both == {"archive_before_claim": FORTH}


@pytest.mark.parametrize(("event", "speaks"), [(Event.INDEXED, True), (Event.PUBLISHED, False)])
def test_an_index_speaks_only_of_when_it_saw_a_page_itself(event: Event, speaks: bool) -> None:
    found = finding(ORIGIN, 1.0, sightings=(indexed(1, event),))
    assert ("index_first" in kinds(found, here=(indexed(3, event),))) is speaks


def test_two_pages_of_one_day_are_told_apart_by_their_hours() -> None:
    day = replace(claimed(3), at=claimed(3).at.replace(hour=0), precision=Precision.DAY)
    hour = replace(claimed(3), precision=Precision.SECOND)
    afterwards = replace(hour, at=hour.at + timedelta(hours=2))
    found = at_origin(dates=(hour, day))
    assert kinds(found, dates=(day, afterwards))["claimed_first"] is FORTH
    assert "claimed_first" not in kinds(found, dates=(day,))


def why(found: Finding, kind: str, here: tuple[Sighting, ...] = ()) -> str:
    return next(t.why for t in spoken(found, here=here) if t.kind == kind)


def test_hours_are_told_where_the_days_are_the_same() -> None:
    early, late = (replace(sighting(3), at=sighting(3).at.replace(hour=hour)) for hour in (6, 18))
    assert why(finding(ORIGIN, 1.0, sightings=(early,)), "archive_hours", (late,)) == (
        "Web archives first hold the text at the other page on 3 Mar 2026 06:00 UTC, "
        "on this page on 3 Mar 2026 18:00 UTC."
    )
    apart = finding(ORIGIN, 1.0, sightings=(sighting(1),))
    assert "on 1 Mar 2026, on" in why(apart, "archive_days", (late,))


def test_a_page_that_was_later_is_called_no_source() -> None:
    told = why(finding(ORIGIN, 1.0, sightings=(sighting(5),)), "archive_days", (sighting(3),))
    assert "the other page" in told
    assert "source" not in told


def test_own_dates_speak_only_where_they_surely_differ() -> None:
    found = at_origin(dates=(claimed(3),))
    assert kinds(found, dates=(claimed(5),))["claimed_first"] is FORTH
    assert kinds(found, dates=(claimed(1),))["claimed_first"] is BACK
    assert "claimed_first" not in kinds(found, dates=(claimed(3),))


@pytest.mark.parametrize(
    "fields", [{"state": PageState.LISTING}, {"url": "https://harbourpost.example/"}]
)
def test_what_dates_a_list_of_articles_dates_none_of_them(fields: dict[str, Any]) -> None:
    page = document(**{"url": ORIGIN, "dates": (claimed(3),), **fields})
    assert kinds(finding(ORIGIN, 1.0, source=page), dates=(claimed(5),)) == {}


@pytest.mark.parametrize(
    ("sign", "share", "kind"),
    [
        (signal(target=ORIGIN), 0.5, "links_page"),
        (signal(target=ORIGIN, family=Family.MARKUP), 0.5, "links_page"),
        (signal(target=ORIGIN), 0.49, "names_site"),
        (signal(target="https://harbourpost.example/"), 0.5, "names_source"),
        (signal(target="https://harbourpost.example/"), 0.49, "names_site"),
        (named("The Harbour Post"), 0.5, "names_source"),
        (named("harbourpost.example"), 0.5, "names_source"),
        (named("The Harbour Post", claims=Derivation.PARTIALLY), 0.5, "names_source"),
        (named("The Harbour Post", claims=Derivation.UNKNOWN), 0.5, "names_site"),
        (named("The Harbour Post"), 0.49, "names_site"),
        (named("The Selwick Courier"), 1.0, None),
        (signal(target=ORIGIN, silenced_by="own_house"), 1.0, None),
        (signal(target=ORIGIN, family=Family.FURNITURE), 1.0, None),
        (signal(target="https://elsewhere.example/"), 1.0, None),
        (signal(target=None), 1.0, None),
    ],
)
def test_the_pages_own_word_speaks_by_how_plainly_it_points_there(
    sign: Signal, share: float, kind: str | None
) -> None:
    said = kinds(at_origin(share), signals=(sign,))
    assert said == ({kind: FORTH} if kind else {})


def test_a_link_to_another_address_of_the_page_is_a_link_to_the_page() -> None:
    page = document(url=ORIGIN, canonical="https://harbourpost.example/road")
    found = finding(ORIGIN, 1.0, source=page)
    signs = (signal(target="https://harbourpost.example/road"),)
    assert kinds(found, signals=signs) == {"links_page": FORTH}


@pytest.mark.parametrize(
    ("link", "kind"),
    [
        (link(ORIGIN), "links_half"),
        (link(ORIGIN, Place.TAIL), "links_half"),
        (link(ORIGIN, Place.ASIDE), None),
        (link("https://harbourpost.example/"), None),
    ],
)
def test_a_link_in_the_story_speaks_where_it_leads_to_the_very_page(
    link: Link, kind: str | None
) -> None:
    assert kinds(at_origin(), links=(link,)) == ({kind: FORTH} if kind else {})


def test_a_link_that_is_called_a_source_is_not_counted_twice() -> None:
    said = kinds(at_origin(), links=(link(ORIGIN),), signals=(signal(target=ORIGIN),))
    assert said == {"links_page": FORTH}


@pytest.mark.parametrize(
    ("said", "speaks"),
    [
        (says(), True),
        (says(hop(ORIGIN)), True),
        (says(hop("https://www.harbourpost.example/")), True),
        (says(hop(publisher="The Harbour Post")), True),
        (says(hop("https://elsewhere.example/road")), False),
        (says(hop(publisher="The Selwick Courier")), False),
        (says(hop(ORIGIN), hop(publisher="The Selwick Courier")), False),
        (says(derivation=Derivation.PARTIALLY), False),
        (declaration(), False),
    ],
)
def test_a_page_that_calls_its_text_somebody_elses_speaks_for_whoever_it_does_not_rule_out(
    said: Declaration, speaks: bool
) -> None:
    assert kinds(at_origin(), declaration=said) == ({"declares": FORTH} if speaks else {})


def test_a_source_that_names_this_page_points_back() -> None:
    by_name = declaration(origin=Origin(url=None, publisher="x", basis=Basis.DECLARED))
    assert kinds(at_origin(declared=declared_link(PAGE))) == {"points_back": BACK}
    assert kinds(at_origin(declared=declared_link("https://elsewhere.example/"))) == {}
    assert kinds(at_origin(declared=by_name)) == {}


@pytest.mark.parametrize(
    ("sign", "speaks"),
    [
        (signal(family=Family.TRACE, target="https://img.harbourpost.example/a.jpg"), True),
        (signal(family=Family.TRACE, target="https://img.elsewhere.example/a.jpg"), False),
        (signal(family=Family.TRACE, target=ORIGIN, silenced_by="shared_host"), False),
        (signal(family=Family.TRACE, target=None), False),
    ],
)
def test_what_the_copier_left_in_speaks_for_the_site_it_belongs_to(
    sign: Signal, speaks: bool
) -> None:
    assert kinds(at_origin(), signals=(sign,)) == ({"traces": FORTH} if speaks else {})


@pytest.mark.parametrize(
    ("here", "there", "says"),
    [
        (PAGE, AGENCY, FORTH),
        (AGENCY, ORIGIN, BACK),
        (PAGE, ORIGIN, None),
        (PAGE, "https://www.bbc.co.uk/news/road", None),
        ("https://www.bbc.co.uk/news/road", ORIGIN, None),
        (AGENCY, "https://www.reuters.com/road", None),
    ],
)
def test_an_agency_writes_for_others_to_print(
    here: str, there: str, says: Direction | None
) -> None:
    assert kinds(finding(there, 1.0), url=here).get("wholesale") is says


def heard(**votes: Direction) -> list[direction.Testimony]:
    return [direction.Testimony(kind=kind, says=says, why="") for kind, says in votes.items()]


@pytest.mark.parametrize(
    ("votes", "way"),
    [
        ({"links_page": FORTH}, FORTH),
        ({"names_source": FORTH}, FORTH),
        ({"wholesale": BACK}, BACK),
        ({"points_back": BACK}, BACK),
        ({"links_half": FORTH}, FORTH),
        ({"links_half": FORTH, "archive_hours": BACK}, Direction.UNDETERMINED),
        ({"plain_link": FORTH}, Direction.UNDETERMINED),
        ({"claimed_first": FORTH}, Direction.UNDETERMINED),
        ({"archive_hours": BACK}, Direction.UNDETERMINED),
        ({"index_first": BACK}, Direction.UNDETERMINED),
        ({"archive_days": FORTH, "claimed_first": FORTH}, FORTH),
        ({"archive_days": BACK, "claimed_first": BACK}, BACK),
        ({"archive_days": FORTH, "claimed_first": BACK}, Direction.UNDETERMINED),
        ({"links_page": FORTH, "archive_before_claim": BACK}, FORTH),
        ({"names_source": FORTH, "archive_before_claim": BACK}, Direction.UNDETERMINED),
        ({"links_page": FORTH, "points_back": BACK}, Direction.UNDETERMINED),
        ({}, Direction.UNDETERMINED),
    ],
)
def test_the_sum_of_the_weights_settles_it(votes: dict[str, Direction], way: Direction) -> None:
    assert settle(heard(**votes)) is way
