from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from provenance.world.http.throttle import SharedHostThrottle
from provenance.world.store import Store
from tests.world.evil import Clock

if TYPE_CHECKING:
    from pathlib import Path


def test_two_programs_on_one_store_ask_in_turn(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        waited = []
        for store in (one, other, other, one):
            pace = SharedHostThrottle(1.0, store.hosts, clock=clock, sleep=clock.sleep)
            waited.append(pace.wait("a"))
            clock.seconds += 0.5
            pace.done("a")
    assert waited == [0.0, 1.0, 1.0, 1.0]


def test_a_host_that_is_being_asked_is_not_asked(tmp_path: Path) -> None:
    clock = Clock()
    with Store.open(str(tmp_path / "a.db")) as store:
        first = SharedHostThrottle(1.0, store.hosts, clock=clock, sleep=clock.sleep)
        first.wait("a")
        answered = itertools.count()

        def sleep(seconds: float) -> None:
            clock.seconds += seconds
            if next(answered) == 200:
                first.done("a")

        second = SharedHostThrottle(1.0, store.hosts, clock=clock, sleep=sleep)
        assert second.wait("b") == 0.0
        assert second.wait("a") > 5.0


def test_who_died_while_asking_holds_nobody_up(tmp_path: Path) -> None:
    clock = Clock()
    with Store.open(str(tmp_path / "a.db")) as store:
        pace = SharedHostThrottle(1.0, store.hosts, clock=clock, sleep=clock.sleep)
        pace.wait("a")
        store.hosts.free(lambda _: False)
        assert store.hosts.take("a", clock.seconds + 60, 1.0) > 0
        store.hosts.free(lambda _: True)
        assert store.hosts.take("a", clock.seconds + 60, 1.0) == 0.0
        assert store.hosts.take("a", clock.seconds + 600, 1.0) == 0.0


def test_a_host_that_asks_for_more_time_gets_it(tmp_path: Path) -> None:
    clock = Clock()
    with Store.open(str(tmp_path / "a.db")) as store:
        pace = SharedHostThrottle(0.5, store.hosts, clock=clock, sleep=clock.sleep)
        pace.wait("a")
        pace.done("a")
        pace.slow("a", 4.0)
        clock.seconds += 1.0
        assert (pace.wait("a"), pace.wait("b")) == (3.0, 0.0)


def test_who_asked_to_be_left_alone_is_left_alone_by_all(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        SharedHostThrottle(1.0, one.hosts, clock=clock).hold("a", 60.0)
        for gap in (0.0, 1.0):
            pace = SharedHostThrottle(gap, other.hosts, clock=clock, sleep=clock.sleep)
            assert (pace.held("a"), pace.held("b")) == (60.0 if not gap else 0.0, 0.0)
            pace.wait("a")
        assert clock.slept == [60.0]


def test_a_clock_that_was_set_back_holds_nobody_up(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "a.db")) as store:
        assert store.hosts.take("a", 1e9, 1.0) == 0.0
        store.hosts.hold("a", 1e9)
        assert store.hosts.take("a", 5e8, 1.0) == 0.0
        assert store.hosts.held("a", 5e8) == 0.0
