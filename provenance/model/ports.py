"""What a job asks of the world. Every method raises a ProviderError when it could not ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from provenance.model.audit import (
    AuditOptions,
    CheckOutcome,
    Claim,
    FoundAddress,
    Listing,
    Progress,
    ReadOutcome,
    Rows,
    Turn,
)
from provenance.model.document import Capture, Document
from provenance.model.ending import Ending
from provenance.model.evidence import Lead, Query, Reply
from provenance.model.facts import Fact
from provenance.model.search_features import Profile
from provenance.model.sighting import Sighting


class Web(Protocol):
    """The live web, politely, from the store when offline."""

    def fetch(self, url: str, *, within: float | None = None) -> Capture:
        """The page at ``url`` after redirects; Unavailable, Refused or Garbled otherwise.

        ``within`` is how many seconds it may take, where that is less than usual.
        """
        ...


class Archive(Protocol):
    """One web archive."""

    @property
    def name(self) -> str:
        """The name reports use."""
        ...

    def sightings(self, url: str) -> Reply[Sighting]:
        """Every capture of ``url``, oldest first, with its status; empty only if there is none."""
        ...

    def replay(self, sighting: Sighting) -> Capture:
        """The archived bytes of a sighting, as they were captured."""
        ...


class Search(Protocol):
    """One search service."""

    @property
    def name(self) -> str:
        """The name reports use."""
        ...

    @property
    def index(self) -> str:
        """The index underneath: two services over one index are one witness."""
        ...

    @property
    def profile(self) -> Profile:
        """What it can be asked."""
        ...

    def search(self, query: Query) -> Reply[Lead]:
        """The service's leads in its own order; empty only if it answered that there are none."""
        ...


class Kept(Protocol):
    """The bytes kept as evidence."""

    def of_digest(self, digest: str, *, at: str | None = None) -> Capture | None:
        """What came with that SHA-256, from the address ``at`` if it did; None if it is not kept.

        StoreError if it changed.
        """
        ...


class Corpus(Protocol):
    """The texts kept here: everything ever read, and what was added by hand."""

    @property
    def name(self) -> str:
        """The name reports use."""
        ...

    def add(self, *documents: Document) -> int:
        """Keeps the stories of documents to be found again, each once; the number added."""
        ...

    def find(self, document: Document) -> tuple[Lead, ...]:
        """Leads to other kept texts that hold passages of this one, those with most first."""
        ...

    def find_by_facts(self, document: Document, facts: Sequence[Fact]) -> tuple[Lead, ...]:
        """Leads to kept texts of other sites that state these facts of a page, in any words."""
        ...

    def vectors(self, digest: str, make: str) -> bytes | None:
        """The kept vectors of the sentences of the text of a page with this digest, of one make."""
        ...

    def keep_vectors(self, digest: str, make: str, vectors: bytes) -> None:
        """Keeps the vectors of the sentences of a kept text."""
        ...

    def read(self, url: str) -> Capture:
        """The kept bytes that a lead points at."""
        ...


class World(Protocol):
    """Everything outside: handed to a job, closed by the face that opened it."""

    @property
    def web(self) -> Web:
        """The one polite session."""
        ...

    @property
    def archives(self) -> Sequence[Archive]:
        """The archives that are configured, in the order they are asked."""
        ...

    @property
    def searches(self) -> Sequence[Search]:
        """The search services that are configured, in the order they are asked."""
        ...

    @property
    def find_site_searches(self) -> Callable[[str], Reply[Search]]:
        """The searches of its own articles that the site at an address offers, the best first.

        Found on the site's own pages, without any key; empty only if they offer none.
        """
        ...

    @property
    def corpus(self) -> Corpus:
        """The texts kept here."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock: timezone-aware UTC."""
        ...


