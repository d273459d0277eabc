"""Every report that was made, to be written again, and what a person made of it."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.errors import InputError, StoreError
from provenance.model import Notice, NoticeState, Report, Review, Stance, VerdictKind
from provenance.model.plain import revive, to_json
from provenance.model.report import StoredReport
from provenance.text.urls import host
from provenance.world.store import notices
from provenance.world.store.connection import reads_rows
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


@MIGRATIONS()
def pages_in_lists(db: Database) -> None:
    """The page, its text, title and site of each report; older reports have none in their row.

    The views are for people who look into the database.
    """
    for column in ("page", "text_digest", "title", "site"):
        db.table("reports").add_column(column, str, not_null_default="")
    db.execute("CREATE INDEX reports_by_page ON reports (page, text_digest)")
    db.execute("CREATE INDEX reviews_by_report ON reviews (report_id)")
    db.execute(
        """
        CREATE VIEW checked_pages AS
        SELECT r.id, r.kind AS verdict, r.title, r.site, r.checked_at, (
            SELECT v.stance FROM reviews AS v JOIN reports AS o ON o.id = v.report_id
            WHERE o.id = r.id OR o.page <> '' AND o.page = r.page AND o.text_digest = r.text_digest
            ORDER BY v.id DESC LIMIT 1
        ) AS reviewed, r.target FROM reports AS r
        """
    )
    db.execute(
        "CREATE VIEW reposts AS SELECT * FROM checked_pages"
        " WHERE verdict IN ('repost', 'partial', 'declared', 'common')"
    )


_REVIEW_OF = """
    WITH r AS (SELECT id, page, text_digest FROM reports WHERE id = ?)
    SELECT v.stance, v.note, v.at, v.report_id
    FROM r, reviews AS v JOIN reports AS o ON o.id = v.report_id
    WHERE o.id = r.id OR o.page <> '' AND o.page = r.page AND o.text_digest = r.text_digest
    ORDER BY v.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """One kept report, for a list; ``kind`` is None for one that 0.1.0 made.

    ``reviewed`` is what a person made of this page and text, None where nobody did,
    ``notice`` how far the matter is.
    """

    id: int
    target: str
    kind: VerdictKind | None
    checked_at: datetime
    title: str = ""
    site: str = ""
    reviewed: Stance | None = None
    notice: NoticeState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Which reports a list shows: of these kinds, checked ``since``, of the site or below it.

    All of ``words`` stand in the title, the site or the target, or in the page's text where the
    corpus has it. ``reviewed`` chooses by whether a person has reviewed the page and its text.
    """

    kinds: tuple[VerdictKind, ...] = ()
    since: datetime | None = None
    site: str = ""
    words: str = ""
    reviewed: bool | None = None


_CHOSEN = """
    SELECT id, verdict, title, site, checked_at, reviewed, notice, target FROM checked_pages
    WHERE checked_at >= :since
    AND (:any OR verdict IN (SELECT value FROM json_each(:kinds)))
    AND (:site = '' OR site = :site OR site LIKE '%.' || :site)
    AND (:reviewed IS NULL OR (reviewed IS NOT NULL) = :reviewed)
    AND (:match = '' OR NOT EXISTS (
            SELECT 1 FROM json_each(:words)
            WHERE instr(lower(title || ' ' || site || ' ' || target), value) = 0
        ) OR id IN (
            SELECT r.id FROM words JOIN documents AS d ON d.id = words.rowid
            JOIN reports AS r ON r.page = d.url WHERE words MATCH :match
        ))
