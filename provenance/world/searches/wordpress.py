"""Kind ``wordpress``: the post search of one WordPress site, over its REST interface.

Its search is a LIKE over the text as stored, not as shown: typographic quotes, apostrophes,
dashes and tags match nothing, unquoted words must all occur, and ten or more of them are taken as
one exact string (WP_Query, ``parse_search``). So a query is cut to the longest stretch of plain
words, quoted, or to nine words. The date of a post is the site's own claim.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from provenance.errors import Garbled, Refused
from provenance.model import Lead, Profile, Reply
from provenance.text.urls import at_root, host
from provenance.world.formats.wordpress import ROUTE, posts_address, read_posts
from provenance.world.provider_edge import provider_edge
from provenance.world.searches import feed
from provenance.world.searches.answers import error_of, plain, site_date
from provenance.world.searches.service import SiteService, write_words
from provenance.world.searches.sheet import SearchSheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Capture, Query
    from provenance.world.formats.listed import ListedPage
    from provenance.world.searches.client import SearchClient

SHEET = SearchSheet(
    name="wordpress",
    kind="wordpress",
    index="the posts of one site",
    terms="https://developer.wordpress.org/rest-api/",
    profile=Profile(most_words=9, shortest=2, plain=True, dates=True),
    note="Finds only posts of the site itself; their dates are the site's own.",
)
_MOST_RESULTS = 20
_FIELDS = "id,date_gmt,modified_gmt,link,title,excerpt"
_ELSEWHERE = frozenset({301, 302, 307, 308, 404, 405})
# The feed of a search names its own address; a feed of the latest posts is no answer.
_OF_A_SEARCH = re.compile(rb"[?&;]s=|/search/")


def build(base_url: str, query: Query, *, plain_links: bool = False) -> str:
    """The question. ``plain_links``: for sites without rewritten addresses (?rest_route=).

    ``base_url`` is the site, or its interface: an address that ends in /wp-json or in /wp/v2.
    """
    parameters = {
        "search": write_words(query),
        "per_page": str(_MOST_RESULTS),
        "orderby": "date",
        "order": "asc",
        "_fields": _FIELDS,
    }
    if query.before is not None:
        parameters["before"] = query.before.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return posts_address(base_url, parameters, plain_links=plain_links)


def build_feed(base_url: str, query: Query) -> str:
    """The question to a site that keeps its interface shut: its search, shown as a feed."""
    root = base_url.rstrip("/")
    home = root.removesuffix(ROUTE).partition("?")[0].rstrip("/").removesuffix("/index.php")
    if home.endswith("/wp-json"):
        home = home.removesuffix("/wp-json")
    elif home != root and "?" not in root:
        home = at_root(home).rstrip("/")
    return f"{home}/?{urlencode({'s': write_words(query), 'feed': 'rss2'})}"


def parse(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The posts of an answer, the oldest first as asked; the error that anything else means."""
    if capture.status != 200:
        raise error_of(provider, asked, capture)
    try:
        posts = read_posts(capture.body)
    except ValueError as error:
        raise Garbled(provider, asked, str(error)) from error
    return tuple(_lead(provider, post, rank) for rank, post in enumerate(posts))


def parse_feed(provider: str, asked: str, capture: Capture) -> tuple[Lead, ...]:
    """The posts of a search that is shown as a feed; the error that anything else means."""
    items = feed.parse(provider, asked, capture)
    if not _OF_A_SEARCH.search(capture.body[:8000]):
        raise Garbled(provider, asked, "its feed is not one of search results")
    return tuple(lead for lead, _ in items)


def _lead(provider: str, post: ListedPage, rank: int) -> Lead:
    return Lead(
        url=post.url,
        found_by=provider,
        reason=f"a post on {host(post.url)}",
        rank=rank,
        title=plain(post.title),
        snippet=plain(post.text),
        sighting=site_date(post.url, post.published, None, ("wordpress date_gmt", "")),
    )


class WordpressSearch(SiteService):
    """The search of one WordPress site; satisfies ``model.ports.Search``."""

    def __init__(self, sheet: SearchSheet, asker: SearchClient) -> None:
        profile = replace(sheet.profile, site=host(sheet.base_url))
        super().__init__(replace(sheet, profile=profile), asker)

    @provider_edge
    def search(self, query: Query) -> Reply[Lead]:
        """The site's posts with these words, oldest first; empty only if it said there are none.

        Where its interface is shut or not there, its search is asked for as a feed.
        """
        fitted = self.fitted(query)
        shut: Refused | None = None
        try:
            found = self._interface(fitted)
        except Refused as error:
            found, shut = None, error
        if found is None:
            found = self._as_feed(fitted, shut)
        return found

    def _interface(self, query: Query) -> Reply[Lead] | None:
        """What its interface answers; None where there is none."""
        base = self.sheet.base_url
        leads, at = self._asker.ask(build(base, query), self._read(query.phrase))
        if leads is None and not base.endswith(ROUTE):
            plain_way = build(base, query, plain_links=True)
            leads, at = self._asker.ask(plain_way, self._read(query.phrase))
        return None if leads is None else Reply(items=leads, at=at)

    def _as_feed(self, query: Query, shut: Refused | None) -> Reply[Lead]:
        """What its search says as a feed; else the error that the interface gave."""
        base, asked = self.sheet.base_url, query.phrase
        try:
            leads, at = self._asker.ask(
                build_feed(base, query), lambda said: parse_feed(self.name, asked, said)
            )
        except (Garbled, Refused) as error:
            why = f"{host(base)} has no WordPress REST interface"
            raise shut or Garbled(self.name, asked, why) from error
        return Reply(items=leads, at=at)

    def _read(self, asked: str) -> Callable[[Capture], tuple[Lead, ...] | None]:
        """Reads an answer; None where the interface is not at the address that was asked."""

        def read(capture: Capture) -> tuple[Lead, ...] | None:
            # Without rewritten addresses many servers give the home page for any path.
            page = capture.status == 200 and capture.body.lstrip().startswith(b"<")
            if page or capture.status in _ELSEWHERE:
                return None
            return parse(self.name, asked, capture)

        return read


KINDS = {"wordpress": (SHEET, WordpressSearch)}
