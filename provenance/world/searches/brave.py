"""Kind ``brave``: Brave's web search, over its own index; wants a key, in a header.

A key that is not known is refused with 422 as a bad query is; only the code tells them apart.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Lead, Match, Profile
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import (
    dated,
    gathered,
    listed,
    meaning,
    message,
    plain,
    read_json,
)
from provenance.world.searches.service import written
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="brave",
    kind="brave",
    base_url="https://api.search.brave.com",
    index="Brave",
    terms="https://api-dashboard.search.brave.com/terms-of-service",
    key="PROVENANCE_BRAVE_KEY",
    key_sent=("X-Subscription-Token", ""),
    per_minute=50.0,
    at_once=1.0,
    profile=Profile(joins=(Match.ALL, Match.ANY), longest=400, most_words=50, dates=True),
    note="An index of the whole web; a key with a card behind it.",
)
_MOST_RESULTS = 20
_EARLIEST = "1995-01-01"


def build(base_url: str, query: Query) -> str:
    """The question; a latest day is asked for as a stretch of days that ends there."""
    asked = written(query)
    if query.site:
        asked = f"{asked} site:{query.site}"
    parameters = {"q": asked, "count": str(_MOST_RESULTS)}
    if query.before is not None:
        parameters["freshness"] = f"{_EARLIEST}to{query.before:%Y-%m-%d}"
    return f"{base_url.rstrip('/')}/res/v1/web/search?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The pages of an answer in its order; the error that anything else means."""
    if capture.status != 200:
        raise _refusal(provider, asked, capture)
    found = read_json(provider, asked, capture)
    if not isinstance(found, dict) or found.get("type") != "search":
        raise Garbled(provider, asked, "it did not answer as a search service")
    if found.get("web") is None:
        return ()
    return gathered(
        provider,
        asked,
        listed(provider, asked, found, "web", "results"),
        lambda page: _lead(provider, page),
    )


def _refusal(provider: str, asked: str, capture: Capture) -> ProviderError:
    code = _code(capture)
    if code == "RATE_LIMITED" or capture.status == 429:
        return Unavailable(
            provider,
            asked,
            f"its allowance is used up (HTTP {capture.status})",
            status=capture.status,
            retry_after=_reset(capture),
        )
    if "TOKEN" in code or code.startswith(("OPTION_NOT_IN_PLAN", "RESOURCE_NOT_ALLOWED", "QUOTA")):
        why = f"it does not take the key ({message(capture) or code})"
        return Refused(provider, asked, why, status=capture.status)
    return meaning(provider, asked, capture)


def _code(capture: Capture) -> str:
    try:
        return str(json.loads(capture.body[:20_000])["error"]["code"]).upper()
    except (ValueError, RecursionError, KeyError, TypeError):
        return ""


def _reset(capture: Capture) -> float | None:
    """Seconds until the allowance that is used up, of a second or of a month, is there again."""
    left = (capture.header("x-ratelimit-remaining") or "").split(",")
    until = (capture.header("x-ratelimit-reset") or "").split(",")
    waits = [
        float(wait)
        for count, wait in zip(left, until, strict=False)
        if count.strip() == "0" and wait.strip().isdecimal()
    ]
    return max(waits, default=None)


def _lead(provider: str, page: dict[str, Any]) -> Lead | None:
    url = str(page.get("url") or "")
    if not is_web_url(url):
        return None
    return Lead(
        url=url,
        found_by=provider,
        reason=f"a page in the index of {provider}",
        title=plain(page.get("title")),
        snippet=plain(page.get("description")),
        sighting=dated(url, page.get("page_age"), f"{provider} page_age"),
    )
