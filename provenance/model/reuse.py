"""How much of one text stands in another, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.document import Span


class PassageKind(StrEnum):
    """How a passage was carried over."""

    VERBATIM = "verbatim"
    REWRITTEN = "rewritten"
    MOVED = "moved"


class Likeness(StrEnum):
    """What the pair of texts is, from copied whole to unrelated.

    SAME_DOCUMENT: all they share is a statement, letter or the like that both print.
    """

    COPIED = "copied"
    PARTLY = "partly"
    REWRITTEN = "rewritten"
    SAME_DOCUMENT = "same_document"
    SAME_EVENT = "same_event"
    UNRELATED = "unrelated"

    @property
    def is_copy(self) -> bool:
        """Whether one text was made from the other, in whole or in part."""
        return self in {Likeness.COPIED, Likeness.PARTLY, Likeness.REWRITTEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An aligned stretch: ``suspect`` and ``source`` spans index the two texts as stored.

    ``similarity`` is 0..1. ``quoted`` is True when it stands inside quotation marks with a
    speaker in either text: a statement that two newsrooms both print is not copying.
    """

    suspect: Span
    source: Span
    kind: PassageKind
    similarity: float
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """The measured copying between a suspect and a source; all shares are 0..1.

    ``suspect_containment`` is the share of the suspect's words found in the source (Broder 1997),
    ``source_containment`` the reverse, ``resemblance`` shared words over all words of both.
    ``unquoted_*`` leave quoted passages out of numerator and denominator. ``verbatim`` and
    ``rewritten`` split ``suspect_containment``. ``longest`` is the longest run in words,
    ``runs`` the number of separate passages, ``in_order`` whether they keep the source's order.
    ``headline`` is the likeness of the two titles, None where either has none. ``excluded`` are
    the spans of the suspect that were left out as furniture, captions or attribution.
    ``passages`` are ordered by their place in the suspect and never overlap there.
    ``score`` is the pair score 0..1 that ``likeness`` is cut from.
    """

    suspect_containment: float
    source_containment: float
    resemblance: float
    unquoted_containment: float
    unquoted_source_containment: float
    verbatim: float
    rewritten: float
    longest: int
    runs: int
    in_order: bool
    suspect_words: int
    source_words: int
    score: float
    likeness: Likeness
    passages: tuple[Passage, ...]
    headline: float | None = None
    excluded: tuple[Span, ...] = ()

    @property
    def suspect_copied(self) -> int:
        """How many of the suspect's words stand in the source."""
        return round(self.suspect_containment * self.suspect_words)
