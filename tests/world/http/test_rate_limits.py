from __future__ import annotations

import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import ProviderError, Refused, Unavailable
from provenance.model import Capture, ProviderSpec
from provenance.world.archives import build
from provenance.world.http.rate_limits import ProviderClient, Purpose, RateLimiter
from provenance.world.store import Store
from provenance.world.store.hosts import LONGEST_WAIT
from tests.world.archives.build import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

INDEX = "https://archive.example/cdx/search/cdx?url=x"
PAGE = "https://archive.example/web/2026id_/http://a.example/"
START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """Wall time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.at = START
        self.slept = 0.0

    def __call__(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        self.at += timedelta(seconds=seconds)


@dataclass
class Web:
    """A web without a store: every question goes out; when, and how, is noted."""

    clock: Clock
    say: Callable[[str], Capture | ProviderError]
    sent: list[tuple[float, str]] = field(default_factory=list)
    asked: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)

    def ask(
        self,
        provider: str,
        url: str,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        turn: Callable[[], object] | None = None,
    ) -> Capture:
        assert turn is not None
        turn()
        self.sent.append((self.clock().timestamp(), url))
        self.asked.append((provider, headers))
        found = self.say(url)
        if isinstance(found, ProviderError):
            raise found
        return replace(found, captured_at=self.clock())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as kept:
        yield kept


def limits(store: Store, clock: Clock, patience: float = 1e9) -> RateLimiter:
    return RateLimiter(store.hosts, clock, sleep=clock.sleep, patience=patience)


def busiest(sent: list[tuple[float, str]]) -> int:
    """The most requests in any window of sixty seconds."""
    times = [at for at, _ in sent]
    return max(sum(start <= at < start + 60 for at in times) for start in times)


def test_an_audit_of_a_hundred_pages_keeps_to_24_a_minute(store: Store, clock: Clock) -> None:
    web = Web(clock, lambda url: answer("[]"))
    spec = ProviderSpec(name="ia", kind="cdx", base_url="https://web.archive.org")
    archive = build(spec, web, clock, limits(store, clock))
    for number in range(100):
        archive.sightings(f"https://harbourpost.example/{number}")
    assert len(web.sent) == 100
    assert busiest(web.sent) <= 24
    assert clock.slept < 100 / 20 * 60


def test_index_and_replay_have_each_their_own_allowance(store: Store, clock: Clock) -> None:
    kept = limits(store, clock)
    for _ in range(4):
        kept.wait("a", INDEX, Purpose.INDEX, 24)
    assert clock.slept == 0.0
    kept.wait("a", PAGE, Purpose.REPLAY, 60)
    assert clock.slept == 0.0
    kept.wait("a", INDEX, Purpose.INDEX, 24)
    assert clock.slept == pytest.approx(3.0)


def test_a_turn_beyond_patience_is_unavailable_and_not_taken(store: Store, clock: Clock) -> None:
    kept = limits(store, clock, patience=2.0)
    for _ in range(4):
        kept.wait("a", INDEX, Purpose.INDEX, 24)
    for _ in range(3):
        with pytest.raises(Unavailable, match="24 requests a minute are used up") as raised:
            kept.wait("a", INDEX, Purpose.INDEX, 24)
        assert raised.value.retry_after == pytest.approx(3.0)


def test_another_host_and_no_limit_are_not_held_up(store: Store, clock: Clock) -> None:
    kept = limits(store, clock)
    for number in range(50):
        kept.wait("a", f"https://{number}.example/", Purpose.INDEX, 1)
        kept.wait("b", "https://b.example/", Purpose.INDEX, float("inf"))
    assert clock.slept == 0.0


@pytest.mark.parametrize("host", ["127.0.0.1:8089", "localhost", "[::1]:80", "10.1.2.3"])
def test_a_server_of_ones_own_is_not_spared(store: Store, clock: Clock, host: str) -> None:
    kept = limits(store, clock)
    for _ in range(100):
        kept.wait("own", f"http://{host}/cdx", Purpose.INDEX, 1)
    assert clock.slept == 0.0


def test_a_clock_that_is_set_back_stops_nobody(store: Store, clock: Clock) -> None:
    kept = limits(store, clock)
    kept.wait("a", INDEX, Purpose.INDEX, 24)
    clock.at -= timedelta(days=400)
    for _ in range(4):
        kept.wait("a", INDEX, Purpose.INDEX, 24)
    assert clock.slept <= 3.0


# 24 a minute are four at once and one more in three seconds: all four are back after twelve.
@pytest.mark.parametrize(
    ("ahead", "waited"),
    [
        (9.0, 0.0),
        (9.5, 0.5),
        (12.0, 3.0),
        (LONGEST_WAIT + 12.0, LONGEST_WAIT + 3.0),
        (LONGEST_WAIT + 12.5, 0.0),
    ],
)
def test_an_allowance_too_far_ahead_is_no_allowance(
    store: Store, clock: Clock, ahead: float, waited: float
) -> None:
    whole_at = {str(Purpose.INDEX): clock().timestamp() + ahead}
    store.hosts.change("archive.example", lambda record: replace(record, allowances=whole_at))
    limits(store, clock).wait("a", INDEX, Purpose.INDEX, 24)
    assert clock.slept == waited


def test_what_holds_a_question_up_is_told(store: Store, clock: Clock) -> None:
    kept = limits(store, clock, patience=0.0)
    kept.record_refusal(INDEX, 0.5)
    with pytest.raises(Unavailable) as raised:
        kept.wait("a", INDEX, Purpose.INDEX, 24)
    assert raised.value.retry_after == 0.5
    clock.sleep(89.5)
    kept.record_refusal(INDEX, 30.0)
    with pytest.raises(Unavailable) as raised:
        kept.wait("a", INDEX, Purpose.INDEX, 24)
    assert raised.value.why == "left alone for 900 s, since it refused or failed"
    for _ in range(4):
        kept.wait("b", "https://b.example/", Purpose.INDEX, 24)
    with pytest.raises(Unavailable) as raised:
        kept.wait("b", "https://b.example/", Purpose.INDEX, 24)
    assert raised.value.why == "its 24 requests a minute are used up"


def test_a_refusal_in_words_is_counted_where_there_are_limits(store: Store, clock: Clock) -> None:
    web = Web(clock, lambda url: answer("[]"))
    polite = ProviderClient(provider="a", web=web, now=clock, limits=limits(store, clock))
    replace(polite, limits=None).record_refusal(INDEX, 30.0)
    assert polite.ask(INDEX, Purpose.INDEX, max_age=0.0)[0].status == 200
    polite.record_refusal(INDEX, 30.0)
    with pytest.raises(Unavailable, match="left alone for 30 s"):
        polite.ask(INDEX, Purpose.INDEX, max_age=0.0)


def test_a_clock_that_stood_ten_years_ahead_closes_no_service(store: Store, clock: Clock) -> None:
    said = [answer("", 429), answer("[]")]
    web = Web(clock, lambda url: said.pop(0))
    ask = asker(store, clock, web)
    right, clock.at = clock.at, clock.at + timedelta(days=3650)
    ask()
    clock.at = right
    assert ask().status == 200


def asker(store: Store, clock: Clock, web: Web) -> Callable[[], Capture]:
    polite = ProviderClient(provider="a", web=web, now=clock, limits=limits(store, clock))
    return lambda: polite.ask(INDEX, Purpose.INDEX, max_age=0.0)[0]


def test_after_a_429_nobody_asks_for_as_long_as_it_says(store: Store, clock: Clock) -> None:
    web = Web(clock, lambda url: answer("slow down", 429, retry_after="30"))
    ask = asker(store, clock, web)
    assert ask().status == 429
    for _ in range(29):
        with pytest.raises(Unavailable, match="left alone"):
            ask()
        clock.sleep(1)
    assert len(web.sent) == 1
    clock.sleep(2)
    assert ask().status == 429
    assert len(web.sent) == 2


def test_the_second_429_opens_the_circuit(store: Store, clock: Clock) -> None:
    web = Web(clock, lambda url: answer("", 429))
    ask = asker(store, clock, web)
    ask()
    clock.sleep(61)
    ask()
    for _ in range(14):
        clock.sleep(60)
        with pytest.raises(Unavailable) as raised:
            ask()
        assert raised.value.retry_after is not None
    assert len(web.sent) == 2


def test_an_answer_closes_it_again(store: Store, clock: Clock) -> None:
    said = [answer("", 429), answer("[]"), answer("", 429), answer("[]")]
    web = Web(clock, lambda url: said.pop(0))
    ask = asker(store, clock, web)
    for _ in range(4):
        ask()
        clock.sleep(61)
    assert len(web.sent) == 4


def shut_out() -> Unavailable:
    error = Unavailable("a", INDEX, "nobody answers at that address")
    error.__cause__ = OSError("wrapped", ConnectionRefusedError(111, "refused"))
    return error


def test_a_door_shut_after_a_429_is_a_ban_for_an_hour(store: Store, clock: Clock) -> None:
    said: list[Capture | ProviderError] = [answer("", 429), shut_out(), answer("[]")]
    web = Web(clock, lambda url: said.pop(0))
    ask = asker(store, clock, web)
    ask()
    clock.sleep(61)
    with pytest.raises(Unavailable, match="nobody answers"):
        ask()
    clock.sleep(3590)
    with pytest.raises(Unavailable, match="left alone"):
        ask()
    clock.sleep(20)
    assert ask().status == 200


def test_a_host_that_asked_to_be_left_alone_is_not_counted_as_failing(
    store: Store, clock: Clock
) -> None:
    """Whatever it was asked for then: a page of a site, or an answer of a service."""
    until = clock().timestamp() + 30
    store.hosts.change("archive.example", lambda record: replace(record, deferred_until=until))
    web = Web(clock, lambda url: answer("[]"))
    ask = asker(store, clock, web)
    for _ in range(4):
        with pytest.raises(Unavailable, match="left alone for 30 s"):
            ask()
    assert (web.sent, store.hosts.record("archive.example").failures) == ([], 0)
    clock.sleep(30)
    assert ask().status == 200


def test_a_door_that_was_never_open_is_no_ban(store: Store, clock: Clock) -> None:
    said: list[Capture | ProviderError] = [shut_out(), answer("[]")]
    ask = asker(store, clock, Web(clock, lambda url: said.pop(0)))
    with pytest.raises(Unavailable):
        ask()
    assert ask().status == 200


@pytest.mark.parametrize(
    "silence", [answer("", 503), answer("", 500), Unavailable("a", INDEX, "no answer in time")]
)
def test_a_host_that_is_down_is_left_alone_for_a_while(
    store: Store, clock: Clock, silence: Capture | ProviderError
) -> None:
    web = Web(clock, lambda url: silence)
    ask = asker(store, clock, web)

    def again() -> None:
        with suppress(Unavailable):
            ask()

    for _ in range(50):
        again()
    assert len(web.sent) == 3
    clock.sleep(121)
    again()
    again()
    assert len(web.sent) == 4
    web.say = lambda url: answer("[]")
    clock.sleep(121)
    for _ in range(5):
        ask()
    assert len(web.sent) == 9


def test_an_answer_begins_the_count_of_failures_anew(store: Store, clock: Clock) -> None:
    said = [answer("", status) for status in (503, 503, 200, 503, 503, 503)]
    ask = asker(store, clock, Web(clock, lambda url: said.pop(0)))
    assert [ask().status for _ in range(6)] == [503, 503, 200, 503, 503, 503]
    with pytest.raises(Unavailable, match="left alone for 120 s"):
        ask()


def test_what_cannot_be_asked_at_all_says_nothing_of_the_host(store: Store, clock: Clock) -> None:
    web = Web(clock, lambda url: Refused("a", INDEX, "not asked: a private address"))
    ask = asker(store, clock, web)
    for _ in range(5):
        with pytest.raises(Refused):
            ask()
    assert len(web.sent) == 5


def test_what_is_kept_takes_no_turn(store: Store, clock: Clock) -> None:
    class Kept(Web):
        def ask(self, provider: str, url: str, **terms: object) -> Capture:
            return answer("[]")

    ask = asker(store, clock, Kept(clock, lambda url: answer("")))
    clock.at = datetime(2027, 1, 1, tzinfo=UTC)
    for _ in range(500):
        ask()
    assert clock.slept == 0.0


_CHILD = """
import sys
from datetime import UTC, datetime
from provenance.errors import Unavailable
from provenance.world.http.rate_limits import RateLimiter, Purpose
from provenance.world.store import Store
clock = lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)
with Store.open(sys.argv[1]) as store:
    limits = RateLimiter(store.hosts, clock, patience=0.0)
    for _ in range(10):
        try:
            limits.wait("a", "https://archive.example/", Purpose.INDEX, 24)
            print("sent")
        except Unavailable:
            print("held")
