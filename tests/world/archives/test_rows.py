from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model import Precision
from provenance.world.archives.rows import CdxRow, NotAnIndex, read_rows, until
from tests.world.archives.build import NOW

KEY = "example,harbourpost)/road"
URL = "http://harbourpost.example/road"
DIGEST = "B2RKOLH7OEPRC5ZLUE7T3TGB7DRLGZ7J"
WHOLE = CdxRow(
    urlkey=KEY,
    timestamp="20260224081500",
    original=URL,
    mimetype="text/html",
    statuscode="200",
    digest=DIGEST,
    length="1290",
)
NAMES = '["urlkey","timestamp","original","mimetype","statuscode","digest","length"]'
VALUES = f'["{KEY}","20260224081500","{URL}","text/html","200","{DIGEST}","1290"]'
FIELDS = (
    f'"url": "{URL}", "mime": "text/html", "status": "200", "digest": "{DIGEST}", "length": "1290"'
)
SEVEN = f"{KEY} 20260224081500 {URL} text/html 200 {DIGEST} 1290"
ELEVEN = f"{KEY} 20260224081500 {URL} text/html 200 {DIGEST} - - 1290 77 a.warc.gz"


@pytest.mark.parametrize(
    "text",
    [
        f"[{NAMES},\n{VALUES}]\n",
        f'{{"urlkey": "{KEY}", "timestamp": "20260224081500", {FIELDS}}}\n',
        f'{{"urlkey": "{KEY}", "timestamp": "20260224081500", {FIELDS}}}',
        f"{KEY} 20260224081500 {{{FIELDS}}}\n",
        f"{SEVEN}\n",
        f"\ufeff{SEVEN}\n",
        f'[{{{FIELDS}, "timestamp": "20260224081500", "urlkey": "{KEY}"}}]',
    ],
    ids=["array", "objects", "objects-without-end", "cdxj", "seven", "bom", "array-of-objects"],
)
def test_every_dialect_gives_the_same_row(text: str) -> None:
    assert read_rows(text.encode()).rows == (WHOLE,)


def test_a_field_that_says_nothing_is_a_dash() -> None:
    line = f'{{"timestamp": "20260224081500", "url": "{URL}", "mime": null, "status": null}}\n'
    (row,) = read_rows(line.encode()).rows
    assert (row.mimetype, row.statuscode) == ("-", "-")


def test_only_a_line_feed_ends_a_row() -> None:
    odd = f'{{"timestamp": "20260224081500", "url": "{URL}?a=\u2028\x85"}}\r\n'
    listing = read_rows(odd.encode() * 2)
    assert (len(listing.rows), listing.malformed) == (2, 0)


def test_eleven_columns_point_into_a_file() -> None:
    (row,) = read_rows(f" CDX N b a m s k r M S V g\n{ELEVEN}\n".encode()).rows
    assert (row.length, row.offset, row.filename) == ("1290", "77", "a.warc.gz")


def test_spaces_inside_an_address_do_not_lose_the_row() -> None:
    line = SEVEN.replace("/road text", "/harbour road now text")
    (row,) = read_rows(line.encode()).rows
    assert row.original == "http://harbourpost.example/harbour%20road%20now"
    assert row.statuscode == "200"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (f'[{NAMES},{VALUES},[],["example%2Charbourpost+2026"]]', True),
        (f"{SEVEN}\n\nexample%2Charbourpost%29+20260224\n", True),
        (f"[{NAMES},{VALUES}]", False),
    ],
)
def test_a_resume_key_says_that_there_is_more(text: str, *, cut: bool) -> None:
    listing = read_rows(text.encode())
    assert (len(listing.rows), listing.cut, listing.malformed) == (1, cut, 0)


@pytest.mark.parametrize("text", ["", "\n", "[]", "[]\n", f"[{NAMES}]"])
def test_a_well_formed_empty_answer_has_no_rows(text: str) -> None:
    assert read_rows(text.encode()).rows == ()


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("<!doctype html><title>Temporarily offline</title>", "web page"),
        (f"[{NAMES},{VALUES}", "cut off"),
        ('{"message": "slow down"}', "slow down"),
        ('{"error": "no such index"}', "no such index"),
        ('{"pages": 1, "blocks": 1}', "no capture"),
        (f'{{"urlkey": "{KEY}", "timestamp": "20260224081500", {FIELDS}}}\n{{"urlk', "cut off"),
        (f"{SEVEN}\n{KEY} 2026022", "cut off"),
        ("Too Many Requests\n", "none of its 1 rows"),
        ('[["a","b"],["c","d"]]', "does not name the columns"),
        ("[1, 2]", "does not name the columns"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_what_is_no_index_is_never_an_empty_one(bad: str, why: str) -> None:
    with pytest.raises(NotAnIndex, match=why):
        read_rows(bad.encode())


def test_bad_rows_are_counted_and_the_good_ones_stay() -> None:
    lines = [
        SEVEN,
        f"{KEY} 2026022408 mailto:desk@harbourpost.example text/html 200 {DIGEST} 5",
        f"{KEY} not-a-time {URL} text/html 200 {DIGEST} 5",
        "a b c",
        "x" * 40_000 + f" 20260224081500 {URL} text/html 200 {DIGEST} 5",
    ]
    listing = read_rows(("\n".join(lines) + "\n").encode())
    assert listing.rows == (WHOLE,)
    assert listing.malformed == 4


@pytest.mark.parametrize(
    ("timestamp", "at", "precision"),
    [
        ("20000012170449", datetime(2000, 12, 31, 23, 59, 59, tzinfo=UTC), Precision.YEAR),
        ("2019", datetime(2019, 12, 31, 23, 59, 59, tzinfo=UTC), Precision.YEAR),
        ("201902", datetime(2019, 2, 28, 23, 59, 59, tzinfo=UTC), Precision.MONTH),
        ("20190231", datetime(2019, 2, 28, 23, 59, 59, tzinfo=UTC), Precision.MONTH),
        ("20190203", datetime(2019, 2, 3, 23, 59, 59, tzinfo=UTC), Precision.DAY),
        ("2019020304", datetime(2019, 2, 3, 23, 59, 59, tzinfo=UTC), Precision.DAY),
        ("2026", NOW, Precision.YEAR),
    ],
)
def test_an_unclear_time_counts_as_the_end_of_what_it_says(
    timestamp: str, at: datetime, precision: Precision
) -> None:
    assert until(timestamp, NOW) == (at, precision)


@pytest.mark.parametrize("timestamp", ["1970", "2031", "3", "0000"])
def test_a_year_without_web_archives_is_no_time(timestamp: str) -> None:
    assert until(timestamp, NOW) is None


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_any_bytes_are_rows_or_no_index(body: bytes) -> None:
    try:
        listing = read_rows(body)
    except NotAnIndex:
        return
    assert all(row.timestamp.isdigit() for row in listing.rows)
