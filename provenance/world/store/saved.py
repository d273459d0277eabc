"""The captures that archives made because they were asked to from here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlite_utils.migrations import Migrations

from provenance.errors import StoreError
from provenance.model import Sighting
from provenance.model.plain import revive, values
from provenance.text.surt import surt
from provenance.world.store.connection import reads_rows

if TYPE_CHECKING:
    from sqlite_utils import Database

    from provenance.world.store.connection import Connection

MIGRATIONS = Migrations("provenance.saved")


@MIGRATIONS()
def sightings_by_memento(db: Database) -> None:
    """Each capture once, found by the key that archives file its address under."""
    db.execute(
        "CREATE TABLE saved (id INTEGER PRIMARY KEY, memento TEXT NOT NULL UNIQUE,"
        " urlkey TEXT NOT NULL, json TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX saved_by_urlkey ON saved (urlkey)")


class Saved:
    """The sightings kept in one database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, sighting: Sighting) -> None:
        """Keeps a sighting that has an address and a memento; the same again changes nothing."""
        with self._connection.transaction() as db:
            db.execute(
                "INSERT OR IGNORE INTO saved (memento, urlkey, json) VALUES (?, ?, ?)",
                (sighting.memento, surt(sighting.url or ""), json.dumps(values(sighting))),
            )

    @reads_rows
    def of(self, url: str) -> tuple[Sighting, ...]:
        """The captures of an address that were asked for from here, in the order of asking."""
        with self._connection.reading() as db:
            rows = db.execute("SELECT json FROM saved WHERE urlkey = ? ORDER BY id", (surt(url),))
            texts = [row[0] for row in rows]
        try:
            return tuple(revive(Sighting, json.loads(text)) for text in texts)
        except ValueError as error:
            raise StoreError(f"what was kept of {url} cannot be read: {error}") from error
