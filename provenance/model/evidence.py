"""What was seen, asked and answered: signals, sightings, queries, leads, look-ups, misses."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from provenance.model.document import Capture, Place, Span, Via
from provenance.model.sighting import Sighting

T = TypeVar("T")


class Derivation(StrEnum):
    """How much of the page is somebody else's text (METER's scale)."""

    WHOLLY = "wholly"
    PARTIALLY = "partially"
    NOT = "not"
    UNKNOWN = "unknown"


# HTTP statuses that say a page is no longer there (RFC 9110 15.5.5 and 15.5.11); no other does.
GONE = frozenset({404, 410})


class Strength(StrEnum):
    """What a signal gives away, strongest first (the catalogue's U, N, R and H)."""

    URL = "url"
    NAME = "name"
    REPOST = "repost"
    HINT = "hint"


class Family(StrEnum):
    """The kind of sign a rule looks for."""

    STATEMENT = "statement"
    MARKUP = "markup"
    AGENCY = "agency"
    TRACE = "trace"
    FURNITURE = "furniture"


class Answer(StrEnum):
    """How a look-up ended; only NONE means that the provider knows of nothing."""

    FOUND = "found"
    NONE = "none"
    REFUSED = "refused"
    BAD_QUERY = "bad_query"
    UNAVAILABLE = "unavailable"
    GARBLED = "garbled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A fact seen on the page, unweighed.

    ``quote`` is the exact words, ``span`` indexes the stored string named by ``place`` (None for
    fields and markup). ``names`` are the publishers or agencies it names, ``target`` the URL it
    gives. ``claims`` is what the sign says of the page if it is believed: WHOLLY or PARTIALLY
    somebody else's, UNKNOWN where it only hints, NOT for furniture. ``silenced_by`` names the
    trap that made it not count; None when it counts.
    """

    rule: str
    family: Family
    quote: str
    place: Place
    strength: Strength
    claims: Derivation
    span: Span | None = None
    names: tuple[str, ...] = ()
    target: str | None = None
    silenced_by: str | None = None


class Match(StrEnum):
    """How a page must hold the words of a query."""

    PHRASE = "phrase"
    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question to a search service: words, how they must stand, and optional limits.

    ``site`` is a host. ``why`` says which words of the text it was cut from.
    """

    phrase: str
    match: Match = Match.PHRASE
    site: str | None = None
    before: datetime | None = None
    why: str = ""

    @property
    def exact(self) -> bool:
        """Whether the words must stand in a row."""
        return self.match is Match.PHRASE


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One pointer to a possible source from one finder.

    ``found_by`` is a rule or a service, ``reason`` one clause, ``rank`` the finder's own order
    (0 first). ``title``, ``snippet`` and ``sighting`` are what a search service gave with it.
    ``at_home`` says that it gave no address of the article, and ``url`` is the home page of the
    site that has it.
    """

    url: str
    found_by: str
    reason: str
    rank: int = 0
    title: str = ""
    snippet: str = ""
    sighting: Sighting | None = None
    at_home: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One URL that may hold the source, with all the leads that point at it, best first."""

    url: str
    leads: tuple[Lead, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """Somebody could not be asked, or did not answer: who, what, why, and when to try again."""

    provider: str
    asked: str
    why: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """One question asked of the world and how it ended.

    ``found`` counts what came back, ``status`` is the HTTP status of an answer that was a fault.
    """

    provider: str
    asked: str
    answer: Answer
    found: int
    at: datetime
    why: str = ""
    status: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Generic[T]):
    """What a provider answered, and when: at the time of asking, or of the kept answer.

    ``notes`` say what a reader of the answer must know: rows left out, a list that ends early.
    """

    items: tuple[T, ...]
    at: datetime
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A Capture without its body: what the evidence table shows. ``size`` in bytes."""

    url: str | None
    responded_url: str | None
    status: int | None
    media_type: str
    captured_at: datetime
    via: Via
    memento: str | None
    digest: str
    size: int

    @classmethod
    def of(cls, capture: Capture) -> Exhibit:
        """What the evidence table shows of a capture."""
        shared: dict[str, Any] = {name: getattr(capture, name) for name in _SHARED}
        return cls(**shared, size=len(capture.body))

    def capture(self, body: bytes) -> Capture:
        """The capture that was shown, of its bytes; its headers are not known."""
        shared: dict[str, Any] = {name: getattr(self, name) for name in _SHARED}
        return Capture(**shared, body=body, headers=())


# What an exhibit and its capture both say: all fields but the size.
_SHARED = tuple(field.name for field in fields(Exhibit) if field.name != "size")
