"""The hunt for the source: follow what points somewhere, then what is kept, then ask searches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from provenance.compare import compare_documents
from provenance.detect import detect_signals
from provenance.errors import InputError
from provenance.judge import copied
from provenance.judge.declared import declare
from provenance.locate import candidates, leads, queries
from provenance.model import (
    Candidate,
    Capture,
    Declaration,
    Document,
    Finding,
    Lead,
    Likeness,
    Query,
    Sighting,
    Signal,
)
from provenance.read import read_capture
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.jobs.inquiry import Inquiry
    from provenance.model import Settings
    from provenance.model.ports import Search, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A page with the signs on it and what they amount to."""

    document: Document
    signals: tuple[Signal, ...]
    declaration: Declaration


def examine(document: Document) -> Examined:
    """What a page says of itself."""
    signals = detect_signals(document)
    return Examined(document=document, signals=signals, declaration=declare(document, signals))


class Pursuit:
    """One hunt: each candidate is looked at once, and it ends when one of them settles it."""

    def __init__(
        self, inquiry: Inquiry, world: World, settings: Settings, suspect: Examined
    ) -> None:
        self._inquiry = inquiry
        self._world = world
        self._settings = settings
        self._suspect = suspect
        self._findings: dict[str, Finding] = {}
        self._own: list[Sighting] = []

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every candidate looked at, in the order of looking."""
        return tuple(self._findings.values())

    @property
    def own_sightings(self) -> tuple[Sighting, ...]:
        """When search indexes had seen the suspect itself."""
        return tuple(self._own)

    def run(self) -> None:
        """Shortest way first: the page's own leads, then kept texts, then search services."""
        suspect = self._suspect
        self._follow(leads(suspect.document, suspect.signals))
        if not self._settled():
            corpus = self._world.corpus
            self._follow(self._inquiry.recall(corpus.name, corpus.find(suspect.document)))
        if not self._settled():
            self._search()

    def _settled(self) -> bool:
        """Whether a candidate holds so much of the page that no further question is needed."""
        return any(
            finding.reuse is not None and finding.reuse.likeness is Likeness.COPIED
            for finding in self._findings.values()
        )

    def _follow(self, found: Iterable[Lead]) -> None:
        """Looks at the candidates, and at what copies among them name in turn."""
        frontier = tuple(found)
        for _ in range(self._settings.hops + 1):
            looked = [self._look_at(candidate) for candidate in self._new(frontier)]
            frontier = tuple(
                lead for page in looked if page for lead in leads(page.document, page.signals)
            )

    def _new(self, found: Iterable[Lead]) -> tuple[Candidate, ...]:
        """Candidates not looked at yet, as many as may still be fetched."""
        left = self._settings.max_downloads - len(self._findings)
        fresh = (
            candidate
            for candidate in candidates(self._suspect.document, found)
            if normalise(candidate.url) not in self._findings
        )
        return tuple(fresh)[: max(left, 0)]

    def _look_at(self, candidate: Candidate) -> Examined | None:
        """Fetches, reads and compares one candidate; the page, if the suspect's text is on it."""
        indexed = tuple(lead.sighting for lead in candidate.leads if lead.sighting is not None)
        finding = Finding(
            candidate=candidate, source=None, sightings=indexed, reuse=None, scores=()
        )
        key = normalise(candidate.url)
        capture = self._fetched(candidate)
        if capture is None:
            self._findings[key] = replace(finding, why="it could not be fetched")
            return None
        try:
            page = examine(read_capture(capture))
        except InputError as error:
            self._findings[key] = replace(finding, why=str(error))
            return None
        if self._seen_before(page.document):
            return None
        self._world.corpus.add(page.document)
        suspect = self._suspect
        self._findings[key] = replace(
            finding,
            source=page.document,
            sightings=(*page.document.dates, *indexed),
            reuse=compare_documents(suspect.document, page.document, suspect.signals),
            declared=page.declaration,
        )
        return page if copied(self._findings[key]) else None

    def _seen_before(self, document: Document) -> bool:
        """Whether the page was looked at already, under another address."""
        known = [f.source for f in self._findings.values() if f.source is not None]
        same_place = normalise(document.url) if document.url else None
        return any(
            page.digest == document.digest or (page.url and normalise(page.url) == same_place)
            for page in known
        )

    def _fetched(self, candidate: Candidate) -> Capture | None:
        """The candidate's bytes: those that are kept where the corpus points, else from the web."""
        corpus, url = self._world.corpus, candidate.url
        if any(lead.found_by == corpus.name for lead in candidate.leads):
            return self._inquiry.read(corpus.name, url, lambda: corpus.read(url))
        return self._inquiry.read("web", url, lambda: self._world.web.fetch(url))

    def _search(self) -> None:
        """The ladder of queries, service by service."""
        asked = "where else this text stands"
        ladder = queries(self._suspect.document, limit=self._settings.max_queries)
        if not self._world.searches:
            self._inquiry.miss("search", asked, "no search service is configured (--search)")
        elif not ladder:
            self._inquiry.miss("search", asked, "the text is too short to search for")
        for service in self._world.searches:
            self._climb(service, ladder)
            if self._settled():
                return

    def _climb(self, service: Search, ladder: tuple[Query, ...]) -> None:
        """Asks one service, query by query, until a candidate settles it or it gives no answer."""
        for query in ladder:
            asked = f"“{query.phrase}”" if query.exact else query.phrase
            found = self._inquiry.ask(
                service.name,
                asked,
                partial(service.search, query),
            )
            if found is None:
                return
            self._own.extend(_own_sightings(self._suspect.document, found))
            for candidate in self._new(found):
                self._look_at(candidate)
            if self._settled():
                return


def _own_sightings(document: Document, found: Iterable[Lead]) -> list[Sighting]:
    """A search that finds the page itself says by when the index had it."""
    own = {normalise(url) for url in (document.url, document.canonical) if url}
    return [
        lead.sighting for lead in found if lead.sighting is not None and normalise(lead.url) in own
    ]
