"""What the pages of a site say of how its articles can be searched without a key."""

from __future__ import annotations

import html
import json
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from provenance.errors import Unavailable
from provenance.model import Capture, Query
from provenance.world.formats.discovery import discover
from provenance.world.searches.site_search import find_site_searches
from tests.world.archives.build import NOW, FakeWeb, answer
from tests.world.searches.recorded import FOLDER, recorded

HOME = "https://harbourpost.example/"
API = '<link rel="https://api.w.org/" href="{}">'
FEED = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
BOX = '<link rel="search" type="application/opensearchdescription+xml" href="{}">'


def page(*links: str, url: str = HOME, **headers: str) -> Capture:
    body = f"<!doctype html><html><head>{''.join(links)}</head><body>x</body></html>"
    return replace(answer(body, 200, "text/html", **headers), url=url, responded_url=url)


@pytest.mark.parametrize(
    ("capture", "rest"),
    [
        (page(API.format("https://harbourpost.example/wp-json/")), f"{HOME}wp-json/"),
        (page(API.format("/api/")), f"{HOME}api/"),
        (page(API.format("../wp-json/"), url=f"{HOME}a/b.html"), f"{HOME}wp-json/"),
        (page(API.format("javascript:alert(1)")), ""),
        (page(API.format("")), ""),
        (
            page(link=f'<{HOME}?rest_route=/>; rel="https://api.w.org/"'),
            f"{HOME}?rest_route=/",
        ),
        (
            page(link=f'<{HOME}x>; rel=shortlink, <{HOME}wp-json/>; rel="https://api.w.org/"'),
            f"{HOME}wp-json/",
        ),
        (page(), ""),
        (replace(page(), body=b""), ""),
        (replace(page(), body=b"\x00\xff<<<"), ""),
    ],
)
def test_the_interface_of_wordpress(capture: Capture, rest: str) -> None:
    assert discover(capture).rest == rest


def test_feeds_but_not_those_of_comments() -> None:
    found = discover(
        page(
            FEED.format("Harbour Post", "/feed/"),
            FEED.format("Harbour Post » Comments", "/feed/2/"),
            FEED.format("Post", "/comments/feed/"),
            FEED.format("Opinion", "/opinion/feed/"),
        )
    )
    assert found.feeds == (f"{HOME}feed/", f"{HOME}opinion/feed/")
    assert found.wordpress


def test_a_search_box_only_on_the_site_itself() -> None:
    assert discover(page(BOX.format("/osd.xml"))).opensearch == f"{HOME}osd.xml"
    assert discover(page(BOX.format("https://elsewhere.example/osd.xml"))).opensearch == ""


def test_the_sitemap_for_news_that_robots_txt_names() -> None:
    text = (
        "User-agent: *\nSitemap: https://harbourpost.example/sitemap.xml\n"
        "Sitemap: https://elsewhere.example/news.xml\nSitemap:\n"
        "sitemap : https://harbourpost.example/news-sitemap.xml\n"
    )
    web = Site({HOME: page(), f"{HOME}robots.txt": answer(text)})
    (search,) = find_site_searches(HOME, web=web, now=lambda: NOW).items  # type: ignore[arg-type]
    assert search.sheet.base_url == "https://harbourpost.example/news-sitemap.xml"


class Site(FakeWeb):
    """A site whose pages are fetched as well as asked."""

    def fetch(self, url: str, *, within: float | None = None) -> Capture:
        found = self.ask("web", url, max_age=0)
        return replace(found, url=url, responded_url=found.responded_url or url)


def kinds(web: Site, url: str = f"{HOME}a/b.html") -> list[str]:
    reply = find_site_searches(url, web=web, now=lambda: NOW)  # type: ignore[arg-type]
    assert reply.at == NOW
    names = [service.name for service in reply.items]
    assert names[:1] in ([], ["search of harbourpost.example"])
    assert len(set(names)) == len(names)
    return [type(search).__name__ for search in reply.items]


