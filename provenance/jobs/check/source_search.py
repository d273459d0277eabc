"""The hunt for the source: follow what points somewhere, then what is kept, then ask searches."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from provenance.compare import compare_documents
from provenance.detect import detect_signals
from provenance.errors import InputError
from provenance.jobs.check.query_budget import QueryBudget
from provenance.judge import copied
from provenance.judge.declared import declare
from provenance.locate import Hints, candidates, leads, queries, ranked, site_queries, sites
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
from provenance.text.urls import host, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.jobs.check.lookup_log import LookupLog
    from provenance.model import Settings
    from provenance.model.ports import Search, World


# Sites that a page names and that are asked for the article; more are rarely a source.
_MOST_SITES = 2
_NOT_HAD = "it could not be fetched"
# Of the answers to one query so many pages are fetched before the next query is put.
_AT_ONCE, _ABOUT_THE_SAME = 5, 0.35


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


class SourceSearch:
    """One hunt: each candidate is looked at once, and it ends when one of them settles it."""

    def __init__(
        self, inquiry: LookupLog, world: World, settings: Settings, suspect: Examined
    ) -> None:
        self._inquiry = inquiry
        self._world = world
        self._settings = settings
        self._suspect = suspect
        self._findings: dict[str, Finding] = {}
        self._looked: set[str] = set()
        self._own: list[Sighting] = []
        self._questions = QueryBudget(inquiry, settings.max_queries)
        self._sites = sites(suspect.document, suspect.signals)[:_MOST_SITES]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every candidate looked at, in the order of looking."""
        return tuple(self._findings.values())

    @property
    def own_sightings(self) -> tuple[Sighting, ...]:
        """When search indexes had seen the suspect itself."""
        return tuple(self._own)

    def run(self) -> None:
        """Shortest way first: the page's own leads, kept texts, the sites it names, searches."""
        suspect = self._suspect
        self._follow(leads(suspect.document, suspect.signals))
        if not self._settled():
            corpus = self._world.corpus
            self._follow(self._inquiry.recall(corpus.name, corpus.find(suspect.document)))
        if not self._settled():
            self._knock()
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
            looked = [self._look_at(candidate) for candidate in self._fresh(frontier)[: self._left]]
            frontier = tuple(
                lead for page in looked if page for lead in leads(page.document, page.signals)
            )

    @property
    def _left(self) -> int:
        """How many candidates may still be fetched."""
        return max(self._settings.max_downloads - len(self._looked), 0)

    def _fresh(self, found: Iterable[Lead]) -> tuple[Candidate, ...]:
        """Candidates not looked at yet, and those that could not be had but the corpus keeps."""
        return tuple(
            self._with_earlier(candidate)
            for candidate in candidates(self._suspect.document, found)
            if normalise(candidate.url) not in self._looked or self._kept_after_all(candidate)
        )

    def _kept_after_all(self, candidate: Candidate) -> bool:
        """Whether the corpus leads to a page that the web did not give."""
        earlier = self._findings.get(normalise(candidate.url))
        had = earlier is None or earlier.why != _NOT_HAD or self._keeps(earlier.candidate)
        return not had and self._keeps(candidate)

    def _keeps(self, candidate: Candidate) -> bool:
        return any(lead.found_by == self._world.corpus.name for lead in candidate.leads)

    def _with_earlier(self, candidate: Candidate) -> Candidate:
        """The candidate with the leads that pointed at it before."""
        earlier = self._findings.get(normalise(candidate.url))
        if earlier is None:
            return candidate
        return replace(candidate, leads=(*earlier.candidate.leads, *candidate.leads))

    def _look_at(self, candidate: Candidate) -> Examined | None:
        """Fetches, reads and compares one candidate; the page, if the suspect's text is on it."""
        indexed = tuple(lead.sighting for lead in candidate.leads if lead.sighting is not None)
        finding = Finding(
            candidate=candidate, source=None, sightings=indexed, reuse=None, scores=()
        )
        key = normalise(candidate.url)
        self._looked.add(key)
        capture = self._fetched(candidate)
        if capture is None:
            self._findings[key] = replace(finding, why=_NOT_HAD)
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
        if self._keeps(candidate):
            return self._inquiry.read(corpus.name, url, lambda: corpus.read(url))
        return self._inquiry.read("web", url, lambda: self._world.web.fetch(url))

    def _knock(self) -> None:
        """Asks the sites that the page names for the article, by their own keyless searches."""
        ladder = site_queries(self._suspect.document) if self._sites else ()
        for site in self._sites if ladder else ():
            asked = f"how the articles of {host(site)} can be searched"
            find = partial(self._world.find_site_searches, site)
            for search in self._inquiry.ask("web", asked, find) or ():
                self._climb((search,), ladder)
                if self._settled():
                    return

    def _search(self) -> None:
        """The ladder of queries: each is put to every service before the next is."""
        asked = "where else this text stands"
        if not self._world.searches:
            self._inquiry.miss("search", asked, "no search service is configured (--search)")
            return
        ladder = queries(self._suspect.document, limit=self._settings.max_queries)
        if not ladder:
            self._inquiry.miss("search", asked, "the text is too short to search for")
        self._climb(self._world.searches, ladder)

    def _climb(self, services: Sequence[Search], ladder: tuple[Query, ...]) -> None:
        """Asks query by query until a candidate settles it; what is left then is looked through."""
        pool: list[Lead] = []
        indexes = {service.name: service.index for service in services}
        hints = Hints(indexes=indexes, sites=self._sites)
        for query in ladder:
            found = [lead for service in services for lead in self._questions.put(service, query)]
            self._own.extend(_own_sightings(self._suspect.document, found))
            pool.extend(found)
            self._look_through(pool if found else (), hints)
            if self._settled() or self._questions.over:
                break
        while not self._settled() and self._left and self._fresh(pool):
            self._look_through(pool, hints)

    def _look_through(self, pool: Iterable[Lead], hints: Hints) -> None:
        """Looks at the most promising candidates, all of them that promise about the same."""
        promises = ranked(self._suspect.document, self._fresh(pool), hints)
        for promise in promises[: min(_AT_ONCE, self._left)]:
            if promise.worth >= promises[0].worth - _ABOUT_THE_SAME:
                self._look_at(promise.candidate)


def _own_sightings(document: Document, found: Iterable[Lead]) -> list[Sighting]:
    """A search that finds the page itself says by when the index had it."""
    own = {normalise(url) for url in (document.url, document.canonical) if url}
    return [
        lead.sighting for lead in found if lead.sighting is not None and normalise(lead.url) in own
    ]
