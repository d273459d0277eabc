from __future__ import annotations

import gzip
import json
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from provenance.errors import Garbled, ProviderError, Refused, SettingsError, Unavailable
from provenance.model import Capture, ProviderSpec, Settings
from provenance.world.archives import ARCHIVES, build, wayback
from provenance.world.archives.cdx import CdxLayout
from provenance.world.http.web import PoliteWeb
from provenance.world.store import Store
from tests.world.archives.build import COLLECTION, NOW, WAYBACK, Clock, FakeWeb, answer, memento
from tests.world.evil import EvilServer, asking, hanging, reply, resetting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

URL = "http://harbourpost.example/road"
NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
INDEX = "https://archive.example/cdx/search/cdx"


def row(timestamp: str, status: str = "200", digest: str = "A", **fields: str) -> list[str]:
    told = {"url": URL, "mime": "text/html", **fields}
    return ["key", timestamp, told["url"], told["mime"], status, digest * 32, "900"]


def listing(*rows: list[str]) -> Capture:
    return answer(json.dumps([NAMES, *rows]), media_type="application/json")


def now() -> datetime:
    return NOW


@contextmanager
def at(clock: Clock) -> Iterator[PoliteWeb]:
    """A polite web that lives by the clock of a test."""
    settings = Settings(allow_private=True, follow_private=True, pace=0.0, archives=())
    with Store.open(None) as store:
        yield PoliteWeb(settings, store, clock)


def test_captures_come_oldest_first_with_all_that_the_index_says() -> None:
    web = FakeWeb({INDEX: listing(row("20260225080000", digest="B"), row("20260224080000"))})
    reply_ = build(WAYBACK, web, now).sightings(URL)
    first, second = reply_.items
    assert (first.at.day, second.at.day) == (24, 25)
    assert (first.status, first.media_type, first.digest) == (200, "text/html", "A" * 32)
    assert first.memento == f"https://archive.example/web/20260224080000id_/{URL}"
    assert first.basis == "wayback cdx"
    assert reply_.at == NOW
    asked = parse_qs(urlsplit(web.asked[0]).query)
    assert asked["url"] == [URL]
    assert asked["output"] == ["json"]
    assert asked["collapse"] == ["digest"]


def test_an_address_with_parameters_reaches_the_index_whole() -> None:
    web = FakeWeb({INDEX: answer("[]")})
    address = "http://harbourpost.example/a?x=1&y=ü b#part"
    build(WAYBACK, web, now).sightings(address)
    assert parse_qs(urlsplit(web.asked[0]).query)["url"] == [address.replace(" ", "%20")]


def test_a_revisit_has_the_status_of_the_same_bytes() -> None:
    same = row("20260226080000", "-", mime="warc/revisit")
    early = row("20260223080000", "-", mime="warc/revisit")
    other = row("20260227080000", "-", "C", mime="warc/revisit")
    web = FakeWeb({INDEX: listing(early, row("20260224080000", "302"), same, other)})
    found = build(WAYBACK, web, now).sightings(URL).items
    assert [s.status for s in found] == [302, 302, 302, None]


def test_rows_of_other_sites_and_of_the_future_are_left_out_and_counted() -> None:
    web = FakeWeb(
        {
            INDEX: listing(
                row("20260224080000"),
                row("20310101000000"),
                row("20260224080000", url="http://elsewhere.example/road"),
            )
        }
    )
    found = build(WAYBACK, web, now).sightings(URL)
    assert len(found.items) == 1
    assert found.notes == ("2 rows of the list could not be read",)


def test_pages_below_the_address_are_not_the_page() -> None:
    below = row("20260223080000", url=f"{URL}/comments")
    below[0] = "key/comments"
    web = FakeWeb({INDEX: listing(row("20260224080000"), below)})
    found = build(WAYBACK, web, now).sightings(URL)
    assert [s.at.day for s in found.items] == [24]
    assert parse_qs(urlsplit(web.asked[0]).query)["matchType"] == ["exact"]


def test_a_star_in_an_address_is_no_wildcard() -> None:
    web = FakeWeb({INDEX: answer("[]")})
    assert build(WAYBACK, web, now).sightings(f"{URL}/*").items == ()


def test_a_list_of_nothing_but_other_sites_is_garbled() -> None:
    web = FakeWeb({INDEX: listing(row("20260224080000", url="http://elsewhere.example/"))})
    with pytest.raises(Garbled, match="none of its 1 rows"):
        build(WAYBACK, web, now).sightings(URL)


