"""A URL was there by then: a time with its witness."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Witness(StrEnum):
    """Who says that a page was there: the page itself, a web archive, or an index."""

    SELF = "self"
    ARCHIVE = "archive"
    INDEX = "index"


class Event(StrEnum):
    """What happened at the time of a Sighting."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    CAPTURED = "captured"
    INDEXED = "indexed"


class Precision(StrEnum):
    """How finely a time is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A URL was there by then: a time that never travels without witness and precision.

    ``at`` is timezone-aware. ``basis`` says where the time stood ("json_ld datePublished",
    "internet-archive cdx"). ``digest`` is what the witness gives (SHA-1 base32 in CDX).
    ``holds_text`` is True when the content at ``memento`` was fetched and holds the text under
    question, False when it was fetched and does not, None when nobody looked. ``status`` and
    ``media_type`` are those of an archived capture, None where the witness does not tell.
    ``trusted`` is False for a capture in an archive whose captures are no evidence.
    """

    url: str | None
    at: datetime
    precision: Precision
    witness: Witness
    event: Event
    basis: str
    memento: str | None = None
    digest: str | None = None
    holds_text: bool | None = None
    status: int | None = None
    media_type: str | None = None
    trusted: bool = True
