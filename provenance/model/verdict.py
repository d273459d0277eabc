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
    """How the page credits its source, best first."""

    CREDITED = "credited"
    NAMED = "named"
    BARE_LINK = "bare_link"
    MISATTRIBUTED = "misattributed"
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
class Verdict:
    """The answer, its basis and its reasons. ``scores`` is the ledger it was summed from.

    ``probability`` is how often verdicts of this kind were right on labelled pages, 0..1; None
    where no labelled page got such a verdict.
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
