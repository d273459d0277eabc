"""What each provider may still be asked, shared by every process on one database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.allowances")


@MIGRATIONS()
def buckets_and_breakers(db: Database) -> None:
    """One bucket of tokens for each purpose at a host, one breaker for each host."""
    db.execute(
        "CREATE TABLE buckets"
        " (name TEXT PRIMARY KEY, tokens REAL NOT NULL, at REAL NOT NULL) STRICT"
    )
    db.execute(
        "CREATE TABLE breakers"
        " (host TEXT PRIMARY KEY, strikes INTEGER NOT NULL, until REAL NOT NULL) STRICT"
    )


@MIGRATIONS()
def failures_beside_strikes(db: Database) -> None:
    """A host that does not answer is told apart from one that refuses."""
    db.execute("ALTER TABLE breakers ADD COLUMN failures INTEGER NOT NULL DEFAULT 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """Tokens left (negative when turns were given ahead) and when that was so, in epoch seconds."""

    tokens: float
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitBreaker:
    """How often in a row a host refused (``strikes``) or did not answer (``failures``).

    ``until`` is until when it is left alone, in epoch seconds.
    """

    strikes: int = 0
    failures: int = 0
    until: float = 0.0


class RateLimits:
    """The buckets and breakers of one database; each change is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def draw(self, name: str, change: Callable[[Bucket | None], Bucket | None]) -> None:
        """Puts what ``change`` makes of a bucket in its place; leaves it as it is for None."""
        with self._connection.transaction() as db:
            row = db.execute("SELECT tokens, at FROM buckets WHERE name = ?", (name,)).fetchone()
            bucket = change(None if row is None else Bucket(tokens=row[0], at=row[1]))
            if bucket is not None:
                db.execute(
                    "INSERT INTO buckets (name, tokens, at) VALUES (?, ?, ?)"
                    " ON CONFLICT (name) DO UPDATE SET tokens = excluded.tokens, at = excluded.at",
                    (name, bucket.tokens, bucket.at),
                )

    def breaker(self, host: str) -> CircuitBreaker:
        """The breaker of a host; a closed one for a host that always answered."""
        with self._connection.reading() as db:
            return _breaker(db, host)

    def trip(self, host: str, change: Callable[[CircuitBreaker], CircuitBreaker]) -> None:
        """Puts what ``change`` makes of a host's breaker in its place."""
        with self._connection.transaction() as db:
            found = change(_breaker(db, host))
            db.execute(
                "INSERT OR REPLACE INTO breakers (host, strikes, failures, until)"
                " VALUES (?, ?, ?, ?)",
                (host, found.strikes, found.failures, found.until),
            )


def _breaker(db: Database, host: str) -> CircuitBreaker:
    row = db.execute(
        "SELECT strikes, failures, until FROM breakers WHERE host = ?", (host,)
    ).fetchone()
    return (
        CircuitBreaker()
        if row is None
        else CircuitBreaker(strikes=row[0], failures=row[1], until=row[2])
    )
