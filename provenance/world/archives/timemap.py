"""Kinds ``timemap`` and ``memgator``: a list of mementos (RFC 7089), in link format or JSON.

A TimeMap says when, and not what was answered: its sightings have no status. An aggregator's
mementos lie in other archives; only those of archives that are known by name are ever replayed.
"""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from provenance.errors import Garbled, Refused
from provenance.model import Reply, Sighting
from provenance.text.dates import iso_time
from provenance.text.json_text import parse_json
from provenance.text.urls import same_site, split
from provenance.world.archives.answers import check_status
from provenance.world.archives.builtin import KNOWN_HOSTS, mark_untrusted
from provenance.world.archives.captures import CLOCK_DRIFT, Naming, sightings
from provenance.world.archives.links import MOST_LINKS, MementoLink, memento_sighting, read_links
from provenance.world.archives.replay import KEPT, replay, replay_address
from provenance.world.archives.rows import NotAnIndex, read_rows
from provenance.world.archives.sheet import ArchiveSheet, Trust
from provenance.world.provider_edge import provider_edge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient

SHEET = ArchiveSheet(
    name="timemap",
    kind="timemap",
    index="the archive's own",
    note="A TimeMap tells no status: a capture may be a redirect or an error.",
)
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
        if not any(link is None or "memento" in link.rel for link in links):
            raise Garbled(provider, url, "its TimeMap names no capture: it was cut off")
    else:
        return _listed(provider, url, question, capture)
    return _sound(links, f"{provider} timemap", url, capture)


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
        """Every memento of ``url``, oldest first; empty only if the TimeMap says none."""
        question = build(self.sheet.base_url, url)
        unusable = 0

        def read(capture: Capture) -> tuple[Sighting, ...]:
            nonlocal unusable
            found, unusable = parse(self.name, url, question, capture)
            if unusable and not found:
                raise Garbled(self.name, url, f"none of its {unusable} entries can be used")
            return found

        found, at = self._asker.listed(question, read)
        notes = (f"{unusable} entries of the list could not be used",) if unusable else ()
        return Reply(items=mark_untrusted(found), at=at, notes=notes)

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
