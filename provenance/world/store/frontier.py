"""The frontier of a crawl: every address of an audit, where it stands, and how it ended.

The accounting law: an address is found once and ends in exactly one of done, failed, refused and
skipped. A result and the state it leads to are written in one transaction, so that a process may
be killed at any moment: what it held is given out again once its lease is void.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlite_utils.migrations import Migrations

from provenance.errors import StoreError
from provenance.model.audit import (
    AuditOptions,
    AuditRow,
    Claim,
    Fate,
    Listing,
    PageResult,
    Progress,
    Turn,
)
from provenance.model.values import revive, values
from provenance.text.scrub import scrub
from provenance.text.urls import host, normalise
from provenance.world.store.fetches import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlite_utils import Database

    from provenance.model.audit import Found
    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.frontier")
# A worker that has not ended an address by then is taken for dead.
LEASE = 300.0
WAITING, READ = "waiting", "read"


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


class Frontier:
    """The audits kept in one database. ``seconds`` in its methods are epoch seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, target: str, options: AuditOptions, at: datetime) -> int:
        """The number of the unfinished audit of that target and options, else of a new one."""
        asked = json.dumps(values(options), sort_keys=True)
        with self._connection.transaction() as db:
            row = db.execute(
                "SELECT id FROM audits WHERE target = ? AND options = ? AND ended_at IS NULL"
                " ORDER BY id DESC LIMIT 1",
                (scrub(target), asked),
            ).fetchone()
            if row is not None:
                return int(row[0])
            cursor = db.execute(
                "INSERT INTO audits (target, options, begun_at) VALUES (?, ?, ?)",
                (scrub(target), asked, moment(at)),
            )
            return int(cursor.lastrowid or 0)

    def options(self, number: int) -> tuple[str, AuditOptions]:
        """What an audit is of; StoreError where there is none of that number."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT target, options FROM audits WHERE id = ?", (number,)
            ).fetchone()
        if row is None:
            raise StoreError(f"audit {number}: none of that number is kept (audit --status)")
        return str(row[0]), revive(AuditOptions, json.loads(row[1]))

    def unfinished(self) -> tuple[int, ...]:
        """The audits that have not ended, the newest first."""
        with self._connection.reading() as db:
            rows = db.execute("SELECT id FROM audits WHERE ended_at IS NULL ORDER BY id DESC")
            return tuple(int(row[0]) for row in rows)

    def numbers(self) -> tuple[int, ...]:
        """Every audit, the newest first."""
        with self._connection.reading() as db:
            return tuple(
                int(row[0]) for row in db.execute("SELECT id FROM audits ORDER BY id DESC")
            )

    def free(self, dead: Callable[[str], bool]) -> int:
        """Voids the leases of owners that are ``dead``; how many addresses are given out again."""
        with self._connection.transaction() as db:
            owners = [
                str(row[0])
                for row in db.execute(
                    "SELECT DISTINCT owner FROM addresses WHERE owner IS NOT NULL"
                ).fetchall()
            ]
            gone = [owner for owner in owners if dead(owner)]
            freed = 0
            for owner in gone:
                freed += db.execute(
                    "UPDATE addresses SET owner = NULL, leased_until = 0 WHERE owner = ?", (owner,)
                ).rowcount
            return freed

    def discovered(self, number: int) -> bool:
        """Whether all listings have been asked."""
        with self._connection.reading() as db:
            row = db.execute("SELECT discovered FROM audits WHERE id = ?", (number,)).fetchone()
        return bool(row and row[0])

    def enter(self, number: int, found: Iterable[Found], refuse: Callable[[Found], str]) -> int:
        """Enters addresses, each once; ``refuse`` gives the reason why one is skipped, else ''.

        The number that were new.
        """
        with self._connection.transaction() as db:
            return _enter(db, number, found, refuse, _seed(db, number))

    def listed(self, number: int, listing: Listing) -> None:
        """Notes what was asked for addresses and what it gave."""
        with self._connection.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO listings (audit_id, url, kind, found, why)"
                " VALUES (?, ?, ?, ?, ?)",
                (number, scrub(listing.url), listing.kind, listing.found, scrub(listing.why)),
            )

    def close_discovery(self, number: int) -> None:
        """Notes that all listings have been asked."""
        with self._connection.transaction() as db:
            db.execute("UPDATE audits SET discovered = 1 WHERE id = ?", (number,))

    def claim(
        self, number: int, state: str, owner: str, seconds: float, *, gap: float | None = None
    ) -> Turn:
        """The next address in ``state`` for ``owner``, by rank.

        With ``gap`` only one whose host is asked by nobody and may be asked again by now; the
        host's next turn is then ``gap`` seconds later.
        """
        with self._connection.transaction() as db:
            row = db.execute(
                _CLAIM_PACED if gap is not None else _CLAIM,
                {"audit": number, "state": state, "now": seconds},
            ).fetchone()
            if row is None:
                return _idle(db, number, state, seconds)
            db.execute(
                "UPDATE addresses SET owner = ?, leased_until = ? WHERE id = ?",
                (owner, seconds + LEASE, row[0]),
            )
            if gap is not None:
                db.execute(
                    "INSERT INTO hosts (host, next_at) VALUES (?, ?)"
                    " ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at",
                    (row[6], seconds + gap),
                )
        return Turn(
            claim=Claim(
                id=row[0],
                audit=number,
                url=row[1],
                found_by=row[2],
                depth=row[3],
                tries=row[4],
                digest=row[5],
            )
        )

    def settle(
        self, claim: Claim, fate: Fate, reason: str = "", result: PageResult | None = None
    ) -> bool:
        """Ends an address, with its result where it is done, in one transaction.

        False, and nothing is changed, where it has ended already: its lease had run out.
        """
        kept = None if result is None else json.dumps(values(result), allow_nan=False)
        reused = int(result is not None and result.kind.reused)
        with self._connection.transaction() as db:
            if not _end(db, claim.id, fate, reason):
                return False
            db.execute(
                "UPDATE addresses SET result = ?, reused = ? WHERE id = ?",
                (kept, reused, claim.id),
            )
        return True

    def read(
        self,
        claim: Claim,
        digest: str,
        text: str,
        found: Iterable[Found] = (),
        refuse: Callable[[Found], str] = lambda _: "",
    ) -> bool:
        """Notes that a page was read, and enters the addresses on it, in one transaction.

        False when the audit has a page with the same text already: it is skipped then.
        """
        mark = hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()
        with self._connection.transaction() as db:
            twin = db.execute(
                "SELECT url FROM addresses WHERE audit_id = ? AND text_hash = ? AND id <> ?",
                (claim.audit, mark, claim.id),
            ).fetchone()
            if found:
                _enter(db, claim.audit, found, refuse, _seed(db, claim.audit))
            if twin is not None:
                _end(db, claim.id, Fate.SKIPPED, f"the same text as {twin[0]}")
                return False
            db.execute(
                "UPDATE addresses SET state = ?, digest = ?, text_hash = ?, owner = NULL,"
                " leased_until = 0 WHERE id = ? AND state = ?",
                (READ, digest, mark, claim.id, WAITING),
            )
        return True

    def put_back(self, claim: Claim, seconds: float, *, again: bool = True) -> None:
        """Gives an address out again, not before ``seconds``; ``again`` counts it as a try."""
        with self._connection.transaction() as db:
            db.execute(
                "UPDATE addresses SET owner = NULL, leased_until = 0, tries = tries + ?,"
                " next_at = ? WHERE id = ?",
                (int(again), seconds, claim.id),
            )

    def hold(self, claim: Claim, until: float) -> None:
        """Leaves an address's host alone until then, in epoch seconds."""
        with self._connection.transaction() as db:
            db.execute(
                "INSERT INTO hosts (host, next_at) VALUES (?, ?)"
                " ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at",
                (_place(claim.url), until),
            )

    def strike(self, claim: Claim, *, answered: bool) -> int:
        """Counts how often in a row a host gave no answer; 0 once it answers."""
        name = _place(claim.url)
        with self._connection.transaction() as db:
            db.execute(
                "INSERT INTO hosts (host, next_at, strikes) VALUES (?, 0, ?)"
                " ON CONFLICT (host) DO UPDATE SET strikes = CASE WHEN excluded.strikes = 0"
                " THEN 0 ELSE strikes + 1 END",
                (name, int(not answered)),
            )
            row = db.execute("SELECT strikes FROM hosts WHERE host = ?", (name,)).fetchone()
        return int(row[0])

    def give_up(self, number: int, state: str, fate: Fate, reason: str, keep: int = 0) -> int:
        """Ends all that are in ``state`` and not held, but for the first ``keep`` by rank."""
        with self._connection.transaction() as db:
            return db.execute(
                "UPDATE addresses SET state = ?, reason = ? WHERE id IN (SELECT id FROM addresses"
                " WHERE audit_id = ? AND state = ? AND owner IS NULL ORDER BY rank, id"
                " LIMIT -1 OFFSET ?)",
                (str(fate), reason, number, state, keep),
            ).rowcount

    def count(self, number: int, *states: str) -> int:
        """How many addresses are in any of the states; all of them where none is named."""
        marks = ",".join("?" * len(states))
        where = f"AND state IN ({marks})" if states else ""
        with self._connection.reading() as db:
            row = db.execute(
                f"SELECT count(*) FROM addresses WHERE audit_id = ? {where}",  # noqa: S608
                (number, *states),
            ).fetchone()
        return int(row[0])

    def barren(self, number: int, url: str) -> int:
        """How many pages with addresses of this pattern were skipped, where none was read."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT sum(state = 'skipped'), sum(digest IS NOT NULL) FROM addresses"
                " WHERE audit_id = ? AND pattern = ?",
                (number, pattern(url)),
            ).fetchone()
        return 0 if row[1] else int(row[0] or 0)

    def read_digests(self, number: int, most: int) -> tuple[tuple[str, str], ...]:
        """(url, digest) of the first pages by rank that were read."""
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT url, digest FROM addresses WHERE audit_id = ? AND digest IS NOT NULL"
                " ORDER BY rank, id LIMIT ?",
                (number, most),
            ).fetchall()
        return tuple((str(row[0]), str(row[1])) for row in rows)

    def rows(self, number: int) -> Iterator[AuditRow]:
        """Every address that has ended, in the order of addresses."""
        with self._connection.reading() as db:
            found = db.execute(
                "SELECT url, found_by, state, reason, result FROM addresses"
                " WHERE audit_id = ? AND state IN ('done', 'failed', 'refused', 'skipped')"
                " ORDER BY key",
                (number,),
            ).fetchall()
        return (_row(row) for row in found)

    def listings(self, number: int) -> tuple[Listing, ...]:
        """What was asked for addresses, in the order of addresses."""
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT url, kind, found, why FROM listings WHERE audit_id = ? ORDER BY url",
                (number,),
            ).fetchall()
        return tuple(Listing(url=r[0], kind=r[1], found=r[2], why=r[3]) for r in rows)

    def end(self, number: int, at: datetime) -> None:
        """Notes that an audit is whole; StoreError while an address has not ended."""
        with self._connection.transaction() as db:
            left = db.execute(
                "SELECT count(*) FROM addresses WHERE audit_id = ? AND state IN (?, ?)",
                (number, WAITING, READ),
            ).fetchone()[0]
            if left:
                raise StoreError(f"audit {number}: {left} addresses have not ended")
            db.execute("UPDATE audits SET ended_at = ? WHERE id = ?", (moment(at), number))

    def progress(self, number: int) -> Progress:
        """Where an audit stands."""
        target, _ = self.options(number)
        with self._connection.reading() as db:
            counts = dict(
                db.execute(
                    "SELECT state, count(*) FROM addresses WHERE audit_id = ? GROUP BY state",
                    (number,),
                ).fetchall()
            )
            reused = db.execute(
                "SELECT count(*) FROM addresses WHERE audit_id = ? AND reused = 1", (number,)
            ).fetchone()[0]
            ended = db.execute("SELECT ended_at FROM audits WHERE id = ?", (number,)).fetchone()[0]
        return Progress(
            number=number,
            target=target,
            found=sum(counts.values()),
            waiting=counts.get(WAITING, 0),
            read=counts.get(READ, 0),
            fates=tuple((fate, counts.get(str(fate), 0)) for fate in Fate),
            reused=reused,
            complete=ended is not None,
        )


_CLAIM = """
    SELECT id, url, found_by, depth, tries, digest, host FROM addresses
    WHERE audit_id = :audit AND state = :state AND leased_until <= :now
    ORDER BY rank, id LIMIT 1
