"""What is kept, what is asked again, and how politely."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Offline, ProviderError, Refused, SettingsError, Unavailable
from provenance.model import Settings, Via
from provenance.world.http.web import PoliteWeb
from provenance.world.store import Store
from tests.world.evil import NOON, Clock, asking, redirect, reply, resetting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.world.evil import EvilServer

PAGE, NEWER = b"<p>first edition</p>", b"<p>second edition</p>"


class Hours:
    """A wall clock that a test turns."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.at

    def pass_(self, **span: float) -> None:
        self.at += timedelta(**span)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


@pytest.fixture
def hours() -> Hours:
    return Hours()


def web(store: Store, hours: Hours, **settings: object) -> PoliteWeb:
    chosen = {
        "allow_private": True,
        "follow_private": True,
        "pace": 0.0,
        "deadline": 5.0,
        **settings,
    }
    return PoliteWeb(Settings(**chosen), store, hours)  # type: ignore[arg-type]


def test_a_copy_of_the_future_is_not_fresh(store: Store, hours: Hours, evil: EvilServer) -> None:
    """It was kept while the clock was ten years ahead; then the clock was set right."""
    url = evil.on("/", reply(PAGE), reply(NEWER), reply(PAGE))
    hours.pass_(days=3650)
    ahead = web(store, hours, max_age=1e9).fetch(url)
    hours.pass_(days=-3650)
    now = web(store, hours, max_age=1e9).fetch(url)
    assert (ahead.body, now.body) == (PAGE, NEWER)
    assert web(store, hours, max_age=1e9).fetch(url) == now
    assert len(evil.asked) == 2


def test_a_capture_says_how_it_came(store: Store, hours: Hours, evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE, Content_Type="Text/HTML; charset=UTF-7", X_A="b"))
    capture = web(store, hours).fetch(url)
    assert capture.url == capture.responded_url == url
    assert (capture.status, capture.via, capture.memento) == (200, Via.LIVE, None)
    assert (capture.media_type, capture.captured_at) == ("text/html", NOON)
    assert capture.header("X-A") == "b"
    assert len(capture.digest) == 64


def test_a_young_copy_is_not_asked_for_again(store: Store, hours: Hours, evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE), reply(NEWER))
    first = web(store, hours).fetch(url)
    hours.pass_(minutes=59)
    assert web(store, hours).fetch(url) == first
    hours.pass_(minutes=2)
    assert web(store, hours).fetch(url).body == NEWER
    assert len(evil.asked) == 2


def test_refresh_asks_again(store: Store, hours: Hours, evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE), reply(NEWER))
    web(store, hours).fetch(url)
    assert web(store, hours, refresh=True).fetch(url).body == NEWER


def test_offline_gives_the_newest_good_copy_of_any_age(
    store: Store, hours: Hours, evil: EvilServer
) -> None:
    url = evil.on("/", reply(PAGE), reply(NEWER), reply(b"gone", "404 Gone"))
    for _ in range(2):
        web(store, hours).fetch(url)
        hours.pass_(days=400)
    with pytest.raises(Refused):
        web(store, hours).fetch(url)
    found = web(store, hours, offline=True, refresh=True).fetch(url)
    assert (found.body, found.captured_at) == (NEWER, NOON + timedelta(days=400))
    assert len(evil.asked) == 3


def test_offline_finds_a_page_by_the_address_it_answered_from(
    store: Store, hours: Hours, evil: EvilServer
) -> None:
    evil.on("/b", reply(PAGE))
    web(store, hours).fetch(evil.on("/a", redirect("/b")))
    assert web(store, hours, offline=True).fetch(evil.base + "/b").url == evil.base + "/b"


def test_offline_asks_nobody(store: Store, hours: Hours, evil: EvilServer) -> None:
    offline = web(store, hours, offline=True)
    with pytest.raises(Offline, match="offline and not kept"):
        offline.fetch(evil.on("/", reply(PAGE)))
    with pytest.raises(Offline, match="offline and not kept") as caught:
        offline.ask("archive-x", evil.base + "/", max_age=60)
    assert caught.value.provider == "archive-x"
    assert evil.asked == []


def test_offline_a_refusal_that_was_kept_still_stands(
    store: Store, hours: Hours, evil: EvilServer
) -> None:
    url = evil.on("/", reply(b"no", "451 No"))
    for offline in (False, True):
        with pytest.raises(Refused, match="by law"):
            web(store, hours, offline=offline).fetch(url)
    assert len(evil.asked) == 1


