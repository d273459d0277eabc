"""Kind ``feed``: the latest items of one RSS, Atom or JSON feed, searched here.

Nothing is asked but the feed itself, once a day for all questions. It reaches back some ten to
fifty items; what is not among them may well be on the site.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import Garbled
from provenance.model import Lead, Match, Profile, Reply
from provenance.text.urls import host
from provenance.world.formats.feeds import read_feed
from provenance.world.provider_edge import provider_edge
from provenance.world.searches.answers import error_of, plain, site_date
from provenance.world.searches.query_match import holds
from provenance.world.searches.service import SiteService
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from provenance.model import Capture, Query
    from provenance.world.formats.listed import ListedPage

SHEET = SearchSheet(
    name="feed",
    kind="feed",
    index="the latest items of one feed",
    profile=Profile(joins=(Match.ALL, Match.ANY)),
    note="RSS, Atom or JSON Feed; only its latest items.",
)


def parse(provider: str, asked: str, capture: Capture) -> tuple[tuple[Lead, str], ...]:
    """Each item of a feed as a lead, with its whole text; the error that anything else means."""
    if capture.status != 200:
        raise error_of(provider, asked, capture)
    try:
        items = read_feed(capture.body, capture.responded_url or capture.url or "").pages
    except ValueError as error:
        raise Garbled(provider, asked, f"no feed: {error}") from error
    return tuple(
        (replace(_lead(provider, item), rank=rank), f"{item.title}\n{item.text}")
        for rank, item in enumerate(items)
    )


def _lead(provider: str, item: ListedPage) -> Lead:
    taken = f", taken from {plain(item.source)[:120]}" if item.source else ""
    return Lead(
        url=item.url,
        found_by=provider,
        reason=f"an item of the feed of {host(item.url)}{taken}",
        title=plain(item.title),
        snippet=plain(item.text),
        sighting=site_date(
            item.url, item.published, item.modified, ("feed pubDate", "feed updated")
        ),
    )


class FeedSearch(SiteService):
    """One feed; satisfies ``model.ports.Search``."""

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """The items that hold the words; that none does says nothing of older ones."""
        fitted = self.fitted(query)
        items, at = self._asker.ask(
            self.sheet.base_url, lambda capture: parse(self.name, query.phrase, capture)
        )
        found = tuple(lead for lead, text in items if holds(text, fitted))
        return Reply(items=found, at=at, notes=(f"only its latest {len(items)} items",))


KINDS = {"feed": (SHEET, FeedSearch)}
