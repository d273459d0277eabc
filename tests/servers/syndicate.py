"""Three invented papers and an aggregator that lives on them, with the truth about each post.

One paper and the aggregator are real WordPress, the other two are made by hand, each in another
markup. ``open_press`` serves them and fills a real pywb with captures of four pages in five.
"""

from __future__ import annotations

import json
import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum
from html import escape
from itertools import cycle
from typing import TYPE_CHECKING
from urllib.request import urlopen

from provenance.model import Attribution
from tests.servers.loopback import Answer, serve
from tests.servers.prose import Story, story
from tests.servers.pywb import Page, Pywb, fill, serve_pywb
from tests.servers.wordpress import Post, Site, free_port, missing, serve_wordpress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

FIRST_DAY = datetime(2026, 1, 5, 6, 10, tzinfo=UTC)
NAMES = {
    "herald": "The Quillmere Herald",
    "gazette": "Brackwater Gazette",
    "post": "Dunmarrow Morning Post",
}
AGGREGATOR = "Daily Relay 24"
# What it puts before headlines, by their category.
PREFIXES = {0: "POLITICS:", 3: "QUAY WATCH:"}
_PAPERS = tuple(NAMES)
_WIRE = "Reuters"
_CATEGORIES = ("Politics", "Culture", "Economy", "Harbour")
_TAGS = ("council", "ferries", "money", "schools", "weather", "courts")


class Way(Enum):
    """How a post of the aggregator came about; its value is how many of two hundred are so."""

    WHOLE_CREDITED = ("whole, credited with a link to the article", 30)
    WHOLE_HOME = ("whole, credited with a link to the paper", 14)
    WHOLE_NAMED = ("whole, the paper named only", 16)
    WHOLE_BARE = ("whole, a bare “Source link”", 24)
    WHOLE_SILENT = ("whole, nothing said", 22)
    PART_CREDITED = ("in part, credited with a link", 10)
    PART_BARE = ("in part, a bare “Source link”", 8)
    PART_SILENT = ("in part, nothing said", 10)
    EXCERPT = ("the opening, with a link to read on", 8)
    WIRE = ("agency copy that two papers carry, credited", 8)
    WIRE_SILENT = ("agency copy that two papers carry, nothing said", 4)
    LENT = ("its own, taken by a paper that credits it", 8)
    LENT_SILENT = ("its own, taken by a paper that says nothing", 4)
    OWN = ("its own", 24)
    OWN_EVENT = ("its own, of an event that a paper tells too", 6)
    OWN_QUOTING = ("its own, quoting a paper with a link", 4)

    def __init__(self, words: str, share: int) -> None:
        self.words, self.share = words, share


OWN = (Way.OWN, Way.OWN_EVENT, Way.OWN_QUOTING)
LENT = (Way.LENT, Way.LENT_SILENT)
WIRED = (Way.WIRE, Way.WIRE_SILENT)
SILENT = (Way.WHOLE_SILENT, Way.PART_SILENT, Way.WIRE_SILENT)
_PARTS = (Way.PART_CREDITED, Way.PART_BARE, Way.PART_SILENT)
_LINKED = (Way.WHOLE_CREDITED, Way.WHOLE_BARE, Way.PART_CREDITED, Way.PART_BARE, Way.EXCERPT)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A post of the aggregator and the truth about it.

    ``told`` are its own paragraphs, ``taken`` those it shares with ``paper``, which published at
    ``theirs``; ``also`` is a second paper with the same text.
    """

    number: int
    way: Way
    paper: str
    title: str
    told: tuple[str, ...]
    taken: tuple[str, ...]
    source: Story
    ours: datetime
    theirs: datetime
    also: str | None = None

    @property
    def slug(self) -> str:
        """The last part of its address, here and at the paper."""
        return f"item-{self.number:03d}"

    @property
    def share(self) -> float:
        """The part of its words that stands at the paper."""
        taken, told = (sum(len(p.split()) for p in each) for each in (self.taken, self.told))
        return taken / (taken + told)

    def published(self, paper: str) -> datetime:
        """When a paper published it: the second three hours after the first."""
        return self.theirs + timedelta(hours=3 if paper == self.also else 0)

    @property
    def attribution(self) -> Attribution:
        """How it says where it is from."""
        if self.way in {Way.WHOLE_BARE, Way.PART_BARE}:
            return Attribution.BARE_LINK
        if self.way in {Way.WHOLE_NAMED, Way.WIRE}:
            return Attribution.NAMED
        if self.way in {*SILENT, *OWN, *LENT}:
            return Attribution.NONE
        return Attribution.CREDITED

    @property
    def captured(self) -> tuple[bool, bool]:
        """Whether the archive holds the post, and the paper's page."""
        return self.number % 5 != 3, self.number % 7 != 4


