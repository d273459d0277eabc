"""One SQLite database, opened so that several processes may use it at once."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from sqlite_utils import Database

from provenance.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlite_utils.migrations import Migrations

_BUSY_SECONDS = 30.0
_OWN = "provenance."
_ANOTHER = "move the database away, or name another with --db"
P = ParamSpec("P")
T = TypeVar("T")


class Connection:
    """A database with its schema in place; safe under threads.

    ``path`` is None for one in memory. Every sqlite3 error leaves as a StoreError of one line.
    """

    def __init__(self, path: str | None, sets: Iterable[Migrations]) -> None:
        self.path = path
        self._lock = threading.RLock()
        with self._named():
            line = _connected(":memory:" if path is None else path)
            try:
                self._db = Database(line, execute_plugins=False)
                self._prepare(tuple(sets))
            except BaseException:
                line.close()
                raise

    def close(self) -> None:
        """Closes the database; what was kept stays."""
        with self._lock, self._named():
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All or nothing, and nobody else writes meanwhile.

        BEGIN IMMEDIATE, because a transaction that reads before it writes fails at once under
        WAL when another process wrote in between, whatever the time-out.
        """
        with self._lock, self._named():
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.rollback()
                raise
            try:
                self._db.conn.execute("COMMIT")
            except BaseException:
                self._db.rollback()
                raise

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """The database for queries."""
        with self._lock, self._named():
            yield self._db

    def only_read(self) -> None:
        """Refuses every write from now on: the store of a process that is not its writer."""
        with self.reading() as db:
            db.conn.execute("PRAGMA query_only = ON")

    def read_by_calls(self) -> None:
        """Maps no part of the file into memory, where a long run would see all it read stay."""
        with self.reading() as db:
            db.conn.execute("PRAGMA mmap_size = 0")

    def compact(self) -> None:
        """Writes the file anew, so that nothing that was deleted can be read in it."""
        with self.reading() as db:
            db.conn.execute("VACUUM")
            db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def check(self) -> str:
        """What SQLite says of the whole file: 'ok', or its first complaint."""
        with self.reading() as db:
            return str(next(iter(db.execute("PRAGMA quick_check(1)")))[0])

    def _prepare(self, sets: tuple[Migrations, ...]) -> None:
        conn = self._db.conn
        tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master")}
        if tables and "_sqlite_migrations" not in tables:
            raise StoreError(_foreign(self.path))
        current = self._up_to_date(sets)
        self._enter_wal()
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA foreign_keys = ON")
        if not current:
            with self.transaction() as db:
                for migrations in sets:
                    migrations.apply(db)

    def _up_to_date(self, sets: tuple[Migrations, ...]) -> bool:
        """Whether all our migrations were applied; StoreError where others were, too."""
        applied, known = set[tuple[str, str]](), set[tuple[str, str]]()
        with Database(memory=True, execute_plugins=False) as empty:
            for each in sets:
                known |= {(each.name, migration.name) for migration in each.pending(empty)}
        if "_sqlite_migrations" in self._db.table_names():
            rows = self._db.execute("SELECT migration_set, name FROM _sqlite_migrations")
            applied = {(str(owner), str(name)) for owner, name in rows}
        if any(not owner.startswith(_OWN) for owner, _ in applied):
            raise StoreError(_foreign(self.path))
        if applied - known:
            raise StoreError(
                f"{self.path}: was made by a newer provenance; update, or name another with --db"
            )
        return applied == known

    def _enter_wal(self) -> None:
        """Write-ahead logging; the switch does not wait for others by itself, so wait here."""
        end = time.monotonic() + _BUSY_SECONDS
        while True:
            try:
                self._db.conn.execute("PRAGMA journal_mode = WAL").fetchone()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.02)
            else:
                return

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path or 'memory'}: {_meaning(error)}") from error
        except OverflowError as error:
            why = "a number that is too large for it"
            raise StoreError(f"{self.path or 'memory'}: {why}") from error
        except UnicodeDecodeError as error:  # text in the schema or a row that no longer is text
            raise StoreError(f"{self.path or 'memory'}: {_DAMAGED}") from error


def reads_rows(method: Callable[P, T]) -> Callable[P, T]:
    """A method that makes values of rows: StoreError for a row that no longer is what was kept."""

    @wraps(method)
    def run(*args: P.args, **given: P.kwargs) -> T:
        try:
            return method(*args, **given)
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
            raise StoreError(f"what was kept cannot be read: {error}; {_ANOTHER}") from error

    return run


def _foreign(path: str | None) -> str:
    return f"{path}: is another program's database; name another with --db"


def _connected(path: str) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, timeout=_BUSY_SECONDS, check_same_thread=False)
    except ValueError as error:  # a NUL in the path
        raise sqlite3.OperationalError("unable to open") from error


_DAMAGED = "is damaged; move it away, or name another with --db"
_MEANINGS: tuple[tuple[str, str], ...] = (
    ("unable to open", "cannot be opened as a database; name a file in a folder that exists"),
    ("readonly", "cannot be written; change its permissions, or name another with --db"),
    (
        "full",
        "cannot be written: the disk is full; nothing was lost, free some space and try again",
    ),
    ("not a database", "is damaged, or is no database; move it away, or name another with --db"),
    ("malformed", _DAMAGED),
    ("disk I/O", "cannot be read or written: the disk or its quota failed; nothing was lost"),
    ("locked", "is in use by another program; try again later"),
)


def _meaning(error: sqlite3.Error) -> str:
    """What happened and what to do, in one line."""
    text = str(error)
    return next((words for sign, words in _MEANINGS if sign in text), f"cannot be used: {text}")
