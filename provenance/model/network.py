"""The nouns of a network: who copies from whom over a whole collection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from provenance.model.reuse import Reuse


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStory:
    """One cluster of copies: ``first`` is set where one text alone has the earliest date.

    ``title``, ``site`` and ``url`` are those of the earliest text, or of one of the earliest;
    ``days`` pass from ``since`` to the last dated copy.
    """

    cluster: int
    size: int
    sites: int
    title: str
    site: str
    url: str | None
    since: date | None
    days: int | None
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFlow:
    """How many texts of ``copy_site`` were copied from ``source_site``, each from its best source.

    ``common`` more have an agency's text in common with it, ``undetermined`` more share a text of
    which nobody can say who was first.
    """

    copy_site: str
    source_site: str
    copies: int
    common: int
    undetermined: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteShare:
    """One site: its texts, those copied from other sites, and their mean share of others' words.

    ``copied`` have a source of an earlier date on another site, ``lent`` are copies of its texts
    on other sites. ``words`` is 0..1.
    """

    site: str
    texts: int
    copied: int
    common: int
    undetermined: int
    words: float
    lent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkDelay:
    """How many copies came so many days after their best source: ``least`` to ``most``."""

    least: int
    most: int | None
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSide:
    """One text of a pair."""

    name: str
    url: str | None
    title: str
    site: str
    date: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPair:
    """A copy and its source, whole, as they were aligned: without furniture."""

    copy: NetworkSide
    source: NetworkSide
    kind: str
    reuse: Reuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """A stretch that many texts print round stories of their own, and at most how many."""

    text: str
    texts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkReport:
    """A whole run: ``rows`` are those of each stage, ``failed`` the rows that nobody could work on.

    ``limit`` is the number of texts from which a mark is looked at as furniture. ``given`` names
    the collections; ``undated`` are the texts without a day. Of the texts whose best source stands
    on another site ``copied`` have the later date, ``common`` an agency's text in common with it,
    and of ``undetermined`` nobody can say who was first.
    """

    version: str
    make: str
    engine: str
    given: tuple[str, ...]
    least: int
    limit: int
    texts: int
    undated: int
    sites: int
    recrawls: int
    failed: int
    edges: int
    copies: int
    exact: int
    passages: int
    clusters: int
    copied: int
    common: int
    undetermined: int
    rows: tuple[tuple[str, int], ...]
    earliest: date | None
    latest: date | None
    stories: tuple[NetworkStory, ...]
    flows: tuple[SiteFlow, ...]
    shares: tuple[SiteShare, ...]
    delays: tuple[NetworkDelay, ...]
    furniture: tuple[Furniture, ...]
    pairs: tuple[NetworkPair, ...]
