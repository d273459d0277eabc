"""Kind ``sitemap``: the addresses that a site lists for news search engines, searched here.

A news sitemap holds the headlines of two days; any other has no headlines, and the words in the
addresses stand for them. Of a sitemap of sitemaps one is read: that for news, else the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import Garbled
from provenance.model import Lead, Match, Profile, Reply
from provenance.text.urls import host, same_site
from provenance.world.formats.sitemaps import Sitemap, read_sitemap
from provenance.world.searches.answers import claimed, meaning
from provenance.world.searches.query_match import holds
from provenance.world.searches.service import SiteService
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture, Query
    from provenance.world.formats.sitemaps import SitemapPlace

SHEET = SearchSheet(
    name="sitemap",
    kind="sitemap",
    index="the addresses of one sitemap",
    profile=Profile(phrases=False, joins=(Match.ALL, Match.ANY), snippets=False),
    note="Headlines of the last two days, or the words of addresses.",
)
_MOST_RESULTS = 20
_DATES = ("sitemap publication_date", "sitemap lastmod")


def parse(provider: str, asked: str, capture: Capture) -> Sitemap:
    """What a sitemap lists; the error that anything else means."""
    if capture.status != 200:
        raise meaning(provider, asked, capture)
    try:
        return read_sitemap(capture.body)
    except ValueError as error:
        raise Garbled(provider, asked, f"no sitemap: {error}") from error


def _lead(provider: str, place: SitemapPlace, rank: int) -> Lead:
    return Lead(
        url=place.url,
        found_by=provider,
        reason=f"an address in the sitemap of {host(place.url)}",
        rank=rank,
        title=place.words,
        sighting=claimed(place.url, place.published, place.modified, _DATES),
    )


class SitemapSearch(SiteService):
    """One sitemap; satisfies ``model.ports.Search``."""

    def search(self, query: Query) -> Reply[Lead]:
        """The pages whose headline or address has the words; none says nothing of older ones."""
        fitted, base = self.fitted(query), self.sheet.base_url
        sitemap, at = self._read(base, query.phrase)
        near = [url for url in sitemap.further if same_site(url, base)]
        if near:
            chosen = next((url for url in near if "news" in url.lower()), near[0])
            sitemap, at = self._read(chosen, query.phrase)
        found = [place for place in sitemap.places if holds(place.words, fitted)]
        leads = (_lead(self.name, place, rank) for rank, place in enumerate(found[:_MOST_RESULTS]))
        note = f"only headlines or addresses, of {len(sitemap.places)} pages"
        return Reply(items=tuple(leads), at=at, notes=(note,))

    def _read(self, url: str, asked: str) -> tuple[Sitemap, datetime]:
        return self._asker.ask(url, lambda capture: parse(self.name, asked, capture))
