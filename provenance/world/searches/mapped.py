"""Kind ``json``: any service that answers a GET with JSON, described in the settings file.

The address holds ``{query}``; the other lines say where things stand in the answer, as names
joined by points, several to be tried joined by bars: ``results = "hits.hits"``, ``link =
"_source.url"``. Whoever does not answer in that form was not heard.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from provenance.errors import SettingsError
from provenance.model import Lead, Match, Profile
from provenance.text.urls import host, is_web_url
from provenance.world.searches.answers import dated, gathered, listed, plain, read_json
from provenance.world.searches.service import Plain, written
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, ProviderSpec, Query
    from provenance.world.searches.client import SearchClient

SHEET = SearchSheet(
    name="json",
    kind="json",
    index="what the service says",
    per_minute=30.0,
    note="Described in the settings file, as [search.NAME].",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Where things stand in an answer, and how the service is asked.

    ``phrases`` "no" says that quotes mean nothing there, ``any`` "yes" that OR means something.
    ``key_header`` is the header that its key goes in, ``index`` the index underneath.
    """

    results: str = "results"
    link: str = "url|link"
    title: str = "title"
    snippet: str = "snippet|content|description"
    date: str = "date|publishedDate|published"
    phrases: str = "yes"
    any: str = "no"
    key_header: str = ""
    index: str = ""


def described(sheet: SearchSheet, spec: ProviderSpec) -> SearchSheet:
    """The sheet of a service as a person describes it; SettingsError where it cannot be used."""
    known = {field.name for field in fields(Mapping)}
    if unknown := sorted({name for name, _ in spec.fields} - known):
        names = ", ".join(sorted(known))
        raise SettingsError(
            f"search {spec.name}: unknown setting {unknown[0]!r}; known are url, {names}"
        )
    if "{query}" not in spec.base_url:
        raise SettingsError(f"search {spec.name}: its address must hold {{query}}")
    mapped = Mapping(**dict(spec.fields))
    joins = (Match.ALL, Match.ANY) if mapped.any == "yes" else (Match.ALL,)
    return replace(
        sheet,
        index=mapped.index or f"the index of {host(spec.base_url)}",
        key=variable(spec.name) if mapped.key_header else "",
        key_sent=(mapped.key_header, ""),
        profile=Profile(phrases=mapped.phrases == "yes", joins=joins),
        fields=spec.fields,
    )


def variable(name: str) -> str:
    """The environment variable that holds the key of a described service."""
    return f"PROVENANCE_{re.sub('[^A-Z0-9]+', '_', name.upper())}_KEY"


def build(base_url: str, query: Query) -> str:
    """The question: the words where the address holds ``{query}``."""
    asked = written(query, brackets=True)
    if query.site:
        asked = f"{asked} site:{query.site}"
    return base_url.replace("{query}", quote(asked, safe=""))


def parse(mapped: Mapping, provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The results of an answer in its order; the error that anything else means."""
    found = read_json(provider, asked, capture)
    path = mapped.results.split(".") if mapped.results else []
    results = listed(provider, asked, found, *path)
    return gathered(provider, asked, results, lambda result: _lead(mapped, provider, result))


def _lead(mapped: Mapping, provider: str, result: dict[str, Any]) -> Lead | None:
    url = str(_at(result, mapped.link) or "")
    if not is_web_url(url):
        return None
    return Lead(
        url=url,
        found_by=provider,
        reason=provider,
        title=plain(_at(result, mapped.title)),
        snippet=plain(_at(result, mapped.snippet)),
        sighting=dated(url, _at(result, mapped.date), f"{provider} {mapped.date}"),
    )


def _at(result: dict[str, Any], paths: str) -> Any:
    """The first thing found at one of several paths; None where there is nothing."""
    for path in paths.split("|"):
        found: Any = result
        for step in path.split("."):
            found = found.get(step) if isinstance(found, dict) else None
        if found:
            return " ".join(map(str, found)) if isinstance(found, list) else found
    return None


class MappedSearch(Plain):
    """A service as a person describes it; satisfies ``model.ports.Search``."""

    def __init__(self, sheet: SearchSheet, asker: SearchClient) -> None:
        super().__init__(sheet, asker, build, partial(parse, Mapping(**dict(sheet.fields))))
