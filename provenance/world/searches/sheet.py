"""The data sheet of a search service: all that must be known of one before it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from provenance.model import Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSheet:
    """One search service, or one kind of service where ``base_url`` is empty.

    ``index`` names the index underneath: two services over one index are one witness. ``key`` is
    the environment variable that holds its key, '' where it wants none, and ``key_sent`` how the
    key is sent: a header and what stands before the key there, or a parameter that begins with
    "?"; ``public_key`` is one that all may use. ``at_once`` bounds how many questions may follow
    each other without a pause. ``fields`` are what the person said of it besides.
    """

    name: str
    kind: str
    base_url: str = ""
    index: str
    terms: str = ""
    key: str = ""
    key_sent: tuple[str, str] = ("", "")
    public_key: str = ""
    per_minute: float = 20.0
    at_once: float = float("inf")
    profile: Profile = field(default_factory=Profile)
    fields: tuple[tuple[str, str], ...] = ()
    note: str = ""
