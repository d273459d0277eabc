"""The chain of manifests: their digests only, for what they list may have to be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.model.manifest import ChainLink, Manifest
from provenance.text.manifest import manifest_text, sha256_of
from provenance.world.store.connection import reads_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.manifests")


@MIGRATIONS()
def chain_of_manifests(db: Database) -> None:
    """Each manifest by its digest, with that of the one before and that of what it lists."""
    db.execute(
        "CREATE TABLE manifests (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL,"
        " previous TEXT NOT NULL, listing TEXT NOT NULL UNIQUE) STRICT"
    )


class Manifests:
    """The manifests of one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @reads_rows
    def append(self, files: Iterable[tuple[str, str]]) -> Manifest:
        """The next manifest; what lists the very files of an earlier one is that one again."""
        listed = tuple(sorted(set(files)))
        listing = sha256_of(manifest_text(Manifest(number=0, previous="", files=listed)))
        with self._connection.transaction() as db:
            known = db.execute(
                "SELECT id, previous FROM manifests WHERE listing = ?", (listing,)
            ).fetchone()
            if known is not None:
                return Manifest(number=known[0], previous=known[1], files=listed)
            last = db.execute("SELECT id, sha256 FROM manifests ORDER BY id DESC LIMIT 1")
            number, previous = last.fetchone() or (0, "")
            manifest = Manifest(number=number + 1, previous=previous, files=listed)
            db.execute(
                "INSERT INTO manifests (id, sha256, previous, listing) VALUES (?, ?, ?, ?)",
                (manifest.number, sha256_of(manifest_text(manifest)), previous, listing),
            )
        return manifest

    @reads_rows
    def chain(self) -> tuple[ChainLink, ...]:
        """Every manifest, the first one first."""
        with self._connection.reading() as db:
            rows = db.execute("SELECT id, sha256, previous FROM manifests ORDER BY id").fetchall()
        return tuple(ChainLink(number=n, sha256=digest, previous=p) for n, digest, p in rows)
