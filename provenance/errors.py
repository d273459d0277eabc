"""The errors of provenance, sorted by what the caller can do about them.

::

    ProvenanceError
    ├─ InputError      the person can mend it: bad URL, unreadable file, no text
    ├─ SettingsError   the operator can mend it: missing key, unknown provider
    ├─ StoreError      disk or schema
    └─ ProviderError   .provider .asked .why .status  -> becomes a Miss in jobs
       ├─ Unavailable  later may work: time-out, 429, 5xx (.retry_after)
       │  └─ Offline   nobody was asked, and the answer is not kept
       ├─ Refused      will not work for this URL: robots, takedown, 401, 403, 451
       ├─ BadQuery     this question cannot be put there, another one can
       └─ Garbled      the reply made no sense: our fault or their change

"Nothing found" is never an error: it is an empty tuple. "Could not ask" is never an empty
tuple: it is a ProviderError, and a Miss in the report.
"""

from __future__ import annotations

from typing import ClassVar


class ProvenanceError(Exception):
    """Base of every error that provenance raises on purpose; its text is one line for a person."""


class InputError(ProvenanceError):
    """The person can mend it: a bad URL, an unreadable file, a page without text."""


class SettingsError(ProvenanceError):
    """The operator can mend it: an unknown provider kind, a malformed settings file."""


class StoreError(ProvenanceError):
    """The kept data cannot be read or written: disk, permissions, schema."""


class ProviderError(ProvenanceError):
    """A site, an archive or a search service gave no usable answer.

    ``provider`` is the name of who was asked, ``asked`` the URL or query, ``why`` one clause,
    ``status`` the HTTP status where an answer came. ``outcome`` is the value of ``model.Answer``
    that a look-up which failed so ends with.
    """

    outcome: ClassVar[str] = "unavailable"

    def __init__(self, provider: str, asked: str, why: str, *, status: int | None = None) -> None:
        super().__init__(provider, asked, why)
        self.provider = provider
        self.asked = asked
        self.why = why
        self.status = status

    def __str__(self) -> str:
        """The one line, of what the fields say now."""
        return f"{self.provider}: {self.why} ({self.asked})"


class Unavailable(ProviderError):
    """Asking later may work; ``retry_after`` is in seconds where the provider said so."""

    def __init__(
        self,
        provider: str,
        asked: str,
        why: str,
        *,
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(provider, asked, why, status=status)
        self.retry_after = retry_after


class Offline(Unavailable):
    """Nobody may be asked (``--offline``), and no kept answer serves."""


class Refused(ProviderError):
    """Asking again will not help for this URL: robots, takedown, 401, 403, 451, private address."""

    outcome = "refused"


class BadQuery(ProviderError):
    """The service does not take this question; it can be asked another."""

    outcome = "bad_query"


class Garbled(ProviderError):
    """The reply made no sense: malformed, the wrong type, or over the limits."""

    outcome = "garbled"
