from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.world.http.throttle import (
    LONGEST_DEFERRAL,
    LONGEST_RETRY_AFTER,
    PATIENCE,
    HostThrottle,
    parse_retry_after,
)
from provenance.world.store import Store
from tests.world.evil import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("00012", 12.0),
        ("86400", 120.0),
        ("9" * 500, LONGEST_RETRY_AFTER),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
        ("Wed, 21 Oct 2065 07:28:00 GMT", LONGEST_RETRY_AFTER),
        ("Sun, 01 Mar 2026 12:00:30", 30.0),
        ("Sun, 01 Mar 2026 12:00:30 -0000", 30.0),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        (None, None),
        ("\u0665", None),
        ("Sun, 99 Mar 2026 99:00:00 GMT", None),
        ("Sun, 01 Mar 99999 12:00:30 GMT", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@given(st.text(max_size=80))
def test_no_retry_after_raises_or_asks_for_more_than_the_cap(value: str) -> None:
    found = parse_retry_after(value, NOW)
    assert found is None or 0 <= found <= LONGEST_RETRY_AFTER


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def throttle(store: Store, clock: Clock, pace: float = 1.0) -> HostThrottle:
    return HostThrottle(store.hosts, clock.now, pace=pace, sleep=clock.sleep)


def test_turns_at_one_host_are_a_gap_apart_and_hosts_do_not_wait_for_each_other(
    store: Store,
) -> None:
    clock = Clock()
    turns = throttle(store, clock)
    for host in ("a", "b", "a", "a"):
        turns.wait(host)
    assert clock.slept == [1.0, 1.0]


def test_a_pace_and_a_gap_of_less_than_a_second_are_kept(store: Store) -> None:
    clock = Clock()
    turns = throttle(store, clock, 0.5)
    for _ in range(2):
        turns.wait("a")
    turns = throttle(store, clock, 0.0)
    turns.set_gap("b", 0.25)
    for _ in range(2):
        turns.wait("b")
    assert clock.slept == [0.5, 0.25]


def test_time_that_passed_by_itself_is_not_waited_for_again(store: Store) -> None:
    clock = Clock()
    turns = throttle(store, clock)
    turns.wait("a")
    clock.seconds += 0.75
    turns.wait("a")
    clock.seconds += 9
    turns.wait("a")
    assert clock.slept == [0.25]


def test_a_host_that_asked_for_peace_gets_it(store: Store) -> None:
    clock = Clock()
    turns = throttle(store, clock)
    turns.defer("a", 2.0)
    assert (turns.deferred_for("a"), turns.deferred_for("b")) == (2.0, 0.0)
    turns.wait("a")
    assert clock.slept == [2.0]
    assert turns.deferred_for("a") == 0.0


def owned(store: Store, clock: Clock, owner: str | None, pace: float = 1.0) -> HostThrottle:
    return HostThrottle(store.hosts, clock.now, pace=pace, owner=owner, sleep=clock.sleep)


@pytest.mark.parametrize(("owner", "waits"), [("1", 1.0), (None, 0.0)])
def test_the_gap_begins_at_the_answer_where_a_process_owns_its_turn(
    store: Store, owner: str | None, waits: float
) -> None:
    clock = Clock()
    turns = owned(store, clock, owner)
    assert turns.wait("a") == 0.0
    clock.seconds += 5  # a slow answer
    turns.release("a")
    assert turns.wait("a") == waits
    assert clock.slept == [waits] * bool(waits)


def test_only_the_owner_of_a_turn_ends_it(store: Store) -> None:
    clock = Clock()
    one, other = owned(store, clock, "1"), owned(store, clock, "2")
    one.wait("a")
    clock.seconds += 30
    other.release("a")
    assert store.hosts.take("a", clock.now().timestamp(), pace=1.0, owner="2") > 0
    one.release("a")
    assert other.wait("a") == 1.0


@pytest.mark.parametrize(
    ("pace", "gap", "waits"),
    [(1.0, 4.0, 4.0), (4.0, 1.0, 4.0), (0.0, 4.0, 4.0), (1.0, 0.0, 1.0), (0.0, 0.0, 0.0)],
)
@pytest.mark.parametrize("owner", ["1", None])
def test_the_longer_of_pace_and_the_gap_a_host_wants_is_kept(
    store: Store, owner: str | None, pace: float, gap: float, waits: float
) -> None:
    turns = owned(store, Clock(), owner, pace)
    turns.set_gap("a", gap)
    turns.set_gap("a", gap)
    assert store.hosts.record("a").gap == gap
    waited = []
    for _ in range(2):
        waited.append(turns.wait("a"))
        turns.release("a")
    assert waited == [0.0, waits]


def test_a_gap_that_a_host_no_longer_wants_is_forgotten(store: Store) -> None:
    turns = owned(store, Clock(), "1")
    turns.set_gap("a", 4.0)
    turns.set_gap("a", 0.0)
    assert store.hosts.record("a").gap == 0.0


def test_without_a_pace_only_a_deferral_is_waited_for(store: Store) -> None:
    clock = Clock()
    turns = owned(store, clock, "1", 0.0)
    turns.defer("a", 2.5)
    assert [turns.wait("a"), turns.wait("a")] == [2.5, 0.0]
    assert (PATIENCE, LONGEST_DEFERRAL) == (3.0, 3600.0)


def test_threads_share_the_turns(store: Store) -> None:
    import threading

    slept: list[float] = []
    turns = HostThrottle(store.hosts, Clock().now, pace=1.0, sleep=slept.append)
    threads = [threading.Thread(target=turns.wait, args=("a",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slept) == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
