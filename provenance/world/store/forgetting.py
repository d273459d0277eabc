"""What is kept, deleted: replies with their bytes, texts of the corpus, reports with reviews."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.world.store.facts import FORGET_VECTORS
from provenance.world.store.fetches import moment

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlite_utils import Database

    from provenance.world.store import Store

_OF_ADDRESS = "SELECT id FROM fetches WHERE url = ? OR responded_url = ?"
# Texts that a person added are no cache: they and their bytes stay until they are named.
_OLD = """
    SELECT f.id FROM fetches AS f JOIN bodies AS b ON b.id = f.body_id
    WHERE f.captured_at < ? AND b.sha256 NOT IN (SELECT digest FROM given)
"""
_WITHOUT_BYTES = """
    SELECT digest FROM documents WHERE digest NOT IN (SELECT sha256 FROM bodies)
    AND digest NOT IN (SELECT digest FROM given)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How many kept replies, texts of the corpus and reports were deleted."""

    replies: int
    texts: int
    reports: int


class Forgetting:
    """Deletes from one store, all or nothing.

    The corpus must be read anew where ``texts`` were deleted: its words are in one index.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def named(self, names: Iterable[str | int]) -> Forgotten:
        """Deletes pages by address or by what they were named, and reports by number."""
        names = tuple(names)
        reports = {number for number in names if isinstance(number, int)}
        addresses = {name for name in names if isinstance(name, str)}
        for name in addresses:
            reports |= set(self._store.reports.of_page(name))
        with self._store.connection.transaction() as db:
            digests = {digest for number in reports if (digest := _digest(db, number))}
            fetches = {
                number
                for name in addresses
                for (number,) in db.execute(_OF_ADDRESS, (name, name)).fetchall()
            }
            digests |= _digests_of(db, fetches)
            fetches |= _replies_of(db, digests)
            digests |= _texts_of(db, addresses)
            _each(db, "DELETE FROM checks WHERE target = ?", addresses)
            return _delete(db, fetches, digests, reports)

    def older_than(self, at: datetime) -> Forgotten:
        """Deletes what was kept before a time; texts that a person added stay."""
        stamp = moment(at)
        with self._store.connection.transaction() as db:
            db.execute("DELETE FROM checks WHERE begun_at < ?", (stamp,))
            old = db.execute("SELECT id FROM reports WHERE checked_at < ?", (stamp,)).fetchall()
            fetches = {number for (number,) in db.execute(_OLD, (stamp,)).fetchall()}
            return _delete(db, fetches, set(), {number for (number,) in old})


def _delete(db: Database, fetches: set[int], digests: set[str], reports: set[int]) -> Forgotten:
    """Deletes replies, then bytes and texts that nothing holds any more, and reports."""
    replies = _each(db, "DELETE FROM fetches WHERE id = ?", fetches)
    db.conn.execute("DELETE FROM bodies WHERE id NOT IN (SELECT body_id FROM fetches)")
    _each(db, "DELETE FROM given WHERE digest = ?", digests)
    lost = {digest for (digest,) in db.execute(_WITHOUT_BYTES).fetchall()}
    texts = _each(db, "DELETE FROM documents WHERE digest = ?", digests | lost)
    db.conn.execute(FORGET_VECTORS)
    _each(db, "DELETE FROM checks WHERE report_id = ?", reports)
    _each(db, "DELETE FROM reviews WHERE report_id = ?", reports)
    _each(db, "DELETE FROM notices WHERE report_id = ?", reports)
    gone = _each(db, "DELETE FROM reports WHERE id = ?", reports)
    return Forgotten(replies=replies, texts=texts, reports=gone)


def _each(db: Database, deletion: str, keys: Iterable[str | int]) -> int:
    return sum(db.conn.execute(deletion, (key,)).rowcount for key in keys)


def _digest(db: Database, number: int) -> str | None:
    """The SHA-256 of the bytes of the page that a report is about."""
    row = db.execute("SELECT json FROM reports WHERE id = ?", (number,)).fetchone()
    try:
        return (
            None if row is None else str(json.loads(zlib.decompress(row[0]))["suspect"]["digest"])
        )
    except (ValueError, KeyError, TypeError, zlib.error):
        return None


def _digests_of(db: Database, fetches: Iterable[int]) -> set[str]:
    found = (
        db.execute(
            "SELECT b.sha256 FROM fetches AS f JOIN bodies AS b ON b.id = f.body_id WHERE f.id = ?",
            (number,),
        ).fetchone()
        for number in fetches
    )
    return {str(row[0]) for row in found if row}


def _replies_of(db: Database, digests: Iterable[str]) -> set[int]:
    """Every reply that brought one of these bytes, from wherever they came."""
    query = "SELECT f.id FROM fetches AS f JOIN bodies AS b ON b.id = f.body_id WHERE b.sha256 = ?"
    return {number for each in digests for (number,) in db.execute(query, (each,)).fetchall()}


def _texts_of(db: Database, addresses: Iterable[str]) -> set[str]:
    query = "SELECT digest FROM documents WHERE url = ?"
    return {digest for each in addresses for (digest,) in db.execute(query, (each,)).fetchall()}
