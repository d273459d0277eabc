"""The rows of an audit as they are kept, read a few hundred at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from provenance.errors import StoreError
from provenance.model.audit import (
    AuditRow,
    PageResult,
)
from provenance.model.ending import AddressOutcome, EndReason
from provenance.model.plain import revive
from provenance.world.store import notices
from provenance.world.store.connection import reads_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

_BATCH = 500
_ENDED_STATES = frozenset(map(str, AddressOutcome))
_ENDED = "('done', 'failed', 'refused', 'skipped')"


@dataclass(frozen=True, slots=True)
class KeptRows:
    """Every address of an audit that has ended, in the order of addresses.

    Each walk reads them anew, in batches by key, and holds no more than one batch, however many
    there are; others may write meanwhile.
    """

    connection: Connection
    number: int

    def __len__(self) -> int:
        """How many addresses have ended."""
        with self.connection.reading() as db:
            row = db.execute(
                f"SELECT count(*) FROM addresses WHERE audit_id = ? AND state IN {_ENDED}",  # noqa: S608
                (self.number,),
            ).fetchone()
        return int(row[0])

    def __iter__(self) -> Iterator[AuditRow]:
        """Each row; StoreError where what was kept cannot be read."""
        after = ""
        note = _notes(self.connection)
        while batch := self._batch(after):
            for row in batch:
                yield note(_row(row))
            after = batch[-1][0]

    def _batch(self, after: str) -> list[Any]:
        with self.connection.reading() as db:
            return db.execute(
                "SELECT key, url, found_by, state, reason, detail, result FROM addresses"  # noqa: S608
                f" WHERE audit_id = ? AND key > ? AND state IN {_ENDED} ORDER BY key LIMIT ?",
                (self.number, after, _BATCH),
            ).fetchall()


@dataclass(frozen=True, slots=True)
class KeptListRows:
    """Every row of the list of an audit, in its order, with what came of its address.

    Walked as ``KeptRows`` are. A row whose address has not ended is left out.
    """

    connection: Connection
    number: int

    def __len__(self) -> int:
        """How many rows the list has."""
        with self.connection.reading() as db:
            row = db.execute(
                "SELECT count(*) FROM list_rows WHERE audit_id = ?", (self.number,)
            ).fetchone()
        return int(row[0])

    def __iter__(self) -> Iterator[AuditRow]:
        """Each row; StoreError where what was kept cannot be read."""
        after, note = 0, _notes(self.connection)
        while batch := self._batch(after):
            for number, named, cells, *row in batch:
                after = number
                if row[1] is None:
                    yield _no_address(named, _cells(cells))
                elif row[3] in _ENDED_STATES:
                    yield replace(note(_row(row)), cells=_cells(cells))

    def _batch(self, after: int) -> list[Any]:
        with self.connection.reading() as db:
            return db.execute(
                "SELECT l.number, l.named, l.cells, l.key, a.url, a.found_by, a.state, a.reason,"
                " a.detail, a.result FROM list_rows AS l LEFT JOIN addresses AS a"
                " ON a.audit_id = l.audit_id AND a.key = l.key"
                " WHERE l.audit_id = ? AND l.number > ? ORDER BY l.number LIMIT ?",
                (self.number, after, _BATCH),
            ).fetchall()


@reads_rows
def _notes(connection: Connection) -> Callable[[AuditRow], AuditRow]:
    """What adds to a row what a person noted of its page."""
    with connection.reading() as db:
        stances, states = notices.stances(db), notices.states(db)

    def note(row: AuditRow) -> AuditRow:
        number = row.result.report if row.result else 0
        return replace(row, reviewed=stances.get(number), notice=states.get(number))

    return note


def _no_address(named: str, cells: tuple[str, ...]) -> AuditRow:
    reason = EndReason.NO_ADDRESS
    return AuditRow(url=named, found_by="list", fate=reason.outcome, reason=reason, cells=cells)


def _cells(kept: str) -> tuple[str, ...]:
    try:
        return tuple(map(str, json.loads(kept)))
    except (ValueError, TypeError, RecursionError) as error:
        raise StoreError(f"what was kept of a list cannot be read: {error}") from error


def newest_findings(db: Database, number: int, most: int) -> tuple[PageResult, ...]:
    """The pages that carry somebody's text, those checked last first."""
    found = db.execute(
        "SELECT result FROM addresses WHERE audit_id = ? AND reused = 1"
        " ORDER BY json_extract(result, '$.report') DESC LIMIT ?",
        (number, most),
    )
    return tuple(revive(PageResult, json.loads(text)) for (text,) in found.fetchall())


def _row(row: Any) -> AuditRow:
    try:
        return AuditRow(
            url=row[1],
            found_by=row[2],
            fate=AddressOutcome(row[3]),
            reason=EndReason(row[4]) if row[4] else None,
            detail=row[5],
            result=None if row[6] is None else revive(PageResult, json.loads(row[6])),
        )
    except (ValueError, RecursionError) as error:
        raise StoreError(f"{row[1]}: what was kept of it cannot be read: {error}") from error
