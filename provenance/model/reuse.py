"""How much of one text stands in another, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from provenance.model.document import Span
from provenance.model.facts import SharedFacts


class PassageKind(StrEnum):
    """How a passage was carried over; TRANSLATED: a sentence that says the same elsewhere."""

    VERBATIM = "verbatim"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"
    MOVED = "moved"


class Likeness(StrEnum):
    """What the pair of texts is, from copied whole to unrelated.

    SAME_DOCUMENT: all they share is a statement, letter or the like that both print. TRANSLATED:
    two languages, and the same statements in the same order.
    """

    COPIED = "copied"
    PARTLY = "partly"
    REWRITTEN = "rewritten"
    TRANSLATED = "translated"
    SAME_DOCUMENT = "same_document"
    SAME_EVENT = "same_event"
    UNRELATED = "unrelated"

    @property
    def is_copy(self) -> bool:
        """Whether one text was made from the other, in whole or in part."""
        return self in _COPIES


_COPIES = {Likeness.COPIED, Likeness.PARTLY, Likeness.REWRITTEN, Likeness.TRANSLATED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """An aligned stretch: ``suspect`` and ``source`` spans index the two texts as stored.

    ``similarity`` is 0..1: the share of equal words, or of two sentences matched by what they say
    the cosine of their vectors. ``quoted`` is True when it stands inside quotation marks with a
    speaker in either text: a statement that two newsrooms both print is not copying.
    """

    suspect: Span
    source: Span
    kind: PassageKind
    similarity: float
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondence:
    """How far the sentences of two texts say the same in the same order, whatever their words.

    ``score`` is 0..1: the letters of the matched sentences, each pair weighed by the cosine of its
    vectors, over the letters of all sentences compared; ``suspect_share`` and ``source_share`` are
    the letters of the matched sentences of each text over those of all its sentences compared.
    ``suspect_sentences`` and ``source_sentences`` are how many were compared of each text, from its
    beginning, ``matched`` how many of each have a counterpart.
    """

    score: float
    suspect_share: float
    source_share: float
    matched: int
    suspect_sentences: int
    source_sentences: int


class Incomparable(StrEnum):
    """Why two texts whose words do not meet were not compared by what their sentences say.

    NOT_INSTALLED: the extra ``languages`` is absent. UNKNOWN_LANGUAGE: the model was not made for
    the language of one of the texts, or nobody can tell which it is.
    """

    NOT_INSTALLED = "not_installed"
    UNKNOWN_LANGUAGE = "unknown_language"


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
    ``score`` is the pair score 0..1 that ``likeness`` is cut from. ``correspondence``
    is what their sentences say, None where that was not asked; ``incomparable`` says why it could
    not be. ``facts`` are what both pages state alike, None where the words settled it.
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
    correspondence: Correspondence | None = None
    incomparable: Incomparable | None = None
    facts: SharedFacts | None = None

    @property
    def by_sentences(self) -> Correspondence | None:
        """What shows that one text was made from the other, where words do not; else None."""
        return self.correspondence if self.likeness.is_copy else None

    @property
    def suspect_share(self) -> float:
        """The share of the suspect made from the source: of its words, or of its sentences."""
        told = self.by_sentences
        return self.suspect_containment if told is None else told.suspect_share

    @property
    def source_share(self) -> float:
        """The share of the source that the suspect was made from."""
        told = self.by_sentences
        return self.source_containment if told is None else told.source_share

    @property
    def suspect_copied(self) -> int:
        """How many of the suspect's words stand in the source."""
        return round(self.suspect_containment * self.suspect_words)
