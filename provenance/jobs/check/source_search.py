"""The search for the source: follow what points somewhere, then what is kept, then ask searches.

The page's own leads come first, then kept texts, then one question to each search service, then the
searches of the sites that the page names, then further questions while they promise something. A
page that does not answer is read as archives keep it.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from provenance.detect import detect_signals
from provenance.errors import InputError
from provenance.jobs.check.comparing import compare_pages, explain_incomparable
from provenance.jobs.check.query_budget import QueryBudget
from provenance.jobs.check.stand_in import is_article
from provenance.jobs.check.timeline import first_of, newest_of
from provenance.judge import SUBSTANTIAL, copied, substantial
from provenance.judge.declared import declare
from provenance.locate import (
    Hints,
    candidates,
    leads,
    published_at,
    queries,
    ranked,
    site_queries,
    sites,
)
from provenance.model import (
    Candidate,
    Capture,
    Declaration,
    Document,
    Fact,
    Finding,
    Lead,
    Likeness,
    Match,
    Query,
    Sighting,
    Signal,
)
from provenance.read import read_capture
from provenance.text.likeness import likeness
from provenance.text.page_facts import page_facts
from provenance.text.publishers import same_house
from provenance.text.urls import host, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.jobs.check.lookup_log import LookupLog
    from provenance.model import Settings
    from provenance.model.ports import Search, World


# Sites that a page names and that are asked for the article; more are rarely a source.
_MOST_SITES = 1
_NOT_HAD = "it could not be fetched"
# Of the answers to one query so many pages are fetched, and only those that promise about as much
# as the best one.
_AT_ONCE, _ABOUT_THE_SAME = 3, 0.35
# What a candidate must promise to be fetched, where its title or a snippet tells; and to be read
# as archives keep it, where it does not answer.
_PROMISING, _LIKELY = 0.4, 0.6
# Questions that lead to no copy after which no more are put.
_MOST_IN_VAIN = 2
# Of the sites on which a search saw an article without giving its address so many are asked for
# it, where its headline is about as like the page's own as this.
_MOST_PAPERS, _LIKE_HEADLINE = 2, 0.5
# Seconds that one candidate may take to answer.
_PATIENCE = 8.0


# What the web answers for each address, or will.
_Fetched: TypeAlias = "dict[str, Future[Capture]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A page with the signs on it and what they amount to.

    ``facts`` are what it states, None where nobody has looked yet.
    """

    document: Document
    signals: tuple[Signal, ...]
    declaration: Declaration
    facts: tuple[Fact, ...] | None = None


