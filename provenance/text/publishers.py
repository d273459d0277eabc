"""Who publishes under an address, and which agencies there are: names, domains, houses, owners.

Two small tables of facts are read on first use: ``data/agencies.tsv`` (news agencies, release
wires, syndicates) and ``data/publishers.tsv`` (papers, broadcasters, magazines, sites, portals,
aggregators). A *house* is one brand under whatever address: a renamed paper, its editions, its
short and old domains. An *owner* holds several houses. What stands in no table is simply unknown,
and unknown proves nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypeVar

from provenance.text.urls import host, registrable, same_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Kind(Enum):
    """What an outlet is. PORTAL and AGGREGATOR mostly show what others wrote."""

    PAPER = "paper"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    SITE = "site"
    AGENCY = "agency"
    SYNDICATE = "syndicate"
    RELEASE = "release"
    PORTAL = "portal"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency (AGENCY), a host of press releases (RELEASE) or a seller of texts (SYNDICATE).

    ``aliases`` are further full names, native scripts included; ``initials`` the short forms that
    stand in brackets, in the case that is used: "AP", "dpa". ``ambiguous`` are those of all these
    that mean other things too and need more than themselves: a bracket after a place, "By", an end
    mark. ``datelines``, ``bylines`` and ``tails`` are exact wordings for each place on the page.
    """

    name: str
    kind: Kind
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names and short forms, the main one first."""
        return (self.name, *self.aliases, *self.initials)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One outlet. ``domains`` are hosts in lower case, the main one first; ``country`` ISO 3166.

    ``house`` is the brand it belongs to (its own name unless listed), ``owner`` the company or ''.
    ``excludes_archives`` says that the outlet is known to keep web archives out, so that missing
    mementos mean nothing.
    """

    name: str
    kind: Kind
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    house: str = ""
    owner: str = ""
    excludes_archives: bool = False

    @property
    def agency(self) -> bool:
        """Whether its texts are made for others to print."""
        return self.kind in _MADE_FOR_OTHERS

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the main one first."""
        return (self.name, *self.aliases)


_MADE_FOR_OTHERS = {Kind.AGENCY, Kind.RELEASE, Kind.SYNDICATE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Outlets indexed by host, by whole name and by name without its article."""

    by_host: Mapping[str, Publisher]
    by_name: Mapping[str, tuple[Publisher, ...]]
    by_core: Mapping[str, tuple[Publisher, ...]]

    def at(self, url: str) -> Publisher | None:
        """The outlet at an address: the longest listed host that the address lies under."""
        name = host(url)
        while name:
            if (found := self.by_host.get(name)) is not None:
                return found
            name = name.partition(".")[2]
        return None

    def named(self, name: str) -> tuple[Publisher, ...]:
        """The outlets of a name or host, whole names before names that differ by an article."""
        whole = name_key(name)
        if not whole:
            return ()
        bare = name.strip().casefold().removeprefix("www.")
        if (known := self.by_host.get(bare)) is not None:
            return (known,)
        return self.by_name.get(whole) or self.by_core.get(_core_key(name), ())


def directory_of(publishers: Iterable[Publisher]) -> Directory:
    """An index of outlets; of two with one host the later wins, so that added rows do."""
    by_host: dict[str, Publisher] = {}
    by_name: dict[str, list[Publisher]] = {}
    by_core: dict[str, list[Publisher]] = {}
    for publisher in publishers:
        by_host.update(dict.fromkeys(publisher.domains, publisher))
        for key in {name_key(name) for name in publisher.names}:
            by_name.setdefault(key, []).append(publisher)
        for key in {_core_key(name) for name in publisher.names}:
            by_core.setdefault(key, []).append(publisher)
    return Directory(by_host=by_host, by_name=_settled(by_name), by_core=_settled(by_core))


@cache
def agencies() -> tuple[Agency, ...]:
    """All agencies, release wires and syndicates of the table."""
    return tuple(parse_agencies(_lines("agencies.tsv")))


@cache
def publishers() -> tuple[Publisher, ...]:
    """All outlets of the table, and the agencies as outlets after them."""
    listed = parse_publishers(_lines("publishers.tsv"))
    return (*listed, *(_as_publisher(agency) for agency in agencies()))


def publisher_of(url: str) -> Publisher | None:
    """The outlet at an address, by listed host or the nearest listed domain above; else None."""
    return _directory().at(url)


