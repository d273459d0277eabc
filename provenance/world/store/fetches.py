"""Every reply that came: at once the cache, the evidence, and the source when offline."""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlite_utils.migrations import Migrations

from provenance.errors import StoreError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.world.formats.coding import TooLarge, Undecodable, decode
from provenance.world.store.connection import reads_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

    from provenance.model import Exhibit
    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.fetches")
# Who was asked, when it was no provider: a site itself, or nobody (a page handed in).
WEB, FILE = "web", "file"
# Half the work of gzip's usual level for a twentieth more room, on real pages.
_LEVEL = 4


@MIGRATIONS()
def bodies_and_fetches(db: Database) -> None:
    """The bytes, each kept once, and who was asked for them when."""
    db.execute(
        """
        CREATE TABLE bodies (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL UNIQUE,
            size INTEGER NOT NULL,
            gzip BLOB NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE fetches (
            id INTEGER PRIMARY KEY,
            asked_by TEXT NOT NULL,
            url TEXT,
            responded_url TEXT,
            status INTEGER,
            headers TEXT NOT NULL,
            media_type TEXT NOT NULL,
            captured_at TEXT NOT NULL,
            via TEXT NOT NULL,
            memento TEXT,
            body_id INTEGER NOT NULL REFERENCES bodies(id)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX fetches_by_url ON fetches (url, asked_by, captured_at)")
    db.execute("CREATE INDEX fetches_by_responded ON fetches (responded_url, asked_by)")
    db.execute("CREATE INDEX fetches_by_body ON fetches (body_id)")
    db.execute(
        "CREATE UNIQUE INDEX fetches_once ON fetches"
        " (asked_by, via, ifnull(url, ''), captured_at, body_id, ifnull(memento, ''))"
    )


_SELECT = """
    SELECT f.*, b.sha256, b.size, b.gzip FROM fetches AS f JOIN bodies AS b ON b.id = f.body_id
    WHERE f.id IN (
        SELECT id FROM fetches WHERE url = :url AND asked_by = :asked_by
        UNION ALL SELECT id FROM fetches WHERE responded_url = :url AND asked_by = :asked_by
    ) AND f.captured_at <= :until AND {which}
    ORDER BY f.captured_at DESC, f.id DESC LIMIT 1
"""
_GOOD = """(f.status BETWEEN 200 AND 299
    OR f.asked_by <> 'web' AND (f.status < 400 OR f.status = 404))"""
_ANY = "1"
_ENDLESS = "9999-12-31T24"
_OF_EXHIBIT = """
    SELECT f.*, b.sha256, b.size, b.gzip FROM fetches AS f JOIN bodies AS b ON b.id = f.body_id
    WHERE b.sha256 = :digest
    ORDER BY (f.url IS :address OR f.responded_url IS :address) DESC, f.id LIMIT 1
"""


class Fetches:
    """The replies kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, capture: Capture, *, asked_by: str = WEB) -> None:
        """Keeps a capture, its body only once; keeping the same again changes nothing.

        ``asked_by`` is the provider that was asked, 'web' for a page, 'file' for one handed in.
        """
        with self._connection.transaction() as db:
            body = _body_id(db, capture.body, capture.digest)
            db.execute(
                "INSERT OR IGNORE INTO fetches (asked_by, url, responded_url, status, headers,"
                " media_type, captured_at, via, memento, body_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    asked_by,
                    _text(capture.url),
                    _text(capture.responded_url),
                    capture.status,
                    json.dumps([[scrub(name), scrub(value)] for name, value in capture.headers]),
                    scrub(capture.media_type),
                    moment(capture.captured_at),
                    str(capture.via),
                    _text(capture.memento),
                    body,
                ),
            )

    @reads_rows
    def latest(
        self,
        url: str,
        *,
        asked_by: str = WEB,
        failures: bool = False,
        until: datetime | None = None,
    ) -> Capture | None:
        """The newest kept reply for an address, or None; not one that came after ``until``.

        Replies that refuse or fail are left out unless ``failures``; for a provider a 404 is an
        answer. A page is found by the address it was asked at or answered from. StoreError when
        its bytes are no longer what they were.
        """
        which = _ANY if failures else _GOOD
        last = moment(until) if until is not None else _ENDLESS
        asked = {"url": scrub(url), "asked_by": asked_by, "until": last}
        with self._connection.reading() as db:
            rows = db.query(_SELECT.format(which=which), asked)
            row = next(iter(rows), None)
        return None if row is None else replace(_capture(row), url=url)

    @reads_rows
    def of_digest(self, digest: str, *, at: str | None = None) -> Capture | None:
        """The first reply that brought the bytes with that SHA-256, or None.

        One that came from the address ``at`` goes before all others.
        """
        with self._connection.reading() as db:
            rows = db.query(_OF_EXHIBIT, {"digest": digest, "address": at})
            row = next(iter(rows), None)
        return None if row is None else _capture(row)

    @reads_rows
    def of_exhibit(self, exhibit: Exhibit) -> Capture | None:
        """What a report read, with the headers it came with, or None where it is not kept.

        The same bytes may have come from several addresses. Where they are not kept from the one
        of the exhibit, the bytes are given with what the report says of them, without headers.
        """
        address = exhibit.memento or exhibit.responded_url or exhibit.url
        with self._connection.reading() as db:
            rows = db.query(_OF_EXHIBIT, {"digest": exhibit.digest, "address": address})
            row = next(iter(rows), None)
        if row is None:
            return None
        found = _capture(row)
        if address in {found.url, found.responded_url}:
            return found
        return exhibit.capture(found.body)

    @reads_rows
    def addresses(self, digest: str) -> tuple[str, ...]:
        """Where pages with that SHA-256 stood, oldest reply first."""
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT DISTINCT ifnull(f.responded_url, f.url) FROM fetches AS f JOIN bodies AS b"
                " ON b.id = f.body_id WHERE b.sha256 = ? AND f.asked_by IN ('web', 'file')"
                " AND ifnull(f.responded_url, f.url) NOTNULL ORDER BY f.id",
                (digest,),
            )
            return tuple(str(url) for (url,) in rows)

    @reads_rows
    def first_kept(self, digest: str, via: Via) -> datetime | None:
        """When bytes with that SHA-256 first came this way, or None."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT min(f.captured_at) FROM fetches AS f JOIN bodies AS b ON b.id = f.body_id"
                " WHERE b.sha256 = ? AND f.via = ?",
                (digest, str(via)),
            ).fetchone()
        return None if row is None or row[0] is None else datetime.fromisoformat(row[0])

    def count(self) -> int:
        """How many replies are kept."""
        with self._connection.reading() as db:
            return int(db.execute("SELECT count(*) FROM fetches").fetchone()[0])


def moment(at: datetime) -> str:
    """ISO 8601 in UTC to the microsecond: the one form in the store, so that text order is time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _body_id(db: Database, body: bytes, digest: str) -> int:
    found = db.execute("SELECT id FROM bodies WHERE sha256 = ?", (digest,)).fetchone()
    if found is not None:
        return int(found[0])
    packed = gzip.compress(body, compresslevel=_LEVEL, mtime=0)
    cursor = db.execute(
        "INSERT INTO bodies (sha256, size, gzip) VALUES (?, ?, ?)", (digest, len(body), packed)
    )
    return int(cursor.lastrowid or 0)


def _text(value: str | None) -> str | None:
    return None if value is None else scrub(value)


def _bytes(row: dict[str, Any]) -> bytes:
    try:
        body = decode(row["gzip"], ("gzip",), row["size"])
    except (TooLarge, Undecodable):
        body = b""
    if hashlib.sha256(body).hexdigest() != row["sha256"]:
        raise StoreError(
            f"the kept bytes {row['sha256'][:12]} have changed on disk; ask again with --refresh"
        )
    return body


def _capture(row: dict[str, Any]) -> Capture:
    try:
        return Capture(
            url=row["url"],
            responded_url=row["responded_url"],
            status=row["status"],
            headers=tuple((str(name), str(value)) for name, value in json.loads(row["headers"])),
            body=_bytes(row),
            media_type=row["media_type"],
            captured_at=datetime.fromisoformat(row["captured_at"]),
            via=Via(row["via"]),
            memento=row["memento"],
            digest=row["sha256"],
        )
    except (ValueError, TypeError) as error:
        raise StoreError(
            f"what was kept of {row['url']} has changed on disk; ask again with --refresh"
        ) from error
