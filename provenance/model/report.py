"""The whole answer for one page, ready to be rendered or kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from provenance.model.citation import Citation
from provenance.model.document import Document
from provenance.model.evidence import Exhibit, Lookup, Miss, Signal
from provenance.model.settings import Settings
from provenance.model.sighting import Sighting
from provenance.model.verdict import Finding, Verdict, VerdictKind

VERSION = "0.1.0"
SCHEMA = 2


class Stance(StrEnum):
    """What a person who looked at a report makes of its verdict."""

    AGREE = "agree"
    DISAGREE = "disagree"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's verdict on a page and its text: it stands beside the tool's own.

    ``report`` is the number of the report that it was given on, where that is an earlier one.
    """

    stance: Stance
    note: str
    at: datetime
    report: int | None = None


class NoticeState(StrEnum):
    """How far the matter of a copied text is, as the person who pursues it notes."""

    NEW = "new"
    SENT = "sent"
    ANSWERED = "answered"
    LICENSED = "licensed"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What became of the notice about a page and its text; ``note`` in the person's words."""

    state: NoticeState
    note: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """One claim of a report looked at again: ``holds`` is None where nobody could look."""

    claim: str
    holds: bool | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """The archived capture that was checked because the live page could not be had.

    ``why`` is one clause: what became of the live page. ``memento`` is the address of the capture.
    """

    why: str
    memento: str
    captured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One page checked.

    ``target`` is what the person named. ``checked_at`` is the time of the newest evidence, never
    the reader's clock, so that the same kept data give the same bytes. ``sightings`` are those of
    the suspect; those of each candidate stand in its Finding. ``findings`` are best first.
    ``review`` is the newest verdict of a person, None while nobody gave one.
    ``notice`` is how far the matter is, None while nobody noted it.
    ``citation`` is that of the origin, None where the origin is not sure enough to be cited.
    ``stand_in`` is the archived capture that was checked instead of a live page that is gone.
    """

    target: str
    suspect: Document
    signals: tuple[Signal, ...]
    sightings: tuple[Sighting, ...]
    findings: tuple[Finding, ...]
    verdict: Verdict
    misses: tuple[Miss, ...]
    lookups: tuple[Lookup, ...]
    evidence: tuple[Exhibit, ...]
    checked_at: datetime
    settings: Settings
    version: str
    schema: int = SCHEMA
    review: Review | None = None
    notice: Notice | None = None
    citation: Citation | None = None
    stand_in: StandIn | None = None

    @property
    def answer(self) -> Finding | None:
        """The finding that the verdict is about; None where it is about no other text."""
        at = self.verdict.answer
        return None if at is None or not 0 <= at < len(self.findings) else self.findings[at]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReport:
    """A report as it is kept: ``body`` is its JSON, compressed, ``digest`` the JSON's SHA-256.

    ``page`` is what the page is called, by its address if it has one, ``text_digest`` the SHA-256
    of its story: a person's review belongs to both. ``title`` and ``site`` are for lists.
    """

    digest: str
    target: str
    derivation: str
    kind: VerdictKind
    checked_at: datetime
    body: bytes
    page: str = ""
    text_digest: str = ""
    title: str = ""
    site: str = ""
