"""A corpus of one's own: every text ever read, found again by its words and by its passages.

Words are found by FTS5. Passages are found by fingerprints: winnowed hashes of five-word shingles
(Schleimer, Wilkerson and Aiken 2003), which guarantee a hit for any twelve words copied in a row.
A text quoted in more than ``COMMON`` documents is boilerplate and points at none of them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.model import Match
from provenance.text.shingles import fingerprints
from provenance.world.store.fetches import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.corpus")
COMMON = 200


@MIGRATIONS()
def documents_and_fingerprints(db: Database) -> None:
    """The texts by what they are called, their words, their fingerprints."""
    db.execute(
        """
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            digest TEXT NOT NULL UNIQUE,
            url TEXT,
            title TEXT NOT NULL,
            published_at TEXT,
            fingerprints INTEGER NOT NULL,
            added_at TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX documents_by_url ON documents (url)")
    db.execute(
        """
        CREATE TABLE fingerprints (
            hash INTEGER NOT NULL,
            document_id INTEGER NOT NULL,
            PRIMARY KEY (hash, document_id)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        "CREATE VIRTUAL TABLE words USING fts5"
        " (title, text, content='', tokenize='unicode61 remove_diacritics 2')"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One text to add: ``digest`` is the SHA-256 of the bytes it was read from."""

    digest: str
    url: str | None
    title: str
    text: str
    published_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One text found: ``share`` is the part of the asked fingerprints that it holds, 0..1."""

    digest: str
    url: str | None
    title: str
    share: float


class Corpus:
    """The texts kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entries: Iterable[Entry], at: datetime) -> int:
        """Adds texts in one transaction; those already there are left as they are.

        The number added. A thousand or so a call is fastest: fingerprints are inserted in order.
        """
        marked = [(entry, fingerprints(entry.text)) for entry in entries]
        with self._connection.transaction() as db:
            rows: list[tuple[int, int]] = []
            added = 0
            for entry, marks in marked:
                number = _insert(db, entry, len(marks), at)
                if number is not None:
                    added += 1
                    rows.extend((int(mark), number) for mark in marks)
            rows.sort()
            db.conn.executemany("INSERT OR IGNORE INTO fingerprints VALUES (?, ?)", rows)
        return added

    def containing(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """The texts that hold most of the passages of ``text``, most first."""
        asked = [int(mark) for mark in fingerprints(text)]
        if not asked:
            return ()
        with self._connection.reading() as db:
            found = db.execute(_CONTAINING, (json.dumps(asked), COMMON + 1, COMMON, limit))
            return tuple(_match(row, row[3] / len(asked)) for row in found)

    def search(self, words: Sequence[str], how: Match, limit: int = 10) -> tuple[Hit, ...]:
        """The texts that hold the words as ``how`` says, best first (BM25)."""
        terms = [cleaned for word in words if (cleaned := _term(word))]
        if not terms:
            return ()
        query = _FORMS[how](terms)
        with self._connection.reading() as db:
            found = db.execute(_SEARCH, (query, limit))
            return tuple(_match(row, 0.0) for row in found)

    def digest_of(self, url: str) -> str | None:
        """The digest of the newest text kept for an address."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT digest FROM documents WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)
            ).fetchone()
        return None if row is None else str(row[0])

    def size(self) -> tuple[int, int]:
        """How many texts there are, and how many fingerprints of them."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT count(*), ifnull(sum(fingerprints), 0) FROM documents"
            ).fetchone()
        return int(row[0]), int(row[1])


_CONTAINING = """
    WITH asked(hash) AS (SELECT value FROM json_each(?)),
    rare(hash) AS (
        SELECT hash FROM asked WHERE (
            SELECT count(*) FROM (
                SELECT 1 FROM fingerprints AS f WHERE f.hash = asked.hash LIMIT ?
            )
        ) <= ?
    ),
    best(id, shared) AS (
        SELECT document_id, count(*) FROM rare JOIN fingerprints USING (hash)
        GROUP BY document_id ORDER BY count(*) DESC, document_id LIMIT ?
    )
    SELECT d.digest, d.url, d.title, best.shared FROM best JOIN documents AS d USING (id)
    ORDER BY best.shared DESC, d.id
"""
_SEARCH = """
    SELECT d.digest, d.url, d.title FROM words JOIN documents AS d ON d.id = words.rowid
    WHERE words MATCH ? ORDER BY rank, d.id LIMIT ?
"""


_FORMS: Mapping[Match, Callable[[list[str]], str]] = {
    Match.PHRASE: lambda terms: f'"{" ".join(terms)}"',
    Match.ALL: lambda terms: " ".join(f'"{term}"' for term in terms),
    Match.ANY: lambda terms: " OR ".join(f'"{term}"' for term in terms),
}


def _insert(db: Database, entry: Entry, marks: int, at: datetime) -> int | None:
    """The new row's id, or None for a text that is there already."""
    published = moment(entry.published_at) if entry.published_at else None
    cursor = db.conn.execute(
        "INSERT OR IGNORE INTO documents (digest, url, title, published_at, fingerprints, added_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (entry.digest, entry.url, entry.title, published, marks, moment(at)),
    )
    if not cursor.rowcount:
        return None
    number = int(cursor.lastrowid or 0)
    db.conn.execute(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", (number, entry.title, entry.text)
    )
    return number


def _match(row: tuple[str, str | None, str, int], share: float) -> Hit:
    return Hit(digest=row[0], url=row[1], title=row[2], share=share)


def _term(word: str) -> str:
    """A word as FTS5 may be asked for it: quotes and NULs would end the string."""
    return " ".join(re.findall(r"\w+", word))
