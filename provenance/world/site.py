"""Where a site's articles are: its sitemaps, feeds, WordPress listing, and the links of its pages.

What it names is hostile until read: listings are bounded in number, depth and size, and addresses
that lead into a trap are left out by rule.
"""

from __future__ import annotations

import re
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from provenance.errors import InputError, ProviderError, Unavailable
from provenance.model.audit import FoundAddress, Listing
from provenance.model.ending import Ending, EndReason
from provenance.text.scrub import scrub
from provenance.text.urls import absolute, at_root, is_web_url, normalise, same_site, split
from provenance.world.files import captures, open_file, read_whole
from provenance.world.formats.discovery import discover
from provenance.world.formats.listed import Contents, ListingKind
from provenance.world.formats.listings import may_be_listing, read_listing, walk
from provenance.world.formats.sitemaps import MOST_BYTES, MOST_URLS
from provenance.world.formats.wordpress import MOST_POSTS, ROUTE, posts_address, read_posts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.model import Capture
    from provenance.world.formats.listed import ListedPage
    from provenance.world.http.robots import Robots
    from provenance.world.opened import OpenWorld

_MOST_PAGES = 50
_MOST_TRIES = 3
_AT_ONCE = 200
_LONGEST_URL, _DEEPEST_PATH, _MOST_REPEATS, _MOST_PARAMETERS = 1000, 12, 2, 8
_MOST_LINKS = 1000
_SESSION = re.compile(
    r"(?:^|[;?&/])(?:jsessionid|phpsessid|aspsessionid\w*|sid|s?session_?id|sess_id)=",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|json|xml|rss|atom|pdf|zip|gz|mp[34]|webm|avi|mov|docx?"
    r"|xlsx?|pptx?|woff2?|ttf|exe|apk)$",
    re.IGNORECASE,
)


