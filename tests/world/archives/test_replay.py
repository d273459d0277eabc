from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Capture, Via
from provenance.world.archives.replay import memento_datetime, pointed, replay, replay_address
from tests.world.archives.build import FakeWeb, answer, memento

PREFIX = "https://archive.example/web"
URL = "http://harbourpost.example/road"
START = f"{PREFIX}/20260224081500id_/{URL}"
TOLD = "Tue, 24 Feb 2026 08:15:00 GMT"
BODY = "<p>The road nobody mends</p>"


def ask(pages: dict[str, Capture | ProviderError], address: str = START) -> Capture:
    web = FakeWeb(pages)
    try:
        return replay("archive", address, lambda url: web.ask("archive", url, max_age=1))
    finally:
        assert all(asked.startswith(PREFIX) for asked in web.asked), web.asked


def test_the_header_and_not_the_address_says_when() -> None:
    found = ask({START: memento(BODY, "Mon, 23 Feb 2026 07:00:00 GMT")})
    assert found.captured_at == datetime(2026, 2, 23, 7, tzinfo=UTC)
    assert found.via is Via.ARCHIVE
    assert (found.url, found.responded_url, found.memento) == (URL, URL, START)
    assert found.body == BODY.encode()


def test_an_archived_error_is_data() -> None:
    found = ask({START: memento("<h1>Too Many Requests</h1>", TOLD, 429)})
    assert found.status == 429


@pytest.mark.parametrize(
    ("location", "onward", "url"),
    [
        (f"{PREFIX}/20260223id_/{URL}", f"{PREFIX}/20260223id_/{URL}", URL),
        (f"/web/20260223id_/{URL}", f"{PREFIX}/20260223id_/{URL}", URL),
        (f"/web/20260223/{URL}", f"{PREFIX}/20260223id_/{URL}", URL),
        (f"https://web.archive.example/web/20260223id_/{URL}", f"{PREFIX}/20260223id_/{URL}", URL),
        (f"//archive.example/web/20260223id_/{URL}", f"{PREFIX}/20260223id_/{URL}", URL),
        (
            "https://harbourpost.example/road/",
            f"{PREFIX}/20260224081500id_/https://harbourpost.example/road/",
            "https://harbourpost.example/road/",
        ),
        (
            "/opinion/road",
            f"{PREFIX}/20260224081500id_/http://harbourpost.example/opinion/road",
            "http://harbourpost.example/opinion/road",
        ),
        (
            "//www.harbourpost.example/road",
            f"{PREFIX}/20260224081500id_/http://www.harbourpost.example/road",
            "http://www.harbourpost.example/road",
        ),
        (
            "http://other.example/login?to=http://harbourpost.example/",
            f"{PREFIX}/20260224081500id_/http://other.example/login?to=http://harbourpost.example/",
            "http://other.example/login?to=http://harbourpost.example/",
        ),
        (
            "http://127.0.0.1/secret",
            f"{PREFIX}/20260224081500id_/http://127.0.0.1/secret",
            "http://127.0.0.1/secret",
        ),
    ],
)
def test_redirects_stay_inside_the_archive(location: str, onward: str, url: str) -> None:
    found = ask({START: memento("", TOLD, 302, location=location), onward: memento(BODY, TOLD)})
    assert (found.memento, found.responded_url, found.url) == (onward, url, URL)


def test_redirects_in_a_circle_end() -> None:
    there = f"{PREFIX}/20260224081500id_/http://harbourpost.example/b"
    pages: dict[str, Capture | ProviderError] = {
        START: memento("", TOLD, 302, location="/b"),
        there: memento("", TOLD, 302, location="/road"),
    }
    with pytest.raises(Garbled, match="circle"):
        ask(pages)


def test_more_than_five_redirects_end() -> None:
    pages: dict[str, Capture | ProviderError] = {
        START: memento("", TOLD, 302, location="/step1"),
        **{
            f"{PREFIX}/20260224081500id_/http://harbourpost.example/step{n}": memento(
                "", TOLD, 302, location=f"/step{n + 1}"
            )
            for n in range(1, 9)
        },
    }
    with pytest.raises(Garbled, match="more than 5"):
        ask(pages)


@pytest.mark.parametrize(
    ("said", "error", "why"),
    [
        (answer("<p>Calendar of captures</p>", 200), Garbled, "no Memento-Datetime"),
        (
            answer("<p>This URL has been excluded from the Wayback Machine.</p>", 200),
            Refused,
            "excluded",
        ),
        (answer("<p>not archived</p>", 404), Refused, "does not replay"),
        (answer("", 451), Refused, "law"),
        (answer("", 403), Refused, "forbids"),
        (answer("slow down", 429), Unavailable, "429"),
        (answer("", 503), Unavailable, "503"),
        (memento(BODY, "yesterday"), Garbled, "no date"),
    ],
)
def test_what_is_not_archived_content_is_never_taken_for_it(
    said: Capture, error: type[ProviderError], why: str
) -> None:
    with pytest.raises(error, match=why):
        ask({START: said})


def test_an_archived_page_about_exclusion_is_still_a_page() -> None:
    text = "<p>This URL has been excluded from the Wayback Machine, our reporter was told.</p>"
    assert ask({START: memento(text, TOLD)}).status == 200


@pytest.mark.parametrize(
    ("address", "timestamp", "url"),
    [
        (f"{PREFIX}/2026id_/http://a.example/x?y=1", "2026", "http://a.example/x?y=1"),
        (f"{PREFIX}/20260224081500/http:/a.example/x", "20260224081500", "http://a.example/x"),
        (f"{PREFIX}/20260224if_///a.example/x", "20260224", "http://a.example/x"),
    ],
)
def test_a_replay_address_comes_apart(address: str, timestamp: str, url: str) -> None:
    found = pointed(address)
    assert found is not None
    assert (found.prefix, found.timestamp, found.url) == (PREFIX, timestamp, url)


@pytest.mark.parametrize(
    "address", ["https://a.example/2019/05/story", "https://a.example/", f"{PREFIX}/2026id_/ftp:x"]
)
def test_other_addresses_are_no_replay(address: str) -> None:
    assert pointed(address) is None


@given(st.sampled_from(["http", "https"]), st.text(max_size=60))
def test_what_is_put_together_comes_apart_with_the_same_time(scheme: str, path: str) -> None:
    address = replay_address(PREFIX, "20260224081500", f"{scheme}://a.example/{path}")
    found = pointed(address)
    assert found is not None
    assert (found.prefix, found.timestamp) == (PREFIX, "20260224081500")
    assert found.address.count("#") == 0


@pytest.mark.parametrize("stamp", ["", "soon", "Tue, 99 Feb 2026 08:15:00 GMT", "2026-02-24"])
def test_a_stamp_that_is_no_date_is_none(stamp: str) -> None:
    assert memento_datetime(stamp) is None
