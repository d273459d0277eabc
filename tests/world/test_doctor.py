from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import Garbled, Refused, Unavailable
from provenance.model import Answer, ProviderSpec, Query, Reply, Settings
from provenance.model.settings import INTERNET_ARCHIVE
from provenance.world import open_world
from provenance.world.doctor import examine
from tests.build import capture
from tests.world.evil import NOON

if TYPE_CHECKING:
    from pathlib import Path

OFFLINE = Settings(archives=(), offline=True)


@dataclass
class Provider:
    """An archive and a search service that answers, or fails, as told."""

    name: str
    answer: tuple[str, ...] | Exception
    index: str = "own"

    def sightings(self, url: str) -> Reply[Any]:
        return self._reply()

    def search(self, query: Query) -> Reply[Any]:
        return self._reply()

    def replay(self, sighting: object) -> Any:
        raise NotImplementedError

    def _reply(self) -> Reply[Any]:
        if isinstance(self.answer, Exception):
            raise self.answer
        return Reply(items=self.answer, at=NOON)


@pytest.mark.parametrize(
    ("answer", "ended", "found", "why"),
    [
        (("a", "b"), Answer.FOUND, 2, ""),
        ((), Answer.NONE, 0, ""),
        (Unavailable("x", "q", "no answer in time"), Answer.UNAVAILABLE, 0, "no answer in time"),
        (Refused("x", "q", "wants a key"), Answer.REFUSED, 0, "wants a key"),
        (Garbled("x", "q", "not JSON"), Answer.GARBLED, 0, "not JSON"),
    ],
)
def test_each_provider_is_asked_once(answer: Any, ended: Answer, found: int, why: str) -> None:
    with open_world(OFFLINE, now=lambda: NOON) as world:
        asked = replace(
            world, archives=(Provider("ia", answer),), searches=(Provider("searx", answer),)
        )
        health = examine(asked, {}, ())
    shown = [(each.name, each.role, each.answer, each.found, each.why) for each in health.providers]
    assert shown == [("ia", "archive", ended, found, why), ("searx", "search", ended, found, why)]


def test_keys_are_named_and_never_shown() -> None:
    with open_world(OFFLINE, now=lambda: NOON) as world:
        health = examine(world, {"A_KEY": "s3cret", "B_KEY": "  "}, ("A_KEY", "B_KEY", "C_KEY"))
    assert health.keys == (("A_KEY", True), ("B_KEY", False), ("C_KEY", False))
    assert "s3cret" not in repr(health)


def test_the_database_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    with open_world(replace(OFFLINE, database=str(path)), now=lambda: NOON) as world:
        world.store.fetches.keep(capture("a", "https://post.example/"))
        found = examine(world, {}, ()).database
    assert (found.path, found.fetches, found.check) == (str(path), 1, "ok")
    assert found.size > 0


def test_a_database_in_memory_has_no_path() -> None:
    with open_world(OFFLINE, now=lambda: NOON) as world:
        found = examine(world, {}, ()).database
    assert (found.path, found.size, found.check) == (None, 0, "ok")


def test_a_damaged_database_is_told_and_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    with open_world(replace(OFFLINE, database=str(path)), now=lambda: NOON) as world:
        for number in range(30):  # texts that do not pack well, so that the middle is no schema
            text = Random(number).randbytes(9_000).hex()
            world.store.fetches.keep(capture(text, f"https://post.example/{number}"))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = b"\xa5" * 4096
    path.write_bytes(bytes(data))
    with open_world(replace(OFFLINE, database=str(path)), now=lambda: NOON) as world:
        assert examine(world, {}, ()).database.check != "ok"


def test_what_an_archive_is_worth_is_told() -> None:
    spec = ProviderSpec(name="today", kind="timemap", base_url="https://archive.today/timemap")
    chosen = replace(OFFLINE, archives=(spec, INTERNET_ARCHIVE))
    with open_world(chosen, now=lambda: NOON) as world:
        health = examine(world, {}, ())
    assert [(each.name, each.trust) for each in health.providers] == [
        ("today", "untrusted"),
        ("internet-archive", "evidence"),
    ]
