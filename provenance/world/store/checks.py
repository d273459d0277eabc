"""The checks that a server has taken on, so that a server that is killed is not silent of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.errors import InputError
from provenance.model.steps import CheckState
from provenance.text.scrub import scrub
from provenance.world.store.connection import reads_rows
from provenance.world.store.fetches import moment

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.checks")


@MIGRATIONS()
def checks_of_a_server(db: Database) -> None:
    """Each check with its state, the process that runs it, and the number of its report."""
    db.execute(
        """
        CREATE TABLE checks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            target TEXT NOT NULL,
            state TEXT NOT NULL,
            owner TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            report_id INTEGER,
            why TEXT NOT NULL DEFAULT ''
        ) STRICT
        """
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCheck:
    """One check: ``report`` is the number of its report, ``why`` says why there is none."""

    id: int
    target: str
    state: CheckState
    report: int | None
    why: str


class CheckRecords:
    """The checks kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, target: str, owner: str, at: datetime) -> int:
        """Notes that a check was taken on by a process; its number."""
        with self._connection.transaction() as db:
            return int(
                db.execute(
                    "INSERT INTO checks (target, state, owner, begun_at) VALUES (?, ?, ?, ?)",
                    (scrub(target), CheckState.WAITING, owner, moment(at)),
                ).lastrowid
                or 0
            )

    def end(
        self, number: int, state: CheckState, *, report: int | None = None, why: str = ""
    ) -> None:
        """Notes how a check ended."""
        with self._connection.transaction() as db:
            db.execute(
                "UPDATE checks SET state = ?, report_id = ?, why = ? WHERE id = ?",
                (state, report, scrub(why), number),
            )

    @reads_rows
    def get(self, number: int) -> KeptCheck:
        """The check of that number; InputError where there is none."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT id, target, state, report_id, why FROM checks WHERE id = ?", (number,)
            ).fetchone()
        if row is None:
            raise InputError(f"check {number}: there is none of that number")
        return _kept(row)

    @reads_rows
    def interrupted(self, most: int) -> tuple[KeptCheck, ...]:
        """The newest checks that a killed server had in hand and nobody has looked at since."""
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT id, target, state, report_id, why FROM checks WHERE state = ?"
                " ORDER BY id DESC LIMIT ?",
                (CheckState.INTERRUPTED, most),
            ).fetchall()
        return tuple(map(_kept, rows))

    def release_dead(self, is_dead: Callable[[str], bool]) -> None:
        """Notes the checks of processes that are gone as interrupted."""
        open_states = (CheckState.WAITING, CheckState.RUNNING)
        with self._connection.transaction() as db:
            owners = db.execute(
                "SELECT DISTINCT owner FROM checks WHERE state IN (?, ?)", open_states
            ).fetchall()
            for (owner,) in owners:
                if is_dead(owner):
                    db.execute(
                        "UPDATE checks SET state = ? WHERE owner = ? AND state IN (?, ?)",
                        (CheckState.INTERRUPTED, owner, *open_states),
                    )


def _kept(row: tuple[int, str, str, int | None, str]) -> KeptCheck:
    number, target, state, report, why = row
    return KeptCheck(id=number, target=target, state=CheckState(state), report=report, why=why)
