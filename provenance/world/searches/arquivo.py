"""Kind ``arquivo``: full-text search of the pages Arquivo.pt has archived.

A hit is a capture: it says when the page was there, and where its bytes lie. Portuguese-centred,
and the last year is not shown. A query that is an address is refused there with 400.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.model import Event, Lead, Precision, Profile, Sighting, Witness
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import collect_leads, list_at, plain, read_json
from provenance.world.searches.service import Plain, write_words
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="arquivo",
    kind="arquivo",
    base_url="https://arquivo.pt",
    index="Arquivo.pt",
    terms="https://arquivo.pt/api",
    per_minute=60.0,
    profile=Profile(dates=True),
    note="Portuguese-centred; what was captured in the last year is not shown yet.",
)
_MOST_RESULTS = 20


def build(base_url: str, query: Query) -> str:
    """The question: the words as a phrase or not, a site and a latest time where the query has."""
    parameters = {
        "q": write_words(query),
        "maxItems": str(_MOST_RESULTS),
    }
    if query.site:
        parameters["siteSearch"] = query.site
    if query.before is not None:
        parameters["to"] = query.before.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return f"{base_url.rstrip('/')}/textsearch?{urlencode(parameters)}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The captured pages of an answer in its order; the error that anything else means."""
    found = read_json(provider, asked, capture)
    items = list_at(provider, asked, found, "response_items")
    return collect_leads(provider, asked, items, lambda item: _lead(provider, item))


def _lead(provider: str, item: dict[str, Any]) -> Lead | None:
    if not is_web_url(str(item.get("originalURL") or "")):
        return None
    url = str(item["originalURL"])
    return Lead(
        url=url,
        found_by=provider,
        reason=f"a page archived by {provider}",
        title=plain(item.get("title")),
        snippet=plain(item.get("snippet")),
        sighting=_sighting(provider, url, item),
    )


def _sighting(provider: str, url: str, item: dict[str, Any]) -> Sighting | None:
    """The capture; its text-search digest is MD5, not that of a CDX, and is left out."""
    try:
        at = datetime.strptime(str(item.get("tstamp")), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    raw = str(item.get("linkToOriginalFile") or "")
    return Sighting(
        url=url,
        at=at,
        precision=Precision.SECOND,
        witness=Witness.ARCHIVE,
        event=Event.CAPTURED,
        basis=f"{provider} text search",
        memento=raw if is_web_url(raw) else None,
        media_type=str(item.get("mimeType") or "") or None,
    )


KINDS = {"arquivo": (SHEET, partial(Plain, build=build, parse=parse))}
