"""Search services: one module a kind, listed in ``SEARCHES``.

``build(spec, web, now, ...)`` gives the service that a ProviderSpec names. A service that answers
one GET with JSON is a data sheet in ``json_services.py``. Any other kind is a module with a data
sheet (``SHEET``), a pure ``build`` that writes the question and a pure ``parse`` that reads the
answer; ``news_feeds.py`` holds those that answer as RSS. Its ``KINDS`` says what is built for each
kind. ``client.py`` alone asks, and ``service.py`` cuts a query to the service's profile before
``build`` sees it. None scrapes pages made for people.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import SettingsError
from provenance.model import ProviderSpec
from provenance.text.urls import is_web_url
from provenance.world.http.rate_limits import ProviderClient
from provenance.world.kinds import Kinds
from provenance.world.searches.client import SearchClient
from provenance.world.searches.sheet import key_variable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from provenance.model.ports import Search
    from provenance.world.http.rate_limits import RateLimiter, Session
    from provenance.world.searches.sheet import SearchSheet

    Kind = tuple[SearchSheet, Callable[[SearchSheet, SearchClient], Search]]

# Those that anybody may ask by their name alone, for the news and the web of today.
KEYLESS: tuple[str, ...] = ("gdelt", "googlenews", "bingnews", "bing")
_KEYED = ("brave", "mojeek", "marginalia", "mediacloud")
_DESCRIBED = "json"
SEARCHES: Kinds[Kind] = Kinds(
    __name__,
    {
        "searxng": "searxng",
        "gdelt": "gdelt",
        "arquivo": "arquivo",
        **dict.fromkeys(("googlenews", "bingnews", "bing"), "news_feeds"),
        **dict.fromkeys(_KEYED, "json_services"),
        "wordpress": "wordpress",
        "opensearch": "opensearch",
        "feed": "feed",
        "sitemap": "sitemap",
        _DESCRIBED: "mapped",
    },
)
# Environment variables that hold the keys of services.
KEYS: tuple[str, ...] = tuple(map(key_variable, _KEYED))


def known_spec(name: str) -> ProviderSpec:
    """A service that is known by name, with its address; SettingsError where there is none."""
    base_url = SEARCHES[name][0].base_url if name in SEARCHES else ""
    if not base_url:
        known = sorted(kind for kind, (sheet, _) in SEARCHES.items() if sheet.base_url)
        raise SettingsError(
            f"{name!r} is no search service known by name (known are {', '.join(known)}); "
            "write NAME=KIND:BASE_URL"
        )
    return ProviderSpec(name=name, kind=name, base_url=base_url)


def described_keys(specs: Iterable[ProviderSpec]) -> tuple[str, ...]:
    """The environment variables for the keys of services that a person describes."""
    return tuple(key_variable(spec.name) for spec in specs if dict(spec.fields).get("key_header"))


def build(
    spec: ProviderSpec,
    web: Session,
    now: Callable[[], datetime],
    *,
    limits: RateLimiter | None = None,
    keys: Mapping[str, str] | None = None,
) -> Search:
    """The service that ``spec`` names; SettingsError for a kind or an address that is none.

    ``keys`` are values by environment variable; a service without the key that it wants is built
    all the same, and refuses to be asked.
    """
    if spec.kind not in SEARCHES:
        known = ", ".join(sorted(SEARCHES))
        raise SettingsError(f"search {spec.name}: unknown kind {spec.kind!r}; known are {known}")
    if not is_web_url(spec.base_url):
        raise SettingsError(
            f"search {spec.name}: {spec.base_url!r} is no http or https address; "
            "write NAME=KIND:BASE_URL"
        )
    sheet, make = SEARCHES[spec.kind]
    if spec.fields and spec.kind != _DESCRIBED:
        raise SettingsError(f"search {spec.name}: {spec.fields[0][0]!r} is for the kind json only")
    sheet = replace(sheet, name=spec.name, base_url=spec.base_url)
    if spec.kind == _DESCRIBED:
        from provenance.world.searches.mapped import describe

        sheet = describe(sheet, spec)
    key = ((keys or {}).get(sheet.key, "").strip() or sheet.public_key) if sheet.key else ""
    header, before = sheet.key_sent
    polite = ProviderClient(
        provider=spec.name,
        web=web,
        now=now,
        limits=limits,
        index_per_minute=sheet.per_minute,
        at_once=sheet.at_once,
        within=sheet.within,
        headers=((header, f"{before}{key}"),) if key else (),
        barred=f"it wants a key: set {sheet.key}" if sheet.key and not key else "",
    )
    return make(sheet, SearchClient(polite))
