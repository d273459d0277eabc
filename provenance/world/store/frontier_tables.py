"""The tables of the frontier: audits, their addresses and listings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.world.store import older

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATIONS = Migrations("provenance.frontier")


@MIGRATIONS()
def audits_and_addresses(db: Database) -> None:
    """The audits, their addresses, what was asked for addresses, when each host may be asked."""
    db.execute(
        """
        CREATE TABLE audits (
            id INTEGER PRIMARY KEY,
            target TEXT NOT NULL,
            options TEXT NOT NULL,
            begun_at TEXT NOT NULL,
            discovered INTEGER NOT NULL DEFAULT 0,
            ended_at TEXT
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE addresses (
            id INTEGER PRIMARY KEY,
            audit_id INTEGER NOT NULL REFERENCES audits(id),
            key TEXT NOT NULL,
            url TEXT NOT NULL,
            host TEXT NOT NULL,
            pattern TEXT NOT NULL,
            found_by TEXT NOT NULL,
            dated TEXT,
            depth INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            state TEXT NOT NULL,
            reason TEXT NOT NULL DEFAULT '',
            tries INTEGER NOT NULL DEFAULT 0,
            next_at REAL NOT NULL DEFAULT 0,
            owner TEXT,
            leased_until REAL NOT NULL DEFAULT 0,
            digest TEXT,
            text_hash TEXT,
            reused INTEGER NOT NULL DEFAULT 0,
            result TEXT,
            UNIQUE (audit_id, key)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX addresses_by_state ON addresses (audit_id, state, rank)")
    db.execute(
        "CREATE INDEX addresses_by_text ON addresses (audit_id, text_hash)"
        " WHERE text_hash IS NOT NULL"
    )
    db.execute("CREATE INDEX addresses_by_lease ON addresses (owner) WHERE owner IS NOT NULL")
    db.execute(
        """
        CREATE TABLE listings (
            audit_id INTEGER NOT NULL REFERENCES audits(id),
            url TEXT NOT NULL,
            kind TEXT NOT NULL,
            found INTEGER NOT NULL,
            why TEXT NOT NULL,
            PRIMARY KEY (audit_id, url)
        ) STRICT
        """
    )
    db.execute(
        "CREATE TABLE hosts (host TEXT PRIMARY KEY, next_at REAL NOT NULL,"
        " strikes INTEGER NOT NULL DEFAULT 0) STRICT"
    )


@MIGRATIONS()
def addresses_by_host_and_pattern(db: Database) -> None:
    """The next address of each host, and how a pattern has fared, each in one step."""
    db.execute("CREATE INDEX addresses_by_host ON addresses (audit_id, state, host, rank)")
    db.execute("CREATE INDEX addresses_by_pattern ON addresses (audit_id, pattern)")


@MIGRATIONS()
def turns_at_hosts(db: Database) -> None:
    """When each host was last asked, who asks it, until when it wants to be left alone."""
    db.execute("ALTER TABLE hosts ADD COLUMN asked_at REAL NOT NULL DEFAULT 0")
    db.execute("ALTER TABLE hosts ADD COLUMN asked_by TEXT")
    db.execute("ALTER TABLE hosts ADD COLUMN held REAL NOT NULL DEFAULT 0")


@MIGRATIONS()
def reasons_as_codes(db: Database) -> None:
    """Why an address was not checked as a code and a detail; until 0.1.0 it was a sentence."""
    db.execute("ALTER TABLE addresses ADD COLUMN detail TEXT NOT NULL DEFAULT ''")
    older.mark_endings(db)


@MIGRATIONS()
def rows_of_lists(db: Database) -> None:
    """The rows of lists of addresses, each with the key of its address and its other cells."""
    db.execute(
        """
        CREATE TABLE list_rows (
            audit_id INTEGER NOT NULL REFERENCES audits(id),
            number INTEGER NOT NULL,
            key TEXT NOT NULL,
            named TEXT NOT NULL,
            cells TEXT NOT NULL,
            PRIMARY KEY (audit_id, number)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute("ALTER TABLE listings ADD COLUMN columns TEXT NOT NULL DEFAULT '[]'")


@MIGRATIONS()
def boilerplate_of_audits(db: Database) -> None:
    """What the audited site prints on its pages, to write the audit's report again."""
    db.execute("ALTER TABLE audits ADD COLUMN boilerplate TEXT NOT NULL DEFAULT ''")
