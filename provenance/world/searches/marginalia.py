"""Kind ``marginalia``: the index of small and independent sites; a public key that all share.

A key of one's own is free and is asked first; the public one is often at its limit (429, or 503).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.model import Lead
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import gathered, listed, plain, read_json
from provenance.world.searches.service import written
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="marginalia",
    kind="marginalia",
    base_url="https://api2.marginalia-search.com",
    index="Marginalia",
    terms="https://about.marginalia-search.com/article/api/",
    key="PROVENANCE_MARGINALIA_KEY",
    key_sent=("API-Key", ""),
    public_key="public",
    per_minute=20.0,
    at_once=1.0,
    note="Small and independent sites; works without a key of one's own.",
)
_MOST_RESULTS = 50


def build(base_url: str, query: Query) -> str:
    """The question; times cannot be asked for."""
    asked = written(query)
    if query.site:
        asked = f"{asked} site:{query.site}"
    parameters = {"query": asked, "count": str(_MOST_RESULTS)}
    return f"{base_url.rstrip('/')}/search?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The pages of an answer in its order; the error that anything else means."""
    found = read_json(provider, asked, capture)
    return gathered(
        provider,
        asked,
        listed(provider, asked, found, "results"),
        lambda page: _lead(provider, page),
    )


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
    )
