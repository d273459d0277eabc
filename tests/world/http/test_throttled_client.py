"""One request at a time to a host: keys, secrets, time and turns."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Unavailable
from provenance.model import Settings
from provenance.world.http.guard import Guard
from provenance.world.http.secrets import Secrets
from provenance.world.http.throttle import HostThrottle
from provenance.world.http.throttled_client import ThrottledClient
from provenance.world.store import Store
from provenance.world.store.fetches import WEB
from tests.world.evil import NOON, Clock, EvilServer, reply

if TYPE_CHECKING:
    from collections.abc import Iterator

ANY = Guard(allow_private=True)
SECRET = "s3cretkey"


@contextmanager
def client(clock: Clock, pace: float = 0.0) -> Iterator[tuple[ThrottledClient, HostThrottle]]:
    chosen = Settings(archives=(), deadline=5.0, read_timeout=5.0)
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
