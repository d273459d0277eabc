"""What a site's lists name, whatever their format, and the way through indexes of sitemaps."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.world.formats.feeds import read_feed
from provenance.world.formats.listed import Contents, ListingKind
from provenance.world.formats.sitemaps import MOST_URLS, read_sitemap, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_HEAD = 1024
_BEGINNINGS = (b"<?xml", b"<rss", b"<feed", b"<rdf", b"<urlset", b"<sitemap", b"\x1f\x8b")
_DEEPEST_INDEX, _MOST_FILES = 2, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadListing:
    """One list that ``walk`` came to: its address, and how many indexes lie above it."""

    url: str
    depth: int
    contents: Contents


def may_be_listing(body: bytes) -> bool:
    """Whether bytes can be a feed or a sitemap in XML or JSON, by their beginning."""
    head = body[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.lower().startswith(_BEGINNINGS) or (head[:1] == b"{" and b"jsonfeed" in head)


def read_listing(body: bytes, base: str = "") -> Contents:
    """The pages in a feed, a sitemap or an index of sitemaps, packed or not.

    ``base`` is its address. Of anything else the kind is NONE, and ``why`` says why.
    """
    with suppress(ValueError):
        return read_sitemap(body, base)
    body, cut = unpack(body)
    if may_be_listing(body):
        with suppress(ValueError):
            feed = read_feed(body, base, most=MOST_URLS)
            return replace(feed, why=cut or feed.why)
    return Contents(kind=ListingKind.NONE, why=cut or "it is neither a sitemap nor a feed")


def walk(
    first: Iterable[str],
    fetch: Callable[[str], bytes | str],
    follow: Callable[[str], bool] = bool,
) -> Iterator[ReadListing]:
    """Each list at these addresses, and what the indexes among them name, two deep, each once.

    ``fetch`` gives the bytes of a list or says in one clause why there are none; ``follow`` says
    whether an address that an index names is read. At most 500 are; ``why`` of an index says so
    where more are named.
    """
    waiting = deque((url, 0) for url in first)
    seen = {url for url, _ in waiting}
    room = _MOST_FILES
    while waiting:
        url, depth = waiting.popleft()
        body = fetch(url)
        if isinstance(body, str):
            contents = Contents(kind=ListingKind.NONE, why=body)
        else:
            contents = read_listing(body, url)
        if contents.kind is ListingKind.INDEX:
            fresh = tuple(each for each in contents.further if each not in seen and follow(each))
            contents = _choose(contents, fresh, room if depth < _DEEPEST_INDEX else 0)
            waiting.extend((each, depth + 1) for each in contents.further)
            seen.update(contents.further)
            room -= len(contents.further)
        yield ReadListing(url=url, depth=depth, contents=contents)


def _choose(index: Contents, fresh: tuple[str, ...], room: int) -> Contents:
    """The index with those of the addresses not yet read for which there is room."""
    named, why = tuple(dict.fromkeys(fresh)), index.why
    if len(named) > room:
        why = f"it names more than is read: {_MOST_FILES} files, {_DEEPEST_INDEX} indexes deep"
    elif index.further and not named:
        why = why or "it names only itself, other sites, or files read before"
    return replace(index, further=named[:room], why=why)