def publishers_named(name: str) -> tuple[Publisher, ...]:
    """The outlets that go by a name; the case, accents, points and a final ".com" do not matter.

    An article matters only between two that differ by it: "La Presse" is not "Die Presse".
    """
    return _directory().named(name)


def same_house(one: str, other: str) -> bool:
    """Whether two addresses are one paper: one registrable domain, or domains of one house.

    Two houses listed under one domain (abcnews.go.com, espn.go.com) are two all the same.
    """
    first, second = publisher_of(one), publisher_of(other)
    if first is not None and second is not None:
        return first.house == second.house
    return same_site(one, other)


def same_owner(one: str, other: str) -> bool:
    """Whether two addresses are one house, or sister titles of one listed owner."""
    if same_house(one, other):
        return True
    first, second = publisher_of(one), publisher_of(other)
    return bool(first and second and first.owner and first.owner == second.owner)


def self_names(url: str) -> tuple[str, ...]:
    """The names a page at this address goes by: listed names, then its domain and brand label."""
    known = publisher_of(url)
    domain = registrable(url)
    label = domain.partition(".")[0]
    return tuple(dict.fromkeys(filter(None, (*(known.names if known else ()), domain, label))))


def agency_named(text: str) -> Agency | None:
    """The agency that a text names and nothing else; of several the first listed; else None.

    Brackets, slashes and dashes around the name are no part of it: "(dpa)", "/ritzau/", "--IANS".
    Two letters, and forms that mean other things too, count only in their own case.
    """
    found = agencies_named(text)
    return found[0] if found else None


def agencies_named(text: str) -> tuple[Agency, ...]:
    """All agencies of one name: initials such as "APA" or "MIA" belong to more than one."""
    exact, tolerant = _agency_index()
    bare = text.strip(_AROUND)
    return exact.get(bare) or tolerant.get(name_key(bare), ())


def is_ambiguous(form: str) -> bool:
    """Whether a form of an agency's name means other things too and needs a stricter context."""
    return form.strip(_AROUND) in _ambiguous_forms()


@cache
def agency_pattern(*, ambiguous: bool = False) -> re.Pattern[str]:
    """A pattern that finds agencies' names and initials standing as words, the longest first.

    Initials in their own case, full names in any. Forms that mean other things too are in it only
    when asked for. A trie: each character of the text is looked at once per start.
    """
    skipped = frozenset() if ambiguous else _ambiguous_forms()
    forms = {
        (form, form in agency.initials)
        for agency in agencies()
        for form in agency.names
        if form not in skipped
    }
    exact = [form for form, initial in forms if initial and not _unspaced(form)]
    names = [form.lower() for form, initial in forms if not initial and not _unspaced(form)]
    inside = [form for form, _ in forms if _unspaced(form)]
    words = rf"(?<!\w)(?:{_trie(exact)}|(?i:{_trie(names)}))(?!\w)"
    return re.compile(f"{words}|{_trie(inside)}")


