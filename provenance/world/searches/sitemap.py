"""Kind ``sitemap``: the addresses that a site lists for news search engines, searched here.

A news sitemap holds the headlines of two days; any other has no headlines, and the words in the
addresses stand for them. Of a sitemap of sitemaps one is read: that for news, else the first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from provenance.errors import Garbled
from provenance.model import Lead, Match, Profile, Reply
from provenance.text.urls import host, same_site, split
from provenance.world.formats.sitemaps import read_sitemap
from provenance.world.provider_edge import provider_edge
from provenance.world.searches.answers import error_of, site_date
from provenance.world.searches.query_match import holds
from provenance.world.searches.service import SiteService
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Capture, Query
    from provenance.world.formats.listed import Contents, ListedPage

SHEET = SearchSheet(
    name="sitemap",
    kind="sitemap",
    index="the addresses of one sitemap",
    profile=Profile(phrases=False, joins=(Match.ALL, Match.ANY), snippets=False),
    note="Headlines of the last two days, or the words of addresses.",
)
_MOST_RESULTS = 20
_WORD = re.compile(r"[^\W\d_]{2,}")
_DATES = ("sitemap publication_date", "sitemap lastmod")


def parse(provider: str, asked: str, capture: Capture) -> Contents:
    """What a sitemap lists; the error that anything else means."""
    if capture.status != 200:
        raise error_of(provider, asked, capture)
    try:
        found = read_sitemap(capture.body, capture.responded_url or capture.url or "")
    except ValueError as error:
        raise Garbled(provider, asked, f"no sitemap: {error}") from error
    if found.why and not (found.pages or found.further):
        raise Garbled(provider, asked, f"an unreadable sitemap: {found.why}")
    return found


def headline(page: ListedPage) -> str:
    """The headline of a page, else the words in the longest part of its address."""
    if page.title:
        return page.title
    parts = [part for part in split(page.url).path.split("/") if part]
    return max((" ".join(_WORD.findall(unquote(part))) for part in parts), key=len, default="")


def _lead(provider: str, page: ListedPage, rank: int) -> Lead:
    return Lead(
        url=page.url,
        found_by=provider,
        reason=f"an address in the sitemap of {host(page.url)}",
        rank=rank,
        title=headline(page),
        sighting=site_date(page.url, page.published, page.modified, _DATES),
    )


class SitemapSearch(SiteService):
    """One sitemap; satisfies ``model.ports.Search``."""

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """The pages whose headline or address has the words; none says nothing of older ones."""
        fitted, base = self.fitted(query), self.sheet.base_url
        sitemap, at = self._read(base, query.phrase)
        near = [url for url in sitemap.further if same_site(url, base)]
        if near:
            chosen = next((url for url in near if "news" in url.lower()), near[0])
            sitemap, at = self._read(chosen, query.phrase)
        found = [page for page in sitemap.pages if holds(headline(page), fitted)]
        leads = (_lead(self.name, page, rank) for rank, page in enumerate(found[:_MOST_RESULTS]))
        notes = [f"only headlines or addresses, of {len(sitemap.pages)} pages"]
        notes += [f"of its sitemap, {sitemap.why}"] if sitemap.why else []
        return Reply(items=tuple(leads), at=at, notes=tuple(notes))

    def _read(self, url: str, asked: str) -> tuple[Contents, datetime]:
        return self._asker.ask(url, lambda capture: parse(self.name, asked, capture))


KINDS = {"sitemap": (SHEET, SitemapSearch)}
