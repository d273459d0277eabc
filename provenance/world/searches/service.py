"""A search service that is asked by one GET: what all kinds have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from provenance.errors import BadQuery
from provenance.model import Match, Query, Reply
from provenance.text.urls import host
from provenance.world.provider_edge import provider_edge

if TYPE_CHECKING:
    from provenance.model import Capture, Lead, Profile
    from provenance.world.searches.client import SearchClient
    from provenance.world.searches.sheet import SearchSheet


class Build(Protocol):
    """Writes the question: the address that is asked."""

    def __call__(self, base_url: str, query: Query, /) -> str:
        """The address for a query that fits the profile of the service."""
        ...


class Parse(Protocol):
    """Reads the answer."""

    def __call__(self, provider: str, asked: str, capture: Capture, /) -> tuple[Lead, ...]:
        """The leads in the order given; the ProviderError that any other answer means."""
        ...


def write_words(query: Query, *, brackets: bool = False) -> str:
    """The words of a query as most services read them: quoted, side by side, or joined by OR."""
    if query.match is Match.PHRASE:
        return f'"{query.phrase}"'
    words = query.phrase.split()
    if query.match is Match.ALL or len(words) == 1:
        return " ".join(words)
    joined = " OR ".join(words)
    return f"({joined})" if brackets else joined


class Service:
    """What all kinds share; a kind writes the question and reads the answer."""

    def __init__(self, sheet: SearchSheet, asker: SearchClient) -> None:
        self.sheet = sheet
        self._asker = asker

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @property
    def index(self) -> str:
        """The index underneath."""
        return self.sheet.index

    @property
    def profile(self) -> Profile:
        """What it can be asked."""
        return self.sheet.profile

    def fitted(self, query: Query) -> Query:
        """The query as this service takes it; BadQuery where it cannot be put."""
        fitted = self.profile.adapt(query)
        if fitted is None:
            site = self.profile.site if query.site else ""
            why = f"it searches {site} only" if site else "too little is left that it can search"
            raise BadQuery(self.name, query.phrase, f"not asked: {why}")
        return fitted


class Plain(Service):
    """A service that answers one GET; satisfies ``model.ports.Search``.

    ``build`` writes the address that is asked, ``parse`` reads the answer; both are pure.
    """

    def __init__(self, sheet: SearchSheet, asker: SearchClient, build: Build, parse: Parse) -> None:
        super().__init__(sheet, asker)
        self._build = build
        self._parse = parse

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """Its leads in its own order; empty only if it answered that there are none."""
        leads, at = self._asker.ask(
            self._build(self.sheet.base_url, self.fitted(query)),
            lambda capture: self._parse(self.name, query.phrase, capture),
        )
        partial_index = self.profile.reach is not None
        return Reply(items=leads, at=at, notes=(self.sheet.note,) if partial_index else ())


class SiteService(Service):
    """A search of one site: whatever the kind, the index underneath is that site's posts."""

    @property
    def index(self) -> str:
        """The index underneath: the one site."""
        return f"posts of {host(self.sheet.base_url)}"
