"""Kind ``arquivo``: full-text search of the pages Arquivo.pt has archived.

A hit is a capture: it says when the page was there, and where its bytes lie. Portuguese-centred,
and the last year is not shown. A query that is an address is refused there with 400.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.errors import Garbled
from provenance.model import Event, Lead, Precision, Reply, Sighting, Witness
from provenance.text.urls import is_web_url
from provenance.world.searches.answers import plain, read_json
from provenance.world.searches.sheet import Sheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query
    from provenance.world.searches.asking import Asker

SHEET = Sheet(
    name="arquivo",
    kind="arquivo",
    index="Arquivo.pt",
    terms="https://arquivo.pt/api",
    per_minute=60.0,
    dates=True,
    note="Portuguese-centred; what was captured in the last year is not shown yet.",
)
_MOST_RESULTS = 20


def build(base_url: str, query: Query) -> str:
    """The question: the words as a phrase or not, a site and a latest time where the query has."""
    words = " ".join(query.phrase.replace('"', " ").split())
    parameters = {
        "q": f'"{words}"' if query.exact else words,
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
    items = found.get("response_items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise Garbled(provider, asked, "its answer has no list of pages")
    leads = [lead for item in items[:_MOST_RESULTS] if (lead := _lead(provider, item)) is not None]
    if items and not leads:
        raise Garbled(provider, asked, "none of its results is a page with an address")
    return tuple(replace(lead, rank=rank) for rank, lead in enumerate(leads))


def _lead(provider: str, item: Any) -> Lead | None:
    if not isinstance(item, dict) or not is_web_url(str(item.get("originalURL") or "")):
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


class ArquivoSearch:
    """Arquivo.pt's text search; satisfies ``model.ports.Search``."""

    def __init__(self, sheet: Sheet, asker: Asker) -> None:
        self.sheet = sheet
        self._asker = asker

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @property
    def index(self) -> str:
        """The index underneath."""
        return self.sheet.index

    def search(self, query: Query) -> Reply[Lead]:
        """The archived pages with these words; empty only if it answered that there are none."""
        leads, at = self._asker.ask(
            build(self.sheet.base_url, query),
            lambda capture: parse(self.name, query.phrase, capture),
        )
        return Reply(items=leads, at=at)