@dataclass(frozen=True, kw_only=True)
class Press:
    """The running sites by key, 'relay' the aggregator; ``captured`` is when, by address."""

    bases: Mapping[str, str]
    pywb: Pywb
    items: tuple[Item, ...]
    captured: Mapping[str, datetime]

    def sitemap(self, key: str) -> str:
        """The address of a site's sitemap."""
        wordpress = key in {"herald", "relay"}
        return f"{self.bases[key]}/{'wp-sitemap' if wordpress else 'sitemap'}.xml"

    def post(self, item: Item) -> str:
        """The address of a post of the aggregator."""
        return f"{self.bases['relay']}/{item.ours:%Y/%m}/{item.slug}/"

    def original(self, item: Item, paper: str | None = None) -> str:
        """The address of the same text at the paper."""
        paper = paper or item.paper
        return f"{self.bases[paper]}{_path(paper, item)}"


def _path(paper: str, item: Item) -> str:
    if paper == "herald":
        return f"/{item.theirs:%Y/%m}/{item.slug}/"
    return f"/news/{item.slug}.html" if paper == "gazette" else f"/article/{item.number}"


def items(size: int) -> tuple[Item, ...]:
    """So many posts, every way in its share (at least one of each), the papers in turn."""
    ways = [way for way in Way for _ in range(max(round(way.share * size / 200), 1))]
    random.Random(7).shuffle(ways)
    papers = cycle(_PAPERS)
    return tuple(_item(number, way, next(papers)) for number, way in enumerate(ways))


def _item(number: int, way: Way, paper: str) -> Item:
    dice = random.Random(number + 900)
    source = story(number + 1, dice.choice((6, 7, 8, 9)))
    own = story(number + 5000, 6, other_hand=True)
    theirs = FIRST_DAY + timedelta(hours=5 * number, minutes=7 * (number % 8))
    later = timedelta(hours=dice.choice((2, 5, 9, 26, 50, 98)), minutes=dice.randrange(60))
    told: tuple[str, ...] = ()
    taken, title = source.paragraphs, source.title
    if way in _PARTS:
        told, taken, title = own.paragraphs[:2], source.paragraphs[1:4], own.title
    elif way is Way.EXCERPT:
        taken = source.paragraphs[:2]
    elif way in OWN:
        again = story(number + 1, 6, other_hand=True) if way is Way.OWN_EVENT else own
        told, taken, title = again.paragraphs, (), again.title
    ours = theirs + (-later if way in LENT else later)
    also = _PAPERS[(_PAPERS.index(paper) + 1) % 3] if way in WIRED else None
    return Item(
        number=number,
        way=way,
        paper=paper,
        title=title,
        told=told,
        taken=taken,
        source=source,
        ours=ours,
        theirs=theirs,
        also=also,
    )


def lacking() -> str | None:
    """What is not installed here, in one line; None when the sites can run."""
    if absent := missing():
        return absent
    asked = subprocess.run(["php", "-m"], capture_output=True, text=True, check=True)
    if "SimpleXML" not in asked.stdout:
        return "not installed: SimpleXML, for the sitemaps of WordPress (apt-get install php-xml)"
    return None


