"""What the evidence amounts to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from provenance.model.document import Document
    from provenance.model.evidence import Candidate, Derivation, Signal
    from provenance.model.reuse import Reuse
    from provenance.model.sighting import Sighting


class Basis(StrEnum):
    """What the derivation rests on: texts compared, the page's own word, or nothing."""

    MEASURED = "measured"
    DECLARED = "declared"
    NONE = "none"


class Direction(StrEnum):
    """Who copied whom. TO_SOURCE: the page under test is the earlier one."""

    FROM_SOURCE = "from_source"
    TO_SOURCE = "to_source"
    COMMON_SOURCE = "common_source"
    UNDETERMINED = "undetermined"


class Attribution(StrEnum):
    """How the page credits its source, best first.

    LICENSED: it does not, and its site is one of those that the settings call licensed.
    """

    CREDITED = "credited"
    NAMED = "named"
    BARE_LINK = "bare_link"
    MISATTRIBUTED = "misattributed"
    LICENSED = "licensed"
    NONE = "none"


class Confidence(StrEnum):
    """Ordinal: from a threshold, the gap to the runner-up, and ceilings."""

    NONE = "none"
    LOW = "low"
    MEDIUM = "medium"
    STRONG = "strong"

    @property
    def rank(self) -> int:
        """0 for NONE up to 3 for STRONG."""
        return list(Confidence).index(self)


class VerdictKind(StrEnum):
    """The answer in one word: what a checked page is, as far as could be told.

    REPOST and PARTIAL: its text, or a part of it, was found at its source. DECLARED: the page says
    so itself. COMMON: this page and another have the text from a third. ELSEWHERE: the text stands
    elsewhere too, and who was first is open. FIRST: this page was first. NONE_FOUND: everybody who
    could know was asked and answered, and nobody knows of a source. UNKNOWN: it could not be told.
    """

    REPOST = "repost"
    PARTIAL = "partial"
    DECLARED = "declared"
    ELSEWHERE = "elsewhere"
    COMMON = "common"
    FIRST = "first"
    NONE_FOUND = "none_found"
    UNKNOWN = "unknown"

    @property
    def reused(self) -> bool:
        """Whether the page has its text from somebody else, measured or by its own word."""
        return self in {
            VerdictKind.REPOST,
            VerdictKind.PARTIAL,
            VerdictKind.DECLARED,
            VerdictKind.COMMON,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One weighed fact: ``value`` 0..1, ``weight`` from the one table, ``why`` a sentence."""

    name: str
    value: float
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the text comes from, as far as evidence goes: a URL, a publisher, or both.

    ``basis`` is MEASURED when the text was found there, DECLARED when the page only says so.
    """

    url: str | None
    publisher: str | None
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One station of the text's way here, nearest first, with the evidence for it."""

    url: str | None
    publisher: str | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the page says of itself: the answer from its own signals alone, before any look-up.

    ``derivation`` is WHOLLY or PARTIALLY when counting signals say so, else UNKNOWN: no sign is
    not a proof of own work. ``origin`` is the best name it gives (URL, then publisher), None when
    it names nobody; ``chain`` every station it names, nearest first. ``signals`` are the ones that
    count, strongest first. ``probability`` is how likely they make the page a repost, in whole or
    in part, 0..1; where it is too low to say so, ``derivation`` is UNKNOWN and there is no origin.
    """

    derivation: Derivation
    attribution: Attribution
    origin: Origin | None
    chain: tuple[Hop, ...]
    signals: tuple[Signal, ...]
    probability: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A candidate that was looked at: its document, when it was seen, what it shares.

    ``source`` and ``reuse`` are None where the candidate could not be read; ``why`` then says so.
    ``declared`` is what the source says of itself: it may be a copy in its turn.
    """

    candidate: Candidate
    source: Document | None
    sightings: tuple[Sighting, ...]
    reuse: Reuse | None
    scores: tuple[Score, ...]
    why: str = ""
    declared: Declaration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeen:
    """When the text was first on record: on the page under test, and on the page of the answer.

    Each is the earliest trusted capture of an archive that was fetched and holds the text; where
    none was fetched, the earliest that may hold it, and where no archive has one, when an index
    took the page in. None where nobody saw it. A page's own claim is never among them.
    """

    page: Sighting | None = None
    other: Sighting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that a verdict is made from.

    ``sightings`` are those of the suspect. ``exhausted`` is True where a search that is configured
    has answered, and nobody who was asked failed to. ``licensed`` are the hosts of the sites that
    may reprint.
    """

    suspect: Document
    signals: tuple[Signal, ...]
    declaration: Declaration
    sightings: tuple[Sighting, ...] = ()
    findings: tuple[Finding, ...] = ()
    exhausted: bool = False
    licensed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer, its basis and its reasons. ``scores`` are the facts it rests on.

    ``kind`` is the answer in one word. ``answer`` is the place, among the report's findings, of
    the one that the verdict is about; None where it is about no other text. ``seen`` says when the
    text was first on record here and there. ``probability`` is how often verdicts of this kind
    were right on labelled pages, 0..1; None where the verdict claims nothing.
    """

    derivation: Derivation
    basis: Basis
    direction: Direction
    attribution: Attribution
    confidence: Confidence
    origin: Origin | None
    chain: tuple[Hop, ...]
    scores: tuple[Score, ...]
    probability: float | None = None
    kind: VerdictKind = VerdictKind.UNKNOWN
    answer: int | None = None
    seen: FirstSeen = FirstSeen()
