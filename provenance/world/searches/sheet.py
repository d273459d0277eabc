"""The data sheet of a search service: all that must be known of one before it is asked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One search service, or one kind of service where ``base_url`` is empty.

    ``index`` names the index underneath: two services over one index are one witness. ``phrases``
    says whether it holds quoted words together, ``dates`` whether it can be asked for a time.
    ``words`` is the most it takes of a query without quotes, ``characters`` the longest query.
    """

    name: str
    kind: str
    base_url: str = ""
    index: str
    terms: str = ""
    key_needed: bool = False
    per_minute: float = 20.0
    phrases: bool = True
    dates: bool = False
    words: int = 32
    characters: int = 400
    note: str = ""
