"""Kind ``searxng``: a SearXNG instance of one's own, asked for JSON.

An engine behind it that fails gives status 200 and no results: only an answer without
``unresponsive_engines`` says "none". JSON is off in its default settings (403 with HTML then).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from provenance.errors import Garbled, Refused, Unavailable
from provenance.model import Lead, Reply
from provenance.text.urls import is_web_url
from provenance.world.provider_edge import provider_edge
from provenance.world.searches.answers import index_date, message, plain, read_json
from provenance.world.searches.service import Service, write_words
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query

SHEET = SearchSheet(
    name="searxng",
    kind="searxng",
    index="the engines that the instance is set to ask",
    terms="https://docs.searxng.org",
    per_minute=30.0,
    note="Whether quoted words are held together depends on the engines behind it.",
)
_MOST_RESULTS = 50


def build(base_url: str, query: Query) -> str:
    """The question; ``before`` cannot be asked here, since its time ranges end today."""
    base = base_url.rstrip("/").removesuffix("/search")
    asked = write_words(query)
    if query.site:
        asked = f"{asked} site:{query.site}"
    return f"{base}/search?{urlencode({'q': asked, 'format': 'json'})}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[tuple[Lead, ...], tuple[str, ...]]:
    """The leads of an answer in its order, and the engines that did not answer.

    Unavailable when no engine answered, Refused when JSON is switched off or the query is not
    taken, Garbled for anything that is no SearXNG answer.
    """
    if capture.status == 403 and not message(capture):
        raise Refused(
            provider, asked, "it does not give JSON (its settings.yml must list json in formats)"
        )
    found = read_json(provider, asked, capture)
    if not isinstance(found, dict) or not isinstance(found.get("results"), list):
        raise Garbled(provider, asked, "its answer has no list of results")
    silent = _silent(found.get("unresponsive_engines"))
    leads = tuple(
        replace(lead, rank=rank) for rank, lead in enumerate(_leads(provider, found["results"]))
    )
    if not leads and silent:
        raise Unavailable(provider, asked, f"no engine answered ({'; '.join(silent)[:200]})")
    return leads, silent


def _leads(provider: str, results: list[Any]) -> list[Lead]:
    leads = []
    for result in results[:_MOST_RESULTS]:
        if not isinstance(result, dict) or not is_web_url(str(result.get("url") or "")):
            continue
        url = str(result["url"])
        named = result.get("engines")
        engines = ", ".join(map(str, named if isinstance(named, list) else [result.get("engine")]))
        leads.append(
            Lead(
                url=url,
                found_by=provider,
                reason=f"{provider} ({engines})" if engines else provider,
                title=plain(result.get("title")),
                snippet=plain(result.get("content")),
                sighting=index_date(url, result.get("publishedDate"), f"{provider} publishedDate"),
            )
        )
    return leads


def _silent(engines: Any) -> tuple[str, ...]:
    if not isinstance(engines, list):
        return ()
    return tuple(
        plain(": ".join(map(str, engine)) if isinstance(engine, list) else engine)[:80]
        for engine in engines
    )


class SearxngSearch(Service):
    """A SearXNG instance: its answer says which engines kept silent."""

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """The leads of the instance in its own order; empty only if every engine said none."""
        (leads, silent), at = self._asker.ask(
            build(self.sheet.base_url, self.fitted(query)),
            lambda capture: parse(self.name, query.phrase, capture),
        )
        notes = (f"engines that did not answer: {'; '.join(silent)}",) if silent else ()
        return Reply(items=leads, at=at, notes=notes)


KINDS = {"searxng": (SHEET, SearxngSearch)}
