"""Who asks each host and until when it is left alone, shared by every process.

The table is the frontier's: an address is given out when its host may be asked.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.world.store.connection import Connection

# A host that is asked for longer than that is free: who asked it has died.
_LONGEST = 120.0
# How soon it is looked whether a host that is being asked has answered.
_SOON = 0.02
# Times further ahead than that were noted by a clock that has since been set back.
_FURTHEST = 7200.0


class Hosts:
    """The turns at each host; all times in epoch seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name = str(os.getpid())

    def take(self, host: str, now: float, gap: float) -> float:
        """Seconds until the host may be asked; 0 when it may, and is then this caller's."""
        with self._connection.transaction() as db:
            row = db.execute(
                "SELECT asked_at, held, asked_by IS NOT NULL FROM hosts WHERE host = ?", (host,)
            ).fetchone()
            asked, held, busy = row or (0.0, 0.0, 0)
            if busy and 0 <= now - asked < _LONGEST:
                return _SOON
            left = max(asked + gap, held) - now
            if 0 < left < _FURTHEST:
                return float(left)
            db.execute(
                "INSERT INTO hosts (host, next_at, asked_at, asked_by) VALUES (?, 0, ?, ?)"
                " ON CONFLICT (host) DO UPDATE SET asked_at = excluded.asked_at,"
                " asked_by = excluded.asked_by",
                (host, now, self._name),
            )
        return 0.0

    def give(self, host: str, now: float) -> None:
        """Gives a host free that was asked until now."""
        with self._connection.transaction() as db:
            db.execute("UPDATE hosts SET asked_at = ?, asked_by = NULL WHERE host = ?", (now, host))

    def free(self, dead: Callable[[str], bool]) -> None:
        """Gives all hosts free that were being asked by who is ``dead``."""
        with self._connection.transaction() as db:
            rows = db.execute("SELECT DISTINCT asked_by FROM hosts WHERE asked_by IS NOT NULL")
            for gone in [name for (name,) in rows.fetchall() if dead(name)]:
                db.execute("UPDATE hosts SET asked_by = NULL WHERE asked_by = ?", (gone,))

    def hold(self, host: str, until: float) -> None:
        """Leaves a host alone until then, as it asked."""
        with self._connection.transaction() as db:
            db.execute(
                "INSERT INTO hosts (host, next_at, held) VALUES (?, 0, ?)"
                " ON CONFLICT (host) DO UPDATE SET held = excluded.held",
                (host, until),
            )

    def held(self, host: str, now: float) -> float:
        """Seconds for which a host has asked to be left alone; 0 when it has not."""
        with self._connection.reading() as db:
            row = db.execute("SELECT held FROM hosts WHERE host = ?", (host,)).fetchone()
        left = float(row[0]) - now if row else 0.0
        return left if 0 < left <= _FURTHEST else 0.0
