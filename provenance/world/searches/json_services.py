"""The services in JSON that are known by name, as data sheets over ``mapped``.

Only what an answer says of a refusal in its own words is code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Match, Profile
from provenance.text.json_text import parse_json, parse_whole
from provenance.world.searches.answers import message, plain, read_json
from provenance.world.searches.mapped import MappedSearch
from provenance.world.searches.sheet import JsonForm, SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture

_LATER = re.compile(r"limit|quota|exceeded|too many|busy|try again", re.IGNORECASE)


def brave_refusal(provider: str, asked: str, capture: Capture) -> ProviderError | None:
    """Brave's errors: a key that is not known comes with 422, as a bad query does.

    Only the code tells them apart.
    """
    status, code = capture.status, _code(capture)
    if code == "RATE_LIMITED" or status == 429:
        why, wait = f"its allowance is used up (HTTP {status})", _reset(capture)
        return Unavailable(provider, asked, why, status=status, retry_after=wait)
    if "TOKEN" in code or code.startswith(("OPTION_NOT_IN_PLAN", "RESOURCE_NOT_ALLOWED", "QUOTA")):
        why = f"it does not take the key ({message(capture) or code})"
        return Refused(provider, asked, why, status=status)
    if status != 200:
        return None
    found = read_json(provider, asked, capture)
    if not isinstance(found, dict) or found.get("type") != "search":
        return Garbled(provider, asked, "it did not answer as a search service")
    return None


def mojeek_refusal(provider: str, asked: str, capture: Capture) -> ProviderError | None:
    """Mojeek's errors, which can come with status 200: only its own "OK" is an answer."""
    if capture.status != 200:
        return None
    found = read_json(provider, asked, capture)
    said = found.get("response") if isinstance(found, dict) else None
    if not isinstance(said, dict):
        return Garbled(provider, asked, "it did not answer as a search service")
    status = plain(said.get("status") or "")[:200]
    if status.upper() == "OK":
        return None
    if _LATER.search(status):
        return Unavailable(provider, asked, f"it cannot answer now ({status})")
    return Refused(provider, asked, f"it refuses the question ({status or 'no status'})")


def _code(capture: Capture) -> str:
    try:
        return str(parse_json(capture.body[:20_000])["error"]["code"]).upper()
    except (ValueError, KeyError, TypeError):
        return ""


def _reset(capture: Capture) -> float | None:
    """Seconds until the allowance that is used up, of a second or of a month, is there again."""
    left = (capture.header("x-ratelimit-remaining") or "").split(",")
    until = (capture.header("x-ratelimit-reset") or "").split(",")
    waits = [
        float(wait)
        for count, wait in zip(left, until, strict=False)
        if count.strip() == "0" and parse_whole(wait) is not None
    ]
    return max(waits, default=None)


BRAVE = SearchSheet(
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
    form=JsonForm(
        path="/res/v1/web/search?q={query}&count=20",
        dated="&freshness=1995-01-01to{day:%Y-%m-%d}",
        results="web.results",
        none="web",
        snippet="description",
        date="page_age",
        refusal=brave_refusal,
    ),
    note="An index of the whole web; a key with a card behind it.",
)
# Its key is taken as a parameter only; the kept question is without it.
MOJEEK = SearchSheet(
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
    form=JsonForm(
        path="/search?q={query}&fmt=json&t=20",
        dated="&before={day:%Y%m%d}",
        results="response.results",
        snippet="desc",
        date="pdate|date",
        refusal=mojeek_refusal,
    ),
    note="An index of the whole web; a paid key.",
)
# A key of one's own is free and is asked first; the public one is often at its limit (429, 503).
MARGINALIA = SearchSheet(
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
    form=JsonForm(path="/search?query={query}&count=50", snippet="description"),
    note="Small and independent sites; works without a key of one's own.",
)
# Its query language is Elasticsearch's, so that only plain words are sent. It wants a stretch of
# days; without a latest day it ends so far ahead that the same question is the same every day.
MEDIACLOUD = SearchSheet(
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
    form=JsonForm(
        path="/api/search/story-list?q={query}&start=2008-01-01&platform=onlinenews-mediacloud"
        "&page_size=50&sort_order=asc",
        dated="&end={day:%Y-%m-%d}",
        undated="&end=2099-12-31",
        site=' AND canonical_domain:"{site}"',
        every=" AND ",
        brackets=True,
        results="stories",
        date="publish_date",
        outlet="media_name",
        reason="a story of {outlet} in {provider}",
    ),
    note="News by full text; a research key, two questions a minute.",
)
KINDS = {sheet.kind: (sheet, MappedSearch) for sheet in (BRAVE, MOJEEK, MARGINALIA, MEDIACLOUD)}
