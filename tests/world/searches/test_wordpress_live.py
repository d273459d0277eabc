"""Kind wordpress against real WordPress sites: its search, its quirks, both kinds of address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import Garbled
from provenance.model import Match, ProviderSpec, Query
from provenance.world.searches import build
from provenance.world.searches.site_search import find_site_searches
from tests.servers.newsroom import PUBLISHED, ROAD
from tests.world.evil import NOON, EvilServer, asking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model import Lead

pytestmark = pytest.mark.slow


@pytest.fixture
def search(wordpress: dict[str, str]) -> Iterator[Callable[..., tuple[Lead, ...]]]:
    with asking(deadline=30.0, read_timeout=20.0) as web:

        def ask(phrase: str, *, site: str = "post", **more: object) -> tuple[Lead, ...]:
            spec = ProviderSpec(name=site, kind="wordpress", base_url=wordpress[site])
            query = Query(phrase=phrase, **more)  # type: ignore[arg-type]
            return build(spec, web, lambda: NOON).search(query).items

        yield ask


def test_a_phrase_finds_the_one_post(search: Callable[..., tuple[Lead, ...]]) -> None:
    (lead,) = search("walks along it for an hour in bright jackets")
    assert lead.title == ROAD.title
    assert lead.url.endswith(f"/2026/02/{ROAD.slug}/")
    assert lead.sighting is not None
    assert lead.sighting.at == PUBLISHED


@pytest.mark.parametrize(
    ("phrase", "match"),
    [
        ("“It’s the drain, not the tar,” said Ottilie Quist", Match.PHRASE),
        ("would cost 4,200 crowns – less than the study did", Match.PHRASE),
        ("Ottilie Quist drain", Match.ALL),
        ("every OCTOBER the council rediscovers", Match.PHRASE),
        (
            "council rediscovers harbour road walks hour bright jackets promises time potholes",
            Match.ALL,
        ),
    ],
)
def test_what_the_page_shows_is_found_although_the_store_has_other_marks(
    search: Callable[..., tuple[Lead, ...]], phrase: str, *, match: Match
) -> None:
    assert [lead.title for lead in search(phrase, match=match)] == [ROAD.title]


def test_words_that_are_not_there_are_none(search: Callable[..., tuple[Lead, ...]]) -> None:
    assert search("forty metres of velvet rope") == ()


def test_only_posts_before_a_time(search: Callable[..., tuple[Lead, ...]]) -> None:
    early = search("harbour office took notes", before=PUBLISHED - timedelta(days=40))
    assert 0 < len(early) < 20
    assert all(lead.sighting and lead.sighting.at < PUBLISHED for lead in early)
    times = [lead.sighting.at for lead in early if lead.sighting]
    assert times == sorted(times)


def test_a_site_without_rewritten_addresses(search: Callable[..., tuple[Lead, ...]]) -> None:
    (lead,) = search("walks along it for an hour in bright jackets", site="mirror")
    assert lead.sighting is not None
    assert lead.sighting.at == PUBLISHED + timedelta(days=2)


def test_a_site_that_is_not_wordpress(evil: EvilServer) -> None:
    spec = ProviderSpec(name="other", kind="wordpress", base_url=evil.base)
    with asking() as web, pytest.raises(Garbled, match="no WordPress REST"):
        build(spec, web, lambda: NOON).search(Query(phrase="forty metres of drain"))


def test_a_site_with_a_shut_interface_shows_its_search_as_a_feed(
    wordpress: dict[str, str],
) -> None:
    spec = ProviderSpec(name="shut", kind="wordpress", base_url=f"{wordpress['post']}/no/wp/v2")
    with asking(deadline=30.0, read_timeout=20.0) as web:
        service = build(spec, web, lambda: NOON)
        (lead,) = service.search(Query(phrase="walks along it for an hour in bright jackets")).items
        none = service.search(Query(phrase="forty metres of velvet rope")).items
    assert (lead.title, none) == (ROAD.title, ())
    assert lead.sighting is not None
    assert lead.sighting.at == PUBLISHED


@pytest.mark.parametrize("site", ["post", "mirror"])
def test_the_door_of_a_site_is_found_on_its_home_page(wordpress: dict[str, str], site: str) -> None:
    with asking(deadline=30.0, read_timeout=20.0) as web:
        reply = find_site_searches(f"{wordpress[site]}/about/", web=web, now=lambda: NOON)
        (lead,) = (
            reply.items[0].search(Query(phrase="an hour in bright jackets and promises")).items
        )
        (item,) = reply.items[1].search(Query(phrase=ROAD.title, match=Match.ALL)).items
    assert (lead.title, item.title) == (ROAD.title, ROAD.title)
    assert item.url == lead.url
