"""What the cassettes hold: questions put to real servers, each with what must come of it.

Recording and replaying run the same functions. The servers' addresses change from run to run, so
cassettes name invented hosts in their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from provenance.errors import ProviderError
from provenance.model import ProviderSpec, Query
from tests.servers.newsroom import ROAD
from tests.world.archives import pages

if TYPE_CHECKING:
    from collections.abc import Callable

ARCHIVE_HOST = "archive.example"
SITE_HOSTS = {"post": "harbourpost.example", "mirror": "coastdigest.example"}


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One cassette: ``ask`` puts the question to the provider and gives what is to be compared."""

    provider: str
    name: str
    spec: ProviderSpec
    ask: Callable[[Any], object]
    expected: object

    @property
    def path(self) -> str:
        """Where the cassette lies below ``cassettes/``."""
        return f"{self.provider}/{self.name}.yaml"


def archive(
    name: str, kind: str, path: str, ask: Callable[[Any], object], expected: object
) -> Scenario:
    spec = ProviderSpec(name="pywb", kind=kind, base_url=f"http://{ARCHIVE_HOST}{path}")
    return Scenario(provider="pywb", name=name, spec=spec, ask=ask, expected=expected)


def site(name: str, key: str, query: Query, expected: object) -> Scenario:
    spec = ProviderSpec(name=key, kind="wordpress", base_url=f"http://{SITE_HOSTS[key]}")

    def ask(search: Any) -> object:
        return [lead.title for lead in search.search(query).items]

    return Scenario(provider="wordpress", name=name, spec=spec, ask=ask, expected=expected)


def statuses(held: Any) -> object:
    return [seen.status for seen in held.sightings(pages.STORY).items]


def third(held: Any) -> object:
    page = held.replay(held.sightings(pages.STORY).items[2])
    return (page.captured_at.isoformat(), pages.TEXT in page.body.decode())


def moved(held: Any) -> object:
    page = held.replay(held.sightings(pages.MOVED).items[0])
    return (page.responded_url, pages.TEXT in page.body.decode())


def taken_down(held: Any) -> object:
    try:
        held.replay(held.sightings(pages.TAKEN_DOWN).items[0])
    except ProviderError as error:
        return (type(error).__name__, error.why)
    return None


def never(held: Any) -> object:
    return list(held.sightings("http://harbourpost.example/never").items)


def no_such(held: Any) -> object:
    try:
        held.sightings(pages.STORY)
    except ProviderError as error:
        return (type(error).__name__, error.why)
    return None


def times(held: Any) -> object:
    return [seen.at.isoformat() for seen in held.sightings(pages.STORY).items][:3]


_TIMES = ["2026-02-20T09:00:00+00:00", "2026-02-21T09:00:00+00:00", "2026-02-24T08:15:00+00:00"]
_PHRASE = Query(phrase="walks along it for an hour in bright jackets")

SCENARIOS = (
    archive("captures", "cdx", "/news", statuses, [200, 200, 200, 200, 503, 200, 200, 302, 200]),
    archive("replay", "cdx", "/news", third, (_TIMES[2], True)),
    archive("redirect", "cdx", "/news", moved, (pages.STORY, True)),
    archive(
        "takedown",
        "cdx",
        "/news",
        taken_down,
        ("Refused", "it is barred from showing it by law (HTTP 451)"),
    ),
    archive("none", "cdx", "/news", never, []),
    archive(
        "no-such-collection",
        "cdx",
        "/nosuch",
        no_such,
        ("Unavailable", "it has no such collection, or it is down"),
    ),
    archive("timemap-link", "timemap", "/news/timemap/link", times, _TIMES),
    archive("timemap-json", "timemap", "/news/timemap/json", times, _TIMES),
    archive("timemap-none", "timemap", "/news/timemap/link", never, []),
    site("phrase", "post", _PHRASE, [ROAD.title]),
    site("none", "post", Query(phrase="forty metres of velvet rope"), []),
    site("plain-addresses", "mirror", _PHRASE, [ROAD.title]),
)