@pytest.mark.parametrize("status", ["401 In", "404 No", "410 Gone", "451 Law", "503 Down"])
def test_an_error_carries_the_status_that_came(
    status: str, store: Store, hours: Hours, evil: EvilServer
) -> None:
    with pytest.raises(ProviderError) as caught:
        web(store, hours).fetch(evil.on("/", reply(b"no", status)))
    assert caught.value.status == int(status[:3])


def test_failures_are_kept_as_evidence(store: Store, hours: Hours, evil: EvilServer) -> None:
    url = evil.on("/", reply(b"<p>we are down</p>", "503 Down"))
    with pytest.raises(Unavailable):
        web(store, hours).fetch(url)
    kept = store.fetches.latest(url, failures=True)
    assert kept is not None
    assert (kept.status, kept.body) == (503, b"<p>we are down</p>")
    assert store.fetches.latest(url) is None
    evil.on("/", reply(PAGE))
    assert web(store, hours).fetch(url).body == PAGE


@pytest.mark.parametrize("status", ["200 OK", "302 Found", "404 No", "429 Slow", "503 Down"])
def test_a_provider_gets_whatever_status_came(
    status: str, store: Store, hours: Hours, evil: EvilServer
) -> None:
    url = evil.on("/cdx", reply(b"[]", status, Location="/else", Content_Type="text/json"))
    found = web(store, hours).ask("archive-x", url, max_age=0)
    assert (str(found.status), found.url) == (status[:3], url)
    assert found.header("location") == "/else"
    assert evil.asked == ["/cdx"]


@pytest.mark.parametrize(("status", "again"), [("200 OK", 1), ("404 No", 1), ("503 Down", 2)])
def test_only_an_answer_is_asked_for_once(
    status: str, again: int, store: Store, hours: Hours, evil: EvilServer
) -> None:
    url = evil.on("/cdx", reply(b"[]", status))
    for _ in range(2):
        web(store, hours).ask("archive-x", url, max_age=60)
    assert len(evil.asked) == again


def test_an_answer_that_never_ages_survives_refresh(
    store: Store, hours: Hours, evil: EvilServer
) -> None:
    url = evil.on("/memento", reply(PAGE))
    for refresh, max_age in ((False, 60.0), (True, float("inf")), (True, 60.0)):
        web(store, hours, refresh=refresh).ask("archive-x", url, max_age=max_age)
        hours.pass_(seconds=1)
    assert len(evil.asked) == 2


def test_pages_and_answers_are_kept_apart(store: Store, hours: Hours, evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE), reply(NEWER), reply(b"third"))
    asker = web(store, hours)
    bodies = [asker.fetch(url).body] + [
        asker.ask(name, url, max_age=60).body for name in ("archive-x", "search-y")
    ]
    assert bodies == [PAGE, NEWER, b"third"]


def test_headers_of_an_ask_are_sent_and_not_kept(
    store: Store, hours: Hours, evil: EvilServer, tmp_path: Path
) -> None:
    database = tmp_path / "kept.db"
    with Store.open(str(database)) as kept:
        web(kept, hours).ask(
            "search-y", evil.on("/", reply(b"{}")), max_age=0, headers=(("X-Key", "s3cret-key"),)
        )
    assert "X-Key: s3cret-key" in evil.requests[0]
    assert b"s3cret-key" not in database.read_bytes()


def test_no_answer_names_the_provider(store: Store, hours: Hours, evil: EvilServer) -> None:
    url = evil.on("/", resetting())
    with pytest.raises(Unavailable) as caught:
        web(store, hours).ask("archive-x", url, max_age=0)
    assert (caught.value.provider, caught.value.asked) == ("archive-x", url)


def test_a_short_retry_after_is_waited_out_once(evil: EvilServer) -> None:
    clock = Clock()
    url = evil.on("/", reply(b"", "429 Slow", Retry_After="1"), reply(PAGE))
    with asking(clock=clock) as polite:
        assert polite.fetch(url).body == PAGE
    assert clock.slept == [1.0]


def test_a_server_that_is_busy_again_is_left_alone(evil: EvilServer) -> None:
    clock = Clock()
    url = evil.on("/", reply(b"", "503 Busy", Retry_After="1"))
    with asking(clock=clock) as polite, pytest.raises(Unavailable) as caught:
        polite.fetch(url)
    assert caught.value.retry_after == 1.0
    assert len(evil.asked) == 2


