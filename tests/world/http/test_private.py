"""Private addresses: what the person names is asked, what a stranger names is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance.errors import Refused
from provenance.world.http.robots import Robots
from provenance.world.searches.site_search import find_site_searches
from tests.world.evil import NOON, EvilServer, asking, redirect, reply

if TYPE_CHECKING:
    from provenance.world.http.web import PoliteWeb

NAMED = {"allow_private": True, "follow_private": False}
NOTHING = {"allow_private": False, "follow_private": False}


def ask(web: PoliteWeb, url: str) -> bytes:
    return web.ask("service", url, max_age=0.0).body


def test_a_target_that_was_named_is_fetched_and_no_other_address_of_its_host(
    evil: EvilServer,
) -> None:
    story, admin = evil.on("/story", reply(b"story")), evil.on("/admin", reply(b"secret"))
    with asking(**NAMED) as web:
        web.name_target(story)
        assert web.fetch(story).body == b"story"
        with pytest.raises(Refused, match="allow it with --follow-private"):
            web.fetch(admin)
    assert evil.asked == ["/story"]


def test_what_was_named_needs_the_first_option(evil: EvilServer) -> None:
    story = evil.on("/story", reply(b"story"))
    with asking(**NOTHING) as web:
        web.name_target(story)
        with pytest.raises(Refused, match="allow it with --allow-private"):
            web.fetch(story)
    assert evil.asked == []


def test_a_redirect_of_a_target_is_a_strangers_word(evil: EvilServer) -> None:
    admin = evil.on("/admin", reply(b"secret"))
    story = evil.on("/story", redirect(admin))
    with asking(**NAMED) as web:
        web.name_target(story)
        with pytest.raises(Refused, match="--follow-private"):
            web.fetch(story)
    with asking() as web:
        assert web.fetch(story).body == b"secret"
    assert evil.asked == ["/story", "/story", "/admin"]


def test_robots_txt_of_a_target_is_asked_and_of_no_other_host(evil: EvilServer) -> None:
    other = EvilServer()
    try:
        evil.on("/robots.txt", reply(b"User-agent: *\nDisallow: /x"))
        with asking(**NAMED) as web:
            web.name_target(evil.base + "/story")
            robots = Robots(web, offline=False)
            assert robots.refusal(evil.base + "/x") == "robots.txt asks not to"
            assert "could not be read" in robots.refusal(other.base + "/x")
        assert other.asked == []
    finally:
        other.close()


def test_a_service_is_asked_at_its_own_host_and_at_no_other(evil: EvilServer) -> None:
    other = EvilServer()
    try:
        question, elsewhere = evil.on("/search", reply(b"{}")), other.on("/x", reply(b"{}"))
        with asking(**NAMED) as web:
            service = web.of_service(evil.base)
            assert ask(service, question) == b"{}"
            for session, url in ((service, elsewhere), (web, question + "?2")):
                with pytest.raises(Refused, match="--follow-private"):
                    ask(session, url)
            with pytest.raises(Refused, match="--follow-private"):
                service.fetch(evil.base + "/page")
        assert other.asked == []
    finally:
        other.close()


def test_the_searches_of_a_private_site_are_not_looked_for(evil: EvilServer) -> None:
    evil.on("/", reply(b"<html>home</html>"))
    with asking(**NAMED) as web, pytest.raises(Refused, match="--follow-private"):
        find_site_searches(evil.base + "/story", web=web, now=lambda: NOON)
    assert evil.asked == []
