"""What works here, as plain values: the database, and each provider asked once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import ProviderError, StoreError
from provenance.model import Answer, Match, Query
from provenance.world.archives.builtin import trust

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from provenance.model.ports import Archive, Search
    from provenance.world.opened import OpenWorld
    from provenance.world.store import Store

# Both are there as long as the web is: a page every archive holds, a phrase every index holds.
_KNOWN_PAGE = "http://example.com/"
_KNOWN_WORDS = Query(
    phrase="example domain", match=Match.ALL, why="a question every index can answer"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseHealth:
    """``path`` is None for one in memory; ``size`` in bytes; ``check`` is 'ok' or what is wrong."""

    path: str | None
    size: int
    fetches: int
    check: str

    @property
    def works(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.check == "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderHealth:
    """How one provider answered one question, ``why`` empty when it answered.

    ``trust`` is what an archive's captures are worth, '' for a search service.
    """

    name: str
    role: str
    answer: Answer
    found: int
    why: str = ""
    trust: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What ``examine`` found; ``keys`` are (variable, whether it is set), never their values."""

    database: DatabaseHealth
    providers: tuple[ProviderHealth, ...]
    keys: tuple[tuple[str, bool], ...]


def examine(world: OpenWorld, environment: Mapping[str, str], keys: tuple[str, ...]) -> Health:
    """The state of everything outside; asks each provider one question, never raises for one.

    ``keys`` names the variables that hold the keys of services, looked up in ``environment``.
    """
    worth = {spec.name: str(trust(spec.base_url)) for spec in world.settings.archives}
    asked = [
        replace(_ask_archive(archive), trust=worth.get(archive.name, ""))
        for archive in world.archives
    ]
    asked += [_ask_search(search) for search in world.searches]
    return Health(
        database=_examine_database(world.store),
        providers=tuple(asked),
        keys=tuple((name, bool(environment.get(name, "").strip())) for name in keys),
    )


def _examine_database(store: Store) -> DatabaseHealth:
    path = store.connection.path
    try:
        check, fetches = store.connection.check(), store.fetches.count()
    except StoreError as error:
        check, fetches = str(error), 0
    size = Path(path).stat().st_size if path is not None and Path(path).is_file() else 0
    return DatabaseHealth(path=path, size=size, fetches=fetches, check=check)


def _ask_archive(archive: Archive) -> ProviderHealth:
    return _ask(archive.name, "archive", lambda: len(archive.sightings(_KNOWN_PAGE).items))


def _ask_search(search: Search) -> ProviderHealth:
    return _ask(search.name, "search", lambda: len(search.search(_KNOWN_WORDS).items))


def _ask(name: str, role: str, call: Callable[[], int]) -> ProviderHealth:
    try:
        found = call()
    except ProviderError as error:
        answer = Answer(error.outcome)
        return ProviderHealth(name=name, role=role, answer=answer, found=0, why=error.why)
    answer = Answer.FOUND if found else Answer.NONE
    return ProviderHealth(name=name, role=role, answer=answer, found=found)
