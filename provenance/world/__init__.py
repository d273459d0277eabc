"""All that touches network, disk or clock.

``open_world`` gives a World: the one polite web session, the archives and search services that are
configured, the store, the settings and the clock that were handed in.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from provenance.world.opened import OpenWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from provenance.model import Reply, Settings
    from provenance.model.ports import Search

__all__ = ["OpenWorld", "open_world"]


@contextmanager
def open_world(
    settings: Settings,
    *,
    now: Callable[[], datetime],
    keys: Mapping[str, str] | None = None,
) -> Iterator[OpenWorld]:
    """A World for one run, closed at the end of it.

    ``keys`` are the keys of services by the name of their environment variable. StoreError when
    the database cannot be used, SettingsError for a provider of unknown kind.
    """
    from provenance.world import archives, searches
    from provenance.world.corpus import KeptCorpus
    from provenance.world.http.rate_limits import RateLimiter
    from provenance.world.http.route import proxy_secrets
    from provenance.world.http.web import PoliteWeb
    from provenance.world.saved.saved import WithSaved
    from provenance.world.store import Store

    with Store.open(settings.database) as store:
        web = PoliteWeb(settings, store, now)
        web.secrets.add(*_keys_of(settings, keys or {}), *proxy_secrets(settings))
        limits = RateLimiter(store.hosts, now)
        yield OpenWorld(
            web=web,
            archives=tuple(
                WithSaved(
                    archives.build(spec, web.of_service(spec.base_url), now, limits),
                    spec,
                    store.saved,
                )
                for spec in settings.archives
            ),
            searches=tuple(
                searches.build(spec, web.of_service(spec.base_url), now, limits=limits, keys=keys)
                for spec in settings.searches
            ),
            find_site_searches=partial(_find_site_searches, web=web, now=now, limits=limits),
            corpus=KeptCorpus(store, now),
            store=store,
            now=now,
            settings=settings,
        )


def _find_site_searches(url: str, **needed: Any) -> Reply[Search]:
    """What the site at ``url`` offers; how that is found is read by few runs."""
    from provenance.world.searches.site_search import find_site_searches

    return find_site_searches(url, **needed)


def _keys_of(settings: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    """The values of all keys that are set, whichever service they are for."""
    from provenance.world.saved.savepagenow import KEYS as SAVING_KEYS
    from provenance.world.searches import KEYS, described_keys

    for name in (*KEYS, *described_keys(settings.searches), *SAVING_KEYS):
        yield environment.get(name, "")
