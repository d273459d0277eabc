"""A corpus of one's own: every text ever read, found again by its words and by its passages.

Words are found by FTS5. Passages are found by fingerprints: winnowed hashes of five-word shingles
(Schleimer, Wilkerson and Aiken 2003), which guarantee a hit for any ten words copied in a row.
What many texts hold is a story or boilerplate, and ``passages`` tells which.
Fingerprints compare only with those of the same make, so ``MAKE`` is kept with them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from sqlite_utils.migrations import Migrations

from provenance.errors import StoreError
from provenance.model import Match
from provenance.text.shingles import MAKE, all_marks_of, marks_of
from provenance.text.words import words
from provenance.world.store import passages
from provenance.world.store.connection import reads_rows
from provenance.world.store.facts import FORGET as FORGET_FACTS
from provenance.world.store.facts import insert_facts
from provenance.world.store.fetches import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from numpy.typing import NDArray
    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.corpus")
# The leaves of the fingerprints of some 50,000 texts: a batch touches most of them.
_CACHE_KIB = 65_536
# A look-up reads a leaf for each hash; mapped into memory they need not be copied.
_MAPPED_BYTES = 2_000_000_000
# Shingles asked for at once; of a longer text its fingerprints will do.
_ASKED = 5_000
# So many texts are ranked in a few milliseconds; the commonest of the words asked for give way.
_RANKED = 4_000


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


@MIGRATIONS()
def make_of_fingerprints(db: Database) -> None:
    """Of which make the fingerprints are; no row while there are none."""
    db.execute("CREATE TABLE fingerprint_make (make TEXT NOT NULL) STRICT")
    db.execute(
        "INSERT INTO fingerprint_make SELECT '1' WHERE EXISTS (SELECT 1 FROM documents LIMIT 1)"
    )


@MIGRATIONS()
def texts_given_by_a_person(db: Database) -> None:
    """The digests of texts that a person put into the corpus; the others were read in checks."""
    db.execute("CREATE TABLE given (digest TEXT PRIMARY KEY) STRICT, WITHOUT ROWID")


@MIGRATIONS()
def a_sample_of_each_text(db: Database) -> None:
    """A quarter of the marks by the text that holds them: how much of it is common."""
    db.execute(
        "CREATE INDEX fingerprints_sampled ON fingerprints (document_id) WHERE (hash & 3) = 0"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusText:
    """One text to add: ``digest`` is the SHA-256 of the bytes it was read from.

    ``facts`` are the hashes of what its page states.
    """

    digest: str
    url: str | None
    title: str
    text: str
    published_at: datetime | None
    facts: tuple[int, ...] = ()


# A text with its fingerprints, as ``marked`` takes them.
Marked: TypeAlias = "tuple[CorpusText, NDArray[np.int64]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One text found by words, or by passages.

    ``shared`` is how many of its fingerprints stand in the text asked for, ``share`` about what
    share of that text it holds, 0..1; ``given`` says that a person put it here.
    """

    digest: str
    url: str | None
    title: str
    shared: int = 0
    share: float = 0.0
    given: bool = False