def test_a_row_for_a_similar_address_is_not_taken_for_this_one() -> None:
    fuzzy = {"timestamp": "20260224080000", "url": URL, "status": "200", "is_fuzzy": "1"}
    web = FakeWeb(
        {"https://archive.example/news/cdx": answer(json.dumps(fuzzy), media_type="text/x-ndjson")}
    )
    assert build(COLLECTION, web, now).sightings(f"{URL}?from=feed").items == ()


NONE = [
    ("wayback", answer("[]\n", media_type="application/json")),
    ("wayback", answer(json.dumps([NAMES]), media_type="application/json")),
    ("national", answer('{"message": "No Captures found for: x"}', 404, "application/json")),
    ("national", answer("", media_type="text/x-ndjson")),
]
COLLINFO = {"https://archive.example/collinfo.json": answer('{"fixed": [], "dynamic": ["news"]}')}


@pytest.mark.parametrize(("archive", "said"), NONE)
def test_only_a_well_formed_empty_answer_is_none(archive: str, said: Capture) -> None:
    spec = WAYBACK if archive == "wayback" else COLLECTION
    web = FakeWeb({INDEX: said, "https://archive.example/news/cdx": said, **COLLINFO})
    assert build(spec, web, now).sightings(URL).items == ()


FAULTS: list[tuple[str, Capture | ProviderError, type[ProviderError], str]] = [
    ("429 page", answer("<h1>slow down</h1>", 429, "text/html"), Unavailable, "429"),
    ("429 short", answer("no", 429), Unavailable, "429"),
    ("429 when", answer("", 429, retry_after="30"), Unavailable, "429"),
    ("500", answer("oops", 500), Unavailable, "500"),
    ("503 page", answer("<html>offline</html>", 503, "text/html"), Unavailable, "503"),
    ("504", answer("", 504), Unavailable, "504"),
    ("0 bytes", answer(""), Unavailable, "nothing at all"),
    ("page with 200", answer("<!doctype html><p>Offline", 200, "text/html"), Garbled, "web page"),
    ("404 page", answer("<h1>Not Found</h1>", 404, "text/html"), Garbled, "no capture index"),
    ("404 short", answer("404", 404), Garbled, "no capture index"),
    ("404 message", answer('{"message": "no"}', 404), Garbled, "no capture index"),
    ("400", answer('{"message": "url is required"}', 400), Garbled, "url is required"),
    ("403", answer("Forbidden", 403), Refused, "forbids"),
    ("401", answer("", 401), Refused, "log-in"),
    ("451", answer("", 451), Refused, "law"),
    (
        "excluded site",
        answer("org.x.AdministrativeAccessControlException: Blocked Site Error\n", 403),
        Refused,
        "excluded",
    ),
    ("robots", answer("x.RobotAccessControlException: no", 403), Refused, r"robots\.txt"),
    (
        "excluded page",
        answer("<p>This URL has been excluded from the Wayback Machine.", 200),
        Refused,
        "excluded",
    ),
    ("cut array", answer('[["urlkey","timestamp","original"],["k","2026'), Garbled, "cut off"),
    ("cut object", answer('{"timestamp": "2026", "url"'), Garbled, "cut off"),
    ("malformed", answer("{]"), Garbled, "cut off"),
    ("error object", answer('{"error": "index is down"}'), Garbled, "index is down"),
    ("a number", answer("7"), Garbled, "cut off"),
    ("binary", answer(bytes(range(256))), Garbled, "cut off"),
    ("picture", answer(b"\x89PNG\r\n\x1a\n", media_type="image/png"), Garbled, "rows"),
    ("redirect", answer("", 302, location="https://elsewhere.example/"), Garbled, "elsewhere"),
    ("bad rows", answer("a b c\nd e f\n"), Garbled, "none of its 2 rows"),
    ("words with 200", answer("Rate limit exceeded, come back later"), Garbled, "cut off"),
    ("time-out", Unavailable("wayback", URL, "no answer in time"), Unavailable, "in time"),
]


