"""Kind ``gdelt``: the article list of GDELT DOC 2.0, the news of the last three months.

It refuses in words, with status 200 and ``text/html``: a query that is too short or too long,
holds a short phrase, a character that it does not know, OR without brackets or brackets without
OR, a country or a time that it does not have; and whoever asks more than once in five seconds. So
no brackets, countries or times are asked for, and only plain words. Its date says when GDELT saw
a page, not when it was published.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.errors import BadQuery, Garbled, Unavailable
from provenance.model import Event, Lead, Match, Profile
from provenance.text.json_text import parse_json
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import collect_leads, error_of, index_date, list_at, plain
from provenance.world.searches.service import Plain, write_words
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="gdelt",
    kind="gdelt",
    base_url="https://api.gdeltproject.org",
    index="GDELT",
    terms="https://www.gdeltproject.org/about.html#termsofuse",
    per_minute=10.0,
    at_once=1.0,
    within=10.0,
    profile=Profile(
        joins=(Match.ALL, Match.ANY),
        longest=180,
        most_words=12,
        shortest=4,
        plain=True,
        snippets=False,
        most_questions=2,
        reach=92,
    ),
    note="News of the last three months; two questions for a page, one in six seconds.",
)
_MOST_RESULTS = 75
# A throttle that is not heeded is lengthened.
_LEFT_ALONE = 300.0
_THROTTLED = re.compile(r"limit requests|too many requests|rate limit", re.IGNORECASE)
_BAD_QUERY = re.compile(
    r"too (?:short|long|common)|illegal character|surrounded by|parenthes|invalid|unsupported"
    r"|last 3 months|must be|not recogni[sz]ed|no query",
    re.IGNORECASE,
)
_CONTROLS = re.compile("[\x00-\x1f\x7f]")


def build(base_url: str, query: Query) -> str:
    """The question: the pages that GDELT saw first come first where a phrase is asked for."""
    asked = write_words(query, brackets=True)
    # A host with a dash finds nothing there, whatever it holds.
    if query.site and "-" not in query.site:
        asked = f"{asked} domainis:{query.site}"
    parameters = {
        "query": asked,
        "mode": "artlist",
        "format": "json",
        "maxrecords": str(_MOST_RESULTS),
        "sort": "DateAsc" if query.match is Match.PHRASE else "HybridRel",
    }
    return f"{base_url.rstrip('/')}/api/v2/doc/doc?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The articles of an answer in its order; the error that anything else means."""
    if capture.status != 200:
        raise error_of(provider, asked, capture)
    text = capture.body.decode("utf-8", "replace").lstrip("\ufeff").strip()
    if not text.startswith(("{", "[")):
        raise _refusal(provider, asked, text)
    try:
        found = parse_json(_CONTROLS.sub(" ", text))
    except ValueError as error:
        raise Garbled(provider, asked, "its JSON cannot be read") from error
    if found == {}:
        return ()
    return collect_leads(
        provider,
        asked,
        list_at(provider, asked, found, "articles"),
        lambda article: _lead(provider, article),
    )


def _refusal(provider: str, asked: str, text: str) -> Garbled | BadQuery | Unavailable:
    """What a refusal in words means."""
    said = plain(text)[:200]
    if _THROTTLED.search(text[:2000]):
        why = f"it asks to be left alone ({said})"
        return Unavailable(provider, asked, why, retry_after=_LEFT_ALONE)
    if not text.startswith("<") and _BAD_QUERY.search(text[:2000]):
        return BadQuery(provider, asked, f"it does not take this query ({said})")
    return Garbled(provider, asked, f"it did not answer in JSON ({said or 'an empty answer'})")


def _lead(provider: str, article: dict[str, Any]) -> Lead | None:
    url = str(article.get("url") or "")
    if not is_web_url(url):
        return None
    return Lead(
        url=url,
        found_by=provider,
        reason=f"an article that {provider} saw",
        title=plain(article.get("title")),
        sighting=index_date(
            url, article.get("seendate"), f"{provider} seendate", event=Event.INDEXED
        ),
    )


KINDS = {"gdelt": (SHEET, partial(Plain, build=build, parse=parse))}
