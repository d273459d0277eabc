"""Dates: what a written or machine form states, and how finely."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Event, Precision, Witness
from provenance.text.dates import (
    first_claim,
    parse_moment,
    published_day,
    url_moment,
    without_dates,
    written_moments,
)
from tests.build import sighting

SECOND, MINUTE, DAY = Precision.SECOND, Precision.MINUTE, Precision.DAY


@pytest.mark.parametrize(
    ("text", "iso", "precision"),
    [
        ("2026-02-14T09:30:05Z", "2026-02-14T09:30:05+00:00", SECOND),
        ("2026-02-14T09:30:05.123456Z", "2026-02-14T09:30:05+00:00", SECOND),
        ("2026-02-14T09:30:05+01:00", "2026-02-14T09:30:05+01:00", SECOND),
        ("2026-02-14T09:30:05-0500", "2026-02-14T09:30:05-05:00", SECOND),
        ("2026-02-14T09:30+01:00", "2026-02-14T09:30:00+01:00", MINUTE),
        ("2026-02-14 09:30:05 +0200", "2026-02-14T09:30:05+02:00", SECOND),
        ("2026-02-14T09:30:05+01:00[Europe/Paris]", "2026-02-14T09:30:05+01:00", SECOND),
        ("2026-02-14T09:30:05", "2026-02-14T09:30:05+00:00", DAY),
        ("2026-02-14T24:00:00Z", "2026-02-14T23:00:00+00:00", SECOND),
        ("2026-02-14", "2026-02-14T00:00:00+00:00", DAY),
        ("2026/2/4", "2026-02-04T00:00:00+00:00", DAY),
        ("2026-02", "2026-02-01T00:00:00+00:00", Precision.MONTH),
        ("2026", "2026-01-01T00:00:00+00:00", Precision.YEAR),
        ("20260214093005", "2026-02-14T09:30:05+00:00", DAY),
        ("20260214T093005Z", "2026-02-14T09:30:05+00:00", SECOND),
        ("20260214", "2026-02-14T00:00:00+00:00", DAY),
        ("1771061405", "2026-02-14T09:30:05+00:00", SECOND),
        ("1771061405000", "2026-02-14T09:30:05+00:00", SECOND),
        ("Sat, 14 Feb 2026 09:30:05 GMT", "2026-02-14T09:30:05+00:00", SECOND),
        ("Sat, 14 Feb 2026 09:30:05 +0100", "2026-02-14T09:30:05+01:00", SECOND),
        ("Sat, Feb 14 2026 09:30:05 EST", "2026-02-14T09:30:05-05:00", SECOND),
        ("February 14, 2026 9:30 PM CET", "2026-02-14T21:30:00+01:00", SECOND),
        ("14 February 2026", "2026-02-14T00:00:00+00:00", DAY),
        ("Sat Feb 14 09:30:05 EST 2026", "2026-02-14T09:30:05-05:00", SECOND),
        ("Sat Feb 14 2026 09:30:05 GMT+0100", "2026-02-14T09:30:05+01:00", SECOND),
        ("Sat, 14 Feb 26 09:30:05 GMT", "2026-02-14T09:30:05+00:00", SECOND),
        ("Sat, 14 Feb 98 09:30 +0100", "1998-02-14T09:30:00+01:00", SECOND),
    ],
)
def test_machine_forms(text: str, iso: str, precision: Precision) -> None:
    moment = parse_moment(text)
    assert moment is not None
    assert (moment.at.isoformat(), moment.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13-40", "0001-01-01", "9999-01-01", "14:30", "2026-02-30", "12/2026",
     "yesterday", "1/2", "99999999999999999999", "T", "--", "2026-00-10T10:10:10Z",
     "Fri, 14 Feb 26 09:30:05 GMT", "14 Feb 26"],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert parse_moment(text) is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Published 14 February 2026 at 9 am", "en", date(2026, 2, 14)),
        ("February 14th, 2026", "en", date(2026, 2, 14)),
        ("Feb. 14, 2026", "en", date(2026, 2, 14)),
        ("Samstag, 14. Februar 2026, 09:30 Uhr", "de", date(2026, 2, 14)),
        ("le 1er mars 2026", "fr", date(2026, 3, 1)),
        ("14 de febrero de 2026", "es", date(2026, 2, 14)),
        ("14 febbraio 2026", "it", date(2026, 2, 14)),
        ("14 fevereiro 2026", "pt", date(2026, 2, 14)),
        ("14 februari 2026", "nl", date(2026, 2, 14)),
        ("14. helmikuuta 2026", "fi", date(2026, 2, 14)),
        ("14 lutego 2026", "pl", date(2026, 2, 14)),
        ("14. února 2026", "cs", date(2026, 2, 14)),
        ("2026. február 14.", "hu", date(2026, 2, 14)),
        ("14 февраля 2026", "ru", date(2026, 2, 14)),
        ("14 лютого 2026", "uk", date(2026, 2, 14)),
        ("14 Φεβρουαρίου 2026", "el", date(2026, 2, 14)),
        ("14 Şubat 2026", "tr", date(2026, 2, 14)),
        ("14 فبراير 2026", "ar", date(2026, 2, 14)),
        ("14 בפברואר 2026", "he", date(2026, 2, 14)),
        ("14 फ़रवरी 2026", "hi", date(2026, 2, 14)),
        ("14 กุมภาพันธ์ 2569", "th", date(2026, 2, 14)),
        ("2026年2月14日", "zh", date(2026, 2, 14)),
        ("2026년 2월 14일", "ko", date(2026, 2, 14)),
        ("14.2.2026", None, date(2026, 2, 14)),
        ("14-Feb-2026", None, date(2026, 2, 14)),
        ("14/FEB/2026", None, date(2026, 2, 14)),
        ("Feb-14-2026", None, date(2026, 2, 14)),
        ("2026-Feb-14", None, date(2026, 2, 14)),
        ("2026 年 2 月 14 日", "zh", date(2026, 2, 14)),
        ("14 tháng 2, 2026", "vi", date(2026, 2, 14)),
        ("١٤ فبراير ٢٠٢٦", "ar", date(2026, 2, 14)),
        ("2/14/2026", None, date(2026, 2, 14)),
        ("14/2/2026", None, date(2026, 2, 14)),
        ("3/4/2026", "en-US", date(2026, 3, 4)),
        ("3/4/2026", "fr", date(2026, 4, 3)),
        ("3.4.2026", "en", date(2026, 4, 3)),
        ("5 listopada 2026", "pl", date(2026, 11, 5)),
        ("5 listopada 2026", "hr", date(2026, 10, 5)),
    ],
)
def test_written_days(text: str, language: str | None, day: date) -> None:
    assert [moment.at.date() for moment in written_moments(text, language)] == [day]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3/4/2026", "en"),
        ("3/4/2026", None),
        ("14 words 2026", "en"),
        ("30 February 2026", "en"),
        ("call 555-2026", None),
        ("version 10.4.20261", None),
        ("14 Feb", "en"),
    ],
)
def test_days_that_cannot_be_told(text: str, language: str | None) -> None:
    assert list(written_moments(text, language)) == []


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://g.example/2026/02/14/ferry", date(2026, 2, 14)),
        ("https://g.example/news/2026-02-14-ferry.html", date(2026, 2, 14)),
        ("https://g.example/20260214/ferry", date(2026, 2, 14)),
        ("https://g.example/2026/2/4/ferry", date(2026, 2, 4)),
        ("https://g.example/2026/02/ferry", None),
        ("https://g.example/id/20261399/x", None),
        ("https://g.example/?d=/2026/02/14/", None),
        ("", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    moment = url_moment(url)
    assert (moment.at.date() if moment else None) == day


def test_dates_are_taken_out_of_a_line() -> None:
    assert without_dates("Ada, May 4, 2025, Quay", "|") == "Ada, |, Quay"


def claim(at: str, precision: Precision = SECOND, event: Event = Event.PUBLISHED):  # type: ignore[no-untyped-def]
    return sighting(
        1, Witness.SELF, at=datetime.fromisoformat(at), precision=precision, event=event
    )


def test_the_hour_of_the_first_day_is_finer_than_the_day() -> None:
    day = claim("2026-02-13T00:00:00+00:00", DAY)
    hour = claim("2026-02-13T09:10:00+00:00")
    assert first_claim([day, hour]) == first_claim([hour, day]) == hour
    assert first_claim([day, claim("2026-02-14T09:10:00+00:00")]) == day
    assert first_claim([]) is None
    assert first_claim([claim("2026-02-13T23:10:00+00:00", event=Event.MODIFIED)]) is None


def test_the_published_day_is_the_one_shown() -> None:
    late = claim("2026-02-13T23:10:00+00:00")
    assert published_day([late]) == date(2026, 2, 13)
    assert published_day([late, claim("2026-02-14T00:10:00+01:00")]) == date(2026, 2, 14)
    assert published_day([late, claim("2026-02-14T00:00:00+00:00", DAY)]) == date(2026, 2, 14)
    assert published_day([late, claim("2026-05-14T00:00:00+00:00", DAY)]) == date(2026, 2, 13)


def test_a_change_a_month_or_another_witness_is_no_published_day() -> None:
    assert published_day([claim("2026-02-13T23:10:00+00:00", event=Event.MODIFIED)]) is None
    assert published_day([claim("2026-02-01T00:00:00+00:00", Precision.MONTH)]) is None
    assert published_day([sighting(3)]) is None
    assert published_day([]) is None


@given(st.text(max_size=200), st.sampled_from([None, "en", "en-US", "de", "th", "zz"]))
def test_any_text_gives_an_aware_time_or_none(text: str, language: str | None) -> None:
    moments = [moment for moment in [parse_moment(text, language), url_moment(text)] if moment]
    for moment in (*moments, *written_moments(text, language)):
        assert moment.at.tzinfo is not None
        assert 1970 <= moment.at.year <= 2100


@given(st.datetimes(min_value=datetime(1971, 1, 1), max_value=datetime(2099, 1, 1)))  # noqa: DTZ001
def test_what_is_written_in_iso_is_read_back(at: datetime) -> None:
    aware = at.replace(tzinfo=UTC, microsecond=0)
    moment = parse_moment(aware.isoformat())
    assert moment is not None
    assert moment.at == aware