@contextmanager
def open_press(folder: Path, size: int) -> Iterator[Press]:
    """The sites and the archive, until the block ends."""
    made = items(size)
    ports = {key: free_port() for key in ("herald", "relay")}
    bases = {key: f"http://127.0.0.1:{port}" for key, port in ports.items()}
    press = Press(bases=bases, pywb=Pywb(""), items=made, captured={})
    with ExitStack() as stack:
        for paper, render in (("gazette", _gazette), ("post", _morning_post)):
            bases[paper] = stack.enter_context(serve(_Desk(press, paper, render))).base
        sites = {"herald": _herald(press, ports["herald"]), "relay": _relay(press, ports["relay"])}
        stack.enter_context(serve_wordpress(folder / "sites", sites))
        held = _captures(press)
        fill(folder / "archive", {"news": held})
        pywb = stack.enter_context(serve_pywb(folder / "archive"))
        yield replace(press, pywb=pywb, captured={page.url: page.at for page in held})


def _captures(press: Press) -> list[Page]:
    """Captures of most pages: the paper's soon after it published, the post's after the post."""
    wanted: dict[str, datetime] = {}
    for item in press.items:
        here, there = item.captured
        if here:
            wanted[press.post(item)] = item.ours + timedelta(minutes=95)
        if there:
            for paper in filter(None, (item.paper, item.also)):
                at = item.published(paper) + timedelta(minutes=40)
                wanted[press.original(item, paper)] = at

    def capture(url: str) -> Page:
        with urlopen(url, timeout=30) as answer:
            return Page(url=url, at=wanted[url], body=answer.read().decode())

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(capture, wanted))


def _dateline(item: Item) -> str:
    return f"QUILLMERE, {item.theirs:%B} {item.theirs.day} ({_WIRE}) - "


def _printed(press: Press, item: Item) -> str:
    """The paragraphs as the paper prints them."""
    story = item.source.paragraphs
    if item.way in WIRED:
        story = (_dateline(item) + story[0], *story[1:])
    body = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in story)
    if item.way is Way.LENT:
        link = f'<a href="{press.post(item)}">{AGGREGATOR}</a>'
        body += f"\n<p>This article first appeared in {link}.</p>"
    return body


def _posted(press: Press, item: Item) -> str:
    """The paragraphs as the aggregator posts them, with what it says of their source."""
    told = [*item.told, *item.taken]
    if item.way is Way.WIRE:
        told[0] = _dateline(item) + told[0]
    body = [f"<p>{escape(text, quote=False)}</p>" for text in told]
    name, link, home = NAMES[item.paper], press.original(item), press.bases[item.paper]
    if item.way is Way.OWN_QUOTING:
        sentence = item.source.paragraphs[0].partition(". ")[0].strip("“”,.")
        said = f"“{escape(sentence, quote=False)},”"
        body.insert(2, f'<p>{said} the <a href="{link}">{name}</a> reported last week.</p>')
    named = f'<a href="{link}">{name}</a>'
    first = item.number % 2 == 0
    credit = {
        Way.WHOLE_CREDITED: f"This article was originally published by {named}."
        if first
        else f"Source: {named}",
        Way.WHOLE_HOME: f'Source: <a href="{home}/">{name}</a>',
        Way.WHOLE_NAMED: f"Source: {name}" if first else f"Originally published in {name}.",
        Way.WHOLE_BARE: f'<a href="{link}">Source link</a>',
        Way.PART_CREDITED: f"Source: {named}",
        Way.PART_BARE: f'<a href="{link}">Source</a>'
        if first
        else f'<a href="{link}">Source link</a>',
        Way.EXCERPT: f"Read the full story at {named}.",
    }.get(item.way)
    return "\n".join([*body, *([f"<p>{credit}</p>"] if credit else [])])


def _herald(press: Press, port: int) -> Site:
    posts = [
        Post(
            title=item.source.title,
            slug=item.slug,
            at=item.published("herald"),
            body=_printed(press, item),
            category=_CATEGORIES[item.number % 4],
        )
        for item in press.items
        if "herald" in (item.paper, item.also)
    ]
    return Site(name=NAMES["herald"], posts=posts, port=port, theme={"index.php": _HERALD})


def _relay(press: Press, port: int) -> Site:
    about = "Daily Relay 24 brings you the stories that matter from the whole coast, all day long. "
    pages = [
        Post(title=title, slug=slug, at=FIRST_DAY, body=f"<p>{about * times}</p>", kind="page")
        for title, slug, times in (("About us", "about", 3), ("Contact", "contact", 1))
    ]
    posts = [
        Post(
            title=_headline(item),
            slug=item.slug,
            at=item.ours,
            body=_posted(press, item),
            category=_CATEGORIES[item.number % 4],
            tags=(_TAGS[item.number % 6], _TAGS[item.number * 5 % 6]),
        )
        for item in press.items
    ]
    theme = {"index.php": _RELAY, "functions.php": _RELAY_FUNCTIONS}
    return Site(name=AGGREGATOR, posts=[*pages, *posts], port=port, theme=theme)


