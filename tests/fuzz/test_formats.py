"""Files and listings of strangers: each reader gives values or the one error it names."""

from __future__ import annotations

import contextlib
import gzip
from io import BytesIO
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from provenance.errors import InputError
from provenance.text.json_text import parse_json, parse_status, parse_whole
from provenance.world.formats.discovery import discover
from provenance.world.formats.listings import read_listing
from provenance.world.formats.warc_reader import DamagedFile, read_pages, read_records
from provenance.world.http import robots
from tests.fuzz.hostile import NOON, answer, assert_clean, json_bytes, mangled, numbers, texts
from tests.fuzz.test_providers import SEEDS

if TYPE_CHECKING:
    import pytest

    from provenance.model import Capture

_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The ferry stopped."
RECORD = (
    (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://paper.example/a b\r\n"
        b"WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n" % len(_HTTP)
    )
    + _HTTP
    + b"\r\n\r\n"
)
ROBOTS = b"User-agent: *\nDisallow: /a*b$\nCrawl-delay: 1e9\nSitemap: http://[\nSitemap: /x\n"


@given(mangled(RECORD, RECORD * 3, gzip.compress(RECORD), gzip.compress(RECORD) * 2))
def test_warc(body: bytes) -> None:
    try:
        for record in read_records(BytesIO(body)):
            assert record.target.isprintable() or record.target
    except DamagedFile:
        pass
    pages: list[Capture] = []
    with contextlib.suppress(InputError):
        pages.extend(read_pages("x.warc", BytesIO(body), undated=NOON, max_bytes=1_000_000))
    for page in pages:
        assert_clean(page)


def test_a_space_in_a_target_does_not_end_the_file() -> None:
    other = RECORD.replace(b"/a b", b"/ab ")
    pages = list(read_pages("x", BytesIO(RECORD + other), undated=NOON, max_bytes=1_000_000))
    assert [page.url for page in pages] == [
        "https://paper.example/a%20b",
        "https://paper.example/ab",
    ]


def test_escape_codes_in_a_target_are_no_address(capfd: pytest.CaptureFixture[str]) -> None:
    body = RECORD.replace(b"/a b", b"/\x1b[31m")
    [page] = read_pages("x", BytesIO(body), undated=NOON, max_bytes=1_000_000)
    assert page.url is None
    assert capfd.readouterr() == ("", "")


@given(mangled(*SEEDS), st.sampled_from(("https://paper.example/", "http://[", "")))
def test_listings_and_what_a_site_offers(body: bytes, base: str) -> None:
    found = read_listing(body, base)
    for page in found.pages:
        page.url.encode()
        assert page.at is None or page.at.tzinfo
    discover(answer(body))


@given(mangled(ROBOTS))
def test_robots(body: bytes) -> None:
    rules = robots.parse(body)
    rules.refusal("https://paper.example/a/b")
    assert rules.delay is None or 0 <= rules.delay <= robots.LONGEST_DELAY


@given(st.one_of(st.binary(), mangled(*SEEDS), texts.map(json_bytes), numbers.map(json_bytes)))
@example(b"[" * 100_000)
@example(b'{"a":' * 50_000)
@example(b"NaN")
@example(b"-Infinity")
@example(b"1e999")
@example(b"9" * 5000)
@example(b'{"\\ud800": "\\u0000\\udfff"}')
def test_json(body: bytes) -> None:
    try:
        found = parse_json(body)
    except ValueError:
        return
    assert_clean(found)


@given(st.one_of(texts, numbers, st.none(), st.lists(texts, max_size=1)))
@example("①")
@example("9" * 5000)
@example(10**400)
def test_whole_numbers(value: object) -> None:
    found = parse_whole(value)
    assert found is None or 0 <= found < 10**15
    status = parse_status(value)
    assert status is None or 100 <= status <= 999