"""
_CLAIM_PACED = """
    SELECT a.id, a.url, a.found_by, a.depth, a.tries, a.digest, a.host FROM addresses AS a
    LEFT JOIN hosts AS h ON h.host = a.host
    WHERE a.audit_id = :audit AND a.state = :state AND a.leased_until <= :now
    AND a.next_at <= :now AND ifnull(h.next_at, 0) <= :now
    AND a.host NOT IN (
        SELECT b.host FROM addresses AS b WHERE b.owner IS NOT NULL AND b.leased_until > :now
        AND b.state = 'waiting'
    )
    ORDER BY a.rank, a.id LIMIT 1
"""


def pattern(url: str) -> str:
    """An address with its numbers and query values blanked: what a calendar's pages share."""
    key = normalise(url)
    path, _, query = key.partition("?")
    return re.sub(r"\d+", "0", path) + ("?" + re.sub(r"=[^&]*", "=", query) if query else "")


def _seed(db: Database, number: int) -> int:
    row = db.execute("SELECT options FROM audits WHERE id = ?", (number,)).fetchone()
    return int(json.loads(row[0])["seed"])


def _enter(
    db: Database,
    number: int,
    found: Iterable[Found],
    refuse: Callable[[Found], str],
    seed: int,
) -> int:
    new = 0
    for one in found:
        url = scrub(one.url)
        key = normalise(url)
        why = refuse(one)
        new += db.execute(
            "INSERT OR IGNORE INTO addresses (audit_id, key, url, host, pattern, found_by, dated,"
            " depth, rank, state, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                key,
                url,
                _place(url),
                pattern(url),
                one.by,
                moment(one.dated) if one.dated else None,
                one.depth,
                _rank(seed, key),
                str(Fate.SKIPPED) if why else WAITING,
                why,
            ),
        ).rowcount
    return new