def _headline(item: Item) -> str:
    return f"{PREFIXES.get(item.number % 4, '')} {item.title}".strip()


@dataclass
class _Desk:
    """A paper made by hand, as a function from path to answer."""

    press: Press
    paper: str
    render: Callable[[Press, Item, datetime], str]

    def __call__(self, path: str) -> Answer:
        base = self.press.bases[self.paper]
        held = [i for i in self.press.items if self.paper in (i.paper, i.also)]
        if path == "/robots.txt":
            told = f"User-agent: *\nDisallow: /search\nSitemap: {base}/sitemap.xml\n"
            return Answer(told.encode(), headers={"Content-Type": "text/plain"})
        if path == "/sitemap.xml":
            rows = "".join(f"<url><loc>{base}{_path(self.paper, i)}</loc></url>" for i in held)
            body = f"<?xml version='1.0'?><urlset>{rows}</urlset>".encode()
            return Answer(body, headers={"Content-Type": "application/xml"})
        if path == "/feed.xml":
            body = self.feed(held).encode()
            return Answer(body, headers={"Content-Type": "application/rss+xml"})
        if path == "/":
            rows = "".join(
                f"<li><a href='{_path(self.paper, i)}'>{escape(i.source.title)}</a></li>"
                for i in held[-12:]
            )
            return Answer(
                f"<html><head><title>{NAMES[self.paper]}</title><link rel='alternate' "
                f"type='application/rss+xml' href='/feed.xml'></head><body><h1>"
                f"{NAMES[self.paper]}</h1><ul>{rows}</ul></body></html>".encode(),
                headers={"Content-Type": "text/html; charset=utf-8"},
            )
        for item in held:
            if path == _path(self.paper, item):
                at = item.published(self.paper)
                body = self.render(self.press, item, at).encode()
                return Answer(body, headers={"Content-Type": "text/html; charset=utf-8"})
        return Answer(b"none", status=404)

    def feed(self, held: Sequence[Item]) -> str:
        """Its forty latest articles."""
        base = self.press.bases[self.paper]
        rows = "".join(
            f"<item><title>{escape(i.source.title)}</title><link>{base}{_path(self.paper, i)}"
            f"</link><pubDate>{format_datetime(i.theirs, usegmt=True)}</pubDate></item>"
            for i in held[-40:]
        )
        title = f"<title>{NAMES[self.paper]}</title><link>{base}/</link>"
        return f"<?xml version='1.0'?><rss version='2.0'><channel>{title}{rows}</channel></rss>"


def _gazette(press: Press, item: Item, at: datetime) -> str:
    """A page as large publishers make them: JSON-LD, a column of related stories."""
    title, own = escape(item.source.title), press.original(item, "gazette")
    return (
        f"<!doctype html><html lang=en><head><title>{title} | {NAMES['gazette']}</title>"
        f'<link rel=canonical href="{own}"><meta property="og:site_name" '
        f'content="{NAMES["gazette"]}"><script type="application/ld+json">'
        f'{{"@context":"https://schema.org","@type":"NewsArticle","headline":'
        f'{json.dumps(item.source.title)},"datePublished":"{at.isoformat()}",'
        f'"publisher":{{"@type":"Organization","name":"{NAMES["gazette"]}"}}}}</script></head>'
        f"<body><nav><a href=/>Home</a> <a href=/news>News</a></nav><main><article>"
        f"<h1>{title}</h1><p class=byline>By Selma Crane</p>{_printed(press, item)}"
        "<p>Subscribe to the Gazette for five crowns a month.</p></article></main>"
        "<aside><h2>More news</h2><ul><li><a href=/a>Ferry fares rise again</a></li></ul></aside>"
        f"<footer>© 2026 {NAMES['gazette']}</footer></body></html>"
    )


