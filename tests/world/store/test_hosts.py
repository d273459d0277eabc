from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from provenance.world.http.throttle import HostThrottle
from provenance.world.store import Store
from provenance.world.store.hosts import HostRecord
from tests.world.evil import Clock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ME, OTHER = "1", "2"


def throttle(
    store: Store,
    clock: Clock,
    pace: float = 1.0,
    owner: str | None = ME,
    sleep: Callable[[float], object] | None = None,
) -> HostThrottle:
    return HostThrottle(store.hosts, clock.now, pace=pace, owner=owner, sleep=sleep or clock.sleep)


def test_two_programs_on_one_store_ask_in_turn(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        waited = []
        for store, owner in ((one, ME), (other, OTHER), (other, OTHER), (one, ME)):
            turns = throttle(store, clock, owner=owner)
            waited.append(turns.wait("a"))
            clock.seconds += 0.5
            turns.release("a")
    assert waited == [0.0, 1.0, 1.0, 1.0]


def test_a_host_that_is_being_asked_is_not_asked() -> None:
    clock = Clock()
    with Store.open(None) as store:
        first = throttle(store, clock)
        first.wait("a")
        answered = itertools.count()

        def sleep(seconds: float) -> None:
            clock.seconds += seconds
            if next(answered) == 200:
                first.release("a")

        second = throttle(store, clock, owner=OTHER, sleep=sleep)
        assert second.wait("b") == 0.0
        assert second.wait("a") > 5.0


def test_nobody_ends_the_turn_of_another() -> None:
    clock = Clock()
    with Store.open(None) as store:
        throttle(store, clock).wait("a")
        throttle(store, clock, owner=OTHER).release("a")
        clock.seconds += 60
        assert store.hosts.take("a", clock(), pace=1.0, owner=OTHER) > 0


def test_who_died_while_asking_holds_nobody_up() -> None:
    clock = Clock()
    with Store.open(None) as store:
        throttle(store, clock).wait("a")
        store.hosts.release_dead(lambda _: False)
        assert store.hosts.take("a", clock() + 60, pace=1.0, owner=OTHER) > 0
        store.hosts.release_dead(lambda owner: owner == ME)
        assert store.hosts.take("a", clock() + 60, pace=1.0, owner=OTHER) == 0.0
        assert store.hosts.take("a", clock() + 600, pace=1.0, owner=ME) == 0.0


def test_a_host_that_wants_more_time_gets_it_from_all(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        turns = throttle(one, clock, 0.5)
        turns.wait("a")
        turns.release("a")
        turns.set_gap("a", 4.0)
        clock.seconds += 1.0
        theirs = throttle(other, clock, 0.5, OTHER)
        assert (theirs.wait("a"), theirs.wait("b")) == (3.0, 0.0)


def test_who_asked_to_be_left_alone_is_left_alone_by_all(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        throttle(one, clock).defer("a", 60.0)
        for pace in (0.0, 1.0):
            turns = throttle(other, clock, pace, OTHER)
            assert (turns.deferred_for("a"), turns.deferred_for("b")) == (
                60.0 if not pace else 0.0,
                0.0,
            )
            turns.wait("a")
        assert clock.slept == [60.0]


@pytest.mark.parametrize("owner", [None, ME])
def test_a_clock_that_stood_ten_years_ahead_holds_nobody_up(owner: str | None) -> None:
    clock = Clock()
    with Store.open(None) as store:
        turns = throttle(store, clock, owner=owner)
        clock.seconds = 1e9 + 3.2e8
        turns.wait("a")
        turns.defer("a", 60.0)
        clock.seconds = 1e9
        assert turns.deferred_for("a") == 0.0
        assert turns.wait("a") == 0.0
        assert throttle(store, clock, 0.0).wait("a") == 0.0
        turns.release("a")
        assert turns.wait("a") == 1.0


def test_records_of_the_first_release_are_taken_over(tmp_path: Path) -> None:
    """Three tables of an older database become one; nothing a host asked for is forgotten."""
    path = str(tmp_path / "old.db")
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(
            """
            DROP TABLE throttle;
            DELETE FROM _sqlite_migrations WHERE name = 'one_record_a_host';
            CREATE TABLE hosts (host TEXT PRIMARY KEY, next_at REAL NOT NULL,
                strikes INTEGER NOT NULL DEFAULT 0, asked_at REAL NOT NULL DEFAULT 0,
                asked_by TEXT, held REAL NOT NULL DEFAULT 0) STRICT;
            CREATE TABLE buckets (name TEXT PRIMARY KEY, tokens REAL NOT NULL,
                at REAL NOT NULL) STRICT;
            CREATE TABLE breakers (host TEXT PRIMARY KEY, strikes INTEGER NOT NULL,
                until REAL NOT NULL, failures INTEGER NOT NULL DEFAULT 0) STRICT;
            INSERT INTO hosts VALUES ('site', 50, 2, 40, '1', 60), ('both', 70, 1, 0, NULL, 0);
            INSERT INTO buckets VALUES ('service index', 3.5, 40);
            INSERT INTO breakers VALUES ('service', 1, 90, 2), ('both', 2, 80, 3);
            """
        )
    with Store.open(path) as store:
        assert store.hosts.record("site") == HostRecord(deferred_until=60.0, failures=2)
        assert store.hosts.take("site", 100.0, pace=1.0, owner=OTHER) > 0
        assert store.hosts.record("service") == HostRecord(refusals=1, failures=2, open_until=90.0)
        assert store.hosts.record("both") == HostRecord(
            deferred_until=70.0, refusals=2, failures=3, open_until=80.0
        )
        with store.connection.reading() as db:
            assert not {"hosts", "buckets", "breakers"} & set(db.table_names())
