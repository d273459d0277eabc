"""The record of each host, site or service: one row, shared by every process on the database.

All times are epoch seconds. A stored time more than ``LONGEST_WAIT`` ahead was written by a clock
that has since been set back, and is ignored: no wait that is ever set is as long.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.text.urls import split
from provenance.world.store.connection import reads_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

# It must be applied after the frontier's, which made the table of hosts that it replaces.
MIGRATIONS = Migrations("provenance.allowances")

LONGEST_WAIT = 7200.0

# When the host of row ``t`` may be asked: after its present turn (which ends by itself where its
# owner died), after the gap since the last turn, and after its deferral. ``:pace`` is the gap that
# the asker keeps; NULL means that no request will be sent, so there is nothing to wait for.
FREE_AT = f"""
    CASE
        WHEN :pace IS NULL THEN 0.0
        WHEN t.asked_by IS NOT NULL AND abs(:now - t.asked_at) <= 120.0 THEN :now + 0.02
        ELSE max(
            iif(t.asked_at > :now + {LONGEST_WAIT}, 0.0, t.asked_at + max(t.gap, :pace)),
            iif(t.deferred_until > :now + {LONGEST_WAIT}, 0.0, t.deferred_until)
        )
    END
"""


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
    """Failures of a host are counted apart from refusals."""
    db.execute("ALTER TABLE breakers ADD COLUMN failures INTEGER NOT NULL DEFAULT 0")


@MIGRATIONS()
def one_record_a_host(db: Database) -> None:
    """Turns, breakers and allowances in one row; what was left in a bucket fills in a minute."""
    db.execute(
        """
        CREATE TABLE throttle (
            host TEXT PRIMARY KEY,
            asked_at REAL NOT NULL DEFAULT 0,
            asked_by TEXT,
            gap REAL NOT NULL DEFAULT 0,
            deferred_until REAL NOT NULL DEFAULT 0,
            refusals INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            open_until REAL NOT NULL DEFAULT 0,
            allowances TEXT NOT NULL DEFAULT '{}'
        ) STRICT
        """
    )
    db.execute(
        "INSERT INTO throttle (host, asked_at, asked_by, deferred_until, failures)"
        " SELECT host, asked_at, asked_by, max(next_at, held), strikes FROM hosts"
    )
    db.execute(
        "INSERT INTO throttle (host, refusals, failures, open_until)"
        " SELECT host, strikes, failures, until FROM breakers WHERE true"
        " ON CONFLICT (host) DO UPDATE SET refusals = excluded.refusals,"
        " failures = max(throttle.failures, excluded.failures), open_until = excluded.open_until"
    )
    for table in ("hosts", "buckets", "breakers"):
        db.execute(f"DROP TABLE {table}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRecord:
    """How a host answered and what it asked for; empty for a host that was never asked.

    ``gap`` is the least time between two requests that it wants, in seconds, ``deferred_until``
    until when it asked to be left alone. ``refusals`` (HTTP 429) and ``failures`` (no answer, or
    5xx) are counted in a row. ``open_until`` is until when services do not ask it, because it
    refused or failed. ``allowances`` says for each purpose when its allowance is whole again.
    """

    gap: float = 0.0
    deferred_until: float = 0.0
    refusals: int = 0
    failures: int = 0
    open_until: float = 0.0
    allowances: Mapping[str, float] = field(default_factory=dict)


class Hosts:
    """The records of one database, and the turns at each host; each change is one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @reads_rows
    def record(self, name: str) -> HostRecord:
        """What is known of a host."""
        with self._connection.reading() as db:
            return read_record(db, name)

    @reads_rows
    def change(self, name: str, change: Callable[[HostRecord], HostRecord]) -> HostRecord:
        """Puts what ``change`` makes of a host's record in its place, and gives it."""
        with self._connection.transaction() as db:
            return change_record(db, name, change)

    @reads_rows
    def take(self, name: str, now: float, *, pace: float, owner: str | None) -> float:
        """Takes a turn at a host: seconds until it.

        An ``owner`` gets the turn only at 0 seconds, else it must try again after them; no other
        turn is given until it is released. Without an owner the turn is reserved ahead.
        """
        with self._connection.transaction() as db:
            row = db.execute(
                f"SELECT {FREE_AT} FROM throttle AS t WHERE host = :host",  # noqa: S608
                {"host": name, "now": now, "pace": pace},
            ).fetchone()
            left = max(float(row[0]) - now, 0.0) if row else 0.0
            if owner is None or not left:
                db.execute(
                    "INSERT INTO throttle (host, asked_at, asked_by) VALUES (?, ?, ?)"
                    " ON CONFLICT (host) DO UPDATE SET asked_at = excluded.asked_at,"
                    " asked_by = excluded.asked_by",
                    (name, now + left, owner),
                )
        return left

    def release(self, name: str, now: float, *, owner: str) -> None:
        """Ends the turn of ``owner`` at a host: the gap to the next begins now."""
        with self._connection.transaction() as db:
            db.execute(
                "UPDATE throttle SET asked_at = ?, asked_by = NULL WHERE host = ? AND asked_by = ?",
                (now, name, owner),
            )

    def release_dead(self, is_dead: Callable[[str], bool]) -> None:
        """Ends the turns of all owners that are dead."""
        with self._connection.transaction() as db:
            rows = db.execute("SELECT DISTINCT asked_by FROM throttle WHERE asked_by IS NOT NULL")
            for owner in [name for (name,) in rows.fetchall() if is_dead(name)]:
                db.execute("UPDATE throttle SET asked_by = NULL WHERE asked_by = ?", (owner,))


def host_key(url: str) -> str:
    """The host of an address with its port, as hosts are asked and recorded."""
    return split(url).netloc.rpartition("@")[2].lower()


def read_record(db: Database, name: str) -> HostRecord:
    """What is known of a host, within a transaction."""
    row = db.execute(
        "SELECT gap, deferred_until, refusals, failures, open_until, allowances FROM throttle"
        " WHERE host = ?",
        (name,),
    ).fetchone()
    if row is None:
        return HostRecord()
    return HostRecord(
        gap=row[0],
        deferred_until=row[1],
        refusals=row[2],
        failures=row[3],
        open_until=row[4],
        allowances=json.loads(row[5]),
    )


def change_record(
    db: Database, name: str, change: Callable[[HostRecord], HostRecord]
) -> HostRecord:
    """Puts what ``change`` makes of a host's record in its place, within a transaction."""
    before = read_record(db, name)
    after = change(before)
    if after != before:
        db.execute(
            "INSERT INTO throttle"
            " (host, gap, deferred_until, refusals, failures, open_until, allowances)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (host) DO UPDATE SET gap = excluded.gap,"
            " deferred_until = excluded.deferred_until, refusals = excluded.refusals,"
            " failures = excluded.failures, open_until = excluded.open_until,"
            " allowances = excluded.allowances",
            (
                name,
                after.gap,
                after.deferred_until,
                after.refusals,
                after.failures,
                after.open_until,
                json.dumps(dict(after.allowances)),
            ),
        )
    return after


def left_of(until: float, now: float) -> float:
    """Seconds from ``now`` to ``until``; 0 where that has passed or is too far ahead to be true."""
    return until - now if 0 < until - now <= LONGEST_WAIT else 0.0
