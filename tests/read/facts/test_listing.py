"""Which pages list articles: fronts, sections, tags, archives and searches in many markups."""

from __future__ import annotations

import json

import pytest

from provenance.model import PageState
from tests.read.pages import STORY, page, paragraphs, read

HOST = "https://harbour-gazette.example"
TITLES = (
    "Last ferry of the season leaves with a goat",
    "Council puts off its vote on the breakwater",
    "Lighthouse keeper hands in the keys after forty years",
    "Mussel prices fall for a third month running",
    "School choir sings from the roof of the market hall",
    "Snow closes the coast road for the second night",
)
ADDRESSES = tuple(f"/2026/02/1{n}/{'-'.join(t.lower().split())}" for n, t in enumerate(TITLES))
TEASERS = (
    "Nine people and one animal were on board when the boat cast off, the last until April.",
    "Members want to hear from the engineers first; the quay wall has sunk by a hand's breadth.",
    "He lit the lamp by hand until the power came, and says that he will miss the fog the least.",
    "Growers blame the warm autumn, while the three buyers on the coast speak of full cellars.",
    "Forty children climbed the stairs with their teacher to be heard across the harbour basin.",
    "Two lorries stood across the bend at the quarry and the plough could not pass before noon.",
)
ITEMS = list(zip(TITLES, ADDRESSES, TEASERS, strict=True))
WEBSITE = "<meta property='og:type' content='website'>"
ONE = "<meta property='og:type' content='article'>"
SIDE = "".join(f"<li><a href='{a}'>{t}</a></li>" for t, a, _ in ITEMS)


