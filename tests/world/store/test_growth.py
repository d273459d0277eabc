"""What is asked once a page costs the same however much is kept: counted in SQLite's own steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.model.audit import AuditOptions, FoundAddress, ReadOutcome
from provenance.world.store import Store
from tests.build import NOON, capture

if TYPE_CHECKING:
    from collections.abc import Callable

FEW, MANY = 40, 4_000


def steps(store: Store, call: Callable[[], object]) -> int:
    """How many tens of instructions SQLite's machine runs for a call."""
    count = 0

    def count_up() -> int:
        nonlocal count
        count += 1
        return 0

    with store.connection.reading() as db:
        db.conn.set_progress_handler(count_up, 10)
        call()
        db.conn.set_progress_handler(None, 0)
    return count


def kept(size: int) -> Store:
    """A store with so many replies, and an audit of so many addresses, a part of them read."""
    store = Store.open(None)
    for n in range(size):
        page = capture(b"%d" % n, url=f"https://a.example/{n}")
        store.fetches.keep(replace(page, captured_at=NOON + timedelta(seconds=n)))
    number = store.frontier.begin("https://a.example/", AuditOptions(), NOON)
    found = [FoundAddress(url=f"https://{'ab'[n % 2]}.example/{n}", by="list") for n in range(size)]
    store.frontier.enter(number, found, lambda _: None)
    held = store.frontier.claims(number, "waiting", "1", 0.0, size // 4)
    read = [ReadOutcome(claim=c, digest="d", mark=str(c.id)) for c in held]
    store.frontier.record_read(read, lambda _: None, size)
    return store


@pytest.fixture(scope="module")
def small() -> Store:
    return kept(FEW)


@pytest.fixture(scope="module")
def large() -> Store:
    return kept(MANY)


ASKED: dict[str, Callable[[Store], object]] = {
    "a page of the web": lambda s: s.fetches.latest("https://a.example/7"),
    "a page nobody asked for": lambda s: s.fetches.latest("https://a.example/none"),
    "a paced turn": lambda s: s.frontier.claim(1, "waiting", "1", 9.0, pace=0.0),
    "a turn that must wait": lambda s: s.frontier.claim(1, "waiting", "1", 9.0, pace=0.0),
    "pages to check": lambda s: s.frontier.claims(1, "read", "1", 9.0, 4),
    "whether any is left": lambda s: s.frontier.has_any(1, "waiting", "read"),
    "how a pattern fared": lambda s: s.frontier.count_without_result(1, "https://c.example/1?a=2"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_it_costs_the_same_of_many(asked: str, small: Store, large: Store) -> None:
    few, many = (steps(store, lambda s=store: ASKED[asked](s)) for store in (small, large))
    assert many <= 3 * few + 20
