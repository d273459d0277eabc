"""Search services: one module a kind, listed in ``SEARCHES``.

``build(spec, web, now, limits)`` gives the service a ProviderSpec names. A new kind is a module
with a data sheet (``SHEET``), a pure ``build`` that writes the question and a pure ``parse`` that
reads the answer; asking is done in ``asking.py`` alone.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import SettingsError
from provenance.text.urls import is_web_url
from provenance.world.limits import Polite
from provenance.world.searches import arquivo, searxng, wordpress
from provenance.world.searches.asking import Asker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import ProviderSpec
    from provenance.model.ports import Search
    from provenance.world.limits import Limits, Web
    from provenance.world.searches.sheet import Sheet

SEARCHES: dict[str, tuple[Sheet, Callable[[Sheet, Asker], Search]]] = {
    "searxng": (searxng.SHEET, searxng.SearxngSearch),
    "arquivo": (arquivo.SHEET, arquivo.ArquivoSearch),
    "wordpress": (wordpress.SHEET, wordpress.WordpressSearch),
}

# Environment variables that hold the keys of services that need one.
KEYS: tuple[str, ...] = ()


def build(
    spec: ProviderSpec, web: Web, now: Callable[[], datetime], limits: Limits | None = None
) -> Search:
    """The service that ``spec`` names; SettingsError for a kind or an address that is none."""
    if spec.kind not in SEARCHES:
        known = ", ".join(sorted(SEARCHES))
        raise SettingsError(f"search {spec.name}: unknown kind {spec.kind!r}; known are {known}")
    if not is_web_url(spec.base_url):
        raise SettingsError(
            f"search {spec.name}: {spec.base_url!r} is no http or https address; "
            "write NAME=KIND:BASE_URL"
        )
    sheet, make = SEARCHES[spec.kind]
    named = replace(sheet, name=spec.name, base_url=spec.base_url)
    polite = Polite(
        provider=spec.name,
        web=web,
        now=now,
        limits=limits,
        index_per_minute=named.per_minute,
    )
    return make(named, Asker(polite))
