"""The data sheet of a search service."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from provenance.model import Profile
from provenance.world.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.errors import ProviderError
    from provenance.model import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonForm:
    """How a service that answers a GET with JSON is asked, and where things stand in its answer.

    ``path`` is put behind the base address and holds ``{query}``, unless that does. ``dated`` is
    added to it for a query with a latest day (``{day}``), ``undated`` for one without. ``site`` is
    added to the words for a query of one site, ``every`` joins words that must all be there, and
    ``brackets`` says that alternatives are put in brackets.

    Places are names joined by points, several to be tried joined by bars. ``none`` is one without
    which an answer says that there is nothing. ``reason`` says why a result is a lead;
    ``{provider}`` and ``{outlet}`` (what stands at ``outlet``) are filled in. ``refusal`` gives
    the error that an answer means beyond what its status says, None for an answer with results.
    """

    path: str = ""
    dated: str = ""
    undated: str = ""
    site: str = " site:{site}"
    every: str = " "
    brackets: bool = False
    results: str = "results"
    none: str = ""
    link: str = "url"
    title: str = "title"
    snippet: str = ""
    date: str = ""
    outlet: str = ""
    reason: str = "a page in the index of {provider}"
    refusal: Callable[[str, str, Capture], ProviderError | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSheet(Sheet):
    """One search service.

    ``key`` is the environment variable that holds its key, '' where it wants none, and
    ``key_sent`` how the key is sent: a header and what stands before the key there, or a parameter
    that begins with "?"; ``public_key`` is one that all may use. ``at_once`` bounds how many
    questions may follow each other without a pause, ``within`` the seconds that an answer may
    take, None for as long as any page. ``form`` describes a service in JSON.
    """

    key: str = ""
    key_sent: tuple[str, str] = ("", "")
    public_key: str = ""
    per_minute: float = 20.0
    at_once: float = float("inf")
    within: float | None = None
    profile: Profile = field(default_factory=Profile)
    form: JsonForm | None = None


def key_variable(name: str) -> str:
    """The environment variable that holds the key of a service."""
    return f"PROVENANCE_{re.sub('[^A-Z0-9]+', '_', name.upper())}_KEY"


def value_at(result: Any, paths: str) -> tuple[Any, str]:
    """The first thing at one of several places, and which; None and '' where there is nothing."""
    for path in paths.split("|") if paths else ():
        found = result
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        if found:
            return (" ".join(map(str, found)) if isinstance(found, list) else found), path
    return None, ""
