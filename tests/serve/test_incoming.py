"""Pages handed over by a bookmarklet of another site: asked about, never begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.serve.test_checks import STORY
from tests.servers.serving import multipart

if TYPE_CHECKING:
    from tests.servers.serving import Reply, Running

pytestmark = pytest.mark.slow
URL = "https://ostrey.example/members/ferry"
PAGE = f"<title>The ferry</title><script>alert(1)</script><p>{STORY}</p>"


def hand_over(site: Running, url: str = URL, html: str = PAGE) -> Reply:
    """What another site's page sends by the bookmarklet: no cookie comes with it."""
    body, kind = multipart({"url": url, "html": html})
    sent = {"Origin": "https://ostrey.example", "Sec_Fetch_Site": "cross-site"}
    return site.send("POST", "/incoming", body, Content_Type=kind, Cookie=None, **sent)


def test_it_is_asked_about_before_it_is_checked(site: Running) -> None:
    path = hand_over(site).headers["location"]
    assert site.server.checks.open == []
    assert site.get(path, Cookie=None).status == 403
    shown = site.get(path).text
    assert URL in shown
    assert "alert(1)" not in shown
    assert site.send("POST", path).status == 403
    begun = site.post(path)
    assert site.follow(f"{begun.headers['location']}/events")[-1][2]["go"].startswith("/reports/")
    assert site.post(path).status == 404


def test_a_browser_that_comes_from_elsewhere_is_led_on_to_its_cookie(site: Running) -> None:
    path = hand_over(site).headers["location"]
    led = {"Cookie": None, "Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    for address in (path, f"/?url={URL}"):
        shown = site.get(address, **led).text
        assert f'id="hop" href="{site.base}{address}"' in shown
        assert site.token not in shown


def test_only_the_last_few_are_held(site: Running) -> None:
    paths = [hand_over(site, html=f"<p>{n}</p>").headers["location"] for n in range(6)]
    assert [site.get(path).status for path in paths] == [404, 404, 200, 200, 200, 200]


def test_an_address_that_is_none_of_the_webs_is_not_taken_for_one(site: Running) -> None:
    for url in ("javascript:alert(1)", "file:///etc/passwd", f"{site.base}/settings"):
        path = hand_over(site, url=url).headers["location"]
        assert site.post(path).status == 400


def test_the_bookmarklets_name_this_server(site: Running) -> None:
    shown = site.get("/button").text
    assert f"open(&#39;{site.base}/?url=" in shown
    assert f"{site.base}/incoming" in shown
