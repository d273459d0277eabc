"""The frontier of a crawl: every address of an audit, where it stands, and how it ended.

The accounting law: an address is found once and ends in exactly one of done, failed, refused and
skipped. A result and the state it leads to are written in one transaction, so that a process may
be killed at any moment: what it was working on is given out again once its lease is void.
When a host may be asked is not kept here: see ``hosts``.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from provenance.errors import StoreError
from provenance.model.audit import (
    FETCHED,
    READ,
    WAITING,
    AuditOptions,
    Listing,
    Progress,
    SiteBoilerplate,
    Turn,
)
from provenance.model.ending import AddressOutcome
from provenance.model.plain import revive, to_json, values
from provenance.text.scrub import scrub
from provenance.world.store import addresses, hosts, reports, turns
from provenance.world.store.connection import reads_rows
from provenance.world.store.fetches import moment
from provenance.world.store.rows import KeptListRows, KeptRows, newest_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from provenance.model.audit import (
        CheckOutcome,
        Claim,
        FoundAddress,
        PageResult,
        ReadOutcome,
    )
    from provenance.model.ending import Ending
    from provenance.world.store.connection import Connection


class Frontier:
    """The audits kept in one database. ``seconds`` in its methods are epoch seconds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, target: str, options: AuditOptions, at: datetime) -> int:
        """The number of the unfinished audit of that target and options, else of a new one."""
        asked = json.dumps(values(options), sort_keys=True)
        with self._connection.transaction() as db:
            rows = db.execute(
                "SELECT id, options FROM audits WHERE target = ? AND ended_at IS NULL"
                " ORDER BY id DESC",
                (scrub(target),),
            )
            for number, kept in rows.fetchall():
                if revive(AuditOptions, json.loads(kept)) == options:
                    return int(number)
            cursor = db.execute(
                "INSERT INTO audits (target, options, begun_at) VALUES (?, ?, ?)",
                (scrub(target), asked, moment(at)),
            )
            return int(cursor.lastrowid or 0)

    @reads_rows
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

    def release_dead(self, is_dead: Callable[[str], bool]) -> int:
        """Voids the leases of owners that are dead; how many addresses are given out again."""
        with self._connection.transaction() as db:
            owners = [
                str(row[0])
                for row in db.execute(
                    "SELECT DISTINCT owner FROM addresses WHERE owner IS NOT NULL"
                ).fetchall()
            ]
            gone = [owner for owner in owners if is_dead(owner)]
            freed = 0
            for owner in gone:
                freed += db.execute(
                    "UPDATE addresses SET owner = NULL, leased_until = 0 WHERE owner = ?", (owner,)
                ).rowcount
            return freed

    def is_discovered(self, number: int) -> bool:
        """Whether all listings have been asked."""
        with self._connection.reading() as db:
            row = db.execute("SELECT discovered FROM audits WHERE id = ?", (number,)).fetchone()
        return bool(row and row[0])

    @reads_rows
    def enter(
        self,
        number: int,
        found: Iterable[FoundAddress],
        refuse: Callable[[FoundAddress], Ending | None],
    ) -> int:
        """Enters addresses, each once; ``refuse`` says why one is skipped, else None.

        The number that were new.
        """
        with self._connection.transaction() as db:
            return addresses.enter(db, number, found, refuse)

    def record_listing(self, number: int, listing: Listing) -> None:
        """Notes what was asked for addresses and what it gave."""
        with self._connection.transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO listings (audit_id, url, kind, found, why, columns)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    *(number, scrub(listing.url), listing.kind, listing.found),
                    *(scrub(listing.why), json.dumps(listing.columns)),
                ),
            )

    def close_discovery(self, number: int) -> None:
        """Notes that all listings have been asked."""
        with self._connection.transaction() as db:
            db.execute("UPDATE audits SET discovered = 1 WHERE id = ?", (number,))

    @reads_rows
    def claim(
        self, number: int, state: str, owner: str, seconds: float, *, pace: float | None
    ) -> Turn:
        """The next address in ``state`` for ``owner``, by rank, whose host may be asked by now.

        ``pace`` is the least time between two requests to one host in seconds; None where no host
        is asked, so that none has to be waited for.
        """
        with self._connection.transaction() as db:
            return turns.take_paced(db, number, state, (owner, seconds), pace)

    @reads_rows
    def claims(
        self, number: int, state: str, owner: str, seconds: float, most: int
    ) -> tuple[Claim, ...]:
        """The next addresses in ``state`` for ``owner``, by rank; none where none is free."""
        with self._connection.transaction() as db:
            return turns.take(db, number, state, (owner, seconds), most)

    def record_fetch(self, claim: Claim, digest: str) -> None:
        """Notes that an address has answered, and so that its host does."""
        with self._connection.transaction() as db:
            db.execute(
                "UPDATE addresses SET state = ?, digest = ?, owner = NULL, leased_until = 0"
                " WHERE id = ? AND state = ?",
                (FETCHED, digest, claim.id, WAITING),
            )
            hosts.change_record(db, hosts.host_key(claim.url), lambda r: replace(r, failures=0))

    @reads_rows
    def record_failure(self, claim: Claim) -> int:
        """Counts that an address's host gave no answer: how many times in a row by now."""
        with self._connection.transaction() as db:
            return hosts.change_record(
                db, hosts.host_key(claim.url), lambda r: replace(r, failures=r.failures + 1)
            ).failures

    def settle(self, claim: Claim, ending: Ending) -> bool:
        """Ends an address that was not checked.

        False, and nothing is changed, where it has ended already: its lease had run out.
        """
        with self._connection.transaction() as db:
            return addresses.end(db, claim.id, ending)

    def record_read(
        self,
        pages: Iterable[ReadOutcome],
        refuse: Callable[[FoundAddress], Ending | None],
        most: int,
    ) -> None:
        """Notes what was read, and enters the addresses on it, up to ``most`` in all."""
        with self._connection.transaction() as db:
            for page in pages:
                if page.links:
                    room = max(most - addresses.count(db, page.claim.audit), 0)
                    addresses.enter(db, page.claim.audit, page.links[:room], refuse)
                if page.ended is not None:
                    addresses.end(db, page.claim.id, page.ended)
                    continue
                db.execute(
                    "UPDATE addresses SET state = ?, digest = ?, text_hash = ?, owner = NULL,"
                    " leased_until = 0 WHERE id = ? AND state IN (?, ?)",
                    (READ, page.digest, page.mark, page.claim.id, WAITING, FETCHED),
                )

    @reads_rows
    def merge_duplicates(self, number: int) -> None:
        """Of the pages of one house read with one text, ends all but the first by rank."""
        with self._connection.transaction() as db:
            addresses.merge_duplicates(db, number)

    def record_checks(self, pages: Iterable[CheckOutcome]) -> int:
        """Ends pages, each with its result and its report, in one transaction; how many ended."""
        ended = 0
        with self._connection.transaction() as db:
            for page in pages:
                if not addresses.end(db, page.claim.id, page.ended):
                    continue
                ended += 1
                if page.result is None or page.report is None:
                    continue
                result = replace(page.result, report=reports.insert(db, page.report))
                db.execute(
                    "UPDATE addresses SET result = ?, reused = ? WHERE id = ?",
                    (to_json(result), int(result.kind.reused), page.claim.id),
                )
        return ended

    def requeue(self, claim: Claim, seconds: float) -> None:
        """Gives an address out again, not before ``seconds``, and counts a try."""
        with self._connection.transaction() as db:
            db.execute(
                "UPDATE addresses SET owner = NULL, leased_until = 0, tries = tries + 1,"
                " next_at = ? WHERE id = ?",
                (seconds, claim.id),
            )

    def give_up(self, number: int, state: str, ending: Ending, keep: int = 0) -> int:
        """Ends all that are in ``state`` and unclaimed, but for the first ``keep`` by rank."""
        with self._connection.transaction() as db:
            return addresses.give_up(db, number, state, ending, keep)

    def count(self, number: int, *states: str) -> int:
        """How many addresses are in any of the states; all of them where none is named."""
        with self._connection.reading() as db:
            return addresses.count(db, number, *states)

    def has_any(self, number: int, *states: str) -> bool:
        """Whether an address is in any of the states."""
        with self._connection.reading() as db:
            return addresses.has_any(db, number, *states)

    @reads_rows
    def count_texts(self, number: int) -> int:
        """How many different texts have been read."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT count(DISTINCT text_hash) FROM addresses WHERE audit_id = ?", (number,)
            ).fetchone()
        return int(row[0])

    @reads_rows
    def count_without_result(self, number: int, url: str) -> int:
        """How many pages with addresses of this pattern were skipped, where none was read."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT sum(state = 'skipped'), sum(text_hash IS NOT NULL) FROM addresses"
                " WHERE audit_id = ? AND pattern = ?",
                (number, addresses.pattern(url)),
            ).fetchone()
        return 0 if row[1] else int(row[0] or 0)

    @reads_rows
    def hosts_read(self, number: int) -> tuple[str, ...]:
        """The hosts, with their ports, of which a page was read, in their order."""
        with self._connection.reading() as db:
            return turns.hosts_read(db, number)

    @reads_rows
    def first_read(self, number: int, hosts: Sequence[str], most: int) -> tuple[Claim, ...]:
        """The first pages by rank that were read of these hosts; none of them is claimed."""
        with self._connection.reading() as db:
            return turns.read(db, number, hosts, most)

    def rows(self, number: int) -> KeptRows:
        """Every address that has ended, in the order of addresses, read when it is wanted."""
        return KeptRows(self._connection, number)

    def listed_rows(self, number: int) -> KeptListRows:
        """Every row of the list of addresses of an audit, in its order, read when it is wanted."""
        return KeptListRows(self._connection, number)

    @reads_rows
    def waiting(self, number: int) -> tuple[int, int, int]:
        """Of the addresses that wait: how many, of how many hosts, the most of one host."""
        with self._connection.reading() as db:
            row = db.execute(
                "SELECT ifnull(sum(pages), 0), count(*), ifnull(max(pages), 0) FROM (SELECT"
                " count(*) AS pages FROM addresses WHERE audit_id = ? AND state = ? GROUP BY host)",
                (number, WAITING),
            ).fetchone()
        return int(row[0]), int(row[1]), int(row[2])

    @reads_rows
    def newest_findings(self, number: int, most: int) -> tuple[PageResult, ...]:
        """The pages that carry somebody's text, those checked last first."""
        with self._connection.reading() as db:
            return newest_findings(db, number, most)

    @reads_rows
    def listings(self, number: int) -> tuple[Listing, ...]:
        """What was asked for addresses, in the order of addresses."""
        with self._connection.reading() as db:
            rows = db.execute(
                "SELECT url, kind, found, why, columns FROM listings WHERE audit_id = ?"
                " ORDER BY url",
                (number,),
            ).fetchall()
        return tuple(
            Listing(url=r[0], kind=r[1], found=r[2], why=r[3], columns=tuple(json.loads(r[4])))
            for r in rows
        )

    def end(self, number: int, at: datetime, boilerplate: SiteBoilerplate | None = None) -> None:
        """Notes that an audit is whole, and what its site prints on its pages.

        StoreError while an address has not ended.
        """
        printed = to_json(boilerplate) if boilerplate else ""
        with self._connection.transaction() as db:
            left = db.execute(
                "SELECT count(*) FROM addresses WHERE audit_id = ? AND state IN (?, ?, ?)",
                (number, WAITING, FETCHED, READ),
            ).fetchone()[0]
            if left:
                raise StoreError(f"audit {number}: {left} addresses have not ended")
            db.execute(
                "UPDATE audits SET ended_at = ?, boilerplate = ? WHERE id = ?",
                (moment(at), printed, number),
            )

    @reads_rows
    def boilerplate(self, number: int) -> SiteBoilerplate:
        """What the site of an audit that has ended prints on its pages, as far as it is shown."""
        with self._connection.reading() as db:
            row = db.execute("SELECT boilerplate FROM audits WHERE id = ?", (number,)).fetchone()
        return revive(SiteBoilerplate, json.loads(row[0])) if row and row[0] else SiteBoilerplate()

    @reads_rows
    def ended_at(self, number: int) -> datetime | None:
        """When an audit was whole; None while it is not."""
        with self._connection.reading() as db:
            row = db.execute("SELECT ended_at FROM audits WHERE id = ?", (number,)).fetchone()
        return datetime.fromisoformat(row[0]) if row and row[0] else None

    @reads_rows
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
            waiting=counts.get(WAITING, 0) + counts.get(FETCHED, 0),
            read=counts.get(READ, 0),
            fates=tuple((each, counts.get(str(each), 0)) for each in AddressOutcome),
            reused=reused,
            complete=ended is not None,
        )
