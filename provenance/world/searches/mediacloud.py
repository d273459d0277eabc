"""Kind ``mediacloud``: the full texts of Media Cloud's online news; wants a key, in a header.

Its query language is Elasticsearch's, so that only plain words are sent. It wants a stretch of
days; without a latest day it ends so far ahead that the same question is the same every day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.model import Lead, Match, Profile
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import dated, gathered, listed, plain, read_json
from provenance.world.searches.service import written
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="mediacloud",
    kind="mediacloud",
    base_url="https://search.mediacloud.org",
    index="Media Cloud",
    terms="https://www.mediacloud.org/documentation/api-documentation",
    key="PROVENANCE_MEDIACLOUD_KEY",
    key_sent=("Authorization", "Token "),
    per_minute=2.0,
    at_once=1.0,
    profile=Profile(joins=(Match.ALL, Match.ANY), plain=True, dates=True, snippets=False),
    note="News by full text; a research key, two questions a minute.",
)
_MOST_RESULTS = 50
_FIRST_DAY, _LAST_DAY = "2008-01-01", "2099-12-31"


def build(base_url: str, query: Query) -> str:
    """The question, the oldest stories first."""
    words = query.phrase.split()
    asked = " AND ".join(words) if query.match is Match.ALL else written(query, brackets=True)
    if query.site:
        asked = f'{asked} AND canonical_domain:"{query.site}"'
    parameters = {
        "q": asked,
        "start": _FIRST_DAY,
        "end": f"{query.before:%Y-%m-%d}" if query.before is not None else _LAST_DAY,
        "platform": "onlinenews-mediacloud",
        "page_size": str(_MOST_RESULTS),
        "sort_order": "asc",
    }
    return f"{base_url.rstrip('/')}/api/search/story-list?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The stories of an answer in its order; the error that anything else means."""
    found = read_json(provider, asked, capture)
    return gathered(
        provider,
        asked,
        listed(provider, asked, found, "stories"),
        lambda story: _lead(provider, story),
    )


def _lead(provider: str, story: dict[str, Any]) -> Lead | None:
    url = str(story.get("url") or "")
    if not is_web_url(url):
        return None
    return Lead(
        url=url,
        found_by=provider,
        reason=f"a story of {plain(story.get('media_name')) or 'an outlet'} in {provider}",
        title=plain(story.get("title")),
        sighting=dated(url, story.get("publish_date"), f"{provider} publish_date"),
    )