class SitePort(Protocol):
    """One target of an audit."""

    def addresses(self) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        """What each sitemap, feed or list gave, in turn."""
        ...

    def refusal(self, found: FoundAddress) -> Ending | None:
        """Why an address is not looked at, None where it is."""
        ...

    def links(self, capture: Capture, depth: int) -> tuple[FoundAddress, ...]:
        """The addresses on a page of the site."""
        ...

    def forbidden(self, url: str) -> str:
        """Why the site does not let an address be asked, '' where it does."""
        ...


class KeptAudit(Protocol):
    """What is kept of an audit."""

    def options(self, number: int) -> tuple[str, AuditOptions]:
        """What an audit is of, and what was asked."""
        ...

    def rows(self, number: int) -> Rows:
        """Every address that has ended, in the order of addresses."""
        ...

    def listed_rows(self, number: int) -> Rows:
        """Every row of the list of addresses, in its order; none where the target is no list."""
        ...

    def listings(self, number: int) -> tuple[Listing, ...]:
        """What was asked for addresses."""
        ...


class Ledger(KeptAudit, Protocol):
    """Where the addresses of an audit stand; each change is one transaction.

    Times are epoch seconds. A claim belongs to its ``owner`` until it is settled or requeued.
    """

    def is_discovered(self, number: int) -> bool:
        """Whether all listings have been asked."""
        ...

    def enter(
        self,
        number: int,
        found: Iterable[FoundAddress],
        refuse: Callable[[FoundAddress], Ending | None],
    ) -> int:
        """Enters addresses, each once; those that ``refuse`` gives a reason for end at once."""
        ...

    def record_listing(self, number: int, listing: Listing) -> None:
        """Notes what was asked for addresses."""
        ...

    def close_discovery(self, number: int) -> None:
        """Notes that all listings have been asked."""
        ...

    def claim(
        self, number: int, state: str, owner: str, seconds: float, *, pace: float | None
    ) -> Turn:
        """The next address in a state whose host may be asked; without a pace none is."""
        ...

    def claims(
        self, number: int, state: str, owner: str, seconds: float, most: int
    ) -> tuple[Claim, ...]:
        """The next addresses in a state, whatever their hosts."""
        ...

    def settle(self, claim: Claim, ending: Ending) -> bool:
        """Ends an address that was not checked."""
        ...

    def requeue(self, claim: Claim, seconds: float) -> None:
        """Gives an address out again, not before ``seconds``, and counts a try."""
        ...

    def record_fetch(self, claim: Claim, digest: str) -> None:
        """Notes that an address has answered, and so that its host does."""
        ...

    def record_failure(self, claim: Claim) -> int:
        """Counts that an address's host gave no answer: how many times in a row by now."""
        ...

    def record_read(
        self,
        pages: Iterable[ReadOutcome],
        refuse: Callable[[FoundAddress], Ending | None],
        most: int,
    ) -> None:
        """Notes what was read, and enters the addresses on it, up to ``most`` in all."""
        ...

    def merge_duplicates(self, number: int) -> None:
        """Of the pages of one house read with one text, ends all but the first."""
        ...

    def record_checks(self, pages: Iterable[CheckOutcome]) -> int:
        """Ends pages, each with its result and its report."""
        ...

    def give_up(self, number: int, state: str, ending: Ending, keep: int = 0) -> int:
        """Ends all in a state but the first ``keep``."""
        ...

    def count(self, number: int, *states: str) -> int:
        """How many addresses are in the states."""
        ...

    def has_any(self, number: int, *states: str) -> bool:
        """Whether an address is in any of the states."""
        ...

    def count_texts(self, number: int) -> int:
        """How many different texts have been read."""
        ...

    def count_without_result(self, number: int, url: str) -> int:
        """How many pages of an address's pattern were skipped, where none was read."""
        ...

    def hosts_read(self, number: int) -> tuple[str, ...]:
        """The hosts, with their ports, of which a page was read."""
        ...

    def first_read(self, number: int, hosts: Sequence[str], most: int) -> tuple[Claim, ...]:
        """The first pages that were read of these hosts; they are not claimed."""
        ...

    def progress(self, number: int) -> Progress:
        """Where an audit stands."""
        ...
