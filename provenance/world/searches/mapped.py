"""Any service that answers a GET with JSON, by its data sheet.

A service of kind ``json`` is described by a person in the settings file. There the address holds
``{query}``; the other lines say where things stand in the answer, as names joined by points,
several to be tried joined by bars: ``results = "hits.hits"``, ``link = "_source.url"``. An answer
that has no such places is no answer.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from provenance.errors import SettingsError
from provenance.model import Lead, Match, Profile, Reply
from provenance.text.urls import host, is_web_url
from provenance.world.provider_edge import provider_edge
from provenance.world.searches.answers import (
    collect_leads,
    index_date,
    list_at,
    plain,
    read_json,
)
from provenance.world.searches.service import Service, write_words
from provenance.world.searches.sheet import JsonForm, SearchSheet, key_variable, value_at

if TYPE_CHECKING:
    from provenance.model import Capture, ProviderSpec, Query

SHEET = SearchSheet(
    name="json",
    kind="json",
    index="what the service says",
    per_minute=30.0,
    form=JsonForm(
        brackets=True,
        link="url|link",
        snippet="snippet|content|description",
        date="date|publishedDate|published",
        reason="{provider}",
    ),
    note="Described in the settings file, as [search.NAME].",
)
_PLACES = ("results", "link", "title", "snippet", "date")
# ``phrases`` "no" says that quotes mean nothing there, ``any`` "yes" that OR means something.
# ``key_header`` is the header that its key goes in, ``index`` the index underneath.
_TERMS = ("phrases", "any", "key_header", "index")


def describe(sheet: SearchSheet, spec: ProviderSpec) -> SearchSheet:
    """The sheet of a service as a person describes it; SettingsError where it cannot be used."""
    said = dict(spec.fields)
    if unknown := sorted(set(said) - {*_PLACES, *_TERMS}):
        names = ", ".join(sorted((*_PLACES, *_TERMS)))
        raise SettingsError(
            f"search {spec.name}: unknown setting {unknown[0]!r}; known are url, {names}"
        )
    if "{query}" not in spec.base_url:
        raise SettingsError(f"search {spec.name}: its address must hold {{query}}")
    joins = (Match.ALL, Match.ANY) if said.get("any") == "yes" else (Match.ALL,)
    places: dict[str, Any] = {name: said[name] for name in _PLACES if name in said}
    return replace(
        sheet,
        index=said.get("index") or f"the index of {host(spec.base_url)}",
        key=key_variable(spec.name) if said.get("key_header") else "",
        key_sent=(said.get("key_header", ""), ""),
        profile=Profile(phrases=said.get("phrases", "yes") == "yes", joins=joins),
        form=replace(sheet.form or JsonForm(), **places),
    )


def build(form: JsonForm, base_url: str, query: Query) -> str:
    """The question: the words where the address holds ``{query}``."""
    if query.match is Match.ALL:
        words = form.every.join(query.phrase.split())
    else:
        words = write_words(query, brackets=form.brackets)
    if query.site:
        words += form.site.format(site=query.site)
    day = query.before
    ending = form.undated if day is None else form.dated.format(day=day)
    address = f"{base_url.rstrip('/')}{form.path}" if form.path else base_url
    return address.replace("{query}", quote(words, safe="")) + ending


def parse(form: JsonForm, provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The results of an answer in its order; the error that anything else means."""
    if form.refusal and (error := form.refusal(provider, asked, capture)) is not None:
        raise error
    found = read_json(provider, asked, capture)
    if form.none and isinstance(found, dict) and value_at(found, form.none)[0] is None:
        return ()
    results = list_at(provider, asked, found, *filter(None, form.results.split(".")))
    return collect_leads(provider, asked, results, lambda result: _lead(form, provider, result))


def _lead(form: JsonForm, provider: str, result: dict[str, Any]) -> Lead | None:
    url = str(value_at(result, form.link)[0] or "")
    if not is_web_url(url):
        return None
    date, name = value_at(result, form.date)
    outlet = plain(value_at(result, form.outlet)[0]) or "an outlet"
    return Lead(
        url=url,
        found_by=provider,
        reason=form.reason.format(provider=provider, outlet=outlet),
        title=plain(value_at(result, form.title)[0]),
        snippet=plain(value_at(result, form.snippet)[0]),
        sighting=index_date(url, date, f"{provider} {name}"),
    )


class MappedSearch(Service):
    """A service by its sheet; satisfies ``model.ports.Search``."""

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """Its leads in its own order; empty only if it answered that there are none."""
        form = self.sheet.form or JsonForm()
        leads, at = self._asker.ask(
            build(form, self.sheet.base_url, self.fitted(query)),
            lambda capture: parse(form, self.name, query.phrase, capture),
        )
        return Reply(items=leads, at=at)


KINDS = {"json": (SHEET, MappedSearch)}
