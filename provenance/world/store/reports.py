"""Every report that was made, to be written again, and what a person made of it."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.errors import InputError, StoreError
from provenance.model import Report, Review, Stance, VerdictKind
from provenance.model.audit import StoredReport
from provenance.model.plain import revive, values
from provenance.world.store.fetches import moment
from provenance.world.store.older import with_statuses

if TYPE_CHECKING:
    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.reports")
# A third of the work of zlib's usual level, for some 5 % more bytes.
_LEVEL = 3


@MIGRATIONS()
def reports_and_reviews(db: Database) -> None:
    """The reports as JSON, each kept once, and the reviews of them."""
    db.execute(
        """
        CREATE TABLE reports (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            target TEXT NOT NULL,
            derivation TEXT NOT NULL,
            checked_at TEXT NOT NULL,
            json BLOB NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE reviews (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES reports(id),
            stance TEXT NOT NULL,
            note TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )


@MIGRATIONS()
def verdicts_in_lists(db: Database) -> None:
    """The verdict of each report; those of 0.1.0 have none in their row."""
    db.execute("ALTER TABLE reports ADD COLUMN kind TEXT NOT NULL DEFAULT ''")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """One kept report, for a list; ``kind`` is None for one that 0.1.0 made."""

    id: int
    target: str
    kind: VerdictKind | None
    checked_at: datetime


class Reports:
    """The reports kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, report: Report) -> int:
        """Keeps a report, without its review; its number, the same for the same report."""
        packed = pack(report)
        with self._connection.transaction() as db:
            return insert(db, packed)

    def get(self, number: int) -> Report:
        """The report of that number with its newest review; InputError where there is none."""
        with self._connection.reading() as db:
            row = db.execute("SELECT json FROM reports WHERE id = ?", (number,)).fetchone()
            said = db.execute(
                "SELECT stance, note, at FROM reviews WHERE report_id = ? ORDER BY id DESC LIMIT 1",
                (number,),
            ).fetchone()
        if row is None:
            raise InputError(f"report {number}: none of that number is kept (provenance report)")
        try:
            report = revive(Report, with_statuses(json.loads(zlib.decompress(row[0]))))
        except (ValueError, zlib.error) as error:
            raise StoreError(f"report {number}: what was kept cannot be read: {error}") from error
        return report if said is None else replace(report, review=_review(said))

    def review(self, number: int, review: Review) -> None:
        """Adds a person's verdict; InputError where no such report is kept."""
        self.get(number)
        with self._connection.transaction() as db:
            db.execute(
                "INSERT INTO reviews (report_id, stance, note, at) VALUES (?, ?, ?, ?)",
                (number, str(review.stance), review.note, moment(review.at)),
            )

    def is_empty(self) -> bool:
        """Whether no report has been kept yet."""
        with self._connection.reading() as db:
            return db.execute("SELECT 1 FROM reports LIMIT 1").fetchone() is None

    def entries(self) -> tuple[KeptReport, ...]:
        """All kept reports, the oldest first."""
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT id, target, kind, checked_at FROM reports ORDER BY id"
            ).fetchall()
        return tuple(
            KeptReport(
                id=row[0],
                target=row[1],
                kind=VerdictKind(row[2]) if row[2] else None,
                checked_at=datetime.fromisoformat(row[3]),
            )
            for row in rows
        )


def pack(report: Report) -> StoredReport:
    """A report as it is kept, without its review."""
    text = json.dumps(values(replace(report, review=None)), allow_nan=False).encode()
    return StoredReport(
        digest=hashlib.sha256(text).hexdigest(),
        target=report.target,
        derivation=str(report.verdict.derivation),
        kind=report.verdict.kind,
        checked_at=report.checked_at,
        body=zlib.compress(text, level=_LEVEL),
    )


def insert(db: Database, packed: StoredReport) -> int:
    """Keeps a packed report; its number, the same for the same report."""
    db.execute(
        "INSERT OR IGNORE INTO reports (digest, target, derivation, kind, checked_at, json)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            packed.digest,
            packed.target,
            packed.derivation,
            str(packed.kind),
            moment(packed.checked_at),
            packed.body,
        ),
    )
    found = db.execute("SELECT id FROM reports WHERE digest = ?", (packed.digest,)).fetchone()
    return int(found[0])


def _review(row: tuple[str, str, str]) -> Review:
    return Review(stance=Stance(row[0]), note=row[1], at=datetime.fromisoformat(row[2]))