def examine(document: Document, facts: tuple[Fact, ...] | None = None) -> Examined:
    """What a page says of itself; its ``facts`` where they are known."""
    signals = detect_signals(document)
    declared = declare(document, signals)
    return Examined(document=document, signals=signals, declaration=declared, facts=facts)


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
        self._hints = Hints(
            indexes={service.name: service.index for service in world.searches}, sites=self._sites
        )
        self._pool: list[Lead] = []
        self._in_vain = 0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every candidate looked at, in the order of looking."""
        return tuple(self._findings.values())

    @property
    def own_sightings(self) -> tuple[Sighting, ...]:
        """When search indexes had seen the suspect itself."""
        return tuple(self._own)

    def run(self) -> None:
        """Shortest way first: the page's own leads, kept texts, searches, the sites it names."""
        suspect = self._suspect
        self._follow(leads(suspect.document, suspect.signals))
        if not self._settled():
            corpus = self._world.corpus
            self._follow(self._inquiry.recall(corpus.name, corpus.find(suspect.document)))
        if not self._settled():
            facts = page_facts(suspect.document) if suspect.facts is None else suspect.facts
            self._follow(corpus.find_by_facts(suspect.document, facts))
        if not self._settled():
            self._search()

    def _settled(self) -> bool:
        """Whether no further question is needed: a page holds the text, or its part is known.

        A page that the suspect itself points at settles it with a substantial part.
        """
        return any(
            finding.reuse is not None
            and (
                finding.reuse.likeness is Likeness.COPIED
                or (substantial(finding) and self._is_named(finding.candidate))
            )
            for finding in self._findings.values()
        )

    def _is_named(self, candidate: Candidate) -> bool:
        """Whether the page under test points at a candidate itself."""
        named = {normalise(s.target) for s in self._suspect.signals if s.target}
        return normalise(candidate.url) in named

    def _follow(self, found: Iterable[Lead]) -> None:
        """Looks at the candidates, and at what copies among them name in turn."""
        frontier = tuple(found)
        for _ in range(self._settings.hops + 1):
            if not frontier:
                return
            looked = self._look_at(self._fresh(frontier)[: self._left])
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

    def _look_at(self, wanted: Sequence[Candidate]) -> list[Examined | None]:
        """Fetches candidates, their hosts side by side, and compares each in turn."""
        fetched = self._fetched_together(wanted)
        return [self._look_at_one(candidate, fetched) for candidate in wanted]

    def _look_at_one(self, candidate: Candidate, fetched: _Fetched) -> Examined | None:
        page = self._compared(candidate, self._capture(candidate, fetched))
        if finding := self._findings.get(normalise(candidate.url)):
            self._inquiry.show_candidate(finding)
        return page

    def _compared(self, candidate: Candidate, capture: Capture | None) -> Examined | None:
        """Reads and compares what one candidate gave; the page, if the suspect's text is on it."""
        indexed = tuple(lead.sighting for lead in candidate.leads if lead.sighting is not None)
        finding = Finding(
            candidate=candidate, source=None, sightings=indexed, reuse=None, scores=()
        )
        key = normalise(candidate.url)
        self._looked.add(key)
        if capture is None:
            self._findings[key] = replace(finding, why=_NOT_HAD)
            return None
        try:
            page = examine(read_capture(capture))
        except InputError as error:
            self._findings[key] = replace(finding, why=str(error))
            return None
        if self._seen_before(page.document) or _is_same_page(self._suspect.document, page.document):
            return None
        self._world.corpus.add(page.document)
        suspect = self._suspect
        self._findings[key] = replace(
            finding,
            source=page.document,
            sightings=(*page.document.dates, *indexed),
            reuse=compare_pages(
                suspect.document, page.document, suspect.signals, self._world.corpus
            ),
            declared=page.declaration,
        )
        named = self._is_named(candidate)
        if why := explain_incomparable(suspect.document, self._findings[key], named=named):
            self._inquiry.miss("languages", f"whether {candidate.url} says the same", why)
        return page if copied(self._findings[key]) else None

    def _seen_before(self, document: Document) -> bool:
        """Whether the page was looked at already, under another address."""
        known = [f.source for f in self._findings.values() if f.source is not None]
        same_place = normalise(document.url) if document.url else None
        return any(
            page.digest == document.digest or (page.url and normalise(page.url) == same_place)
            for page in known
        )

    def _fetched_together(self, wanted: Iterable[Candidate]) -> _Fetched:
        """What the web answers for candidates, asked side by side; kept texts are not asked for.

        The answers are noted one by one afterwards, so that the report is the same in any order.
        """
        urls = [candidate.url for candidate in wanted if not self._keeps(candidate)]
        if len(urls) < 2 or self._inquiry.spent:
            return {}
        with ThreadPoolExecutor(max_workers=len(urls)) as threads:
            return {url: threads.submit(self._ask_web, url) for url in urls}

    def _ask_web(self, url: str) -> Capture:
        return self._world.web.fetch(url, within=_PATIENCE)

    def _capture(self, candidate: Candidate, fetched: _Fetched) -> Capture | None:
        """The bytes: kept where the corpus points, else the web's, else those of an archive."""
        corpus, url = self._world.corpus, candidate.url
        if self._keeps(candidate):
            return self._inquiry.read(corpus.name, url, lambda: corpus.read(url))
        answer = fetched[url].result if url in fetched else partial(self._ask_web, url)
        capture = self._inquiry.read("web", url, answer)
        if capture is not None:
            return capture
        if self._is_named(candidate):
            return self._archived(url) or self._newest(url)
        likely = ranked(self._suspect.document, (candidate,), self._hints)[0].worth >= _LIKELY
        return self._archived(url) if likely else None

    def _archived(self, url: str) -> Capture | None:
        """The first capture in any archive that holds the text, of a page that does not answer."""
        for archive in self._world.archives:
            found = first_of(self._inquiry, archive, url, self._holds)
            if found is not None:
                return self._inquiry.replay(archive, found)
        return None

    def _newest(self, url: str) -> Capture | None:
        """The newest capture that is an article: what the suspect pointed at, if in other words."""
        for archive in self._world.archives:
            for sighting in newest_of(self._inquiry, archive, url):
                capture = self._inquiry.replay(archive, sighting)
                if capture is not None and is_article(capture):
                    return capture
        return None

    def _holds(self, capture: Capture) -> bool:
        """Whether archived bytes hold text of the suspect."""
        try:
            page = read_capture(capture)
        except InputError:
            return False
        from provenance.compare import compare_documents

        suspect = self._suspect
        reuse = compare_documents(suspect.document, page, suspect.signals)
        return max(reuse.suspect_containment, reuse.source_containment) >= SUBSTANTIAL

    def _search(self) -> None:
        """Question by question: each is put to every service before the next is."""
        asked = "where else this text stands"
        if not self._world.searches:
            self._inquiry.miss("search", asked, "no search service is configured (--search)")
        services = [each for each in self._world.searches if self._reaches(each, asked)]
        if not services:
            self._ask_sites()
            return
        steps = queries(self._suspect.document, limit=self._settings.max_queries)
        if not steps:
            self._inquiry.miss("search", asked, "the text is too short to search for")
        for number, query in enumerate(steps):
            self._ask(services, query)
            if number == 0 and not self._settled():
                self._ask_sites()
            if self._settled() or self._questions.over or self._in_vain >= _MOST_IN_VAIN:
                return

    def _reaches(self, service: Search, asked: str) -> bool:
        """Whether a page of that day can be in the index of a service; a Miss where it cannot."""
        reach, published = service.profile.reach, published_at(self._suspect.document)
        if reach is None or published is None or self._settings.offline:
            return True
        if published >= self._world.now() - timedelta(days=reach):
            return True
        why = f"it knows the last {reach} days only, and this page is dated {published:%Y-%m-%d}"
        self._inquiry.miss(service.name, asked, why)
        return False

    def _ask_sites(self) -> None:
        """Asks the sites that the page names for the article, by their own keyless searches."""
        if self._sites and any(site_queries(self._suspect.document)):
            for site in self._sites:
                self._ask_site(site)

    def _ask_site(self, site: str, steps: Sequence[Query] = ()) -> None:
        """Puts questions to the searches of one site, until one of them settles it.

        They are the page's own unless given, and are put together only where a search is found.
        """
        asked = f"how the articles of {host(site)} can be searched"
        services = self._inquiry.ask("web", asked, partial(self._world.find_site_searches, site))
        for service in services or ():
            for query in steps or site_queries(self._suspect.document):
                if self._settled() or self._questions.over:
                    return
                self._ask((service,), query)

    def _ask_papers(self, found: Iterable[Lead]) -> None:
        """Asks papers for articles with a headline like the page's, whose addresses are not known.

        A search that gives headline and paper alone says where the article can be searched for.
        """
        document, asked = self._suspect.document, set[str]()
        likely = [
            lead
            for lead in found
            if likeness(document.title or "", lead.title) >= _LIKE_HEADLINE
            and not (document.url and same_house(document.url, lead.url))
        ]
        for lead in sorted(likely, key=lambda lead: -likeness(document.title or "", lead.title)):
            if self._settled() or len(asked) >= _MOST_PAPERS:
                return
            if lead.url not in asked:
                asked.add(lead.url)
                why = f"a headline that {lead.found_by} gives"
                self._ask_site(lead.url, [Query(phrase=lead.title, match=Match.ALL, why=why)])

    def _ask(self, services: Sequence[Search], query: Query) -> None:
        """Puts one question to services, and looks at what their answers promise."""
        before = self._questions.answers
        found = [lead for service in services for lead in self._questions.put(service, query)]
        answered = self._questions.answers > before
        self._own.extend(_own_sightings(self._suspect.document, found))
        self._pool.extend(lead for lead in found if not lead.at_home)
        looked = self._look_at(self._promising())
        self._ask_papers(lead for lead in found if lead.at_home)
        self._in_vain = 0 if any(looked) else self._in_vain + answered

    def _promising(self) -> list[Candidate]:
        """The candidates not looked at yet that promise most, about equally."""
        offers = ranked(self._suspect.document, self._fresh(self._pool), self._hints)
        best = offers[0].worth if offers else 0.0
        floor = max(_PROMISING, best - _ABOUT_THE_SAME)
        return [
            offer.candidate
            for offer in offers[: min(_AT_ONCE, self._left)]
            if offer.worth >= floor or not _described(offer.candidate)
        ]


def _is_same_page(one: Document, other: Document) -> bool:
    """Whether two documents are one page saved twice: of one of them no address is known."""
    if one.url and other.url:
        return False
    named = (one.title, one.publisher, one.text.split())
    return bool(one.title) and named == (other.title, other.publisher, other.text.split())


def _described(candidate: Candidate) -> bool:
    """Whether anybody gave a title or a snippet by which a candidate can be judged."""
    return any(lead.title or lead.snippet for lead in candidate.leads)


def _own_sightings(document: Document, found: Iterable[Lead]) -> list[Sighting]:
    """A search that finds the page itself says by when the index had it."""
    own = {normalise(url) for url in (document.url, document.canonical) if url}
    return [
        lead.sighting for lead in found if lead.sighting is not None and normalise(lead.url) in own
    ]
