"""The addresses of an audit as rows: entering one, counting them, ending one."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from provenance.model.audit import FETCHED, READ, WAITING
from provenance.model.ending import AddressOutcome, Ending, EndReason
from provenance.text.publishers import house_of
from provenance.text.scrub import scrub
from provenance.text.urls import normalise
from provenance.world.store.fetches import moment
from provenance.world.store.hosts import host_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database

    from provenance.model.audit import FoundAddress, ListRow

_ANY = "SELECT 1 FROM addresses WHERE audit_id = ? AND state = ? LIMIT 1"
# The pages that share their text with another one, those of a text together.
_ALIKE = """
    SELECT text_hash, id, url FROM (
        SELECT id, url, text_hash, state, rank, count(*) OVER (PARTITION BY text_hash) AS pages
        FROM addresses WHERE audit_id = ? AND text_hash IS NOT NULL AND state IN ('read', 'done')
    ) WHERE pages > 1 ORDER BY text_hash, state <> 'done', rank, id
"""


def has_any(db: Database, number: int, *states: str) -> bool:
    """Whether an address is in any of the states."""
    return any(db.execute(_ANY, (number, state)).fetchone() for state in states)


def merge_duplicates(db: Database, number: int) -> None:
    """Of the pages of one house read with one text, ends all but the first by rank.

    One text at two houses is what an audit looks for: both pages are checked.
    """
    first: dict[str, str] = {}
    text = ""
    for mark, page, url in db.execute(_ALIKE, (number,)).fetchall():
        if mark != text:
            text, first = mark, {}
        kept = first.setdefault(house_of(url), url)
        if kept != url:
            end(db, page, Ending(reason=EndReason.SAME_TEXT, detail=kept))


def pattern(url: str) -> str:
    """An address with its numbers and query values blanked: what a calendar's pages share."""
    key = normalise(url)
    path, _, query = key.partition("?")
    return re.sub(r"\d+", "0", path) + ("?" + re.sub(r"=[^&]*", "=", query) if query else "")


def _seed(db: Database, number: int) -> int:
    row = db.execute("SELECT options FROM audits WHERE id = ?", (number,)).fetchone()
    return int(json.loads(row[0])["seed"])


def enter(
    db: Database,
    number: int,
    found: Iterable[FoundAddress],
    refuse: Callable[[FoundAddress], Ending | None],
) -> int:
    """Enters addresses, each once, skipped where ``refuse`` says why; how many were new."""
    seed, new = _seed(db, number), 0
    for one in found:
        url = scrub(one.url)
        key = normalise(url)
        if one.row is not None:
            _enter_row(db, number, one.row, key)
        if not url:
            continue
        ending = refuse(one)
        new += db.execute(
            "INSERT OR IGNORE INTO addresses (audit_id, key, url, host, pattern, found_by, dated,"
            " depth, rank, state, reason, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                key,
                url,
                host_key(url),
                pattern(url),
                one.by,
                moment(one.dated) if one.dated else None,
                one.depth,
                _rank(seed, key),
                *(_columns_of(ending) if ending is not None else (WAITING, "", "")),
            ),
        ).rowcount
    return new


def _enter_row(db: Database, number: int, row: ListRow, key: str) -> None:
    db.execute(
        "INSERT OR IGNORE INTO list_rows (audit_id, number, key, named, cells)"
        " VALUES (?, ?, ?, ?, ?)",
        (number, row.number, key, scrub(row.named), json.dumps(row.cells)),
    )


def _rank(seed: int, key: str) -> int:
    """A place in the one random order that belongs to a seed: a sample is its beginning."""
    marked = hashlib.sha256(f"{seed}\0{key}".encode("utf-8", "replace")).digest()
    return int.from_bytes(marked[:7], "big")


def end(db: Database, number: int, ending: Ending | None) -> bool:
    """Ends the address with that id, done where no ending is given; False where it had ended."""
    ended = db.execute(
        "UPDATE addresses SET state = ?, reason = ?, detail = ?, owner = NULL, leased_until = 0"
        " WHERE id = ? AND state IN (?, ?, ?)",
        (*_columns_of(ending), number, WAITING, FETCHED, READ),
    ).rowcount
    return bool(ended)


def give_up(db: Database, number: int, state: str, ending: Ending, keep: int) -> int:
    """Ends all that are in ``state`` and unclaimed, but for the first ``keep`` by rank."""
    return db.execute(
        "UPDATE addresses SET state = ?, reason = ?, detail = ? WHERE id IN (SELECT id"
        " FROM addresses WHERE audit_id = ? AND state = ? AND owner IS NULL ORDER BY rank, id"
        " LIMIT -1 OFFSET ?)",
        (*_columns_of(ending), number, state, keep),
    ).rowcount


def _columns_of(ending: Ending | None) -> tuple[str, str, str]:
    """State, reason and detail of an address that has ended."""
    if ending is None:
        return str(AddressOutcome.DONE), "", ""
    return str(ending.reason.outcome), str(ending.reason), scrub(ending.detail)


def count(db: Database, number: int, *states: str) -> int:
    """How many addresses are in any of the states; all of them where none is named."""
    marks = ",".join("?" * len(states))
    where = f"AND state IN ({marks})" if states else ""
    row = db.execute(
        f"SELECT count(*) FROM addresses WHERE audit_id = ? {where}",  # noqa: S608
        (number, *states),
    ).fetchone()
    return int(row[0])
