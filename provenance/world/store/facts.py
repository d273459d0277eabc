"""What kept texts state: facts that survive translation, and the vectors of their sentences.

A fact is a hash; a text is found by those that few texts state. The weight of a shared fact is the
square of its inverse document frequency times what its kind is worth, as the look-up by facts was
measured on translated news.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.model import FactKind
from provenance.world.store.connection import reads_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlite_utils import Database

    from provenance.model import Fact
    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.facts")
# What one shared fact of a kind is worth, and in how many texts it may stand.
_WORTH = {FactKind.NUMBER: 1.5, FactKind.SOUND: 0.7, FactKind.LINK: 2.0, FactKind.PICTURE: 2.0}
_COMMON = 200
# A text that states much shares much by chance: the power of its size that its worth is drawn by.
_SIZE = 0.3
# Weights are whole numbers of this part, so that their sum does not hang on the order.
_UNIT = 1 << 20


@MIGRATIONS()
def facts_and_vectors(db: Database) -> None:
    """The facts of each text, how many they are, and the vectors of those that were compared."""
    db.execute(
        """
        CREATE TABLE facts (
            hash INTEGER NOT NULL,
            document_id INTEGER NOT NULL,
            PRIMARY KEY (hash, document_id)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        "CREATE TABLE fact_counts (document_id INTEGER PRIMARY KEY, facts INTEGER NOT NULL) STRICT"
    )
    db.execute(
        """
        CREATE TABLE vectors (
            digest TEXT NOT NULL,
            make TEXT NOT NULL,
            vectors BLOB NOT NULL,
            PRIMARY KEY (digest, make)
        ) STRICT, WITHOUT ROWID
        """
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAlike:
    """A text found by what it states: how many of the facts asked for it states too.

    ``share`` is their share of all that were asked for, by weight, 0..1.
    """

    digest: str
    url: str | None
    title: str
    shared: int
    share: float


class FactStore:
    """The facts of the texts in one database, and the vectors of their sentences."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @reads_rows
    def stating(self, facts: Iterable[Fact], limit: int = 10) -> tuple[StatedAlike, ...]:
        """The texts that state most of the same, by weight, best first."""
        asked = {hash_fact(fact): _WORTH.get(fact.kind, 1.0) for fact in facts}
        with self._connection.reading() as db:
            row = db.execute("SELECT count(*) FROM fact_counts").fetchone()
            texts = max(int(row[0]), 2)
            counted = db.execute(_COUNTED, (json.dumps(list(asked)), _COMMON + 1)).fetchall()
            weights = {
                key: round(_UNIT * asked[key] * log(1 + texts / n) ** 2)
                for key, n in counted
                if 0 < n <= _COMMON
            }
            whole = sum(weights.values())
            found = _rank(db, weights)[: limit if whole else 0]
            return tuple(
                StatedAlike(digest=digest, url=url, title=title, shared=shared, share=worth / whole)
                for number, shared, worth in found
                for digest, url, title in db.execute(_NAMED, (number,)).fetchall()
            )

    @reads_rows
    def vectors(self, digest: str, make: str) -> bytes | None:
        """The kept vectors of the text that was read from bytes with a digest."""
        with self._connection.reading() as db:
            row = db.execute(_VECTORS, (digest, make)).fetchone()
        return None if row is None else bytes(row[0])

    def keep_vectors(self, digest: str, make: str, vectors: bytes) -> None:
        """Keeps the vectors of a text of the corpus; those of another make go."""
        with self._connection.transaction() as db:
            db.conn.execute("DELETE FROM vectors WHERE digest = ?", (digest,))
            db.conn.execute(
                "INSERT INTO vectors SELECT ?, ?, ? WHERE EXISTS"
                " (SELECT 1 FROM documents WHERE digest = ?)",
                (digest, make, vectors, digest),
            )


_COUNTED = """
    SELECT value, (
        SELECT count(*) FROM (SELECT 1 FROM facts AS f WHERE f.hash = asked.value LIMIT ?2)
    ) FROM json_each(?1) AS asked
"""
_HOLDERS = """
    WITH found(id, shared, worth) AS MATERIALIZED (
        SELECT f.document_id, count(*), sum(asked.value) FROM json_each(?) AS asked
        CROSS JOIN facts AS f ON f.hash = CAST(asked.key AS INTEGER) GROUP BY f.document_id
    )
    SELECT id, shared, worth, c.facts FROM found JOIN fact_counts AS c ON c.document_id = id
"""
_NAMED = "SELECT digest, url, title FROM documents WHERE id = ?"
_VECTORS = "SELECT vectors FROM vectors WHERE digest = ? AND make = ?"
FORGET = ("DELETE FROM facts", "DELETE FROM fact_counts")
"""What empties the facts of all texts; vectors belong to bytes and stay."""
FORGET_VECTORS = "DELETE FROM vectors WHERE digest NOT IN (SELECT digest FROM documents)"


def _rank(db: Database, weights: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(text, facts shared, their weight), the best first."""
    found = db.execute(_HOLDERS, (json.dumps(weights),)).fetchall()
    ranked = sorted(found, key=lambda text: (-text[2] / text[3] ** _SIZE, text[0]))
    return [(number, shared, worth) for number, shared, worth, _ in ranked]


def hash_fact(fact: Fact) -> int:
    """Forty-eight bits that stand for a fact in every database."""
    name = f"{fact.kind.value}:{fact.key}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(name, digest_size=6).digest())


def insert_facts(db: Database, numbered: Sequence[tuple[int, tuple[int, ...]]]) -> None:
    """Inserts the facts of texts, in the order of the table: (id of the text, its facts)."""
    rows = sorted((key, number) for number, facts in numbered for key in facts)
    db.conn.executemany("INSERT OR IGNORE INTO facts VALUES (?, ?)", rows)
    db.conn.executemany(
        "INSERT OR REPLACE INTO fact_counts VALUES (?, ?)",
        ((number, len(facts)) for number, facts in numbered if facts),
    )
