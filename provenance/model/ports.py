"""What a job asks of the world. Every method raises a ProviderError when it could not ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from provenance.model.document import Capture, Document
from provenance.model.evidence import Lead, Query, Reply
from provenance.model.profile import Profile
from provenance.model.sighting import Sighting


class Web(Protocol):
    """The live web, politely, from the store when offline."""

    def fetch(self, url: str) -> Capture:
        """The page at ``url`` after redirects; Unavailable, Refused or Garbled otherwise."""
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

    def of_digest(self, digest: str) -> Capture | None:
        """What came with that SHA-256, None where it is not kept; StoreError if it changed."""
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
    def doors(self) -> Callable[[str], Reply[Search]]:
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
