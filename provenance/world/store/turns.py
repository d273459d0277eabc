"""Whose turn it is: which address of an audit is next, and when its host may be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provenance.model.audit import Claim, Turn

if TYPE_CHECKING:
    from sqlite_utils import Database

# A worker that has not ended an address by then is taken for dead.
LEASE = 300.0
# A host that is being asked may be free any moment.
_SOON = 0.05

_FIELDS = "id, url, found_by, depth, tries, digest, host"
_NEXT = f"""
    SELECT {_FIELDS} FROM addresses
    WHERE audit_id = :audit AND state = :state AND leased_until <= :now
    ORDER BY rank, id LIMIT :most
"""  # noqa: S608 - names of columns
_FIRST_READ = f"""
    SELECT {_FIELDS} FROM addresses WHERE audit_id = :audit AND text_hash IS NOT NULL
    ORDER BY rank, id LIMIT :most
"""  # noqa: S608 - names of columns
# The hosts of an audit, each found by one step in the index: there are few, of many addresses.
_HOSTS = """
    WITH RECURSIVE places(host) AS (
        SELECT min(host) FROM addresses WHERE audit_id = :audit AND state = :state
        UNION ALL
        SELECT (
            SELECT min(host) FROM addresses
            WHERE audit_id = :audit AND state = :state AND host > places.host
        ) FROM places WHERE places.host IS NOT NULL
    ),
    busy(host) AS (
        SELECT DISTINCT host FROM addresses
        WHERE owner IS NOT NULL AND leased_until > :now AND state = 'waiting'
    ),
    free(host, next_at) AS (
        SELECT p.host, max(ifnull(h.next_at, 0), ifnull(h.held, 0))
        FROM places AS p LEFT JOIN hosts AS h USING (host)
        WHERE p.host IS NOT NULL AND p.host NOT IN (SELECT host FROM busy)
    )
"""
_NEXT_PACED = f"""
    {_HOSTS},
    first(id) AS (
        SELECT (
            SELECT id FROM addresses AS a WHERE a.audit_id = :audit AND a.state = :state
            AND a.host = free.host AND a.leased_until <= :now AND a.next_at <= :now
            ORDER BY a.rank, a.id LIMIT 1
        ) FROM free WHERE free.next_at <= :now
    )
    SELECT {_FIELDS} FROM addresses JOIN first USING (id) ORDER BY rank, id LIMIT 1
"""  # noqa: S608 - names of columns
_WAIT = f"""
    {_HOSTS}
    SELECT min(max(free.next_at, (
        SELECT min(a.next_at) FROM addresses AS a WHERE a.audit_id = :audit AND a.state = :state
        AND a.host = free.host
    ))) FROM free
"""  # noqa: S608 - one text in two queries
_HOLD = """
    INSERT INTO hosts (host, next_at) VALUES (?, ?)
    ON CONFLICT (host) DO UPDATE SET next_at = excluded.next_at
"""


def take(
    db: Database, number: int, state: str, owner: tuple[str, float], most: int
) -> tuple[Claim, ...]:
    """The next addresses in ``state`` by rank, held for ``owner``: its name, epoch seconds."""
    name, now = owner
    rows = db.execute(_NEXT, {"audit": number, "state": state, "now": now, "most": most}).fetchall()
    db.conn.executemany(
        "UPDATE addresses SET owner = ?, leased_until = ? WHERE id = ?",
        [(name, now + LEASE, row[0]) for row in rows],
    )
    return tuple(_claim(number, row) for row in rows)


def take_paced(db: Database, number: int, state: str, owner: tuple[str, float], gap: float) -> Turn:
    """The next address whose host is asked by nobody and may be asked again by now.

    The host's next turn is then ``gap`` seconds later.
    """
    name, now = owner
    asked = {"audit": number, "state": state, "now": now}
    row = db.execute(_NEXT_PACED, asked).fetchone()
    if row is None:
        return wait(db, number, state, now)
    db.execute(
        "UPDATE addresses SET owner = ?, leased_until = ? WHERE id = ?",
        (name, now + LEASE, row[0]),
    )
    hold(db, row[6], now + gap)
    return Turn(claim=_claim(number, row))


def read(db: Database, number: int, most: int) -> tuple[Claim, ...]:
    """The first addresses by rank whose pages were read, held by nobody."""
    rows = db.execute(_FIRST_READ, {"audit": number, "most": most}).fetchall()
    return tuple(_claim(number, row) for row in rows)


def wait(db: Database, number: int, state: str, now: float) -> Turn:
    """How long until there may be something to do; no time at all when nothing is left."""
    asked = {"audit": number, "state": state, "now": now}
    left = db.execute(
        "SELECT 1 FROM addresses WHERE audit_id = :audit AND state = :state LIMIT 1", asked
    ).fetchone()
    if left is None:
        return Turn()
    row = db.execute(_WAIT, asked).fetchone()
    return Turn(wait=max(float(row[0] or 0.0) - now, _SOON))


def hold(db: Database, host: str, until: float) -> None:
    """Leaves a host alone until then."""
    db.execute(_HOLD, (host, until))


def _claim(number: int, row: Any) -> Claim:
    return Claim(
        id=row[0],
        audit=number,
        url=row[1],
        found_by=row[2],
        depth=row[3],
        tries=row[4],
        digest=row[5],
    )
