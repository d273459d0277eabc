"""Kinds ``timemap`` and ``memgator``: a list of mementos (RFC 7089), in link format or JSON.

A TimeMap says when, and not what was answered: its sightings have no status. An aggregator's
mementos lie in other archives; only those of archives that are known by name are ever replayed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Reply, Sighting
from provenance.text.dates import iso_time
from provenance.text.json_text import parse_json
from provenance.text.urls import same_site, split
from provenance.world.archives.answers import check_status
from provenance.world.archives.builtin import KNOWN_HOSTS, MEMGATOR, mark_untrusted
from provenance.world.archives.captures import CLOCK_DRIFT, Naming, sightings
from provenance.world.archives.links import MOST_LINKS, MementoLink, memento_sighting, read_links
from provenance.world.archives.replay import KEPT, replay, replay_address
from provenance.world.archives.rows import NotAnIndex, read_rows
from provenance.world.archives.sheet import ArchiveSheet, Trust
from provenance.world.provider_edge import provider_edge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient

SHEET = ArchiveSheet(
    name="timemap",
    kind="timemap",
    index="the archive's own",
    note="A TimeMap tells no status: a capture may be a redirect or an error.",
)
_LINK_FORMAT = "application/link-format"
# Pages of one TimeMap that are asked for; the archives' limits are for questions to their index.
_MOST_PAGES = 8
_RELATIONS = frozenset({"original", "self", "timegate", "memento", "timemap"})


def build(base_url: str, url: str) -> str:
    """The question; ``/timemap/link`` is added where the base does not name a TimeMap."""
    base = base_url.rstrip("/")
    if "timemap" not in split(base).path:
        base = f"{base}/timemap/link"
    return f"{base}/{quote(url, safe=KEPT)}"


def parse(
    provider: str, url: str, question: str, capture: Capture
) -> tuple[tuple[Sighting, ...], int]:
    """The captures in a TimeMap, oldest first, and how many entries made no sense.

    404 is "none" where the answer says that it is a TimeMap's (RFC 7089 leaves the body open), and
    so is an empty list in JSON. Another 404, a text without one memento, or anything else that is
    no TimeMap, is Garbled.
    """
    check_status(provider, url, capture)
    if capture.status == 404:
        if _says_none(capture):
            return (), 0
        why = "there is no TimeMap at this address (HTTP 404)"
        raise Garbled(provider, url, why, status=404)
    text = capture.body.decode("utf-8-sig", "replace").lstrip()
    if text.startswith("{") and '"mementos"' in text:
        links: list[MementoLink | None] = _json_links(provider, url, text)
    elif text.startswith("<"):
        links = list(read_links(text, question))
        if not any(link is not None and link.rel & _RELATIONS for link in links):
            raise Garbled(provider, url, "it answered with a web page and not with a TimeMap")
        named = any(link is None or "memento" in link.rel for link in links)
        if not named and not further(question, capture):
            raise Garbled(provider, url, "its TimeMap names no capture: it was cut off")
    else:
        return _listed(provider, url, question, capture)
    return _sound(links, f"{provider} timemap", url, capture)


def further(question: str, capture: Capture) -> tuple[str, ...]:
    """The TimeMaps that one in link format names besides itself: its other pages, or its parts.

    RFC 7089, section 5.1 and pattern 6. The same list in another format is none of them.
    """
    text = capture.body.decode("utf-8-sig", "replace").lstrip()
    if not text.startswith("<") or "timemap" not in text:
        return ()
    found = [
        link.url
        for link in read_links(text, question)
        if link is not None
        and "timemap" in link.rel
        and "self" not in link.rel
        and link.parameters.get("type", _LINK_FORMAT).startswith(_LINK_FORMAT)
    ]
    own = unquote(question)
    return tuple(url for url in dict.fromkeys(found) if unquote(url) != own)


def _sound(
    links: Iterable[MementoLink | None], basis: str, url: str, capture: Capture
) -> tuple[tuple[Sighting, ...], int]:
    """The mementos with a time that is past and an address of this site, each once."""
    latest = capture.captured_at + CLOCK_DRIFT
    good: dict[str | None, Sighting] = {}
    bad = 0
    for link in links:
        if link is not None and "memento" not in link.rel:
            continue
        found = memento_sighting(link, basis) if link is not None else None
        if (
            found is None
            or found.at > latest
            or not (found.url is None or same_site(found.url, url))
        ):
            bad += 1
        else:
            good.setdefault(found.memento, found)
    return tuple(sorted(good.values(), key=lambda sighting: sighting.at)), bad


def _json_links(provider: str, url: str, text: str) -> list[MementoLink | None]:
    """MemGator's JSON; other archives' JSON TimeMaps are lists of rows."""
    try:
        found = parse_json(text)["mementos"]["list"][:MOST_LINKS]
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled(provider, url, "its TimeMap is not well-formed, or was cut off") from error
    return [_json_link(entry) for entry in found]


def _json_link(entry: Any) -> MementoLink:
    fields = entry if isinstance(entry, dict) else {}
    at = iso_time(str(fields.get("datetime", "")))
    return MementoLink(
        url=str(fields.get("uri", "")),
        rel=frozenset({"memento"}),
        parameters={"datetime": format_datetime(at) if at else ""},
    )


def _listed(
    provider: str, url: str, question: str, capture: Capture
) -> tuple[tuple[Sighting, ...], int]:
    """A TimeMap in one of the dialects of an index (pywb's and the Wayback Machine's JSON)."""
    try:
        listing = read_rows(capture.body)
    except NotAnIndex as error:
        raise Garbled(provider, url, str(error)) from error
    if not listing.rows and not capture.body.strip():
        raise Garbled(provider, url, "it answered with nothing at all")
    prefix = question.partition("/timemap/")[0]
    naming = Naming(
        basis=f"{provider} timemap",
        memento=lambda row: replay_address(prefix, row.timestamp, row.original),
    )
    return sightings(listing, url, naming, capture.captured_at)


def _says_none(capture: Capture) -> bool:
    """Whether a 404 is a TimeMap's way of saying "none": by media type, count or exception."""
    return (
        capture.media_type in {"application/link-format", "application/json", "text/x-ndjson"}
        or (capture.header("x-memento-count") or "").strip() == "0"
        or "ResourceNotInArchive" in (capture.header("x-archive-wayback-runtime-error") or "")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One TimeMap: its captures, how many entries made no sense, and those it leads to.

    ``elsewhere`` counts TimeMaps on hosts that are neither configured nor known, ``at`` is when it
    was given.
    """

    found: tuple[Sighting, ...]
    unusable: int
    further: tuple[str, ...]
    elsewhere: int
    at: datetime

    def __len__(self) -> int:
        return len(self.found) + len(self.further) + self.elsewhere


class TimemapArchive:
    """An archive, or an aggregator of some, that lists mementos; satisfies ``ports.Archive``."""

    def __init__(self, sheet: ArchiveSheet, asker: ArchiveClient) -> None:
        self.sheet = sheet
        self._asker = asker

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @provider_edge
    def sightings(self, url: str) -> Reply[Sighting]:
        """Every memento of ``url``, oldest first; empty only if the TimeMap says none.

        Its other pages, or the TimeMaps of an index, are asked in turn, in bounds. Those that are
        not had are told in a note; where nothing else was found, as the error of the first.
        """
        first = build(self.sheet.base_url, url)
        parts, failed, left = self._walk(url, first)
        missing = left + len(failed)
        found = {seen.memento: seen for part in parts for seen in part.found}
        if missing and not found:
            why = f"{missing} of the TimeMaps that it leads to were not read"
            raise failed[0] if failed else Unavailable(self.name, url, why)
        unusable = sum(part.unusable for part in parts)
        notes = [f"{unusable} entries of the list could not be used"] if unusable else []
        if missing:
            notes.append(f"{missing} further pages of the list were not read: it may hold more")
        items = sorted(found.values(), key=lambda sighting: sighting.at)
        at = max(part.at for part in parts)
        return Reply(items=mark_untrusted(tuple(items)), at=at, notes=tuple(notes))

    def _walk(self, url: str, first: str) -> tuple[list[_Part], list[ProviderError], int]:
        """A TimeMap and those that it leads to: what was read, what failed, how many are left."""
        parts, failed = list[_Part](), list[ProviderError]()
        waiting, asked = [first], set[str]()
        while waiting and len(asked) < _MOST_PAGES:
            address = waiting.pop(0)
            if unquote(address) in asked:
                continue
            asked.add(unquote(address))
            try:
                part, at = self._asker.listed(address, partial(self._read, url, address))
            except ProviderError as error:
                if not parts:
                    raise
                failed.append(error)
                continue
            parts.append(replace(part, at=at))
            waiting += part.further
        left = len({unquote(address) for address in waiting} - asked)
        return parts, failed, left + sum(part.elsewhere for part in parts)

    def _read(self, url: str, address: str, capture: Capture) -> _Part:
        """One TimeMap; Garbled where none of its entries can be used."""
        found, unusable = parse(self.name, url, address, capture)
        more = further(address, capture)
        if unusable and not found and not more:
            raise Garbled(self.name, url, f"none of its {unusable} entries can be used")
        allowed = tuple(other for other in more if self._may_ask(other))
        return _Part(
            found=found,
            unusable=unusable,
            further=allowed,
            elsewhere=len(more) - len(allowed),
            at=capture.captured_at,
        )

    def _may_ask(self, address: str) -> bool:
        return split(address).netloc in KNOWN_HOSTS or self._is_own(address)

    @provider_edge
    def replay(self, sighting: Sighting) -> Capture:
        """The archived bytes of a sighting, from the archive that was configured or is known."""
        address = sighting.memento or ""
        if self.sheet.trust is Trust.UNTRUSTED:
            raise Refused(self.name, address, f"its captures are no evidence: {self.sheet.note}")
        place = split(address).netloc
        if place not in KNOWN_HOSTS and not self._is_own(address):
            named = place or "its archive"
            raise Refused(self.name, address, f"{named} is no archive that is configured or known")
        return replay(self.name, address, self._asker.page)

    def _is_own(self, address: str) -> bool:
        """Whether an address lies on the configured host, or on a sister of it on a usual port."""
        place, own = split(address), split(self.sheet.base_url)
        if place.netloc == own.netloc:
            return True
        usual = ":" not in place.netloc and "@" not in place.netloc and ":" not in own.netloc
        return usual and same_site(address, self.sheet.base_url)


KINDS = {"timemap": (SHEET, TimemapArchive), "memgator": (MEMGATOR, TimemapArchive)}
