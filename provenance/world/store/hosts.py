"""When each host was last asked and how long it is left alone, shared by every process.

The table is the frontier's: an address is given out when its host may be asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.world.store.connection import Connection

# Turns further ahead than that were given by a clock that has since been set back.
_FURTHEST = 7200.0


class Hosts:
    """The turns at each host; all times in epoch seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def turn(self, host: str, now: float, gap: float) -> float:
        """Takes the next turn at a host, ``gap`` seconds after whoever had the last: when it is."""
        with self._connection.transaction() as db:
            row = db.execute("SELECT asked_at, held FROM hosts WHERE host = ?", (host,)).fetchone()
            asked, held = row or (0.0, 0.0)
            ahead = [time for time in (asked + gap, held) if time <= now + _FURTHEST]
            turn = max(now, *ahead) if ahead else now
            db.execute(
                "INSERT INTO hosts (host, next_at, asked_at) VALUES (?, 0, ?)"
                " ON CONFLICT (host) DO UPDATE SET asked_at = excluded.asked_at",
                (host, turn),
            )
        return float(turn)

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
