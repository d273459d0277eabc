"""One request at a time to a host: keys, secrets, time and turns."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from provenance.errors import SettingsError, Unavailable
from provenance.model import VERSION, Settings
from provenance.world.http.guard import Guard
from provenance.world.http.secrets import Secrets
from provenance.world.http.throttle import HostThrottle
from provenance.world.http.throttled_client import ThrottledClient, TimeLimit
from provenance.world.store import Store
from provenance.world.store.fetches import WEB
from tests.world.evil import NOON, Clock, EvilServer, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY = Guard(allow_private=True)
SECRET = "s3cretkey"


@contextmanager
def client(
    clock: Clock, pace: float = 0.0, **more: str
) -> Iterator[tuple[ThrottledClient, HostThrottle]]:
    chosen = Settings(archives=(), deadline=5.0, read_timeout=5.0, **more)
    with Store.open(None) as store:
        throttle = HostThrottle(store.hosts, clock.now, pace=pace, owner="1", sleep=clock.sleep)
        secrets = Secrets()
        secrets.add(SECRET)
        yield ThrottledClient(chosen, throttle, lambda: NOON, secrets), throttle


@pytest.mark.parametrize(
    ("path", "sent"), [("/find", "/find?key=a+b"), ("/find?q=x", "/find?q=x&key=a+b")]
)
def test_a_key_of_the_address_is_sent_and_not_kept(path: str, sent: str, evil: EvilServer) -> None:
    url = evil.on(path, reply(b"found"))
    evil.on(sent, reply(b"found"))
    with client(Clock()) as (web, _):
        headers = (("?key", "a b"), ("X-Other", "1"))
        answer = web.get("service", url, web.begin(), ANY, headers)
        plain = web.get("service", url, web.begin(), ANY)
    request = evil.requests[0]
    assert request.startswith(f"GET {sent} ")
    assert "x-other: 1" in request.lower()
    assert "?key:" not in request
    assert (answer.url, plain.url) == (url, url)


@pytest.mark.parametrize(("provider", "kept"), [("service", False), (WEB, True)])
def test_a_secret_is_blotted_from_a_services_answer(
    provider: str, kept: bool, evil: EvilServer
) -> None:
    url = evil.on("/", reply(f"you sent {SECRET}".encode()))
    with client(Clock()) as (web, _):
        answer = web.get(provider, url, web.begin(), ANY)
    assert (SECRET.encode() in answer.body) is kept


def test_a_secret_is_blotted_from_an_error() -> None:
    with client(Clock()) as (web, _), pytest.raises(Unavailable) as raised:
        web.get("service", f"http://127.0.0.1:9/?key={SECRET}", web.begin(), ANY)
    assert SECRET not in str(raised.value)
    assert SECRET not in raised.value.asked


def test_a_page_has_its_time_or_less() -> None:
    with client(Clock()) as (web, _):
        assert 4.0 < web.begin().left <= 5.0
        assert 1.0 < web.begin(2.0).left <= 2.0
        assert 4.0 < web.begin(60.0).left <= 5.0


def test_a_turn_ends_with_the_answer_or_the_failure(evil: EvilServer) -> None:
    clock = Clock()
    url = evil.on("/", reply(b"hello"))
    with client(clock, pace=1.0) as (web, _):
        for _ in range(3):
            web.get(WEB, url, web.begin(), ANY)
        for _ in range(2):
            with pytest.raises(Unavailable):
                web.get(WEB, "http://127.0.0.1:9/", web.begin(), ANY)
    assert clock.slept == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(("seconds", "asked"), [(3.0, True), (3.5, False)])
def test_a_short_deferral_is_waited_for_and_a_longer_one_told(
    seconds: float, asked: bool, evil: EvilServer
) -> None:
    clock, url = Clock(), evil.on("/", reply(b"hello"))
    with client(clock) as (web, throttle):
        throttle.defer(f"127.0.0.1:{evil.port}", seconds)
        if asked:
            assert web.get(WEB, url, web.begin(), ANY).body == b"hello"
        else:
            with pytest.raises(Unavailable, match="left alone for 4 s more"):
                web.get(WEB, url, web.begin(), ANY)
    assert clock.slept == ([3.0] if asked else [])


@pytest.mark.parametrize(
    ("status", "said", "within", "asked", "deferred"),
    [
        ("429 Too Many Requests", {"retry_after": "2"}, None, 2, 0.0),
        ("503 Service Unavailable", {"retry_after": "2"}, None, 2, 0.0),
        ("503 Service Unavailable", {"x_other": "1", "retry_after": "3"}, None, 2, 0.0),
        ("429 Too Many Requests", {"retry_after": "4"}, None, 1, 4.0),
        ("429 Too Many Requests", {"retry_after": "2"}, 1.5, 1, 2.0),
        ("429 Too Many Requests", {"retry_after": "9000"}, None, 1, 3600.0),
        ("429 Too Many Requests", {}, None, 1, 0.0),
        ("429 Too Many Requests", {"x_other": "2"}, None, 1, 0.0),
        ("502 Bad Gateway", {"retry_after": "2"}, None, 1, 0.0),
        ("200 OK", {"retry_after": "2"}, None, 1, 0.0),
    ],
)
def test_a_busy_server_is_asked_once_more_when_it_says_soon(
    status: str,
    said: dict[str, str],
    within: float | None,
    asked: int,
    deferred: float,
    *,
    evil: EvilServer,
) -> None:
    clock = Clock()
    url = evil.on("/", reply(b"busy", status, **said), reply(b"hello"))
    with client(clock) as (web, throttle):
        answer = web.get(WEB, url, web.begin(within), ANY)
        assert throttle.deferred_for(f"127.0.0.1:{evil.port}") == deferred
    assert answer.body == (b"hello" if asked == 2 else b"busy")
    assert len(evil.asked) == asked
    assert clock.slept == ([float(said["retry_after"])] if asked == 2 else [])


def test_without_time_left_nobody_is_asked_and_the_turn_ends(evil: EvilServer) -> None:
    clock, url = Clock(), evil.on("/", reply(b"hello"))
    with client(clock, pace=1.0) as (web, _):
        with pytest.raises(Unavailable) as raised:
            web.get(WEB, url, TimeLimit(time.monotonic()), ANY)
        assert evil.asked == []
        assert web.get(WEB, url, web.begin(0.9), ANY).body == b"hello"
    assert raised.value.why == "no whole answer within 5 s"
    assert clock.slept == [1.0]


def test_less_than_a_second_is_time_enough_to_ask() -> None:
    with client(Clock()) as (web, _), pytest.raises(Unavailable) as raised:
        web.get(WEB, "http://127.0.0.1:9/", TimeLimit(time.monotonic() + 0.9), ANY)
    assert "no whole answer" not in raised.value.why


def test_the_wait_for_a_turn_is_no_part_of_the_time(evil: EvilServer) -> None:
    url = evil.on("/", reply(b"hello"))
    with client(Clock(), pace=60.0) as (web, _):
        for _ in range(2):
            assert web.get(WEB, url, web.begin(2.0), ANY).body == b"hello"


def test_a_deferral_is_told_with_its_seconds(evil: EvilServer) -> None:
    with client(Clock()) as (web, throttle):
        throttle.defer(f"127.0.0.1:{evil.port}", 90.0)
        with pytest.raises(Unavailable) as raised:
            web.get(WEB, evil.base, web.begin(), ANY)
    assert raised.value.why == "it asked to be left alone for 90 s more"
    assert raised.value.retry_after == 90.0


def test_a_post_is_sent_once_in_its_turn_and_its_answer_blotted(evil: EvilServer) -> None:
    clock = Clock()
    url = evil.on("/", reply(f"busy {SECRET}".encode(), "429 Too Many Requests", retry_after="1"))
    with client(clock, pace=1.0) as (web, _):
        answers = [web.post("service", url, (("a", "b"),), ANY, ()) for _ in range(2)]
    assert [answer.status for answer in answers] == [429, 429]
    assert all(SECRET.encode() not in answer.body for answer in answers)
    assert len(evil.asked) == 2
    assert clock.slept == [1.0]


def test_a_post_that_fails_ends_its_turn_and_tells_no_secret() -> None:
    clock, url = Clock(), f"http://127.0.0.1:9/?key={SECRET}"
    with client(clock, pace=1.0) as (web, _):
        for _ in range(2):
            with pytest.raises(Unavailable) as raised:
                web.post("service", url, (("a", "b"),), ANY, ())
            assert SECRET not in f"{raised.value} {raised.value.asked}"
    assert clock.slept == [1.0]


def test_a_page_begins_without_the_cookies_of_the_one_before(evil: EvilServer) -> None:
    url = evil.on("/", reply(b"hello", set_cookie="seen=1"))
    with client(Clock()) as (web, _):
        limit = web.begin()
        for _ in range(2):
            web.get(WEB, url, limit, ANY)
        web.get(WEB, url, web.begin(), ANY)
    assert ["seen=1" in request for request in evil.requests] == [False, True, False]


def test_servers_are_told_who_asks_and_where_to_complain(evil: EvilServer) -> None:
    url = evil.on("/", reply(b"hello"))
    with client(Clock(), contact="desk@paper.example") as (web, _):
        web.get(WEB, url, web.begin(), ANY)
    told = f"user-agent: provenance/{VERSION} (+desk@paper.example)\r\n"
    assert told in evil.requests[0].replace("User-Agent", "user-agent")


@pytest.mark.parametrize("contact", ["d\u00e9sk@paper.example", "desk@paper.example\r\nX: 1"])
def test_a_contact_that_no_header_can_hold_is_refused(contact: str, evil: EvilServer) -> None:
    with (
        client(Clock(), contact=contact) as (web, _),
        pytest.raises(SettingsError, match=r"^contact: may hold only plain ASCII characters$"),
    ):
        web.get(WEB, evil.base, web.begin(), ANY)
    assert evil.asked == []