@pytest.mark.parametrize(
    ("home", "found", "requests"),
    [
        (page(API.format("/wp-json/"), FEED.format("x", "/feed/")), ["Wordpress", "Feed"], 1),
        (page(FEED.format("x", "/feed/")), ["Wordpress", "Feed"], 1),
        (page(BOX.format("/osd.xml"), FEED.format("x", "/x.rss")), ["Opensearch", "Feed"], 1),
        (page(FEED.format("x", "/x.rss")), ["Sitemap", "Feed"], 2),
        (page(), ["Sitemap"], 2),
    ],
)
def test_the_best_search_comes_first(home: Capture, found: list[str], requests: int) -> None:
    robots = answer("Sitemap: https://harbourpost.example/news.xml")
    web = Site({HOME: home, f"{HOME}robots.txt": robots})
    assert kinds(web) == [f"{kind}Search" for kind in found]
    assert len(web.asked) == requests


def test_a_site_that_offers_nothing_has_no_search() -> None:
    web = Site({HOME: page(), f"{HOME}robots.txt": Unavailable("web", "x", "no answer in time")})
    assert kinds(web) == []


def test_a_home_page_that_cannot_be_had_is_no_site_without_find_site_searches() -> None:
    with pytest.raises(Unavailable):
        kinds(Site({HOME: Unavailable("web", "x", "no answer in time")}))


def test_what_is_found_is_asked_where_it_was_found() -> None:
    posts = answer(json.dumps([{"link": f"{HOME}road", "title": {"rendered": "Road"}}]))
    web = Site({HOME: page(API.format("/wp-api-ak/")), f"{HOME}wp-api-ak/wp/v2/posts?": posts})
    reply = find_site_searches(HOME, web=web, now=lambda: NOW)  # type: ignore[arg-type]
    (lead,) = reply.items[0].search(Query(phrase="forty metres of drain")).items
    assert (lead.url, lead.found_by) == (f"{HOME}road", "search of harbourpost.example")


def links(row: dict[str, object]) -> Capture:
    """A page with the links of one row of the recorded discovery links."""
    tags = ""
    for link in row["links"]:  # type: ignore[attr-defined]
        said = " ".join(f'{key}="{html.escape(str(value))}"' for key, value in link.items())
        tags += f"<link {said}>"
    return page(tags, url=where(row))


def where(row: dict[str, object]) -> str:
    """The address of the page; some were saved without, and their own absolute links tell it."""
    hrefs = [str(link["href"]) for link in row["links"]]  # type: ignore[attr-defined]
    absolute = next((href for href in hrefs if href.startswith("http")), HOME)
    return urljoin(absolute, str(row["page"]))


@pytest.mark.shared
def test_the_interfaces_and_searches_of_recorded_pages() -> None:
    path = FOLDER / "wordpress-discovery" / "discovery_links.jsonl"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    rows = [json.loads(line) for line in path.read_bytes().split(b"\n") if line]
    right = with_search = 0
    for row in rows:
        found = discover(links(row))
        named = [each["href"] for each in row["links"] if each["rel"] == "https://api.w.org/"]
        wanted = urljoin(where(row), named[0]) if named else ""
        right += bool(named) and found.rest == wanted
        assert bool(found.rest) is bool(named)
        with_search += bool(found.rest or found.feeds or found.opensearch)
    assert (len(rows), right) == (1166, 390)
    assert with_search >= 700


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("home_head_link", "/wp-json/"),
        ("home_head_link_plain_permalinks", "rest_route=/"),
    ],
)
def test_recorded_headers(name: str, rest: str) -> None:
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER}: the recorded search answers are not here")
    lines = (FOLDER / "wordpress-loopback" / f"{name}.headers.txt").read_text("utf-8").splitlines()
    headers = tuple(
        (key.strip().lower(), value.strip())
        for key, _, value in (li.partition(":") for li in lines)
    )
    capture = replace(page(url="http://127.0.0.1:8897/"), headers=headers)
    assert discover(capture).rest.endswith(rest)


@pytest.mark.shared
def test_a_recorded_post_page_names_its_interface() -> None:
    said = recorded("wordpress-loopback", "post_html")
    found = discover(replace(said, url="http://127.0.0.1:8897/2026/04/29/x/"))
    assert found.rest == "http://127.0.0.1:8897/wp-json/"
    assert found.feeds
