"""Who the page itself is: its own names and addresses, told from everybody else's."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from provenance.model import BlockKind, Place
from provenance.text.patterns import compile_late
from provenance.text.publishers import (
    AgencyKind,
    agency_named,
    name_key,
    publisher_of,
    publishers_named,
    same_house,
    self_names,
)
from provenance.text.urls import host, registrable, same_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document
    from provenance.text.publishers import Agency

_TELLING = 4
_SHORTEST = 3
_LONG = 8
_BRAND = 7
_SECTION = 12
_LONGEST_RIGHTS = 300
_MOST_RIGHTS = 12
_LEAST_LINKS = 5
_MANY_LINKS = 15
_MOST_HOSTS = 25
_FRAME = 60
_MOSTLY = 0.6
_ADDED = frozenset(
    (
        *("com", "net", "org", "de", "fr", "es", "it", "co", "couk", "in", "news", "online", "tv"),
        *("digital", "staff", "reports", "media", "web", "live", "redaktion", "newspaper"),
        *("magazine", "report", "original", "exclusive", "english", "editorial", "newsroom"),
    )
)
_COMMON = frozenset(
    (
        *("news", "the", "times", "daily", "post", "herald", "press", "media", "world", "today"),
        *("online", "web", "blog", "www", "m", "amp", "mobile", "agency", "agencies", "info"),
        *("home", "site", "article", "story", "en", "de", "fr", "es", "mail", "star", "sun"),
    )
)
# Where everybody has pages: links there say nothing of whose a page is.
PLATFORMS = frozenset(
    (
        *("facebook.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "youtu.be"),
        *("t.co", "linkedin.com", "pinterest.com", "reddit.com", "t.me", "whatsapp.com"),
        *("google.com", "apple.com", "amazon.com", "wikipedia.org", "tiktok.com", "vk.com"),
        *("threads.net", "bsky.app", "doi.org", "archive.org", "bit.ly", "goo.gl", "flickr.com"),
        *("vimeo.com", "spotify.com", "github.com", "medium.com", "wordpress.com"),
        *("wordpress.org", "gravatar.com", "wp.com"),
    )
)
_LISTS = frozenset({"category", "categories", "tag", "tags", "topic", "topics", "author", "page"})
_FRONTS = frozenset(
    {"blog", "news", "home", "archive", "archives", "index.html", "index.php", "latest", "en", "de"}
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|ⓒ|copyright|版权所有|版權所有|все права защищены)[\s:：©]{0,4}(?:by\s)?(?:\d{4})?"
    r"(?:\s?[-–]\s?\d{2,4})?[\s,.:：]{0,3}([^\W\d][^|©.;,:：()]{1,40})",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|el|los|il|o|a)\s+", re.IGNORECASE)
_IDEOGRAPHS = compile_late("[\u3400-\u9fff]{3}")
_LATIN = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфхцыэіїєґ", "abvgdeziiklmnoprstufhcyeiieg", strict=True))
    | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ь": "", "ъ": ""}
)


def key_of(name: str) -> str:
    """A name without case, spaces, marks and leading article, for telling names apart."""
    return name_key(_ARTICLE.sub("", name.strip()))


def is_common(name: str) -> bool:
    """Whether a name is a common word that tells no outlet from another."""
    return key_of(name) in _COMMON


class SiteIdentity:
    """The names and addresses that are the page's own."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known_urls: dict[str, bool] = {}

    @cached_property
    def home(self) -> str:
        """An address on the page's own site: its own, else where most of its links lead; or ''."""
        document = self._document
        if document.url or not document.statements:
            return document.url or ""
        sites = _sites(link.url for link in document.links if link.place is not Place.TEXT)
        for address in document.alternates:
            sites[registrable(address)] += 3
        for nobody in (*PLATFORMS, ""):
            del sites[nobody]
        if not sites:
            return document.canonical or ""
        best, count = sites.most_common(1)[0]
        canonical = registrable(document.canonical or "")
        if count < _LEAST_LINKS or best == canonical:
            return document.canonical or ""  # a few links may as well be to the source
        return f"https://{best}/"

    @cached_property
    def is_portal(self) -> bool:
        """Whether the page's house mostly shows what others wrote."""
        here = publisher_of(self.home)
        return here is not None and here.kind in {AgencyKind.PORTAL, AgencyKind.AGGREGATOR}

    @cached_property
    def keys(self) -> frozenset[str]:
        """The names the page goes by, as keys; an agency's only on a site of its own.

        Papers that print an agency's copy often have it as publisher in their metadata, and portals
        whoever wrote the text. Names that the site gives itself elsewhere count too: its footer's,
        those of its links to the front page.
        """
        document = self._document
        stated = [*document.self_names, document.publisher or ""]
        named_elsewhere = self._elsewhere()
        names = [
            name
            for name in ([] if self.is_portal else stated)
            if key_of(name) not in named_elsewhere and not self._is_others(name)
        ]
        names += [*self_names(self.home), host(self.home).removeprefix("www.")]
        front = [link.text for link in document.links if self._is_front(link.url)]
        rights = [name for name in self._rights() if not self._is_others(name)]
        more = [] if self.is_portal else [*front[:_MOST_RIGHTS], *rights]
        return (_keys(names) | (_keys(more) - _COMMON)) - {""}

    @cached_property
    def is_front(self) -> bool:
        """Whether the page is a front page, a section or an archive: many texts, none its own."""
        path = self.home.partition("://")[2].partition("/")[2].partition("?")[0]
        parts = [part.lower() for part in path.split("/") if part]
        if not self._document.url or not parts:
            return bool(self._document.url)
        return parts[0] in _LISTS or (len(parts) == 1 and parts[0] in _FRONTS)

    def _elsewhere(self) -> set[str]:
        """The names of the site that a canonical address elsewhere belongs to.

        A template that knows who owns the text may name that owner as publisher too.
        """
        canonical = self._document.canonical
        if not canonical or not self.home or same_site(canonical, self.home):
            return set()
        return {key_of(name) for name in self_names(canonical)}

    def _is_others(self, name: str) -> bool:
        """Whether a name is an agency's or another known house's, which is own at home only."""
        if (agency := agency_named(name)) is not None:
            return not self.is_home_of(agency)
        here, named = publisher_of(self.home), publishers_named(name)
        return here is not None and bool(named) and all(one.house != here.house for one in named)

    def _is_front(self, url: str) -> bool:
        scheme, _, rest = url.partition("://")
        there, _, path = rest.partition("/")
        if path or not scheme:
            return False
        here = self.home.partition("://")[2].partition("/")[0]
        return there == here or there.removeprefix("www.") == (self._linked_site or here)

    def _rights(self) -> list[str]:
        """Whose site it is by the last lines of its footer."""
        document = self._document
        last = [block for block in document.blocks if block.kind is BlockKind.FOOTER]
        found = []
        for block in last[-_MOST_RIGHTS:]:
            text = document.block_text(block)
            if len(text) <= _LONGEST_RIGHTS and (rights := _RIGHTS.search(text)):
                found.append(rights.group(1))
        return found

    def is_home_of(self, agency: Agency) -> bool:
        """Whether the page lies on an agency's own site, or on that of the paper it belongs to."""
        places = [self.home] if self.home else self._frame
        homes = [f"https://{domain}/" for domain in agency.domains]
        if any(same_site(place, home) for place in places for home in homes):
            return True
        here = publisher_of(self.home)
        begins = agency.name.casefold().removeprefix("the ")
        return here is not None and any(
            len(name) >= _SHORTEST and begins.startswith(f"{name.casefold().removeprefix('the ')} ")
            for name in here.names
        )

    @cached_property
    def _frame(self) -> list[str]:
        """Where a page without an address takes its pictures from and its frame leads."""
        document = self._document
        links = [link.url for link in document.links if link.place is not Place.TEXT]
        return [*document.alternates, *(image.url for image in document.images), *links][:_FRAME]

    def is_key(self, name: str) -> bool:
        """Whether a name is exactly one of those that the page goes by."""
        return key_of(name) in self.keys or name_key(name) in self.keys

    def is_name(self, name: str) -> bool:
        """Whether a name is one the page goes by: spelt otherwise, longer, shorter, in Latin."""
        key = key_of(name)
        if key in self.keys or name_key(name) in self.keys:
            return True
        if not key or (key in _COMMON and not any(_extends(key, own) for own in self.keys)):
            return False
        here, named = publisher_of(self.home), publishers_named(name)
        if here is not None and named:
            return any(publisher.house == here.house for publisher in named)
        first = key_of(re.split(r"[\s/|,]", name.strip(), maxsplit=1)[0])
        if len(first) > 1 and first in self.keys and agency_named(name) is None:
            return True
        latin = key.translate(_LATIN)
        return any(
            own == latin
            or (len(own) >= _LONG and own in key)
            or (own.startswith(key[:3]) and bool(_IDEOGRAPHS.match(key)))
            or _extends(own, key)
            or _extends(key, own)
            for own in self.keys
        )

    @cached_property
    def _linked_site(self) -> str:
        """The site that the page's frame leads to, if it is mostly one: where it has moved to."""
        links = [link.url for link in self._document.links if link.place is not Place.TEXT]
        if len(links) < _MANY_LINKS:
            return ""
        site, count = _sites(links).most_common(1)[0]
        return site if count >= _MOSTLY * len(links) else ""

    def is_url(self, url: str) -> bool:
        """Whether an address belongs to the page's own house."""
        if (known := self._known_urls.get(url)) is None:
            known = self._known_urls[url] = self._is_own(url)
        return known

    def _is_own(self, url: str) -> bool:
        if not self.home or same_house(url, self.home):
            return bool(self.home)
        if publisher_of(url) is not None and publisher_of(self.home) is not None:
            return False  # the table knows both, as two houses
        return (registrable(url) or "-") == self._linked_site or _is_brand(self.home, url)