def _rank(seed: int, key: str) -> int:
    """A place in the one random order that belongs to a seed: a sample is its beginning."""
    marked = hashlib.sha256(f"{seed}\0{key}".encode("utf-8", "replace")).digest()
    return int.from_bytes(marked[:7], "big")


def _place(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return host(url)


def _end(db: Database, number: int, fate: Fate, reason: str) -> bool:
    ended = db.execute(
        "UPDATE addresses SET state = ?, reason = ?, owner = NULL, leased_until = 0"
        " WHERE id = ? AND state IN (?, ?)",
        (str(fate), scrub(reason), number, WAITING, READ),
    ).rowcount
    return bool(ended)


def _idle(db: Database, number: int, state: str, seconds: float) -> Turn:
    """How long until there may be something to do; no time at all when nothing is left."""
    row = db.execute(
        "SELECT count(*), sum(a.owner IS NOT NULL AND a.leased_until > :now),"
        " min(max(a.next_at, ifnull(h.next_at, 0))) FROM addresses AS a"
        " LEFT JOIN hosts AS h ON h.host = a.host WHERE a.audit_id = :audit AND a.state = :state",
        {"audit": number, "state": state, "now": seconds},
    ).fetchone()
    if not row[0]:
        return Turn()
    wait = max(float(row[2] or 0.0) - seconds, 0.0)
    return Turn(wait=wait or 0.05)


def _row(row: Any) -> AuditRow:
    return AuditRow(
        url=row[0],
        found_by=row[1],
        fate=Fate(row[2]),
        reason=row[3],
        result=None if row[4] is None else revive(PageResult, json.loads(row[4])),
    )
