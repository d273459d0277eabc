from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Capture, ProviderSpec, Sighting
from provenance.world.archives import build
from provenance.world.archives.commoncrawl import Crawl, chosen, parse_crawls, read_part
from tests.servers.pywb import Page, utc, write_warc
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.archives.pages import TEXT, html
from tests.world.archives.recorded import here, interactions

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://crawl.example"
SPEC = ProviderSpec(name="commoncrawl", kind="commoncrawl", base_url=BASE)
URL = "http://harbourpost.example/2026/02/road"
NAMES = ("2026-30", "2026-20", "2026-10", "2026-05", "2025-50")
ENDS = ("2026-07-30", "2026-05-20", "2026-03-12", "2026-02-02", "2025-12-12")
COLLINFO = answer(
    json.dumps(
        [
            {"id": name, "cdx-api": f"{BASE}/{name}-index", "to": f"{end}T00:00:00"}
            for name, end in zip(NAMES, ENDS, strict=True)
        ]
    )
)
NONE = answer('{"message": "No Captures found for: x"}', 404, "application/json")


@pytest.fixture
def record(tmp_path: Path) -> bytes:
    path = tmp_path / "one.warc.gz"
    write_warc(path, [Page(url=URL, at=utc(2026, 3, 9, 8), body=html(TEXT))])
    return path.read_bytes()


def row(length: int) -> Capture:
    fields = {
        "urlkey": "example,harbourpost)/2026/02/road",
        "timestamp": "20260309080000",
        "url": URL,
        "mime": "text/html",
        "status": "200",
        "digest": "B2RKOLH7OEPRC5ZLUE7T3TGB7DRLGZ7J",
        "length": str(length),
        "offset": "7000",
        "filename": "crawl-data/a.warc.gz",
    }
    return answer(json.dumps(fields) + "\n", media_type="text/x-ndjson")


def world(record: bytes, **indexes: Capture | ProviderError) -> FakeWeb:
    told: dict[str, Capture | ProviderError] = {
        f"{BASE}/collinfo.json": COLLINFO,
        f"{BASE}/crawl-data/a.warc.gz": answer(record, 206, "application/octet-stream"),
        **{f"{BASE}/{name}-index": NONE for name in NAMES},
    }
    told |= {f"{BASE}/{name[1:].replace('_', '-')}-index": said for name, said in indexes.items()}
    return FakeWeb(told)


def test_the_page_is_cut_out_of_its_file(record: bytes) -> None:
    web = world(record, x2026_10=row(len(record)))
    archive = build(SPEC, web, lambda: NOW)
    reply = archive.sightings(URL)
    (seen,) = reply.items
    assert seen.at == utc(2026, 3, 9, 8)
    assert seen.basis == "commoncrawl 2026-10"
    assert seen.memento == f"{BASE}/crawl-data/a.warc.gz#bytes=7000-{6999 + len(record)}"
    page = archive.replay(seen)
    assert page.body == html(TEXT).encode()
    assert page.captured_at == utc(2026, 3, 9, 8)
    assert reply.notes == ("only these crawls were asked: 2026-20, 2026-10, 2026-05",)


def test_at_most_three_crawls_are_asked(record: bytes) -> None:
    web = world(record)
    assert build(SPEC, web, lambda: NOW).sightings(URL).items == ()
    assert len([asked for asked in web.asked if "-index" in asked]) == 3


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("http://a.example/2026/02/road", ("2026-20", "2026-10", "2026-05")),
        ("http://a.example/2026-06-01-road", ("2026-30",)),
        ("http://a.example/202606/road", ("2026-30",)),
        ("http://a.example/2026/12/road", ("2026-30", "2026-20", "2026-10")),
        ("http://a.example/road", ("2026-30", "2026-20", "2026-10")),
        ("http://a.example/2026/road", ("2026-30", "2026-20", "2026-10")),
    ],
)
def test_the_crawls_after_the_date_in_the_address(url: str, names: tuple[str, ...]) -> None:
    crawls = parse_crawls("commoncrawl", BASE, COLLINFO)
    assert tuple(crawl.name for crawl in chosen(crawls, url)) == names


def test_a_crawl_that_does_not_answer_is_no_none(record: bytes) -> None:
    busy = answer("slow down", 503)
    with pytest.raises(Unavailable, match="503"):
        build(SPEC, world(record, x2026_20=busy), lambda: NOW).sightings(URL)
    both = world(record, x2026_20=busy, x2026_10=row(len(record)))
    reply = build(SPEC, both, lambda: NOW).sightings(URL)
    assert len(reply.items) == 1
    assert any("2026-20 could not be asked" in note for note in reply.notes)