def ld(value: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def cards(form: str, items: list[tuple[str, str, str]] = ITEMS) -> str:
    return "".join(form.format(t=t, a=a, p=p, n=n) for n, (t, a, p) in enumerate(items, 1))


WORDPRESS = (
    "<article class='post'><header><h2 class='entry-title'><a href='{a}' rel='bookmark'>{t}</a>"
    "</h2><div class='entry-meta'><time datetime='2026-02-0{n}'>February {n}, 2026</time></div>"
    "</header><div class='entry-summary'><p>{p}</p></div></article>"
)
DRUPAL = (
    "<div class='views-row'><article class='node'><h2><a href='{a}'>{t}</a></h2><div "
    "class='field'><p>{p}</p></div><ul class='links'><li><a href='{a}'>Read more</a></li></ul>"
    "</article></div>"
)
GHOST = (
    "<article class='post-card'><a href='{a}'><h2>{t}</h2><p>{p}</p></a>"
    "<footer><time>{n} Feb 2026</time></footer></article>"
)
JOOMLA = (
    "<div class='blog-item'><h2><a href='{a}'>{t}</a></h2><dl><dd class='published'>0{n} February "
    "2026</dd></dl><p>{p}</p><p class='more'><a href='{a}'>Read more: {t}</a></p></div>"
)
BLOGGER = (
    "<h2 class='date-header'><span>{n} February 2026</span></h2><div class='post hentry'>"
    "<h3 class='post-title'><a href='{a}.html'>{t}</a></h3><div class='post-body'><p>{p}</p>"
    "<p>{p}</p><p>{p}</p></div></div>"
)
PLAIN = "<div class='item'><h3><a href='{a}'>{t}</a></h3><p>{p}</p></div>"
LINKS = "<li><a href='{a}'>{t}</a></li>"
TWO_LINKS = "<p><a href='{a}'>{t}</a></p><p>{p} <a href='{a}'>Continue reading</a></p>"
VIDEO = "<div class='clip'><a href='{a}'><img src='/{n}.jpg' alt=''></a><a href='{a}'>{t}</a></div>"

LISTINGS = {
    "wordpress theme without body classes": ("/category/ferries/", WORDPRESS, WEBSITE),
    "wordpress dates alone": ("/ferries/", WORDPRESS, ""),
    "wordpress archive, page 3": ("/news/page/3/", WORDPRESS, ONE),
    "wordpress day": ("/2026/02/14/", WORDPRESS, ""),
    "wordpress search": ("/search?q=ferry", WORDPRESS, ""),
    "drupal term": ("/topic/harbour", DRUPAL, ""),
    "drupal second page": ("/news?page=2", DRUPAL, WEBSITE),
    "drupal with a pager": ("/news", DRUPAL + "<a href='/news?page={n}'>{n}</a>", ""),
    "ghost cards": ("/tag/harbour/", GHOST, ""),
    "ghost front": ("/", GHOST, WEBSITE),
    "joomla": ("/index.php/harbour", JOOMLA, ""),
    "joomla section": ("/harbour", JOOMLA, ""),
    "blogger label": ("/search/label/ferry?max-results=20", BLOGGER, ""),
    "blogger front": ("/", BLOGGER, ""),
    "front of whole posts": (
        "/",
        f"<h1><a href='{{a}}'>{{t}}</a></h1>{paragraphs(*STORY[:2])}",
        "",
    ),
    "custom section": ("/section/harbour", PLAIN, WEBSITE),
    "custom, said by JSON-LD": ("/harbour", PLAIN, ld({"@type": "CollectionPage"})),
    "search, said by JSON-LD": ("/find", PLAIN, ld({"@type": "SearchResultsPage"})),
    "author, said by JSON-LD": ("/people/ida", PLAIN, ld({"@type": "ProfilePage"})),
    "posts in JSON-LD": (
        "/diary",
        PLAIN,
        ld(
            {
                "@type": "WebSite",
                "x": [{"@type": "BlogPosting", "url": HOST + a} for a in ADDRESSES],
            }
        ),
    ),
    "next page in the head": ("/harbour", PLAIN, "<link rel='next' href='/harbour/page/2'>"),
    "links": ("/harbour", LINKS, ""),
    "links and teasers": ("/author/ida", TWO_LINKS, ""),
    "videos": ("/videos", VIDEO, ""),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_a_list(name: str) -> None:
    address, form, head = LISTINGS[name]
    markup = page(f"<main><h1>Harbour</h1>{cards(form)}</main>", head)
    assert read(markup, HOST + address).state is PageState.LISTING


@pytest.mark.parametrize(
    "classes",
    [
        "path-taxonomy page-node-type",
        "html page-taxonomy-term",
        "tag-template tag-ferry",
        "site com_content view-category layout-blog",
        "feed-view label-view",
    ],
)
def test_a_body_that_says_so_is_enough(classes: str) -> None:
    markup = page(cards(PLAIN)).replace("<body", f"<body class='{classes}'")
    assert read(markup, HOST + "/x").state is PageState.LISTING


PROSE = paragraphs(*STORY)
TEN = "".join(
    f"<h3><a href='{a}'>{t}</a></h3><p>{STORY[n % 5]} {STORY[(n + 1) % 5]}</p>"
    for n, (t, a, _) in enumerate(ITEMS)
)
LIVE = "".join(
    f"<article><h3><a href='#e{n}'>{t}</a></h3><time>1{n}:20</time><p>{p}</p></article>"
    for n, (t, _, p) in enumerate(ITEMS)
)
OWN = ld({"@type": "NewsArticle", "headline": "x", "url": f"{HOST}/tag/x", "datePublished": "2026"})
ARTICLES = {
    "with related cards": ("/harbour/goat", f"{PROSE}<div>{cards(PLAIN)}</div>", WEBSITE),
    "with latest posts and dates": ("/blog/goat", f"{PROSE}<div>{cards(WORDPRESS)}</div>", ""),
    "ten things": ("/harbour/ten-things", f"<p>{' '.join(STORY)}</p>{TEN}", ONE),
    "ten things without an opening": ("/harbour/ten-things", TEN, WEBSITE),
    "a live blog": ("/live/ferry", f"<p>{STORY[0]}</p>{LIVE}", ""),
    "its own article, in a tag's address": ("/tag/x", cards(WORDPRESS), OWN),
    "under a category": ("/category/goat", PROSE, ""),
    "of a front page's own prose": ("/2026/02/14", PROSE, ""),
    "in two parts": ("/goat?page=2", PROSE, "<link rel='next' href='/goat?page=3'>"),
    "a round-up that links away": (
        "/harbour/links",
        cards("<p><a href='https://x{n}.example/a'>{t}</a> {p}</p>"),
        WEBSITE,
    ),
    "a recipe": (
        "/food/soup",
        f"<ul>{''.join(f'<li>{n} onions, cut small</li>' for n in range(9))}</ul>{PROSE}",
        WEBSITE,
    ),
    "an interview": (
        "/people/ida",
        "".join(f"<h3>{t}?</h3><p>{p}</p>" for t, _, p in ITEMS),
        WEBSITE,
    ),
    "a press release with a list of links": (
        "/press/ferry",
        f"{PROSE}<h2>More</h2><ul>{SIDE}</ul>",
        WEBSITE,
    ),
    "read-also lines": (
        "/harbour/goat",
        "".join(f"<p>{p}</p><p>Read also: <a href='{a}'>{t}</a></p>" for t, a, p in ITEMS),
        WEBSITE,
    ),
    "a box of teasers read as its story": (
        "/harbour/last-ferry-of-the-season-leaves-with-a-goat-1204412",
        cards(WORDPRESS),
        "",
    ),
    "published at": (
        "/section/harbour",
        cards(WORDPRESS),
        "<meta property='article:published_time' content='2026-02-14'>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article(name: str) -> None:
    address, body, head = ARTICLES[name]
    markup = page(f"<main><h1>The goat that took the ferry</h1>{body}</main>", head)
    assert read(markup, HOST + address).state is PageState.ARTICLE


def test_a_body_that_says_single_is_an_article() -> None:
    markup = page(cards(WORDPRESS)).replace("<body", "<body class='post-template tag-x'")
    assert read(markup, HOST + "/tag/x").state is PageState.ARTICLE
