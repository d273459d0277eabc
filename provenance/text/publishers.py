"""Who publishes under an address: names, domains, houses, owners; the agencies included.

Read on first use from ``data/publishers.tsv``: papers, broadcasters, magazines, sites, portals,
aggregators. A *house* is one brand under whatever address: a renamed paper, its editions, its
short and old domains. An *owner* holds several houses. What stands in no table is simply unknown,
and unknown proves nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from provenance.text.agencies import (
    Agency,
    AgencyKind,
    agencies,
    agencies_named,
    agency_named,
    find_agencies,
    is_ambiguous,
    may_name_agency,
)
from provenance.text.names import (
    SHORT,
    core_key,
    folded,
    keys,
    name_key,
    several,
    table,
    without_article,
)
from provenance.text.remember import remember
from provenance.text.urls import LONGEST, host, registrable, same_site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "Agency",
    "AgencyKind",
    "Directory",
    "Publisher",
    "agencies",
    "agencies_named",
    "agency_named",
    "find_agencies",
    "is_ambiguous",
    "may_name_agency",
    "name_key",
    "parse_publishers",
    "publisher_of",
    "publishers",
    "publishers_named",
    "same_house",
    "same_owner",
    "self_names",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """One outlet. ``domains`` are hosts in lower case, the main one first; ``country`` ISO 3166.

    ``house`` is the main domain of the brand it belongs to, its own unless listed; ``owner`` the
    company, or ''. ``excludes_archives``: it is known to keep web archives out, so that missing
    mementos mean nothing. ``hosts_others``: hosts below its domains are other people's.
    """

    name: str
    kind: AgencyKind
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    house: str = ""
    owner: str = ""
    excludes_archives: bool = False
    hosts_others: bool = False

    @property
    def agency(self) -> bool:
        """Whether its texts are made for others to print."""
        return self.kind in _MADE_FOR_OTHERS

    @property
    def names(self) -> tuple[str, ...]:
        """All names, the main one first."""
        return (self.name, *self.aliases)


_TWO_NAMES = re.compile(r"([^()（）]{2,80})[(（]([^()（）]{2,80})[)）]")
_MADE_FOR_OTHERS = {AgencyKind.AGENCY, AgencyKind.RELEASE, AgencyKind.SYNDICATE}


class Directory:
    """Outlets by host and by name, from rows of the table; a row is read when it is asked for.

    Of two rows with one host the later wins, so that rows added at the end do.
    """

    def __init__(self, rows: Iterable[str]) -> None:
        self._rows = tuple(rows)
        self._cells = [row.split("\t", 5) for row in self._rows]

    @cached_property
    def _by_host(self) -> dict[str, str]:
        by_host: dict[str, str] = {}
        for row, cells in zip(self._rows, self._cells, strict=True):
            for name in cells[3].split(" "):
                by_host[name] = row
        return by_host

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Rows by whole name, and by what follows an article that it begins with."""
        cells = self._cells
        names = folded("\n".join(f"{each[0]}|{each[4]}" if each[4:] else each[0] for each in cells))
        by_name: dict[str, list[str]] = {}
        whole, cores = keys(names).split("\n"), keys(without_article(names)).split("\n")
        for row, joined, core in zip(self._rows, whole, cores, strict=True):
            known = joined if core == joined else f"{joined}|{core}"
            for key in known.split("|"):
                if (rows := by_name.get(key)) is None:
                    by_name[key] = [row]
                elif rows[-1] is not row:
                    rows.append(row)
        return by_name

    def at(self, asked: str) -> Publisher | None:
        """The outlet at a host: the longest listed one that it is or lies under.

        A host below one that lets others publish (a blog host) is nobody's that is listed.
        """
        name = asked
        while name:
            if (row := self._by_host.get(name)) is not None:
                found = _outlet(row)
                own = name == asked.removeprefix("www.") or not found.hosts_others
                return found if own else None
            name = name.partition(".")[2]
        return None

    def named(self, name: str) -> tuple[Publisher, ...]:
        """The outlets of a name or host; its article counts where there is one of that name.

        Names of one or two letters count in their own case only: "AD" is a paper, "ad" a word.
        """
        bare = name.strip()
        listed = self._by_host.get(bare.casefold().removeprefix("www."))
        if listed is not None:
            return (_outlet(listed),)
        key = name_key(bare)
        rows = self._by_name.get(key) or self._by_name.get(core_key(bare), []) if key else []
        found = map(_outlet, rows)
        if len(key) < 3 and key.isascii():
            return tuple(outlet for outlet in found if bare in outlet.names)
        return tuple(found)