def _sites(urls: Iterable[str]) -> Counter[str]:
    """How many of some addresses lie on each site, of the hosts met most often."""
    hosts = Counter(url.split("/", 3)[2] if "://" in url else "" for url in urls)
    sites: Counter[str] = Counter()
    for name, count in hosts.most_common(_MOST_HOSTS):
        sites[registrable(f"https://{name}/") if name else ""] += count
    return sites


def _is_brand(home: str, url: str) -> bool:
    """Whether an address is of the page's brand: under another country, or on a staging host.

    Numbers are no brand: two ports of one machine are two sites.
    """
    there, here = (registrable(address).split(".")[0].replace("-", "") for address in (url, home))
    if not here or here.isdigit() or len(here) < _BRAND:
        return bool(here) and not here.isdigit() and there == here
    below = host(url).removesuffix(registrable(url)).replace("-", "")
    return there == here or here in below or _extends(here, there)


def _keys(names: list[str]) -> frozenset[str]:
    return frozenset(key for name in names for key in (key_of(name), name_key(name)))


def _extends(short: str, long: str) -> bool:
    """Whether a key is another with a word added that says nothing ("online")."""
    return len(short) >= _TELLING and long.startswith(short) and long[len(short) :] in _ADDED


def is_index(url: str) -> bool:
    """Whether an address is a front page or a section, as no article's is."""
    path, _, query = url.split("://", 1)[-1].partition("/")[2].partition("?")
    section = path.strip("/")
    return not query and (not section or (len(section) <= _SECTION and section.isalpha()))