class CorpusStore:
    """The texts kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        with connection.reading() as db:
            db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            db.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")

    def add(self, entries: Iterable[CorpusText], at: datetime) -> int:
        """Adds texts in one transaction; those already there are left as they are.

        The number added. Some thousands a call are fastest: fingerprints are inserted in order.
        StoreError when those that are there are of another make.
        """
        return self.add_marked(map(marked, entries), at)

    def add_marked(self, marked: Iterable[Marked], at: datetime) -> int:
        """Adds texts as ``add`` does, whose fingerprints were taken elsewhere."""
        with self._connection.transaction() as db:
            if self._make(db) is None:
                db.conn.execute("INSERT INTO fingerprint_make VALUES (?)", (MAKE,))
            return _add(db, marked, at)

    def mark_given(self, digests: Iterable[str]) -> None:
        """Notes that a person put the texts with these digests here."""
        with self._connection.transaction() as db:
            db.conn.executemany(
                "INSERT OR IGNORE INTO given VALUES (?)", ((digest,) for digest in digests)
            )

    def replace(self, batches: Iterable[Iterable[CorpusText]], at: datetime) -> int:
        """Forgets every text and adds these, all or nothing; the number added.

        The batches may be read from the same store meanwhile.
        """
        with self._connection.transaction() as db:
            for deletion in _FORGET:
                db.conn.execute(deletion)
            db.conn.execute("INSERT INTO fingerprint_make VALUES (?)", (MAKE,))
            return sum(_add(db, map(marked, entries), at) for entries in batches)

    @reads_rows
    def containing(self, text: str, limit: int = 10) -> tuple[Hit, ...]:
        """The texts that hold most of the passages of ``text``, most first.

        Every shingle of a text of usual length is asked for, not its fingerprints alone: where
        edits leave five words in a row, the kept text's fingerprints then suffice to find it.
        Of texts that hold as many, the one whose passages the fewest texts hold comes first.
        StoreError when the fingerprints are of another make than this program's.
        """
        read = words(text)
        marks = marks_of(read)
        if not len(marks):
            return ()
        asked = all_marks_of(read)
        if len(asked) > _ASKED:
            asked = marks
        with self._connection.reading() as db:
            self._make(db)
            found = passages.find_holders(db, asked, limit)
            return tuple(
                Hit(
                    digest=digest,
                    url=url,
                    title=title,
                    shared=n,
                    share=min(n / len(marks), 1.0),
                    given=bool(given),
                )
                for digest, url, title, n, given in found
            )

    def _make(self, db: Database) -> str | None:
        """The make of the fingerprints, None while there are none; StoreError if not ours."""
        row = db.execute("SELECT make FROM fingerprint_make").fetchone()
        if row is not None and row[0] != MAKE:
            raise StoreError(
                f"{self._connection.path}: its texts were added by another version of provenance"
                " and cannot be compared; run: provenance corpus rebuild"
            )
        return None if row is None else MAKE

    def digests(self) -> tuple[str, ...]:
        """The digests of all texts, in the order they were added."""
        with self._connection.reading() as db:
            return tuple(digest for (digest,) in db.execute(_DIGESTS))

    @reads_rows
    def search(self, words: Sequence[str], how: Match, limit: int = 10) -> tuple[Hit, ...]:
        """The texts that hold the words as ``how`` says, best first (BM25)."""
        terms = [cleaned for word in words if (cleaned := _term(word))]
        if not terms:
            return ()
        with self._connection.reading() as db:
            if how is Match.ANY:
                terms = _rarest(db, terms)
            found = db.execute(_SEARCH, (_FORMS[how](terms), limit))
            return tuple(Hit(digest=digest, url=url, title=title) for digest, url, title in found)

    @reads_rows
    def digest_of(self, url: str) -> str | None:
        """The digest of the newest text kept for an address."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT digest FROM documents WHERE url = ? ORDER BY id DESC LIMIT 1", (url,)
            ).fetchone()
        return None if row is None else str(row[0])

    @reads_rows
    def size(self) -> tuple[int, int]:
        """How many texts there are, and how many fingerprints of them."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT count(*), ifnull(sum(fingerprints), 0) FROM documents"
            ).fetchone()
        return int(row[0]), int(row[1])


_DIGESTS = "SELECT digest FROM documents ORDER BY id"
_FORGET = (
    "DELETE FROM documents",
    "DELETE FROM fingerprints",
    "DELETE FROM fingerprint_make",
    *FORGET_FACTS,
    "INSERT INTO words (words) VALUES ('delete-all')",
)
_SEARCH = """
    SELECT d.digest, d.url, d.title FROM words JOIN documents AS d ON d.id = words.rowid
    WHERE words MATCH ? ORDER BY rank, d.id LIMIT ?
"""
_TEXTS_WITH = """
    SELECT ifnull(min(ifnull((SELECT doc FROM temp.corpus_terms WHERE term = value), 0)), 0)
    FROM json_each(?)
"""


_FORMS: Mapping[Match, Callable[[list[str]], str]] = {
    Match.PHRASE: lambda terms: f'"{" ".join(terms)}"',
    Match.ALL: lambda terms: " ".join(f'"{term}"' for term in terms),
    Match.ANY: lambda terms: " OR ".join(f'"{term}"' for term in terms),
}


def _add(db: Database, texts: Iterable[Marked], at: datetime) -> int:
    """Adds those that are not there yet; how many they were."""
    added = [
        (number, entry, marks)
        for entry, marks in texts
        if (number := _insert(db, entry, len(marks), at)) is not None
    ]
    insert_fingerprints(db, [(number, marks) for number, _, marks in added])
    insert_facts(db, [(number, entry.facts) for number, entry, _ in added])
    return len(added)


def _insert(db: Database, entry: CorpusText, marks: int, at: datetime) -> int | None:
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


def marked(entry: CorpusText) -> Marked:
    """A text with its fingerprints."""
    return entry, marks_of(entry.text)


def insert_fingerprints(db: Database, numbered: Sequence[tuple[int, NDArray[np.int64]]]) -> None:
    """Inserts the fingerprints of texts, in the order of the table: (id of the text, its marks)."""
    if not numbered:
        return
    hashes = np.concatenate([marks for _, marks in numbered])
    numbers = np.repeat(
        np.array([number for number, _ in numbered]), [len(marks) for _, marks in numbered]
    )
    order = np.lexsort((numbers, hashes))
    db.conn.executemany(
        "INSERT OR IGNORE INTO fingerprints VALUES (?, ?)",
        zip(hashes[order].tolist(), numbers[order].tolist(), strict=True),
    )


def _rarest(db: Database, terms: list[str]) -> list[str]:
    """The terms that stand in the fewest texts, as long as those can be ranked quickly.

    At least one is left; one that stands nowhere is left out, where others stand somewhere.
    """
    db.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.corpus_terms USING fts5vocab(main, words, row)"
    )
    counted = sorted((_texts_with(db, term), place) for place, term in enumerate(terms))
    chosen: list[str] = []
    ranked = 0
    for texts, place in counted:
        ranked += texts
        if chosen and ranked > _RANKED:
            break
        chosen.append(terms[place])
    return chosen


def _texts_with(db: Database, term: str) -> int:
    """About how many texts hold a term: those that hold the rarest of its words."""
    row = db.execute(_TEXTS_WITH, (json.dumps([_folded(word) for word in term.split()]),))
    return int(row.fetchone()[0])


def _folded(word: str) -> str:
    """A word as FTS5's tokenizer folds it, or nearly: without case and accents."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _term(word: str) -> str:
    """A word as FTS5 may be asked for it: quotes and NULs would end the string."""
    return " ".join(re.findall(r"\w+", word))