@pytest.mark.parametrize("said", [answer(""), answer("<p>busy", 200, "text/html"), answer("", 429)])
def test_silence_is_no_none(said: Capture, record: bytes) -> None:
    with pytest.raises((Unavailable, Garbled)):
        build(SPEC, world(record, x2026_20=said), lambda: NOW).sightings(URL)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer("[]"), Garbled),
        (answer("{}"), Garbled),
        (answer('[{"id": "x"}]'), Garbled),
        (answer("[1]"), Garbled),
        (answer("<p>no"), Garbled),
        (answer("", 503), Unavailable),
    ],
)
def test_a_list_of_crawls_that_makes_no_sense(said: Capture, error: type[ProviderError]) -> None:
    web = FakeWeb({f"{BASE}/collinfo.json": said})
    with pytest.raises(error):
        build(SPEC, web, lambda: NOW).sightings(URL)


def test_an_index_on_another_host_is_never_asked() -> None:
    said = answer(json.dumps([{"id": "x", "cdx-api": "http://elsewhere.example/x-index"}]))
    assert parse_crawls("commoncrawl", BASE, said) == ()


def seen(memento: str) -> Sighting:
    web = world(b"", x2026_10=row(500))
    (found,) = build(SPEC, web, lambda: NOW).sightings(URL).items
    from dataclasses import replace

    return replace(found, memento=memento)


@pytest.mark.parametrize(
    ("memento", "part", "error", "why"),
    [
        ("http://elsewhere.example/a#bytes=0-9", answer(b""), Refused, "no file of this archive"),
        (f"{BASE}/a.warc.gz", answer(b""), Refused, "no file of this archive"),
        (f"{BASE}/a.warc.gz#bytes=0-99999999", answer(b""), Garbled, "too large"),
        (f"{BASE}/a.warc.gz#bytes=9-0", answer(b""), Garbled, "too large"),
        (f"{BASE}/a.warc.gz#bytes=0-9", answer(b"whole", 200), Unavailable, "no part"),
        (f"{BASE}/a.warc.gz#bytes=0-9", answer(b"junk", 206), Garbled, "not a WARC record"),
        (f"{BASE}/a.warc.gz#bytes=0-9", answer(b"", 206), Garbled, "no record"),
        (f"{BASE}/a.warc.gz#bytes=0-9", answer(b"", 503), Unavailable, "503"),
        (f"{BASE}/a.warc.gz#bytes=0-9", answer(b"", 403), Refused, "403"),
    ],
)
def test_what_is_no_page_is_never_taken_for_one(
    memento: str, part: Capture, error: type[ProviderError], why: str
) -> None:
    archive = build(SPEC, FakeWeb({f"{BASE}/a.warc.gz": part}), lambda: NOW)
    with pytest.raises(error, match=why):
        archive.replay(seen(memento))


def test_an_endless_header_is_given_up_at_once() -> None:
    part = answer(gzip.compress(b"WARC/1.0\r\nX: " + b"x" * 40_000_000), 206)
    archive = build(SPEC, FakeWeb({f"{BASE}/a.warc.gz": part}), lambda: NOW)
    with pytest.raises(Garbled, match="endless headers"):
        archive.replay(seen(f"{BASE}/a.warc.gz#bytes=0-9"))


def test_another_page_at_that_place_is_garbled(record: bytes) -> None:
    from dataclasses import replace

    archive = build(SPEC, FakeWeb({f"{BASE}/a.warc.gz": answer(record, 206)}), lambda: NOW)
    wanted = replace(seen(f"{BASE}/a.warc.gz#bytes=0-9"), url="http://harbourpost.example/other")
    with pytest.raises(Garbled, match="another page"):
        archive.replay(wanted)


@pytest.mark.shared
@here
def test_the_recorded_list_of_crawls_and_the_recorded_parts() -> None:
    told = {i.url: i for i in interactions()}
    crawls = parse_crawls(
        "commoncrawl",
        "https://index.commoncrawl.org/",
        told["https://index.commoncrawl.org/collinfo.json"].capture,
    )
    assert len(crawls) == 115
    assert crawls == tuple(c for c in crawls if isinstance(c, Crawl) and c.until is not None)
    parts = [i for i in interactions() if i.url.startswith("https://data.commoncrawl.org")]
    assert len(parts) == 4
    for part in parts:
        page = read_part("commoncrawl", part.url, part.body)
        assert page.url is not None
        assert page.status in {200, 301}
