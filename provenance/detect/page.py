"""A Document as the rules look at it: lines with their zone, and who the page itself is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from provenance.model import BlockKind, Place, Span
from provenance.text.publishers import (
    agency_named,
    name_key,
    publisher_of,
    publishers_named,
    same_house,
    self_names,
)
from provenance.text.urls import host, registrable, same_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Document, Link, Signal, Statement
    from provenance.text.publishers import Agency

NEAR_HEAD = 14
NEAR_TAIL = 14
EDGE = 3


class Zone(Enum):
    """Where a line stands in relation to the story; signs count by it."""

    FAR = "far"
    TOP = "top"
    LEAD = "lead"
    BODY = "body"
    END = "end"
    AFTER = "after"
    FOOTER = "footer"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page: its exact words, and where they stand in their stored string."""

    text: str
    place: Place
    start: int
    kind: BlockKind
    zone: Zone
    links: tuple[Link, ...] = ()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The stored span of a stretch of this line."""
        last = len(self.text) if end is None else end
        return Span(start=self.start + start, end=self.start + last)

    def linked(self, start: int, end: int) -> Link | None:
        """The first link whose anchor text overlaps a stretch of this line."""
        for link in self.links:
            if link.span is not None:
                first, last = link.span.start - self.start, link.span.end - self.start
                if first < end and last > start:
                    return link
        return None


class Page:
    """What rules ask of a Document, worked out once.

    ``lines`` are all blocks cut into lines, in page order. ``near`` are those in which a page
    speaks of its own article: everything but site furniture, teasers and comments.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_lines(self.document))

    @cached_property
    def near(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.zone in _NEAR)

    @cached_property
    def lowered(self) -> str:
        """All that stands near the story, in lower case: to see quickly what cannot be there."""
        return "\n".join(line.text for line in self.near).lower()

    @cached_property
    def is_tagged(self) -> bool:
        """Whether the page came with markup: in plain text a link has lost its target."""
        return bool(self.document.statements)

    def line_of(self, signal: Signal) -> Line | None:
        """The line on which a signal stands; None for what the markup says."""
        if signal.span is None:
            return None
        starts, lines = self._by_place.get(signal.place, ([], []))
        at = bisect_right(starts, signal.span.start) - 1
        return lines[at] if at >= 0 else None

    @cached_property
    def _by_place(self) -> dict[Place, tuple[list[int], list[Line]]]:
        found: dict[Place, tuple[list[int], list[Line]]] = {}
        for line in self.lines:
            starts, lines = found.setdefault(line.place, ([], []))
            starts.append(line.start)
            lines.append(line)
        return found

    def zone(self, *zones: Zone) -> Iterator[Line]:
        """The lines of some zones, in page order."""
        return (line for line in self.lines if line.zone in zones)

    def said(self, *keys: str) -> Iterator[Statement]:
        """The statements of some keys, in page order."""
        return (said for said in self.document.statements if said.key in keys)

    @cached_property
    def home(self) -> str:
        """An address on the page's own site: its own, else where most of its links lead; or ''."""
        if self.document.url or not self.is_tagged:
            return self.document.url or ""
        sites = Counter(
            registrable(link.url) for link in self.document.links if link.place is not Place.TEXT
        )
        canonical = registrable(self.document.canonical or "")
        for address in self.document.alternates:
            sites[registrable(address)] += 3
        del sites[""]
        if not sites:
            return self.document.canonical or ""
        best, count = sites.most_common(1)[0]
        if canonical and (count < 5 or best == canonical):
            return self.document.canonical or ""
        return f"https://{best}/"

    @cached_property
    def own_keys(self) -> frozenset[str]:
        """The names the page goes by, as keys; an agency's only on a site of its own.

        Papers that print an agency's copy often have it as publisher in their metadata.
        """
        stated = [*self.document.self_names, self.document.publisher or ""]
        names = [
            name
            for name in stated
            if (agency := agency_named(name)) is None or self.is_home_of(agency)
        ]
        names += [*self_names(self.home), host(self.home).removeprefix("www.")]
        names += [link.text for link in self.document.links if self._leads_home(link.url)][:_MOST_RIGHTS]
        names += [found.group(1) for line in self._rights_lines if (found := _RIGHTS.search(line))]
        return frozenset(filter(None, map(key_of, names))) - _COMMON_KEYS

    def _leads_home(self, url: str) -> bool:
        """Whether an address is the front page of the page's own host."""
        scheme, _, rest = url.partition("://")
        there, _, path = rest.partition("/")
        return bool(scheme) and not path and there == self.home.partition("://")[2].partition("/")[0]

    @cached_property
    def _rights_lines(self) -> list[str]:
        """Lines of the site's footer that say whose site it is."""
        footer = [line.text for line in self.lines if line.zone is Zone.FOOTER]
        return [text for text in footer if len(text) <= _LONGEST_RIGHTS][-_MOST_RIGHTS:]

    def is_home_of(self, agency: Agency) -> bool:
        """Whether the page lies on an agency's own site."""
        return any(same_site(self.home, f"https://{domain}/") for domain in agency.domains)

    def is_own_name(self, name: str) -> bool:
        """Whether a name is one the page goes by: spelt otherwise, longer, shorter, in Latin."""
        key = key_of(name)
        if not key or key in _COMMON_KEYS:
            return False
        if key in self.own_keys:
            return True
        here, named = publisher_of(self.home), publishers_named(name)
        if here is not None and named:
            return any(publisher.house == here.house for publisher in named)
        first = key_of(re.split(r"[\s/|,]", name.strip(), maxsplit=1)[0])
        if len(first) > 1 and first in self.own_keys and agency_named(name) is None:
            return True
        latin = _latin(key)
        return any(
            own == latin
            or (len(own) >= _LONG and own in key)
            or (bool(_IDEOGRAPHS.match(key)) and own.startswith(key[:3]))
            or _extends(own, key)
            or _extends(key, own)
            for own in self.own_keys
        )

    def is_own_url(self, url: str) -> bool:
        """Whether an address belongs to the page's own house."""
        if not self.home:
            return False
        if same_house(url, self.home):
            return True
        one, other = (registrable(address).split(".")[0] for address in (url, self.home))
        # One brand under two country domains, or with a hyphen: brand.com and brand.de.
        # Numbers are no brand: two ports of one machine are two sites.
        return not one.isdigit() and bool(one) and one.replace("-", "") == other.replace("-", "")


