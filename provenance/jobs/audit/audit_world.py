"""The world as the checks of an audit see it: without the site's own pages and boilerplate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.boilerplate.learn import remove_boilerplate
from provenance.text.publishers import same_house

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from provenance.model import Capture, Document, Fact, Lead, Reply
    from provenance.model.audit import SiteBoilerplate
    from provenance.model.ports import Archive, Corpus, Search, Web, World


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWorld:
    """A World whose corpus is asked for other sites' pages alone; satisfies ``ports.World``."""

    web: Web
    archives: Sequence[Archive]
    searches: Sequence[Search]
    find_site_searches: Callable[[str], Reply[Search]]
    corpus: Corpus
    now: Callable[[], datetime]


def exclude_own_site(world: World, boilerplate: SiteBoilerplate) -> AuditWorld:
    """The world with a corpus that gives pages of other sites only."""
    return AuditWorld(
        web=world.web,
        archives=world.archives,
        searches=world.searches,
        find_site_searches=world.find_site_searches,
        corpus=_Others(world.corpus, boilerplate),
        now=world.now,
    )


class _Others:
    """The corpus, asked with the story alone; another page of the same house is no source."""

    def __init__(self, corpus: Corpus, boilerplate: SiteBoilerplate) -> None:
        self._corpus = corpus
        self._boilerplate = boilerplate

    @property
    def name(self) -> str:
        """The name reports use."""
        return self._corpus.name

    def add(self, *documents: Document) -> int:
        """Keeps stories to be found again, each once; the number added."""
        return self._corpus.add(*documents)

    def find(self, document: Document) -> tuple[Lead, ...]:
        """Leads to pages of other houses that hold passages of the story."""
        story = remove_boilerplate(document.text, self._boilerplate, document.title or "")
        own = document.url or ""
        found = self._corpus.find(replace(document, text=story))
        return tuple(lead for lead in found if not same_house(own, lead.url))

    def find_by_facts(self, document: Document, facts: Sequence[Fact]) -> tuple[Lead, ...]:
        """Leads to pages of other houses that state these facts of a page."""
        own = document.url or ""
        found = self._corpus.find_by_facts(document, facts)
        return tuple(lead for lead in found if not same_house(own, lead.url))

    def vectors(self, digest: str, make: str) -> bytes | None:
        """The kept vectors of the sentences of a text."""
        return self._corpus.vectors(digest, make)

    def keep_vectors(self, digest: str, make: str, vectors: bytes) -> None:
        """Keeps the vectors of the sentences of a text."""
        self._corpus.keep_vectors(digest, make, vectors)

    def read(self, url: str) -> Capture:
        """The kept bytes that a lead points at."""
        return self._corpus.read(url)
