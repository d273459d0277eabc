"""How an address of an audit ended, and why it has no result where it has none: as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class AddressOutcome(StrEnum):
    """How an address ended; every address of an audit ends in exactly one of them."""

    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"
    SKIPPED = "skipped"


class EndReason(StrEnum):
    """Why an address of an audit was not checked. The comment says what ``Ending.detail`` holds."""

    NO_ADDRESS = "no_address"  # nothing: the row says what stands there
    SAME_TEXT = "same_text"  # the address that is checked in its place
    BEYOND_LIMIT = "beyond_limit"  # the limit, as digits
    NOT_DRAWN = "not_drawn"
    OTHER_SITE = "other_site"
    LEADS_AWAY = "leads_away"  # where it leads
    OLD_BY_LISTING = "old_by_listing"  # the day before which pages are left out, ISO 8601
    OLD_BY_PAGE = "old_by_page"  # the same
    LONG_ADDRESS = "long_address"  # the most characters
    SESSION_ID = "session_id"
    DEEP_PATH = "deep_path"  # the most parts
    REPEATING_PATH = "repeating_path"  # the most times
    MANY_PARAMETERS = "many_parameters"  # the most
    NO_ARTICLES = "no_articles"  # how many addresses like it held none
    MEDIA_TYPE = "media_type"  # the media type
    START_PAGE = "start_page"
    LISTING = "listing"
    NO_TEXT = "no_text"
    FEW_WORDS = "few_words"  # how many
    CONSENT_WALL = "consent_wall"
    SCRIPT_SHELL = "script_shell"
    ERROR_PAGE = "error_page"
    FAULT = "fault"  # one clause, from who was asked or from the reader
    NO_ANSWER = "no_answer"  # the last fault, one clause
    HOST_SILENT = "host_silent"  # the same
    OFFLINE = "offline"
    OWN_FAULT = "own_fault"  # the type of the error
    REFUSED = "refused"  # one clause, from who was asked or of robots.txt
    OTHER = "other"  # a sentence of an older version, or nothing

    @property
    def outcome(self) -> AddressOutcome:
        """How an address with this reason ended."""
        if self is EndReason.REFUSED:
            return AddressOutcome.REFUSED
        return AddressOutcome.FAILED if self in _FAILED else AddressOutcome.SKIPPED


_FAILED = frozenset(
    {
        EndReason.CONSENT_WALL,
        EndReason.SCRIPT_SHELL,
        EndReason.ERROR_PAGE,
        EndReason.FAULT,
        EndReason.NO_ANSWER,
        EndReason.HOST_SILENT,
        EndReason.OFFLINE,
        EndReason.OWN_FAULT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Why one address was not checked; ``detail`` is what only this address has."""

    reason: EndReason
    detail: str = ""
