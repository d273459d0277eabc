"""How the articles of a named site can be searched without a key, found on its own pages.

At most three requests: the home page, ``robots.txt`` where that offers no search, and what a search
service is first asked. All of it is kept, and the same site is found again without asking.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import ProviderError
from provenance.model import ProviderSpec, Reply
from provenance.text.urls import at_root, host, same_site
from provenance.world.formats.discovery import discover
from provenance.world.formats.wordpress import ROUTE
from provenance.world.http import robots
from provenance.world.provider_edge import reading_answer
from provenance.world.searches import build

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model.ports import Search
    from provenance.world.http.rate_limits import RateLimiter
    from provenance.world.http.web import PoliteWeb


def find_site_searches(
    url: str, *, web: PoliteWeb, now: Callable[[], datetime], limits: RateLimiter | None = None
) -> Reply[Search]:
    """The searches that the site at ``url`` offers, the best first; empty where it offers none.

    A ProviderError when its home page could not be had.
    """
    home = web.fetch(at_root(url))
    base = home.responded_url or home.url or url
    with reading_answer(host(url), url):
        found = discover(home)
    kinds: list[tuple[str, str]] = []
    if found.rest:
        kinds.append(("wordpress", f"{found.rest.rstrip('/')}{ROUTE}"))
    elif found.wordpress:
        kinds.append(("wordpress", at_root(base).rstrip("/")))
    if found.opensearch:
        kinds.append(("opensearch", found.opensearch))
    if not kinds:
        kinds += [("sitemap", each) for each in _news(base, web)[:1]]
    kinds += [("feed", each) for each in found.feeds[:1]]
    name = f"search of {host(base).removeprefix('www.')}"
    # Each has a name of its own: one that gives no answer does not stand for the next.
    specs = [
        ProviderSpec(name=f"{name} ({kind})" if at else name, kind=kind, base_url=address)
        for at, (kind, address) in enumerate(kinds)
    ]
    searches = tuple(build(spec, web, now, limits=limits) for spec in specs)
    return Reply(items=searches, at=home.captured_at)


def _news(base: str, web: PoliteWeb) -> tuple[str, ...]:
    """The news sitemaps of a site; none where nobody can say, for this is only a further try."""
    try:
        rules = robots.parse(web.fetch(at_root(base, "/robots.txt")).body)
    except ProviderError:
        return ()
    return tuple(url for url in rules.sitemaps if "news" in url.lower() and same_site(url, base))
