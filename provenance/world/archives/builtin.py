"""The archives that are known by name: addresses, limits, and what their captures are worth.

Facts from each archive's own pages and from MemGator's list of archives (MIT). None is asked
unless it is configured; ``internet-archive`` is by default.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import SettingsError
from provenance.model import ProviderSpec
from provenance.text.publishers import publisher_of
from provenance.text.urls import host, registrable
from provenance.world.archives.sheet import ArchiveSheet, Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Sighting

ARQUIVO = ArchiveSheet(
    name="arquivo",
    kind="arquivo",
    base_url="https://arquivo.pt",
    index="Arquivo.pt",
    terms="https://arquivo.pt/api",
    index_per_minute=60.0,
    replay_per_minute=60.0,
    note="Portuguese-centred; what was captured in the last year is not shown yet.",
)
COMMONCRAWL = ArchiveSheet(
    name="commoncrawl",
    kind="commoncrawl",
    base_url="https://index.commoncrawl.org",
    index="Common Crawl",
    terms="https://commoncrawl.org/terms-of-use",
    index_per_minute=60.0,
    replay_per_minute=60.0,
    note="One index a crawl: only the crawls that were asked are spoken for.",
)
MEMGATOR = ArchiveSheet(
    name="memgator",
    kind="memgator",
    base_url="https://memgator.cs.odu.edu",
    index="the archives it asks",
    terms="https://github.com/oduwsdl/MemGator",
    index_per_minute=10.0,
    note="An aggregator: each capture lies in the archive its address names.",
)
KNOWN: tuple[ArchiveSheet, ...] = (
    ArchiveSheet(
        name="internet-archive",
        kind="cdx",
        base_url="https://web.archive.org",
        index="Wayback Machine",
        terms="https://archive.org/about/terms",
        index_per_minute=24.0,
        replay_per_minute=60.0,
        note="Index and TimeMap share one allowance; a client that ignores its 429 is shut out.",
    ),
    ARQUIVO,
    COMMONCRAWL,
    MEMGATOR,
    ArchiveSheet(
        name="uk-web-archive",
        kind="cdx",
        base_url="https://www.webarchive.org.uk/wayback/archive",
        index="UK Web Archive",
        terms="https://www.webarchive.org.uk",
    ),
    ArchiveSheet(
        name="australian-web-archive",
        kind="cdx",
        base_url="https://web.archive.org.au/awa",
        index="Australian Web Archive",
        terms="https://trove.nla.gov.au",
    ),
    ArchiveSheet(
        name="archive-it",
        kind="timemap",
        base_url="https://wayback.archive-it.org/all/timemap/link",
        index="Archive-It",
        terms="https://archive-it.org",
    ),
    ArchiveSheet(
        name="icelandic-web-archive",
        kind="timemap",
        base_url="https://vefsafn.is/timemap/link",
        index="Vefsafn.is",
        terms="https://vefsafn.is",
    ),
    ArchiveSheet(
        name="perma",
        kind="timemap",
        base_url="https://perma.cc/timemap/link",
        index="Perma.cc",
        terms="https://perma.cc/terms-of-service",
    ),
    ArchiveSheet(
        name="archive-today",
        kind="timemap",
        base_url="https://archive.today/timemap",
        index="archive.today",
        trust=Trust.UNTRUSTED,
        note="Its operators have altered captures: no evidence, and no bytes as captured.",
    ),
)
KNOWN_HOSTS = frozenset(host(sheet.base_url) for sheet in KNOWN if sheet.trust is Trust.EVIDENCE)
_BY_HOST = {host(sheet.base_url): sheet for sheet in KNOWN}
# archive.today answers under many names, and aggregators point at all of them.
_UNTRUSTED_HOSTS = frozenset(
    f"archive.{suffix}" for suffix in ("today", "ph", "is", "li", "vn", "fo", "md")
)


def known_sheet(base_url: str) -> ArchiveSheet | None:
    """What is known of the archive at an address, whatever name the person gave it."""
    return _BY_HOST.get(host(base_url))


def known_spec(name: str) -> ProviderSpec:
    """The known archive of that name; SettingsError, with the names there are, for any other."""
    sheet = next((sheet for sheet in KNOWN if sheet.name == name.strip()), None)
    if sheet is None:
        names = ", ".join(sheet.name for sheet in KNOWN)
        raise SettingsError(
            f"archive {name!r}: write NAME=KIND:BASE_URL, or one that is known: {names}"
        )
    return ProviderSpec(name=sheet.name, kind=sheet.kind, base_url=sheet.base_url)


def trust(address: str) -> Trust:
    """What captures are worth at the address of an archive, or of a capture in one."""
    sheet = known_sheet(address)
    if host(address) in _UNTRUSTED_HOSTS:
        return Trust.UNTRUSTED
    return Trust.EVIDENCE if sheet is None else sheet.trust


def mark_untrusted(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """The sightings, those in archives that are no evidence marked as such."""
    return tuple(
        replace(s, trusted=False) if trust(s.memento or "") is Trust.UNTRUSTED else s
        for s in sightings
    )


def absence_note(base_url: str, url: str) -> str | None:
    """What to say when the Wayback Machine has nothing of a publisher that keeps archives out."""
    publisher = publisher_of(url) if host(base_url) == "web.archive.org" else None
    if publisher is None or not publisher.excludes_archives:
        return None
    return f"{registrable(url)} keeps its pages out of this archive: that it has none says nothing"