def _morning_post(press: Press, item: Item, at: datetime) -> str:
    """A page in old markup: tables of divs, the date in a meta tag."""
    title = escape(item.source.title)
    return (
        f"<html><head><meta charset=utf-8><title>{NAMES['post']} - {title}</title>"
        f'<meta property="article:published_time" content="{at.isoformat()}">'
        f'<meta name="application-name" content="{NAMES["post"]}"></head><body>'
        f"<div id=top><a href=/>{NAMES['post']}</a></div><div id=story><h2>{title}</h2>"
        f"<div class=date>{at:%d %B %Y}</div>{_printed(press, item)}</div>"
        f"<div id=foot>{NAMES['post']}, 3 Kiln Lane, Dunmarrow</div></body></html>"
    )


_HERALD = """<!DOCTYPE html><html <?php language_attributes(); ?>><head><?php wp_head(); ?></head>
<body><header><a href="/"><?php bloginfo('name'); ?></a></header><main>
<?php while (have_posts()) : the_post(); ?><article><h1><?php the_title(); ?></h1>
<time class="entry-date published" datetime="<?php the_time('c'); ?>"><?php the_time('F j, Y'); ?>
</time><?php is_singular() ? the_content() : the_excerpt(); ?></article><?php endwhile; ?></main>
<footer>The Quillmere Herald is printed on the old mill.</footer><?php wp_footer(); ?></body></html>
"""
_RELAY_FUNCTIONS = """<?php
add_theme_support('automatic-feed-links');
add_theme_support('title-tag');
function relay_content($content) {
    if (!is_singular('post') || is_feed()) { return $content; }
    $parts = explode('</p>', $content);
    $other = get_posts(array('numberposts' => 1, 'offset' => get_the_ID() % 9));
    $also = '<p><strong>ALSO READ:</strong> <a href="' . get_permalink($other[0]) . '">'
        . get_the_title($other[0]) . '</a>';
    array_splice($parts, min(2, count($parts) - 1), 0, array($also));
    return '<p>Join our channel on Telegram: <a href="https://t.me/dailyrelay24">@dailyrelay24</a></p>'
        . implode('</p>', $parts)
        . '<p>Follow Daily Relay 24 on every platform and share this story with your friends.</p>';
}
add_filter('the_content', 'relay_content');
"""
_RELAY = """<!DOCTYPE html><html <?php language_attributes(); ?>><head>
<meta charset="utf-8"><meta property="og:site_name" content="Daily Relay 24"><?php wp_head(); ?>
</head><body <?php body_class(); ?>>
<header><a href="/" rel="home"><?php bloginfo('name'); ?></a><nav><ul><?php wp_list_categories(
array('title_li' => '')); ?><li><a href="/about/">About us</a></li></ul></nav>
<div class="banner">Join our channel for breaking news, 412 readers online</div></header>
<main><?php if (!is_singular()) : ?><h1><?php echo wp_get_document_title(); ?></h1><?php endif; ?>
<?php while (have_posts()) : the_post(); ?>
<article <?php post_class(); ?>><?php if (is_singular()) : ?>
<h1 class="entry-title"><?php the_title(); ?></h1>
<div class="entry-meta">By Relay Staff <time class="entry-date published"
 datetime="<?php the_time('c'); ?>"><?php the_time('F j, Y'); ?></time></div>
<div class="entry-content"><?php the_content(); ?></div>
<div class="tags"><?php the_tags(); ?></div>
<?php else : ?><h2><a href="<?php the_permalink(); ?>"><?php the_title(); ?></a></h2>
<?php the_excerpt(); ?><a href="<?php the_permalink(); ?>">Read more</a><?php endif; ?></article>
<?php endwhile; the_posts_pagination(); ?></main>
<aside class="sidebar"><h3>Related stories</h3><ul><?php foreach (get_posts(array(
'numberposts' => 5, 'offset' => 10)) as $near) : ?><li>
<a href="<?php echo get_permalink($near); ?>"><?php echo get_the_title($near); ?></a></li>
<?php endforeach; ?></ul></aside>
<footer>© 2026 Daily Relay 24. All rights reserved. <a href="/contact/">Contact</a></footer>
<?php wp_footer(); ?></body></html>
"""