_NEAR = {Zone.TOP, Zone.LEAD, Zone.BODY, Zone.END, Zone.AFTER}
_TELLING = 4
_LONG = 8
_LONGEST_RIGHTS = 300
_MOST_RIGHTS = 12
_ADDED = frozenset(
    "com net org de fr es it co couk in news online digital tv staff reports media web live redaktion"
    " newspaper magazine report original exclusive english editorial newsroom".split()
)
_COMMON_KEYS = frozenset(
    "news the times daily post herald press media world today online web blog www m amp mobile agency"
    " agencies info home site article story en de fr es".split()
)
_RIGHTS = re.compile(
    r"(?:©|\(c\)|ⓒ|copyright|版权所有|版權所有|все права защищены)[\s:：©]{0,4}(?:by\s)?(?:\d{4})?(?:\s?[-–]\s?\d{2,4})?"
    r"[\s,.:：]{0,3}([^\W\d][^|©.;,:：()]{1,40})",
    re.IGNORECASE,
)
_IDEOGRAPHS = re.compile("[\u3400-\u9fff]{3}")
_CYRILLIC = dict(
    zip(
        "абвгдезийклмнопрстуфхцыэіїєґ", "a b v g d e z i i k l m n o p r s t u f h c y e i i e g".split(), strict=True
    )
) | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya", "ь": "", "ъ": "", "ё": "e"}
_LATIN = str.maketrans(_CYRILLIC)


def _latin(key: str) -> str:
    """A key in Cyrillic letters as its domain spells it; others unchanged."""
    return key.translate(_LATIN)


def _extends(short: str, long: str) -> bool:
    """Whether a key is another with a word added that says nothing ("online")."""
    return len(short) >= _TELLING and long.startswith(short) and long[len(short) :] in _ADDED


_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|el|los|il|o|a)\s+", re.IGNORECASE)


def key_of(name: str) -> str:
    """A name without case, spaces, marks and leading article, for telling names apart."""
    return name_key(_ARTICLE.sub("", name.strip()))


def _lines(document: Document) -> Iterator[Line]:
    zones = _zones(document)
    for block, zone in zip(document.blocks, zones, strict=True):
        text = document.block_text(block)
        if "\n" not in text:
            yield Line(
                text=text,
                place=block.place,
                start=block.span.start,
                kind=block.kind,
                zone=zone,
                links=block.links,
            )
            continue
        at = block.span.start
        for part in text.split("\n"):
            if part.strip():
                inside = tuple(
                    link
                    for link in block.links
                    if link.span and at <= link.span.start < at + len(part)
                )
                yield Line(
                    text=part, place=block.place, start=at, kind=block.kind, zone=zone, links=inside
                )
            at += len(part) + 1


def _zones(document: Document) -> list[Zone]:
    """The zone of each block: near the story what touches it, by count of blocks.

    In plain text nothing tells a footer from a last word, so both ends of the page are near.
    """
    places = [block.place for block in document.blocks]
    head, text, tail = map(places.count, (Place.HEAD, Place.TEXT, Place.TAIL))
    plain = not document.statements
    seen: Counter[Place] = Counter()
    zones = []
    for block in document.blocks:
        at = seen[block.place]
        seen[block.place] += 1
        if block.place is Place.HEAD:
            near = head - at <= NEAR_HEAD or (plain and at < NEAR_HEAD)
            zones.append(Zone.TOP if near else Zone.FAR)
        elif block.place is Place.TEXT:
            zones.append(Zone.LEAD if at < EDGE else Zone.END if text - at <= EDGE else Zone.BODY)
        elif block.place is Place.TAIL:
            near = at < NEAR_TAIL or (plain and tail - at <= NEAR_TAIL)
            footer = block.kind is BlockKind.FOOTER or not near
            zones.append(Zone.FOOTER if footer else Zone.AFTER)
        else:
            zones.append(_beside(block.kind, seen[Place.TEXT], text))
    return zones


def _beside(kind: BlockKind, before: int, total: int) -> Zone:
    """The zone of a block that read set aside: lines of the story's column keep their place."""
    if kind not in _COLUMN:
        return Zone.BESIDE
    if before <= EDGE:
        return Zone.TOP
    return Zone.BODY if before < total else Zone.AFTER


_COLUMN = {BlockKind.PARAGRAPH, BlockKind.BYLINE, BlockKind.META_LINE}