@pytest.mark.parametrize(
    ("said", "told", "wait"), [("60", 60.0, 60.0), ("900", 120.0, 900.0), ("99999", 120.0, 3600.0)]
)
def test_a_long_retry_after_is_told_and_kept(
    said: str, told: float, wait: float, evil: EvilServer
) -> None:
    clock = Clock()
    url = evil.on("/", reply(b"", "429 Slow", Retry_After=said))
    evil.on("/other", reply(PAGE))
    with asking(clock=clock) as polite:
        with pytest.raises(Unavailable) as caught:
            polite.fetch(url)
        assert caught.value.retry_after == told
        with pytest.raises(Unavailable, match=f"left alone for {wait:.0f} s") as held:
            polite.fetch(evil.base + "/other")
        assert held.value.retry_after == wait
        clock.seconds += wait
        assert polite.fetch(evil.base + "/other").body == PAGE
    assert clock.slept == []


@pytest.mark.parametrize("said", ["", "-5", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_senseless_retry_after_stops_nobody_for_long(said: str, evil: EvilServer) -> None:
    clock = Clock()
    url = evil.on("/", reply(b"", "429 Slow", Retry_After=said))
    with asking(clock=clock) as polite, pytest.raises(Unavailable):
        polite.fetch(url)
    assert sum(clock.slept) == 0
    assert len(evil.asked) <= 2


def test_requests_to_one_host_keep_their_distance_on_redirects_too(evil: EvilServer) -> None:
    clock = Clock()
    evil.on("/b", reply(PAGE))
    with asking(clock=clock, pace=1.0) as polite:
        polite.fetch(evil.on("/a", redirect("/b")))
        polite.ask("archive-x", evil.base + "/b", max_age=0)
    assert clock.slept == [1.0, 1.0]


def test_a_reply_kept_by_a_clock_ten_years_ahead_is_not_fresh(
    store: Store, hours: Hours, evil: EvilServer
) -> None:
    url = evil.on("/", reply(b"old"), reply(b"new"))
    hours.pass_(days=3650)
    assert web(store, hours).fetch(url).body == b"old"
    hours.pass_(days=-3650)
    assert web(store, hours).fetch(url).body == b"new"


def test_a_contact_that_cannot_be_sent_is_the_operators_to_mend(evil: EvilServer) -> None:
    url = evil.on("/", reply(PAGE))
    with asking(contact="x\r\nHost: y") as polite, pytest.raises(SettingsError, match="contact"):
        polite.fetch(url)


def test_many_threads_may_ask_at_once(evil: EvilServer) -> None:
    from concurrent.futures import ThreadPoolExecutor

    urls = [evil.on(f"/{n}", reply(b"%d" % n)) for n in range(24)]
    with asking() as polite, ThreadPoolExecutor(8) as pool:
        bodies = [capture.body for capture in pool.map(polite.fetch, urls)]
    assert bodies == [b"%d" % n for n in range(24)]


def test_a_recorded_fetch_names_the_host_and_replays_without_a_server(
    evil: EvilServer, tmp_path: Path
) -> None:
    import vcr

    tape = str(tmp_path / "tape.yaml")
    evil.on("/b", reply(PAGE))
    url = evil.on("/a", redirect("/b")).replace("127.0.0.1", "localhost")
    with vcr.use_cassette(tape, record_mode="once"), asking() as polite:
        recorded = polite.fetch(url)
    assert len(evil.asked) == 2
    evil.close()
    with vcr.use_cassette(tape, record_mode="none") as played, asking() as polite:
        replayed = polite.fetch(url)
        assert sorted(replayed.headers) == sorted(recorded.headers)  # a tape may sort them
        assert replace(replayed, headers=()) == replace(recorded, headers=())
        assert played.play_count == 2
    assert f"uri: {url}" in (tmp_path / "tape.yaml").read_text()


def test_the_guard_stands_while_recording(evil: EvilServer, tmp_path: Path) -> None:
    import vcr

    url = evil.on("/", reply(PAGE))
    with (
        vcr.use_cassette(str(tmp_path / "tape.yaml"), record_mode="once"),
        asking(allow_private=False, follow_private=False) as polite,
        pytest.raises(Refused),
    ):
        polite.fetch(url)
    assert evil.asked == []