@cache
def publishers() -> tuple[Publisher, ...]:
    """All outlets of the table, and the agencies as outlets after them."""
    return tuple(parse_publishers(_all_rows()))


def publisher_of(url: str) -> Publisher | None:
    """The outlet at an address, by listed host or the nearest listed domain above; else None."""
    return _outlet_at(host(url))


# Of the addresses on a page most lie on few hosts.
@remember(LONGEST)
def _outlet_at(name: str) -> Publisher | None:
    return _directory().at(name)


@remember(SHORT, most=2048)
def publishers_named(name: str) -> tuple[Publisher, ...]:
    """The outlets that go by a name; the case, accents, points and a final ".com" do not matter.

    An article matters only between two that differ by it: "La Presse" is not "Die Presse". Of
    "one name (another)" the first that is known counts.
    """
    found = _directory().named(name)
    if not found and (both := _TWO_NAMES.fullmatch(name.strip())):
        return _directory().named(both[1]) or _directory().named(both[2])
    return found


def same_house(one: str, other: str) -> bool:
    """Whether two addresses are one paper: one registrable domain, or domains of one house.

    Two houses listed under one domain (abcnews.go.com, espn.go.com) are two all the same, and so
    are two hosts of a domain that lets others publish (one.substack.com, two.substack.com).
    """
    first, second = publisher_of(one), publisher_of(other)
    if first is not None and second is not None:
        return first.house == second.house
    if not same_site(one, other):
        return False
    platform = _directory().named(registrable(one))
    return host(one) == host(other) or not any(site.hosts_others for site in platform)


def house_of(url: str) -> str:
    """One key for all addresses of a paper, to group many by; pairs are judged by same_house."""
    known = publisher_of(url)
    if known is not None:
        return known.house
    domain = registrable(url)
    platform = _directory().named(domain)
    return host(url) if any(site.hosts_others for site in platform) else domain


def same_owner(one: str, other: str) -> bool:
    """Whether two addresses are one house, or sister titles of one listed owner."""
    if same_house(one, other):
        return True
    first, second = publisher_of(one), publisher_of(other)
    return bool(first and second and first.owner and first.owner == second.owner)


def self_names(url: str) -> tuple[str, ...]:
    """The names a page at this address goes by: listed names, then its domain and brand label."""
    known = publisher_of(url)
    names = known.names if known else ()
    if known and known.agency:
        names = next((agency.names for agency in agencies() if agency.name == known.name), names)
    domain = registrable(url)
    below = host(url).removesuffix(domain).strip(".").removeprefix("www")
    label = (domain if known or not below else below).partition(".")[0]
    return tuple(dict.fromkeys(filter(None, (*names, domain, label))))


def parse_publishers(rows: Iterable[str]) -> Iterator[Publisher]:
    """Rows of outlets: name, kind, country, domains, aliases, house, owner, flags; tab-separated.

    Domains are separated by spaces, aliases by bars; cells missing at the end are empty. ValueError
    for an unknown kind or a row without name, kind, country and domain.
    """
    return map(_outlet, rows)


@lru_cache(maxsize=1024)
def _outlet(row: str) -> Publisher:
    cells = row.split("\t")
    name, kind, country, domains, aliases, house, owner, flags = cells + [""] * (8 - len(cells))
    if not (name and kind and country and domains):
        raise ValueError(f"an outlet needs name, kind, country and domains: {name!r}")
    hosts = tuple(domains.split(" "))
    return Publisher(
        name=name,
        kind=AgencyKind(kind),
        country=country,
        domains=hosts,
        aliases=several(aliases),
        house=house or hosts[0],
        owner=owner,
        excludes_archives="no-archive" in flags,
        hosts_others="hosts-others" in flags,
    )


def _row_of(agency: Agency) -> str:
    """An agency as a row of outlets, without the forms of its name that mean other things too."""
    aliases = "|".join(form for form in agency.names[1:] if form not in agency.ambiguous)
    cells = (agency.name, agency.kind.value, agency.country, " ".join(agency.domains), aliases)
    return "\t".join(cells)


@cache
def _all_rows() -> tuple[str, ...]:
    made_for_others = (_row_of(agency) for agency in agencies() if agency.domains)
    return (*table("publishers.tsv"), *made_for_others)


@cache
def _directory() -> Directory:
    return Directory(_all_rows())
