"""How far each matter is: what became of the notice about a page and its text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.model import Notice, NoticeState, Stance
from provenance.world.store.fetches import moment

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = Migrations("provenance.notices")

# A report and the others on the same page with the same text.
_ALIKE = "o.id = r.id OR o.page <> '' AND o.page = r.page AND o.text_digest = r.text_digest"


@MIGRATIONS()
def notices_of_pages(db: Database) -> None:
    """The states, each with the report that it was noted on, and the views with the newest."""
    db.execute(
        """
        CREATE TABLE notices (
            id INTEGER PRIMARY KEY,
            report_id INTEGER NOT NULL REFERENCES reports(id),
            state TEXT NOT NULL,
            note TEXT NOT NULL,
            at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX notices_by_report ON notices (report_id)")
    for view in ("reposts", "checked_pages"):
        db.execute(f"DROP VIEW {view}")
    newest = (
        f"(SELECT v.{column} FROM {table} AS v JOIN reports AS o ON o.id = v.report_id"  # noqa: S608
        f" WHERE {_ALIKE} ORDER BY v.id DESC LIMIT 1) AS {name}"
        for table, column, name in (
            ("reviews", "stance", "reviewed"),
            ("notices", "state", "notice"),
        )
    )
    db.execute(
        "CREATE VIEW checked_pages AS SELECT r.id, r.kind AS verdict, r.title, r.site,"  # noqa: S608
        f" r.checked_at, {', '.join(newest)}, r.target FROM reports AS r"
    )
    db.execute(
        "CREATE VIEW reposts AS SELECT * FROM checked_pages"
        " WHERE verdict IN ('repost', 'partial', 'declared', 'common')"
    )


def insert(db: Database, number: int, notice: Notice) -> None:
    """Notes the state of the matter that a report is about."""
    db.execute(
        "INSERT INTO notices (report_id, state, note, at) VALUES (?, ?, ?, ?)",
        (number, str(notice.state), notice.note, moment(notice.at)),
    )


def newest(db: Database, number: int) -> Notice | None:
    """The newest state of the page and text of a report; None where none was noted."""
    row = db.execute(
        "WITH r AS (SELECT id, page, text_digest FROM reports WHERE id = ?)"  # noqa: S608
        " SELECT n.state, n.note, n.at FROM r, notices AS n JOIN reports AS o ON o.id = n.report_id"
        f" WHERE {_ALIKE} ORDER BY n.id DESC LIMIT 1",
        (number,),
    ).fetchone()
    if row is None:
        return None
    return Notice(state=NoticeState(row[0]), note=row[1], at=datetime.fromisoformat(row[2]))


def states(db: Database) -> dict[int, NoticeState]:
    """The newest state by the number of each report on a page and text that has one."""
    return {number: NoticeState(state) for number, state in _marks(db, "notices", "state")}


def stances(db: Database) -> dict[int, Stance]:
    """A person's newest verdict, likewise."""
    return {number: Stance(stance) for number, stance in _marks(db, "reviews", "stance")}


def _marks(db: Database, table: str, column: str) -> list[tuple[int, str]]:
    return db.execute(
        f"SELECT r.id, v.{column} FROM {table} AS v JOIN reports AS o ON o.id = v.report_id"  # noqa: S608
        f" JOIN reports AS r ON {_ALIKE} ORDER BY v.id"
    ).fetchall()