class Site:
    """One target of an audit. ``found`` addresses are given in batches, each with its listing.

    ``pause`` waits so many seconds before a listing that gave no answer is asked again.
    """

    def __init__(
        self,
        target: str,
        world: OpenWorld,
        robots: Robots,
        *,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self.target = target
        self._world = world
        world.web.name_target(target)
        self._web = world.web.under(robots.refusal)
        self._robots = robots
        self._pause = pause
        self._restricted = is_web_url(target)
        self._given = 0

    def addresses(self) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        """What each listing gave, in turn; InputError when the target itself cannot be used.

        Sitemaps first; where they give nothing, WordPress's own listing; where there is none,
        the feeds and the start page, whose links are to be followed.
        """
        if not is_web_url(self.target):
            yield from self._from_file(Path(self.target))
            return
        rules = self._robots.of(self.target)
        why = rules.refusal(self.target)
        start = None if why else self._fetch(self.target)
        if isinstance(start, str) or start is None:
            raise InputError(f"{self.target}: {why or start}")
        contents = read_listing(start.body, self.target)
        if contents.kind:
            self._restricted = contents.kind is not ListingKind.FEED
            yield from self._walk_lists([self.target])
            return
        guesses = [at_root(self.target, path) for path in ("/sitemap.xml", "/sitemap_index.xml")]
        yield from self._walk_lists(list(rules.sitemaps) or guesses, guessed=not rules.sitemaps)
        offers = discover(start)
        if not self._given and (offers.rest or b"wp-" in start.body):
            yield from self._wordpress(offers.rest)
        if not self._given:
            yield from self._walk_lists(offers.feeds, kind=ListingKind.FEED)
            page = FoundAddress(url=self.target, by="links")
            yield Listing(url=self.target, kind="start page", found=1), (page,)

    def refusal(self, found: FoundAddress) -> Ending | None:
        """Why an address is not looked at, by rule; None where it is."""
        if self._restricted and not same_site(found.url, self.target):
            return Ending(reason=EndReason.OTHER_SITE)
        return trap(found.url)

    def forbidden(self, url: str) -> str:
        """Why robots.txt does not let an address be asked, '' where it does."""
        return self._robots.refusal(url)

    def links(self, capture: Capture, depth: int) -> tuple[FoundAddress, ...]:
        """The addresses of pages of this site that a page links, each once, in page order."""
        base = capture.responded_url or capture.url or self.target
        found: dict[str, FoundAddress] = {}
        for href in _hrefs(capture.body):
            url = absolute(base, href)
            if url is None or _NO_PAGE.search(split(url).path):
                continue
            if same_site(url, self.target):
                plain = url.partition("#")[0]
                found.setdefault(
                    normalise(plain), FoundAddress(url=plain, by="links", depth=depth + 1)
                )
            if len(found) >= _MOST_LINKS:
                break
        return tuple(found.values())

    def _fetch(self, url: str) -> Capture | str:
        """The bytes of a listing, or why there are none: all that follows hangs on it."""
        why = self._robots.refusal(url)
        for tried in range(_MOST_TRIES):
            if why:
                break
            try:
                return self._web.fetch(url)
            except Unavailable as error:
                if tried + 1 == _MOST_TRIES or self._world.settings.offline:
                    return error.why
                self._pause(max(error.retry_after or 0.0, self._world.settings.pace * 2**tried))
            except ProviderError as error:
                return error.why
        return why

    def _walk_lists(
        self,
        first: Iterable[str],
        *,
        kind: ListingKind = ListingKind.SITEMAP,
        guessed: bool = False,
        saved: bytes | None = None,
    ) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        """What the lists at these addresses name, and those that their indexes name.

        ``kind`` is what they are held for; one that was only ``guessed`` is passed over if it is
        no list. ``saved`` are the bytes of the target itself where it is a file.
        """

        def fetch(url: str) -> bytes | str:
            if saved is not None and url == self.target:
                return saved
            got = self._fetch(url)
            return got if isinstance(got, str) else got.body

        def follow(url: str) -> bool:
            return not self._restricted or same_site(url, self.target)

        for read in walk(first, fetch, follow):
            if read.contents.kind or read.depth or not guessed:
                yield self._give(read.url, read.contents, kind)

    def _give(
        self, url: str, contents: Contents, kind: str
    ) -> tuple[Listing, tuple[FoundAddress, ...]]:
        """One list as an audit keeps it; ``kind`` is what it is held for where it is none."""
        if contents.kind is ListingKind.INDEX:
            count, why = len(contents.further), contents.why
            return Listing(url=url, kind=contents.kind.value, found=count, why=why), ()
        room = MOST_URLS - self._given
        kind = contents.kind.value or kind
        found = tuple(
            FoundAddress(url=page.url, by=kind, dated=page.at) for page in contents.pages[:room]
        )
        self._given += len(found)
        why = contents.why
        if len(found) < len(contents.pages):
            why = why or f"a site has more than the {MOST_URLS:,} addresses that are read"
        elif not found:
            why = why or "it names no address"
        return Listing(url=url, kind=kind, found=len(found), why=why), found

    def _wordpress(self, rest: str) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        """The posts that WordPress's REST interface lists, a hundred at a time."""
        root = rest.rstrip("/") + ROUTE if rest else at_root(self.target)
        for page in range(1, _MOST_PAGES + 1):
            asked = {"per_page": str(MOST_POSTS), "page": str(page), "_fields": "link,date_gmt"}
            url = posts_address(root, asked)
            got = self._fetch(url)
            posts, why = _posts(got) if not isinstance(got, str) else ((), got)
            contents = Contents(kind=ListingKind.NONE, pages=posts, why=why)
            if posts or page == 1:
                yield self._give(url, contents, "wordpress")
            if len(posts) < MOST_POSTS:
                return

    def _from_file(self, path: Path) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        """A list of addresses, a saved sitemap or feed, or the pages of a WARC file."""
        name = str(path)
        with open_file(name, name) as file:
            head = file.read(512)
        if path.suffix == ".warc" or name.endswith(".warc.gz") or head.startswith(b"WARC/"):
            yield from self._from_warc(name)
            return
        body = read_whole(name, MOST_BYTES)
        if may_be_listing(body) and read_listing(body).kind:
            yield from self._walk_lists([name], saved=body)
            return
        urls = [line.strip() for line in body.decode("utf-8-sig", "replace").splitlines()]
        found = tuple(FoundAddress(url=scrub(url), by="list") for url in urls if is_web_url(url))
        if not found:
            raise InputError(f"{name}: names no web address; write one a line")
        yield Listing(url=name, kind="list", found=len(found)), found

    def _from_warc(self, name: str) -> Iterator[tuple[Listing, tuple[FoundAddress, ...]]]:
        import sys

        count, why, found = 0, "", list[FoundAddress]()
        pages = captures(name, url=None, world=self._world, stdin=sys.stdin.buffer)
        try:
            for capture in pages:
                if not capture.url:
                    continue
                count += 1
                found.append(FoundAddress(url=capture.url, by="warc"))
                if len(found) == _AT_ONCE:
                    yield Listing(url=name, kind="warc", found=count), tuple(found)
                    found.clear()
        except InputError as error:
            why = str(error).removeprefix(f"{name}: ")
        if not count:
            raise InputError(f"{name}: {why or 'holds no page'}")
        yield Listing(url=name, kind="warc", found=count, why=why), tuple(found)


def with_exclusive_hosts(world: OpenWorld, owner: str) -> OpenWorld:
    """The same world, in which each host is asked by one of all processes at a time.

    ``owner`` names this process to the others.
    """
    from provenance.world.http.throttle import HostThrottle
    from provenance.world.http.web import PoliteWeb

    throttle = HostThrottle(world.store.hosts, world.now, pace=world.settings.pace, owner=owner)
    return replace(world, web=PoliteWeb(world.settings, world.store, world.now, throttle=throttle))


def offline_view(world: OpenWorld) -> OpenWorld:
    """The same kept data, and nobody outside: what is not kept cannot be had."""
    from functools import partial

    from provenance.world.http.rate_limits import RateLimiter
    from provenance.world.http.web import PoliteWeb
    from provenance.world.searches.site_search import find_site_searches

    settings = replace(world.settings, offline=True, archives=(), searches=())
    web = PoliteWeb(settings, world.store, world.now)
    limits = RateLimiter(world.store.hosts, world.now)
    return replace(
        world,
        web=web,
        archives=(),
        searches=(),
        find_site_searches=partial(find_site_searches, web=web, now=world.now, limits=limits),
        settings=settings,
    )


def trap(url: str) -> Ending | None:
    """The rule by which an address looks like one of endlessly many; None where none says so."""
    if len(url) > _LONGEST_URL:
        return Ending(reason=EndReason.LONG_ADDRESS, detail=str(_LONGEST_URL))
    parts = split(url)
    if _SESSION.search(f"{parts.path}?{parts.query}"):
        return Ending(reason=EndReason.SESSION_ID)
    steps = [step for step in parts.path.split("/") if step]
    if len(steps) > _DEEPEST_PATH:
        return Ending(reason=EndReason.DEEP_PATH, detail=str(_DEEPEST_PATH))
    if any(steps.count(step) > _MOST_REPEATS for step in steps):
        return Ending(reason=EndReason.REPEATING_PATH, detail=str(_MOST_REPEATS))
    if len(parse_qsl(parts.query)) > _MOST_PARAMETERS:
        return Ending(reason=EndReason.MANY_PARAMETERS, detail=str(_MOST_PARAMETERS))
    return None


def _hrefs(body: bytes) -> Iterator[str]:
    from lxml import etree, html

    try:
        tree = html.fromstring(body, parser=html.HTMLParser(huge_tree=False))
    except (etree.LxmlError, ValueError):
        return
    for element in tree.iter("a", "area"):
        if "nofollow" not in (element.get("rel") or "").lower() and element.get("href"):
            yield element.get("href", "")


def _posts(capture: Capture) -> tuple[tuple[ListedPage, ...], str]:
    """The posts of an answer, and why there are none; '' where there are."""
    try:
        return read_posts(capture.body), ""
    except ValueError as error:
        return (), str(error)