@pytest.mark.parametrize(
    ("said", "error", "why"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_what_is_no_answer_is_never_none(
    said: Capture | ProviderError, error: type[ProviderError], why: str
) -> None:
    web = FakeWeb({INDEX: said, EARLIEST: answer("not archived", 404)})
    with pytest.raises(error, match=why) as raised:
        build(WAYBACK, web, now).sightings(URL)
    assert raised.value.provider == "wayback"
    assert raised.value.asked == URL


CDXJ = f'key 20260224080000 {{"url": "{URL}", "mime": "text/html", "status": "200"}}\n'
LISTS = (
    json.dumps([NAMES, row("20260224080000"), row("20260225080000", digest="B")]),
    CDXJ * 2,
    CDXJ.partition(" ")[2].partition(" ")[2].replace("{", '{"timestamp": "20260224080000", ') * 2,
    f"key 20260224080000 {URL} text/html 200 {'A' * 32} 900\n" * 2,
)


@pytest.mark.parametrize("body", LISTS, ids=["array", "cdxj", "objects", "columns"])
def test_no_cut_makes_a_list_of_captures_none(body: str) -> None:
    found = 0
    for end in range(len(body) + 1):
        web = FakeWeb({INDEX: answer(body[:end]), EARLIEST: answer("not archived", 404)})
        with suppress(ProviderError):
            assert build(WAYBACK, web, now).sightings(URL).items != ()
            found += 1
    assert found


@pytest.mark.parametrize(
    "behaviour",
    [
        b"",
        reply(b"[", content_length="90"),
        reply(b"not packed", content_encoding="gzip"),
        reply(b"not packed", content_encoding="gzip, gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"220 ready for mail\r\n",
        hanging(),
        hanging(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n["),
        resetting(b"HTTP/1.1 200 OK\r\n"),
    ],
    ids=[
        "hangs up",
        "cut",
        "unpacked",
        "packed twice",
        "chunks",
        "mail",
        "silent",
        "stops",
        "reset",
    ],
)
def test_broken_lines_are_never_none(behaviour: object, evil: EvilServer) -> None:
    address = build_question(evil.base)
    evil.on(address, behaviour)
    spec = ProviderSpec(name="broken", kind="cdx", base_url=evil.base)
    with asking(deadline=0.5, read_timeout=0.3) as web, pytest.raises((Unavailable, Garbled)):
        build(spec, web, now).sightings(URL)


def test_an_empty_coding_beside_gzip_is_read(evil: EvilServer) -> None:
    """The Wayback Machine sends both headers at once, which trips many clients."""
    body = gzip.compress(b"[]")
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: \r\n"
        f"Content-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    evil.on(build_question(evil.base), head.encode() + body)
    spec = ProviderSpec(name="double", kind="cdx", base_url=evil.base)
    with asking() as web:
        assert build(spec, web, now).sightings(URL).items == ()


def build_question(base: str) -> str:
    from provenance.world.archives import cdx

    return cdx.build(CdxLayout.of(base), URL).removeprefix(base)


@pytest.mark.parametrize(
    "url",
    [URL, " http://a.example/x y ", "http://a.example/?q=\u00e9&r=~*#f", "http://a.example/*"],
)
def test_a_question_is_written_as_waybackpy_writes_it(url: str) -> None:
    from waybackpy.cdx_api import WaybackMachineCDXServerAPI
    from waybackpy.cdx_utils import full_url

    writer = WaybackMachineCDXServerAPI(url, collapses=["digest"], gzip="")
    asked: dict[str, str] = {}
    writer.add_payload(asked)
    endpoint = "https://archive.example/cdx/search/cdx"
    written = wayback.question(endpoint, url)
    assert written.startswith(str(full_url(endpoint, asked)))
    assert written.endswith("&matchType=exact")


def test_nobody_at_the_address_is_unavailable() -> None:
    spec = ProviderSpec(name="gone", kind="cdx", base_url="http://127.0.0.1:1")
    with asking() as web, pytest.raises(Unavailable):
        build(spec, web, now).sightings(URL)


@pytest.mark.parametrize(
    ("collinfo", "front"),
    [
        (answer('{"fixed": [], "dynamic": ["other"]}'), answer("<h1>404</h1>", 404)),
        (answer("<h1>no</h1>", 404), answer("<h1>no</h1>", 404)),
        (answer("[]"), answer("", 503)),
    ],
)
def test_silence_of_a_collection_that_is_not_there_is_no_answer(
    collinfo: Capture, front: Capture
) -> None:
    web = FakeWeb(
        {
            "https://archive.example/news/cdx": answer(""),
            "https://archive.example/collinfo.json": collinfo,
            "https://archive.example/news/": front,
            f"https://archive.example/news/19910101000000id_/{URL}": answer("no", 404),
        }
    )
    with pytest.raises(Unavailable, match="no such collection"):
        build(COLLECTION, web, now).sightings(URL)


def test_silence_of_a_collection_with_a_front_page_is_none() -> None:
    web = FakeWeb(
        {
            "https://archive.example/news/cdx": answer(""),
            "https://archive.example/collinfo.json": answer("no", 404),
            "https://archive.example/news/": answer("<h1>News</h1>"),
        }
    )
    assert build(COLLECTION, web, now).sightings(URL).items == ()


def test_a_list_is_kept_for_good_and_none_for_a_day(evil: EvilServer) -> None:
    question = build_question(evil.base)
    full = json.dumps([NAMES, row("20260224080000")]).encode()
    evil.on(question, reply(b"[]"), reply(full), reply(b"[]"))
    spec = ProviderSpec(name="a", kind="cdx", base_url=evil.base)
    clock = Clock()
    with at(clock) as web:
        archive = build(spec, web, clock)
        assert archive.sightings(URL).items == ()
        clock.pass_(3600)
        assert archive.sightings(URL).items == ()
        assert len(evil.asked) == 1
        clock.pass_(86_400)
        assert len(archive.sightings(URL).items) == 1
        clock.pass_(900 * 86_400)
        assert len(archive.sightings(URL).items) == 1
        assert len(evil.asked) == 2


def test_a_failure_is_never_kept(evil: EvilServer) -> None:
    question = build_question(evil.base)
    evil.on(question, reply(b"<p>Offline"), reply(b"", "503 Busy"), reply(b"[]"))
    clock = Clock()
    with at(clock) as web:
        archive = build(ProviderSpec(name="a", kind="cdx", base_url=evil.base), web, clock)
        with pytest.raises(Garbled):
            archive.sightings(URL)
        clock.pass_(5)
        with pytest.raises(Unavailable):
            archive.sightings(URL)
        clock.pass_(5)
        assert archive.sightings(URL).items == ()


LINK = (
    f'<{URL}>; rel="original", '
    f'<https://archive.example/web/20260224080000/{URL}>; rel="first memento"; '
    'datetime="Tue, 24 Feb 2026 08:00:00 GMT", '
    f'<https://archive.example/web/20260301080000/{URL}>; rel="last memento"; '
    'datetime="Sun, 01 Mar 2026 08:00:00 GMT"'
)
EARLIEST = f"https://archive.example/web/19910101000000id_/{URL}"


def test_while_the_index_is_down_a_replayed_page_tells_of_the_first_capture() -> None:
    first = f"https://archive.example/web/20260224080000id_/{URL}"
    web = FakeWeb(
        {
            INDEX: answer("", 503),
            EARLIEST: answer("", 302, location=first),
            first: memento("<p>x", "Tue, 24 Feb 2026 08:00:00 GMT", link=LINK),
        }
    )
    found = build(WAYBACK, web, now).sightings(URL)
    assert [s.at.day for s in found.items] == [24, 1]
    assert found.items[0].memento == first
    assert "index could not be asked" in found.notes[0]
    assert web.asked[1:] == [EARLIEST, first]


@pytest.mark.parametrize(
    "address",
    [None, "", f"https://elsewhere.example/web/2026id_/{URL}", f"https://archive.example/x/{URL}"],
)
def test_only_captures_in_the_archive_are_replayed(address: str | None) -> None:
    web = FakeWeb({INDEX: listing(row("20260224080000"))})
    archive = build(WAYBACK, web, now)
    (seen,) = archive.sightings(URL).items
    with pytest.raises(Refused, match="does not lie in this archive"):
        archive.replay(replace(seen, memento=address))


@pytest.mark.parametrize(
    "page", [answer("not archived", 404), answer("", 503), answer("<p>calendar"), memento("x", "?")]
)
def test_a_page_that_replay_does_not_have_is_no_none(page: Capture) -> None:
    web = FakeWeb({INDEX: answer("", 503), EARLIEST: page})
    with pytest.raises(Unavailable, match="503"):
        build(WAYBACK, web, now).sightings(URL)


@pytest.mark.parametrize(
    ("base", "index", "prefix"),
    [
        ("https://a.example", "https://a.example/cdx/search/cdx", "https://a.example/web"),
        ("https://a.example/web/", "https://a.example/cdx/search/cdx", "https://a.example/web"),
        ("https://a.example/news", "https://a.example/news/cdx", "https://a.example/news"),
        ("https://a.example/news/cdx", "https://a.example/news/cdx", "https://a.example/news"),
        (
            "https://a.example/x/cdx/search/cdx",
            "https://a.example/x/cdx/search/cdx",
            "https://a.example/x/web",
        ),
    ],
)
def test_both_layouts_follow_from_the_base_address(base: str, index: str, prefix: str) -> None:
    layout = CdxLayout.of(base)
    assert (layout.index, layout.prefix) == (index, prefix)


@pytest.mark.parametrize(
    ("kind", "base", "why"),
    [
        ("memex", "https://a.example", "known are .*cdx"),
        ("cdx", "a.example", "no http or https address"),
        ("cdx", "ftp://a.example", "no http or https address"),
    ],
)
def test_an_unusable_spec_is_a_settings_error(kind: str, base: str, why: str) -> None:
    with pytest.raises(SettingsError, match=why):
        build(ProviderSpec(name="a", kind=kind, base_url=base), FakeWeb({}), now)


def test_every_kind_has_a_data_sheet() -> None:
    assert all(sheet.kind == kind and sheet.index for kind, (sheet, _) in ARCHIVES.items())