def name_key(name: str) -> str:
    """A name for telling names apart: no case, accents, spaces, points, final ".com" or "&".

    "and" and "&" count alike; letters of scripts that write vowels as marks keep them.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().strip()
    folded = _TOP_LEVEL.sub("", folded.removeprefix("www."))
    if not folded.isascii():
        folded = _ACCENTS.sub("", unicodedata.normalize("NFKD", folded)).translate(_ALIKE)
    return _NOT_IN_KEY.sub("", folded.replace("&", "and"))


_AROUND = ' \t\n()[]【】（）<>/\\-–—.,:;|«»"“”*=©'
_TOP_LEVEL = re.compile(r"(?<=\w\w)\.(?:com|org|net|info|co\.uk|com\.au|tv|news)$")
_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0640]+")
_NOT_IN_KEY = re.compile(
    "[^0-9a-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u1fff\u2c00-\u2dff\u3005-\u3007\u3040-\ud7ff\uf900-\ufdff]+"
)
_ALIKE = str.maketrans("یىکةؤ", "ييكهو")
_ARTICLE = re.compile(
    r"^(?:the|die|der|das|le|la|les|el|los|las|il|lo|gli|o|os|de|het|den)\s+(?=\w)|^l['’](?=\w)",
    re.IGNORECASE,
)
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_T = TypeVar("_T")


def _core_key(name: str) -> str:
    """The key of a name without its leading article."""
    return name_key(_ARTICLE.sub("", name.strip()))


def _settled(index: dict[str, list[_T]]) -> dict[str, tuple[_T, ...]]:
    return {key: tuple(values) for key, values in index.items() if key}


def _lines(name: str) -> list[str]:
    return files("provenance.text").joinpath("data", name).read_text("utf-8").splitlines()


def _rows(lines: Iterable[str], width: int) -> Iterator[list[str]]:
    for line in lines:
        if line and not line.startswith("#"):
            cells = line.split("\t")
            yield cells + [""] * (width - len(cells))


def _several(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def parse_publishers(lines: Iterable[str]) -> Iterator[Publisher]:
    """Rows of outlets: name, kind, country, domains, aliases, house, owner, flags; tab-separated.

    Domains are separated by spaces, aliases by bars; cells missing at the end are empty. ValueError
    for an unknown kind or a row without name, kind, country and domain.
    """
    for name, kind, country, domains, aliases, house, owner, flags in _rows(lines, 8):
        if not (name and kind and country and domains):
            raise ValueError(f"an outlet needs name, kind, country and domains: {name!r}")
        yield Publisher(
            name=name,
            kind=Kind(kind),
            country=country,
            domains=tuple(domains.split(" ")),
            aliases=_several(aliases),
            house=house or name,
            owner=owner,
            excludes_archives="no-archive" in flags,
        )


def parse_agencies(lines: Iterable[str]) -> Iterator[Agency]:
    """Rows of agencies, cells in the order of the fields of ``Agency``; no domain is "-".

    Initials in brackets are datelines and tails without being listed, names are bylines.
    """
    for name, kind, country, domains, *cells in _rows(lines, 10):
        aliases, initials, ambiguous, datelines, bylines, tails = map(_several, cells)
        bracketed = tuple(f"({form})" for form in initials)
        yield Agency(
            name=name,
            kind=Kind(kind),
            country=country,
            domains=() if domains == "-" else tuple(domains.split(" ")),
            aliases=aliases,
            initials=initials,
            ambiguous=ambiguous,
            datelines=bracketed + datelines,
            bylines=(name, *aliases, *initials, *bylines),
            tails=bracketed + tails,
        )


def _as_publisher(agency: Agency) -> Publisher:
    return Publisher(
        name=agency.name,
        kind=agency.kind,
        country=agency.country,
        domains=agency.domains,
        aliases=tuple(form for form in agency.names[1:] if form not in agency.ambiguous),
        house=agency.name,
    )


@cache
def _directory() -> Directory:
    return directory_of(publishers())


@cache
def _ambiguous_forms() -> frozenset[str]:
    return frozenset(form for agency in agencies() for form in agency.ambiguous)


@cache
def _agency_index() -> tuple[dict[str, tuple[Agency, ...]], dict[str, tuple[Agency, ...]]]:
    """Agencies by exact form, and by key for the forms whose case does not matter."""
    exact: dict[str, list[Agency]] = {}
    tolerant: dict[str, list[Agency]] = {}
    for agency in agencies():
        forms = tuple(dict.fromkeys((*agency.names, *agency.bylines)))
        own_case = {name_key(form) for form in forms if form in agency.ambiguous or len(form) < 3}
        for form in forms:
            exact.setdefault(form, []).append(agency)
        keys = {key(form) for form in forms for key in (name_key, _core_key)}
        for key in keys - own_case:
            tolerant.setdefault(key, []).append(agency)
    return _settled(exact), _settled(tolerant)


def _unspaced(form: str) -> bool:
    """Whether a form is written in a script that sets no spaces between words."""
    return bool(_UNSPACED.search(form))


def _trie(forms: Iterable[str]) -> str:
    """A pattern of literal strings, longest first, that shares their beginnings."""
    tree = _Tree()
    for form in forms:
        node = tree
        for character in form:
            node = node.setdefault(character, _Tree())
        node[""] = _Tree()
    return _branches(tree)


class _Tree(dict[str, "_Tree"]):
    """Strings by their next character; the key "" says that a string may end here."""


def _branches(tree: _Tree) -> str:
    branches = [
        (r"\s" if character == " " else re.escape(character)) + _branches(below)
        for character, below in sorted(tree.items())
        if character
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in tree:
        return joined
    return f"(?:{joined})?"
