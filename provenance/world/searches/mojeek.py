"""Kind ``mojeek``: Mojeek's web search, over its own index; wants a key.

The key goes as a parameter, since it is taken nowhere else; the kept question is without it.
Refusals can come with status 200: only ``status`` "OK" is an answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.errors import Garbled, Refused, Unavailable
from provenance.model import Lead, Profile
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import dated, gathered, listed, plain, read_json
from provenance.world.searches.service import written
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="mojeek",
    kind="mojeek",
    base_url="https://api.mojeek.com",
    index="Mojeek",
    terms="https://www.mojeek.com/services/search/web-search-api/",
    key="PROVENANCE_MOJEEK_KEY",
    key_sent=("?api_key", ""),
    per_minute=30.0,
    at_once=1.0,
    profile=Profile(dates=True),
    note="An index of the whole web; a paid key.",
)
_MOST_RESULTS = 20
_LATER = re.compile(r"limit|quota|exceeded|too many|busy|try again", re.IGNORECASE)


def build(base_url: str, query: Query) -> str:
    """The question, without the key."""
    parameters = {"q": written(query), "fmt": "json", "t": str(_MOST_RESULTS)}
    if query.site:
        parameters["q"] += f" site:{query.site}"
    if query.before is not None:
        parameters["before"] = f"{query.before:%Y%m%d}"
    return f"{base_url.rstrip('/')}/search?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The pages of an answer in its order; the error that anything else means."""
    found = read_json(provider, asked, capture)
    said = found.get("response") if isinstance(found, dict) else None
    if not isinstance(said, dict):
        raise Garbled(provider, asked, "it did not answer as a search service")
    status = plain(said.get("status") or "")
    if status.upper() != "OK":
        if _LATER.search(status):
            raise Unavailable(provider, asked, f"it cannot answer now ({status[:200]})")
        raise Refused(provider, asked, f"it refuses the question ({status[:200] or 'no status'})")
    return gathered(
        provider,
        asked,
        listed(provider, asked, said, "results"),
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
        snippet=plain(page.get("desc")),
        sighting=dated(url, page.get("pdate") or page.get("date"), f"{provider} date"),
    )
