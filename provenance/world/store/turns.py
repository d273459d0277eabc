"""Which address of an audit is next: one whose host may be asked, by the record of that host."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from provenance.model.audit import Claim, Turn
from provenance.world.store.hosts import FREE_AT, LONGEST_WAIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

# A worker that has not ended an address by then is taken for dead.
LEASE = 300.0
# A host that is being asked may be free any moment.
_SOON = 0.05

_FIELDS = "id, url, found_by, depth, tries, digest, host"
# A lease or a wait that ends much later than any that is given is of a clock since set back.
_UNLEASED = f"(a.leased_until <= :now OR a.leased_until > :now + {2 * LEASE})"
_DUE_AT = f"iif(a.next_at > :now + {LONGEST_WAIT}, 0.0, a.next_at)"
_NEXT = f"""
    SELECT {_FIELDS} FROM addresses AS a
    WHERE audit_id = :audit AND state = :state AND {_UNLEASED}
    ORDER BY rank, id LIMIT :most
"""  # noqa: S608 - names of columns
# Every state that a page may be in after it was read; the plus keeps the index of texts, in which
# all of them stand, from being taken for that of hosts.
_STATES_READ = "state IN ('read', 'done', 'skipped', 'failed') AND +text_hash IS NOT NULL"
_HOSTS_READ = f"""
    SELECT DISTINCT host FROM addresses WHERE audit_id = ? AND {_STATES_READ} ORDER BY host
"""  # noqa: S608 - names of columns
_FIRST_READ = f"""
    SELECT {_FIELDS} FROM addresses WHERE audit_id = ? AND {_STATES_READ}
    AND host IN (SELECT value FROM json_each(?)) ORDER BY rank, id LIMIT ?
"""  # noqa: S608 - names of columns
# The hosts of an audit, each found by one step in the index: there are few, of many addresses.
_HOSTS = f"""
    WITH RECURSIVE places(host) AS (
        SELECT min(host) FROM addresses WHERE audit_id = :audit AND state = :state
        UNION ALL
        SELECT (
            SELECT min(host) FROM addresses
            WHERE audit_id = :audit AND state = :state AND host > places.host
        ) FROM places WHERE places.host IS NOT NULL
    ),
    busy(host) AS (
        SELECT DISTINCT host FROM addresses AS a
        WHERE owner IS NOT NULL AND NOT {_UNLEASED} AND state = 'waiting'
    ),
    free(host, next_at) AS (
        SELECT p.host, ifnull({FREE_AT}, 0.0)
        FROM places AS p LEFT JOIN throttle AS t USING (host)
        WHERE p.host IS NOT NULL AND p.host NOT IN (SELECT host FROM busy)
    )
"""  # noqa: S608 - expressions of this package
_NEXT_PACED = f"""
    {_HOSTS},
    first(id) AS (
        SELECT (
            SELECT id FROM addresses AS a WHERE a.audit_id = :audit AND a.state = :state
            AND a.host = free.host AND {_UNLEASED} AND {_DUE_AT} <= :now
            ORDER BY a.rank, a.id LIMIT 1
        ) FROM free WHERE free.next_at <= :now
    )
    SELECT {_FIELDS} FROM addresses JOIN first USING (id) ORDER BY rank, id LIMIT 1
"""  # noqa: S608 - names of columns
_WAIT = f"""
    {_HOSTS}
    SELECT min(max(free.next_at, (
        SELECT min({_DUE_AT}) FROM addresses AS a WHERE a.audit_id = :audit AND a.state = :state
        AND a.host = free.host
    ))) FROM free
"""  # noqa: S608 - one text in two queries


def take(
    db: Database, number: int, state: str, owner: tuple[str, float], most: int
) -> tuple[Claim, ...]:
    """The next addresses in ``state`` by rank, leased to ``owner``: its name, epoch seconds."""
    name, now = owner
    rows = db.execute(_NEXT, {"audit": number, "state": state, "now": now, "most": most}).fetchall()
    db.conn.executemany(
        "UPDATE addresses SET owner = ?, leased_until = ? WHERE id = ?",
        [(name, now + LEASE, row[0]) for row in rows],
    )
    return tuple(_claim(number, row) for row in rows)


def take_paced(
    db: Database, number: int, state: str, owner: tuple[str, float], pace: float | None
) -> Turn:
    """The next address whose host may be asked by now, leased to ``owner``.

    ``pace`` is the least time between two requests in seconds, None where no host is asked.
    """
    name, now = owner
    asked = {"audit": number, "state": state, "now": now, "pace": pace}
    row = db.execute(_NEXT_PACED, asked).fetchone()
    if row is None:
        return _wait(db, asked)
    db.execute(
        "UPDATE addresses SET owner = ?, leased_until = ? WHERE id = ?",
        (name, now + LEASE, row[0]),
    )
    return Turn(claim=_claim(number, row))


def hosts_read(db: Database, number: int) -> tuple[str, ...]:
    """The hosts of which a page was read, in their order."""
    return tuple(row[0] for row in db.execute(_HOSTS_READ, (number,)).fetchall())


def read(db: Database, number: int, hosts: Sequence[str], most: int) -> tuple[Claim, ...]:
    """The first addresses of these hosts by rank whose pages were read; they are not leased."""
    asked = (number, json.dumps(hosts), most)
    return tuple(_claim(number, row) for row in db.execute(_FIRST_READ, asked).fetchall())


def _wait(db: Database, asked: dict[str, Any]) -> Turn:
    """How long until there may be something to do; no time at all when nothing is left."""
    left = db.execute(
        "SELECT 1 FROM addresses WHERE audit_id = :audit AND state = :state LIMIT 1", asked
    ).fetchone()
    if left is None:
        return Turn()
    row = db.execute(_WAIT, asked).fetchone()
    return Turn(wait=max(float(row[0] or 0.0) - asked["now"], _SOON))


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