"""
_PAGE = f"{_CHOSEN} ORDER BY id DESC LIMIT :most OFFSET :skip"


class Reports:
    """The reports kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, report: Report) -> int:
        """Keeps a report, without its review; its number, the same for the same report."""
        packed = pack(report)
        with self._connection.transaction() as db:
            return insert(db, packed)

    @reads_rows
    def get(self, number: int) -> Report:
        """The report of that number with its newest review and notice.

        InputError where there is none.
        """
        with self._connection.reading() as db:
            row = db.execute("SELECT json FROM reports WHERE id = ?", (number,)).fetchone()
            said = db.execute(_REVIEW_OF, (number,)).fetchone()
            notice = notices.newest(db, number)
        if row is None:
            raise InputError(f"report {number}: none of that number is kept (provenance report)")
        try:
            report = revive(Report, with_statuses(json.loads(zlib.decompress(row[0]))))
        except (ValueError, zlib.error) as error:
            raise StoreError(f"report {number}: what was kept cannot be read: {error}") from error
        review = None if said is None else _review(said, number)
        return replace(report, review=review, notice=notice)

    def review(self, number: int, review: Review) -> None:
        """Adds a person's verdict; InputError where no such report is kept."""
        self.get(number)
        with self._connection.transaction() as db:
            db.execute(
                "INSERT INTO reviews (report_id, stance, note, at) VALUES (?, ?, ?, ?)",
                (number, str(review.stance), review.note, moment(review.at)),
            )

    def note(self, number: int, notice: Notice) -> None:
        """Notes how far a matter is; InputError where no such report is kept."""
        self.get(number)
        with self._connection.transaction() as db:
            notices.insert(db, number, notice)

    def is_empty(self) -> bool:
        """Whether no report has been kept yet."""
        with self._connection.reading() as db:
            return db.execute("SELECT 1 FROM reports LIMIT 1").fetchone() is None

    @reads_rows
    def entries(self, chosen: Chosen | None = None) -> tuple[KeptReport, ...]:
        """The kept reports that are chosen, the oldest first."""
        with self._connection.reading() as db:
            asked = _asked(chosen or Chosen())
            rows = db.execute(f"{_CHOSEN} ORDER BY id", asked).fetchall()
        return tuple(map(_entry, rows))

    @reads_rows
    def newest(self, chosen: Chosen, most: int, skip: int = 0) -> tuple[KeptReport, ...]:
        """Of the kept reports that are chosen, up to ``most``, the newest first after ``skip``."""
        with self._connection.reading() as db:
            rows = db.execute(_PAGE, {**_asked(chosen), "most": most, "skip": skip}).fetchall()
        return tuple(map(_entry, rows))

    def of_page(self, page: str) -> tuple[int, ...]:
        """The numbers of the reports on a page, by its address or by what it was named."""
        with self._connection.reading() as db:
            rows = db.execute("SELECT id FROM reports WHERE page = ? OR target = ?", (page, page))
            return tuple(int(number) for (number,) in rows)


def _asked(chosen: Chosen) -> dict[str, str | bool | None]:
    words = re.findall(r"\w+", chosen.words.lower())
    return {
        "since": moment(chosen.since) if chosen.since else "",
        "kinds": json.dumps([str(kind) for kind in chosen.kinds]),
        "any": not chosen.kinds,
        "site": chosen.site,
        "reviewed": chosen.reviewed,
        "words": json.dumps(words),
        "match": " ".join(f'"{word}"' for word in words),
    }


def _entry(row: tuple[int, str, str, str, str, str | None, str | None, str]) -> KeptReport:
    number, kind, title, site, at, stance, state, target = row
    return KeptReport(
        id=number,
        target=target,
        kind=VerdictKind(kind) if kind else None,
        checked_at=datetime.fromisoformat(at),
        title=title,
        site=site,
        reviewed=Stance(stance) if stance else None,
        notice=NoticeState(state) if state else None,
    )


def pack(report: Report) -> StoredReport:
    """A report as it is kept, without its review and its notice."""
    text = to_json(replace(report, review=None, notice=None)).encode()
    return StoredReport(
        digest=hashlib.sha256(text).hexdigest(),
        target=report.target,
        derivation=str(report.verdict.derivation),
        kind=report.verdict.kind,
        checked_at=report.checked_at,
        body=zlib.compress(text, level=_LEVEL),
        page=report.suspect.url or report.target,
        text_digest=hashlib.sha256(report.suspect.text.encode()).hexdigest(),
        title=report.suspect.title or "",
        site=host(report.suspect.url or ""),
    )


def insert(db: Database, packed: StoredReport) -> int:
    """Keeps a packed report; its number, the same for the same report."""
    db.execute(
        "INSERT OR IGNORE INTO reports (digest, target, derivation, kind, checked_at, json,"
        " page, text_digest, title, site) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            packed.digest,
            packed.target,
            packed.derivation,
            str(packed.kind),
            moment(packed.checked_at),
            packed.body,
            packed.page,
            packed.text_digest,
            packed.title,
            packed.site,
        ),
    )
    found = db.execute("SELECT id FROM reports WHERE digest = ?", (packed.digest,)).fetchone()
    return int(found[0])


def _review(row: tuple[str, str, str, int], number: int) -> Review:
    stance, note, at, given_on = row
    return Review(
        stance=Stance(stance),
        note=note,
        at=datetime.fromisoformat(at),
        report=given_on if given_on != number else None,
    )
