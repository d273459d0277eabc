from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from provenance.model import Place, Precision, Sighting, Span, Witness
from provenance.render.text.wording import (
    basis,
    before,
    clock,
    context,
    curly,
    event,
    lapse,
    moment,
    source_name,
    where,
)
from provenance.text.numbers import percent
from tests.build import document, finding, sighting, signal


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0%"),
        (0.004, "under 1%"),
        (0.01, "1%"),
        (0.943, "94%"),
        (0.995, "over 99%"),
        (1.0, "100%"),
    ],
)
def test_percent(share: float, words: str) -> None:
    assert percent(share) == words


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "1 day"),
        (timedelta(days=59), "59 days"),
        (timedelta(days=92), "about 3 months"),
        (timedelta(days=1461), "about 4 years"),
    ],
)
def test_lapse(gap: timedelta, words: str) -> None:
    assert lapse(gap) == words


def dated(text: str, precision: Precision) -> Sighting:
    return sighting(1, at=datetime.fromisoformat(text).replace(tzinfo=UTC), precision=precision)


S, D, M, Y = Precision.SECOND, Precision.DAY, Precision.MONTH, Precision.YEAR


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (("2026-03-01T10:00", S), ("2026-03-03T09:00", S), "1 day"),
        (("2026-03-01T10:00", D), ("2026-03-03T09:00", S), "2 days"),
        (("2026-03-01T23:00", D), ("2026-03-01T23:30", S), None),
        (("2026-03-01T10:00", S), ("2026-03-01T12:00", S), "2 hours"),
        (("2026-03-31", M), ("2026-04-01", D), "about 1 month"),
        (("2026-03-01", M), ("2026-03-30", D), None),
        (("2024-12-31", Y), ("2026-01-01", S), "about 2 years"),
        (("2026-03-03", D), ("2026-03-01", D), None),
    ],
)
def test_before(one: tuple[str, Precision], other: tuple[str, Precision], words: str) -> None:
    assert before(dated(*one), dated(*other)) == words


def test_before_needs_two_times() -> None:
    assert before(None, sighting(1)) is None


@pytest.mark.parametrize(
    ("precision", "words"),
    [(Y, "2026"), (M, "Mar 2026"), (D, "1 Mar 2026"), (S, "1 Mar 2026 12:00 UTC")],
)
def test_a_time_is_told_no_finer_than_it_is_known(precision: Precision, words: str) -> None:
    assert moment(sighting(1, precision=precision)) == words


def test_the_clock_is_utc() -> None:
    east = timezone(timedelta(hours=9))
    assert clock(datetime(2026, 3, 2, 1, 30, tzinfo=east)) == "1 Mar 2026 16:30 UTC"


def test_what_is_quoted_stays_as_it_was_printed() -> None:
    assert curly("The page's words “it's here” aren't ours") == (
        "The page’s words “it's here” aren’t ours"
    )


@pytest.mark.parametrize(
    ("place", "start", "words"),
    [
        (Place.TAIL, 0, "near the end"),
        (Place.TEXT, 0, "near the start"),
        (Place.TEXT, 50, "in the story"),
        (Place.TEXT, 95, "near the end"),
        (Place.BYLINE, None, "in the byline"),
    ],
)
def test_where(place: Place, start: int | None, words: str) -> None:
    span = None if start is None else Span(start=start, end=start + 1)
    assert where(signal(place=place, span=span), document(text="x" * 100)) == words


def test_context_is_the_line_around_the_words() -> None:
    page = document(tail="Read on.\nThis story came from Relay first, dear reader.\nBye.")
    start = page.tail.index("Relay")
    found = signal(place=Place.TAIL, span=Span(start=start, end=start + 5))
    assert context(found, page) == ("This story came from ", "Relay", " first, dear reader.")
    assert context(replace(found, span=None), page) == ("", "Source link", "")


def test_context_of_a_long_line_is_cut_at_words() -> None:
    page = document(text=f"{'alpha ' * 40}HERE{' omega' * 40}")
    start = page.text.index("HERE")
    before_, _, after = context(
        signal(place=Place.TEXT, span=Span(start=start, end=start + 4)), page
    )
    assert before_.startswith("…alpha ")
    assert after.endswith(" omega…")


@pytest.mark.parametrize(
    ("stood", "words"),
    [
        ("written", "printed on the page"),
        ("time", "the page's time element"),
        ("meta article:published_time", "meta tag article:published_time"),
        ("json_ld datePublished", "structured data datePublished"),
        ("something new", "something new"),
    ],
)
def test_where_a_date_stood(stood: str, words: str) -> None:
    assert basis(sighting(1, Witness.SELF, basis=stood)) == words
    assert basis(sighting(1, basis=stood)) == stood


def test_a_capture_that_is_no_evidence_is_shown_as_such() -> None:
    doubtful = sighting(1, trusted=False, holds_text=None)
    assert event(doubtful) == "archived by an archive that is not trusted"


@pytest.mark.parametrize(
    ("url", "source", "name"),
    [
        ("https://courier.example/one", {"publisher": "The Courier"}, "The Courier"),
        ("https://courier.example/one", {"title": "One"}, "courier.example"),
        ("kept:777", {"publisher": "The Courier", "title": "One"}, "The Courier"),
        ("kept:777", {"title": "One"}, "One"),
        ("kept:777", {}, "a kept text without a name"),
    ],
)
def test_a_candidate_is_called_by_its_publisher_host_or_title(
    url: str, source: dict[str, str], name: str
) -> None:
    assert name in source_name(finding(url, 0.9, source=document(**source)))
    assert "777" not in source_name(finding(url, 0.9, source=document(**source)))
