"""The kept data: the only SQL.

A part that keeps something is one module here: its own ``MIGRATIONS`` (named for it) and one class
over a Connection. ``Store`` names them all.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import provenance.world.store.sqlite_without_pandas  # noqa: F401 - before all that import it
from provenance.world.store import (
    checks,
    corpus,
    facts,
    fetches,
    frontier_tables,
    hosts,
    manifests,
    notices,
    reports,
    saved,
)
from provenance.world.store.connection import Connection

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from provenance.world.store.frontier import Frontier

_SETS = (
    fetches.MIGRATIONS,
    corpus.MIGRATIONS,
    facts.MIGRATIONS,
    reports.MIGRATIONS,
    notices.MIGRATIONS,
    saved.MIGRATIONS,
    frontier_tables.MIGRATIONS,
    hosts.MIGRATIONS,
    manifests.MIGRATIONS,
    checks.MIGRATIONS,
)


class Store:
    """Everything kept in one database, by part."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.fetches = fetches.Fetches(connection)
        self.corpus = corpus.CorpusStore(connection)
        self.facts = facts.FactStore(connection)
        self.reports = reports.Reports(connection)
        self.checks = checks.CheckRecords(connection)
        self.hosts = hosts.Hosts(connection)
        self.saved = saved.Saved(connection)
        self.manifests = manifests.Manifests(connection)

    @cached_property
    def frontier(self) -> Frontier:
        """The audits; their many nouns are read only by who runs or reads one."""
        from provenance.world.store.frontier import Frontier

        return Frontier(self.connection)

    @classmethod
    def open(cls, path: str | None) -> Self:
        """The database at ``path``, made if need be, or one in memory; StoreError otherwise."""
        return cls(Connection(path, _SETS))

    def close(self) -> None:
        """Closes the database."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
