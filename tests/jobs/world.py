"""Hand-written fakes of the ports: a web, an archive and a search service held in dictionaries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from provenance.errors import ProviderError, Refused
from provenance.model import Capture, Document, Fact, Lead, Profile, Query, Reply, Sighting
from tests.build import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime


@dataclass
class FakeWeb:
    pages: Mapping[str, Capture | ProviderError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, *, within: float | None = None) -> Capture:
        self.asked.append(url)
        page = self.pages.get(
            url, Refused("web", url, "there is no such page (HTTP 404)", status=404)
        )
        if isinstance(page, ProviderError):
            raise page
        return page


@dataclass
class FakeArchive:
    """Captures by address; ``mementos`` maps a replay address to what was captured."""

    captures: Mapping[str, tuple[Sighting, ...]] = field(default_factory=dict)
    mementos: Mapping[str, Capture] = field(default_factory=dict)
    fault: ProviderError | None = None
    name: str = "test-archive"

    def sightings(self, url: str) -> Reply[Sighting]:
        if self.fault:
            raise self.fault
        return Reply(items=self.captures.get(url, ()), at=NOON)

    def replay(self, sighting: Sighting) -> Capture:
        return self.mementos[sighting.memento or ""]


@dataclass
class FakeSearch:
    leads: tuple[Lead, ...] = ()
    fault: ProviderError | None = None
    asked: list[Query] = field(default_factory=list)
    name: str = "test-search"
    index: str = "test"
    profile: Profile = field(default_factory=Profile)

    def search(self, query: Query) -> Reply[Lead]:
        self.asked.append(query)
        if self.fault:
            raise self.fault
        return Reply(items=self.leads, at=NOON)


@dataclass
class FakeCorpus:
    leads: tuple[Lead, ...] = ()
    kept: Mapping[str, Capture] = field(default_factory=dict)
    added: list[Document] = field(default_factory=list)
    by_facts: tuple[Lead, ...] = ()
    encoded: dict[tuple[str, str], bytes] = field(default_factory=dict)
    name: str = "corpus"

    def add(self, *documents: Document) -> int:
        self.added.extend(documents)
        return len(documents)

    def find(self, document: Document) -> tuple[Lead, ...]:
        return self.leads

    def find_by_facts(self, document: Document, facts: Sequence[Fact]) -> tuple[Lead, ...]:
        return self.by_facts

    def vectors(self, digest: str, make: str) -> bytes | None:
        return self.encoded.get((digest, make))

    def keep_vectors(self, digest: str, make: str, vectors: bytes) -> None:
        self.encoded[digest, make] = vectors

    def read(self, url: str) -> Capture:
        return self.kept[url]


@dataclass
class FakeWorld:
    web: FakeWeb = field(default_factory=FakeWeb)
    corpus: FakeCorpus = field(default_factory=FakeCorpus)
    archives: Sequence[FakeArchive] = ()
    searches: Sequence[FakeSearch] = ()
    sites: Mapping[str, Sequence[FakeSearch]] = field(default_factory=dict)
    now: Callable[[], datetime] = lambda: NOON

    def find_site_searches(self, url: str) -> Reply[FakeSearch]:
        return Reply(items=tuple(self.sites.get(url, ())), at=NOON)