"""


@pytest.mark.slow
def test_processes_share_one_allowance(tmp_path: Path) -> None:
    database = str(tmp_path / "kept.db")
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _CHILD, database], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = Counter(word for child in children for word in child.communicate()[0].split())
    assert [child.returncode for child in children] == [0, 0, 0]
    assert said == {"sent": 4, "held": 26}


def test_names_under_which_allowances_are_kept() -> None:
    assert [*Purpose] == ["index", "replay", "save"]


@pytest.mark.parametrize(
    ("asked", "pauses"),
    [
        ((None,), [60.0]),
        ((7.0,), [7.0]),
        ((None, None), [60.0, 900.0]),
        ((None, 7.0), [60.0, 900.0]),
        ((None, 2000.0, None), [60.0, 2000.0, 900.0]),
    ],
)
def test_how_long_a_host_is_left_alone_after_each_429_in_a_row(
    asked: tuple[float | None, ...], pauses: list[float], store: Store, clock: Clock
) -> None:
    kept, found = limits(store, clock), []
    for each in asked:
        kept.record_refusal(INDEX, each)
        with pytest.raises(Unavailable, match=r"left alone for \d+ s") as raised:
            kept.wait("a", PAGE, Purpose.REPLAY, 60)
        found.append(raised.value.retry_after)
    assert found == pauses


def test_an_answer_without_a_status_closes_the_circuit(store: Store, clock: Clock) -> None:
    kept = limits(store, clock)
    kept.record_refusal(INDEX, 7.0)
    kept.record_answer(INDEX, replace(answer("[]"), status=None))
    kept.wait("a", INDEX, Purpose.INDEX, 24)


@pytest.mark.parametrize(("seconds", "asked"), [(3.0, True), (3.5, False)])
def test_a_short_deferral_is_left_to_the_throttle(
    seconds: float, asked: bool, store: Store, clock: Clock
) -> None:
    until = clock().timestamp() + seconds
    store.hosts.change("archive.example", lambda record: replace(record, deferred_until=until))
    if asked:
        limits(store, clock).wait("a", INDEX, Purpose.INDEX, 24)
    else:
        with pytest.raises(Unavailable, match="left alone"):
            limits(store, clock).wait("a", INDEX, Purpose.INDEX, 24)


def test_a_client_asks_under_its_name_or_another_with_all_headers(clock: Clock) -> None:
    web = Web(clock, lambda _: answer("[]"))
    client = ProviderClient(provider="ia", web=web, now=clock, headers=(("key", "1"),))
    client.ask(INDEX, Purpose.INDEX, max_age=0.0, headers=(("accept", "x"),))
    client.ask(INDEX, Purpose.INDEX, max_age=0.0, named="ia pages")
    assert web.asked == [("ia", (("key", "1"), ("accept", "x"))), ("ia pages", (("key", "1"),))]


def test_a_failure_is_told_by_the_clients_name_without_limits_too(clock: Clock) -> None:
    web = Web(clock, lambda _: Unavailable("web", INDEX, "no answer"))
    client = ProviderClient(provider="ia", web=web, now=clock)
    with pytest.raises(Unavailable) as raised:
        client.ask(INDEX, Purpose.INDEX, max_age=0.0)
    assert raised.value.provider == "ia"


def wrapped(how: str) -> ProviderError:
    """A refused connection as libraries hand it on."""
    error, inner = Unavailable("a", INDEX, "no answer"), OSError("outer")
    refused = ConnectionRefusedError(111, "refused")
    if how == "cause":
        error.__cause__ = refused
    elif how == "context":
        error.__context__ = refused
    elif how == "reason":
        inner.reason = refused  # type: ignore[attr-defined]
        error.__cause__ = inner
    elif how == "argument":
        error.__cause__ = OSError(refused)
    elif how == "circle":
        inner.__cause__ = error
        error.__cause__ = inner
    return error


@pytest.mark.parametrize(
    ("how", "banned"),
    [
        ("cause", True),
        ("context", True),
        ("reason", True),
        ("argument", True),
        ("circle", False),
        ("none", False),
    ],
)
def test_a_refused_connection_is_known_however_it_is_wrapped(
    how: str, banned: bool, store: Store, clock: Clock
) -> None:
    kept = limits(store, clock)
    kept.record_refusal(INDEX, 1.0)
    clock.sleep(2.0)
    kept.record_failure(INDEX, wrapped(how))
    left = store.hosts.record("archive.example").open_until - clock().timestamp()
    assert (left == 3600.0) is banned
