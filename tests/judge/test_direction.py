from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from provenance.judge import direction
from provenance.judge.direction import settle
from provenance.model import Direction, Event, Finding, Precision, Sighting, Signal, Witness
from tests.build import declared_link, document, finding, sighting, signal

PAGE = "https://mirror-daily.example/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road"
AGENCY = "https://apnews.com/article/road"


def kinds(
    found: Finding,
    *,
    url: str = PAGE,
    signals: tuple[Signal, ...] = (),
    here: tuple[Sighting, ...] = (),
    dates: tuple[Sighting, ...] = (),
) -> dict[str, Direction]:
    page = document(url=url, text="x", dates=dates)
    return {t.kind: t.says for t in direction.testimonies(page, signals, here, found)}


def claimed(day: int) -> Sighting:
    return sighting(day, Witness.SELF)


def indexed(day: int, event: Event = Event.INDEXED) -> Sighting:
    return sighting(day, Witness.INDEX, event=event)


@pytest.mark.parametrize(
    ("ours", "theirs", "says"),
    [
        ((sighting(3),), (sighting(1),), Direction.FROM_SOURCE),
        ((sighting(1),), (sighting(3),), Direction.TO_SOURCE),
        ((sighting(3, holds_text=False),), (sighting(1),), None),
        ((), (sighting(1),), None),
        ((sighting(2),), (sighting(2),), None),
    ],
)
def test_archives_speak_by_the_first_capture_that_holds_the_text(
    ours: tuple[Sighting, ...], theirs: tuple[Sighting, ...], says: Direction | None
) -> None:
    assert kinds(finding(ORIGIN, 1.0, sightings=theirs), here=ours).get("archive_first") is says


def test_a_capture_before_the_other_pages_own_claim_speaks_too() -> None:
    found = finding(ORIGIN, 1.0, sightings=(sighting(1),))
    assert kinds(found, dates=(claimed(4),))["archive_first"] is Direction.FROM_SOURCE
    assert "archive_first" not in kinds(found, dates=(claimed(1),))


@pytest.mark.parametrize(("event", "speaks"), [(Event.INDEXED, True), (Event.PUBLISHED, False)])
def test_an_index_speaks_only_of_when_it_saw_a_page_itself(event: Event, speaks: bool) -> None:
    found = finding(ORIGIN, 1.0, sightings=(indexed(1, event),))
    assert ("index_first" in kinds(found, here=(indexed(3, event),))) is speaks


def test_two_pages_of_one_day_are_told_apart_by_their_hours() -> None:
    day = replace(claimed(3), at=claimed(3).at.replace(hour=0), precision=Precision.DAY)
    hour = replace(claimed(3), precision=Precision.SECOND)
    later = replace(hour, at=hour.at + timedelta(hours=2))
    source = document(url=ORIGIN, dates=(hour, day))
    found = finding(ORIGIN, 1.0, source=source)
    assert kinds(found, dates=(day, later))["claimed_first"] is Direction.FROM_SOURCE
    assert "claimed_first" not in kinds(found, dates=(day,))


def why(found: Finding, kind: str, here: tuple[Sighting, ...] = ()) -> str:
    page = document(url=PAGE, text="x")
    return next(t.why for t in direction.testimonies(page, (), here, found) if t.kind == kind)


def test_hours_are_told_where_the_days_are_the_same() -> None:
    early, late = (replace(sighting(3), at=sighting(3).at.replace(hour=hour)) for hour in (6, 18))
    assert why(finding(ORIGIN, 1.0, sightings=(early,)), "archive_first", (late,)) == (
        "Web archives first hold the text at the source on 3 Mar 2026 06:00 UTC, "
        "on this page on 3 Mar 2026 18:00 UTC."
    )
    apart = finding(ORIGIN, 1.0, sightings=(sighting(1),))
    assert "on 1 Mar 2026, on" in why(apart, "archive_first", (late,))


def test_a_page_that_was_later_is_called_no_source() -> None:
    later = finding(ORIGIN, 1.0, sightings=(sighting(5),))
    told = why(later, "archive_first", (sighting(3),))
    assert "the other page" in told
    assert "source" not in told


def test_own_dates_speak_only_where_they_surely_differ() -> None:
    source = document(url=ORIGIN, dates=(claimed(3),))
    found = finding(ORIGIN, 1.0, source=source)
    assert kinds(found, dates=(claimed(5),))["claimed_first"] is Direction.FROM_SOURCE
    assert kinds(found, dates=(claimed(1),))["claimed_first"] is Direction.TO_SOURCE
    assert "claimed_first" not in kinds(found, dates=(claimed(3),))


@pytest.mark.parametrize(
    ("sign", "speaks"),
    [
        (signal(target=ORIGIN), True),
        (signal(target="https://harbourpost.example/"), True),
        (signal(target=ORIGIN, silenced_by="own_house"), False),
        (signal(target="https://elsewhere.example/"), False),
        (signal(target=None), False),
    ],
)
def test_the_pages_own_word_speaks_when_it_points_there(sign: Signal, speaks: bool) -> None:
    assert ("pointed_at" in kinds(finding(ORIGIN, 1.0), signals=(sign,))) is speaks


def test_a_source_that_names_this_page_points_back() -> None:
    found = finding(ORIGIN, 1.0, declared=declared_link(PAGE))
    assert kinds(found)["points_back"] is Direction.TO_SOURCE


@pytest.mark.parametrize(
    ("here", "there", "says"),
    [
        (PAGE, AGENCY, Direction.FROM_SOURCE),
        (AGENCY, ORIGIN, Direction.TO_SOURCE),
        (PAGE, ORIGIN, None),
        (AGENCY, "https://www.reuters.com/road", None),
    ],
)
def test_an_agency_writes_for_others_to_print(
    here: str, there: str, says: Direction | None
) -> None:
    assert kinds(finding(there, 1.0), url=here).get("wholesale") is says


def test_two_kinds_settle_it_and_an_independent_contradiction_does_not() -> None:
    agreeing = finding(AGENCY, 1.0, sightings=(sighting(1),))
    page = document(url=PAGE, text="x")
    assert (
        settle(direction.testimonies(page, (), (sighting(3),), agreeing)) is Direction.FROM_SOURCE
    )
    contradicted = finding(AGENCY, 1.0, sightings=(sighting(5),))
    pointing = (signal(target=AGENCY),)
    spoken = direction.testimonies(page, pointing, (sighting(3),), contradicted)
    assert settle(spoken) is Direction.UNDETERMINED
