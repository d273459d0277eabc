from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from provenance.model import Precision, Report, Sighting, Witness
from provenance.render.report.html import render
from provenance.render.report.timeline import timeline
from tests.build import sighting
from tests.render import frozen, pages


def drawn(*sightings: Sighting) -> Report:
    return pages.with_verdict(replace(frozen.measured(), sightings=sightings, findings=()))


def test_no_time_no_drawing() -> None:
    assert timeline(drawn()) is None


def test_a_page_that_tells_of_the_same_event_dates_nothing_and_has_no_lane() -> None:
    made = timeline(frozen.measured())
    assert made is not None
    assert "Quayside" not in [lane.name for lane in made.lanes]


def test_every_page_has_a_lane_and_every_time_a_row() -> None:
    made = timeline(frozen.measured())
    assert made is not None
    assert [lane.name for lane in made.lanes] == ["This page", "The Harbour Post"]
    assert [entry.number for entry in made.entries] == list(range(1, 6))
    told = {mark.number for lane in made.lanes for mark in lane.marks}
    assert told == set(range(1, 6))


def test_earlier_is_further_left() -> None:
    made = timeline(frozen.measured())
    assert made is not None
    here, there = made.lanes[0], made.lanes[1]
    assert max(mark.x for mark in there.marks) < min(mark.x for mark in here.marks)


def test_a_day_is_drawn_as_a_day() -> None:
    made = timeline(drawn(sighting(1, Witness.SELF), sighting(3)))
    assert made is not None
    (day, second) = made.lanes[0].marks
    assert day.extent is not None
    assert day.extent[0] < day.x < day.extent[1]
    assert second.extent is None


@pytest.mark.parametrize("year", [1, 2026, 9999])
@pytest.mark.parametrize("precision", [Precision.DAY, Precision.MONTH, Precision.YEAR])
def test_coarse_times_are_drawn_at_the_ends_of_the_calendar(
    precision: Precision, year: int
) -> None:
    zone = timezone(timedelta(hours=9 if year == 1 else -9))
    at = datetime(year, *((1, 1) if year == 1 else (12, 31)), tzinfo=zone)
    made = timeline(drawn(sighting(1, at=at, precision=precision), sighting(2)))
    assert made is not None
    assert all(0 <= mark.x <= 100 for mark in made.lanes[0].marks)
    assert render(drawn(sighting(1, at=at, precision=Precision.SECOND), sighting(2)))


def test_one_time_alone_is_told_but_not_drawn() -> None:
    made = timeline(drawn(sighting(1)))
    assert made is not None
    assert made.lanes == ()
    assert [entry.number for entry in made.entries] == [1]


def test_two_times_alike_are_in_the_middle() -> None:
    made = timeline(drawn(sighting(1), sighting(1, digest="another")))
    assert made is not None
    assert [mark.x for mark in made.lanes[0].marks] == [50.0, 52.2]


@pytest.mark.parametrize("days", [0.01, 1, 20, 200, 3000, 20000])
def test_ticks_are_few_and_inside(days: float) -> None:
    later = sighting(1, at=sighting(1).at + timedelta(days=days))
    made = timeline(drawn(sighting(1), later))
    assert made is not None
    assert len(made.ticks) <= 5
    assert all(0 <= x <= 100 for x, _, _ in made.ticks)


def test_crowded_dots_stay_apart_and_inside() -> None:
    crowd = [sighting(1, at=sighting(1).at + timedelta(seconds=n)) for n in range(12)]
    made = timeline(drawn(*crowd, sighting(20)))
    assert made is not None
    xs = [mark.x for mark in made.lanes[0].marks]
    assert xs == sorted(xs)
    assert all(after - here > 1 for here, after in itertools.pairwise(xs))
    assert max(xs) <= 100


def test_two_pages_of_one_publisher_have_two_lanes() -> None:
    report = frozen.measured()
    first = report.findings[0]
    other = replace(first, candidate=replace(first.candidate, url=f"{pages.ORIGINAL}/2"))
    made = timeline(replace(report, findings=(first, other)))
    assert made is not None
    assert len({lane.name for lane in made.lanes}) == 3


def test_one_time_in_several_places_is_one_row() -> None:
    twice = (
        sighting(1, Witness.SELF, basis="json_ld datePublished"),
        sighting(1, Witness.SELF, basis="time"),
        sighting(2),
    )
    made = timeline(drawn(*twice))
    assert made is not None
    assert [entry.basis for entry in made.entries] == [
        "structured data datePublished; the page's time element",
        "test",
    ]


def test_a_day_does_not_push_an_hour_of_it_to_the_right() -> None:
    day = sighting(3, Witness.SELF)
    dawn = sighting(3, Witness.SELF, precision=Precision.MINUTE, at=day.at.replace(hour=6))
    made = timeline(drawn(day, dawn, sighting(5)))
    assert made is not None
    assert [(mark.number, mark.extent is None) for mark in made.lanes[0].marks] == [
        (2, True),
        (1, False),
        (3, True),
    ]
