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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.world.store.connection import Connection

_BATCH = 500
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
        with self.connection.reading() as db:
            stances, states = notices.stances(db), notices.states(db)
        while batch := self._batch(after):
            for row in batch:
                found = _row(row)
                number = found.result.report if found.result else 0
                yield replace(found, reviewed=stances.get(number), notice=states.get(number))
            after = batch[-1][0]

    def _batch(self, after: str) -> list[Any]:
        with self.connection.reading() as db:
            return db.execute(
                "SELECT key, url, found_by, state, reason, detail, result FROM addresses"  # noqa: S608
                f" WHERE audit_id = ? AND key > ? AND state IN {_ENDED} ORDER BY key LIMIT ?",
                (self.number, after, _BATCH),
            ).fetchall()


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
