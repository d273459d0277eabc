from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.world.pace import Pace
from provenance.world.store import Store
from tests.world.evil import Clock

if TYPE_CHECKING:
    from pathlib import Path


def test_two_programs_on_one_store_take_turns(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        first, second = (
            Pace(1.0, clock=clock, sleep=clock.sleep, turns=store.hosts) for store in (one, other)
        )
        waited = [pace.wait("a") for pace in (first, second, second, first)]
    assert waited == [0.0, 1.0, 1.0, 1.0]


def test_a_host_that_asks_for_more_time_gets_it_from_its_last_turn_on(tmp_path: Path) -> None:
    clock = Clock()
    with Store.open(str(tmp_path / "a.db")) as store:
        pace = Pace(0.5, clock=clock, sleep=clock.sleep, turns=store.hosts)
        pace.wait("a")
        pace.slow("a", 4.0)
        clock.seconds += 1.0
        assert (pace.wait("a"), pace.wait("b")) == (3.0, 0.0)


def test_who_asked_to_be_left_alone_is_left_alone_by_all(tmp_path: Path) -> None:
    clock = Clock()
    path = str(tmp_path / "a.db")
    with Store.open(path) as one, Store.open(path) as other:
        Pace(1.0, clock=clock, turns=one.hosts).hold("a", 60.0)
        pace = Pace(0.0, clock=clock, sleep=clock.sleep, turns=other.hosts)
        assert (pace.held("a"), pace.held("b")) == (60.0, 0.0)
        assert pace.wait("a") == 60.0
        assert pace.held("a") == 0.0


def test_a_clock_that_was_set_back_holds_nobody_up(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "a.db")) as store:
        store.hosts.turn("a", 1e9, 1.0)
        store.hosts.hold("a", 1e9)
        assert store.hosts.turn("a", 5e8, 1.0) == 5e8
        assert store.hosts.held("a", 5e8) == 0.0
