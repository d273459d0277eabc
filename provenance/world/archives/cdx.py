"""Kind ``cdx``: a CDX index and replay beside it (Wayback Machine, pywb, OpenWayback, arquivo.pt).

Two layouts. A base address without a path is laid out as the Wayback Machine is
(``/cdx/search/cdx``, ``/web/``); one with a path is a collection of pywb or OpenWayback (``/cdx``
and replay directly below it). A base that itself ends in ``/cdx`` is taken at its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Reply, Sighting
from provenance.text.json_text import parse_json
from provenance.text.urls import split
from provenance.world.archives.answers import check_status
from provenance.world.archives.builtin import absence_note, mark_untrusted
from provenance.world.archives.captures import Naming, sightings
from provenance.world.archives.client import NONE
from provenance.world.archives.links import told_by_replay
from provenance.world.archives.replay import replay, replay_address
from provenance.world.archives.rows import CdxPage, NotAnIndex, read_rows
from provenance.world.archives.sheet import ArchiveSheet
from provenance.world.archives.wayback import MOST_CAPTURES, question
from provenance.world.provider_edge import provider_edge

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient

SHEET = ArchiveSheet(
    name="cdx",
    kind="cdx",
    index="the archive's own",
    note="Replay through id_ gives the bytes as they were captured.",
)
_WAYBACK_INDEX = "/cdx/search/cdx"


@dataclass(frozen=True, slots=True, kw_only=True)
class CdxLayout:
    """Where an archive's index and its replay lie; ``wayback`` says which of the two forms.

    ``collection`` is the front page of the collection, '' for the Wayback Machine's form.
    """

    index: str
    prefix: str
    wayback: bool
    collection: str = ""

    @classmethod
    def of(cls, base_url: str) -> CdxLayout:
        """The layout behind a base address as a person writes it."""
        base = base_url.strip().rstrip("/")
        if base.endswith(_WAYBACK_INDEX):
            return cls(index=base, prefix=f"{base.removesuffix(_WAYBACK_INDEX)}/web", wayback=True)
        if base.endswith("/cdx"):
            below = base.removesuffix("/cdx")
            return cls(index=base, prefix=below, wayback=False, collection=below)
        path = split(base).path.rstrip("/")
        if path in {"", "/web"}:
            root = base.removesuffix("/web")
            return cls(index=f"{root}{_WAYBACK_INDEX}", prefix=f"{root}/web", wayback=True)
        return cls(index=f"{base}/cdx", prefix=base, wayback=False, collection=base)


def build(layout: CdxLayout, url: str) -> str:
    """The question for all captures of ``url``, oldest first."""
    if layout.wayback:
        return question(layout.index, url)
    terms = f"matchType=exact&output=json&limit={MOST_CAPTURES}"
    return f"{layout.index}?url={quote(url, safe='')}&{terms}"


def parse(provider: str, url: str, capture: Capture) -> CdxPage:
    """The rows of an answer in any dialect; Refused, Unavailable or Garbled when it is none.

    404 is "none" only from an index that says so in JSON, as Common Crawl's does.
    """
    check_status(provider, url, capture)
    if capture.status == 404:
        if _says_none(capture.body):
            return CdxPage(rows=())
        why = "there is no capture index at this address (HTTP 404)"
        raise Garbled(provider, url, why, status=404)
    try:
        return read_rows(capture.body)
    except NotAnIndex as error:
        raise Garbled(provider, url, str(error)) from error


def _says_none(body: bytes) -> bool:
    try:
        found = parse_json(body[:2000])
    except ValueError:
        return False
    said = str(found.get("message", "")) if isinstance(found, dict) else ""
    return said.startswith("No Captures found")


class CdxArchive:
    """An archive with a CDX index; satisfies ``model.ports.Archive``."""

    def __init__(
        self, sheet: ArchiveSheet, asker: ArchiveClient, layout: CdxLayout | None = None
    ) -> None:
        self.sheet = sheet
        self.asker = asker
        self._layout = layout or CdxLayout.of(sheet.base_url)

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @provider_edge
    def sightings(self, url: str) -> Reply[Sighting]:
        """Every distinct capture of ``url``, oldest first; empty only if the index says none."""

        def read(capture: Capture) -> tuple[CdxPage, ...]:
            listing = parse(self.name, url, capture)
            if not listing.rows:
                self.settle_none(url, capture)
            return (listing,) if listing.rows else ()

        try:
            found, at = self.asker.listed(build(self._layout, url), read)
        except (Unavailable, Garbled) as error:
            return self._told_by_replay(url, error)
        naming = Naming(
            basis=f"{self.name} cdx",
            memento=lambda row: replay_address(self._layout.prefix, row.timestamp, row.original),
        )
        items, bad = sightings(found[0], url, naming, at) if found else ((), 0)
        if bad and not items:
            raise Garbled(self.name, url, f"none of its {bad} rows is a capture of this address")
        barred = None if items else absence_note(self.sheet.base_url, url)
        notes = (*_notes(found, bad), *filter(None, (barred,)))
        return Reply(items=mark_untrusted(items), at=at, notes=notes)

    @provider_edge
    def replay(self, sighting: Sighting) -> Capture:
        """The archived bytes of a sighting, as they were captured, never from anywhere else."""
        address = sighting.memento or ""
        if not address.startswith(f"{self._layout.prefix}/"):
            raise Refused(self.name, address, "the capture does not lie in this archive")
        return replay(self.name, address, self.asker.page)

    def _told_by_replay(self, url: str, fault: Unavailable | Garbled) -> Reply[Sighting]:
        """What one replayed page tells of the first and last captures while the index is down.

        The fault of the index where replay does not help either: a page that replay does not have
        is no "none".
        """
        answered = []

        def ask(address: str) -> Capture:
            answered.append(self.asker.page(address))
            return answered[-1]

        try:
            page = replay(self.name, self._earliest(url), ask)
        except ProviderError:
            raise fault from None
        told = told_by_replay(page.header("link"), self._layout.prefix, f"{self.name} link header")
        if not told:
            raise fault
        note = f"its index could not be asked ({fault.why}); a replayed page told of these captures"
        return Reply(items=told, at=answered[-1].captured_at, notes=(note,))

    def _earliest(self, url: str) -> str:
        """A replay address that every archive answers with, or sends on to, its first capture."""
        return replay_address(self._layout.prefix, "19910101000000", url)

    def settle_none(self, url: str, capture: Capture) -> None:
        """Returns when an empty answer means "none"; a body without a byte proves nothing.

        The Wayback Machine writes ``[]``. pywb gives no bytes for a page it does not hold, but
        also for a collection it does not have, so the collection is looked for in its list, else
        by its front page.
        """
        if capture.body.strip() or capture.status == 404:
            return
        if self._layout.wayback:
            raise Unavailable(self.name, url, "it answered with nothing at all")
        collection = self._layout.collection
        listed = f"{collection.rpartition('/')[0]}/collinfo.json"
        verified, _ = self.asker.listed(listed, self._has_collection, good_for=NONE)
        if not verified:
            verified, _ = self.asker.listed(f"{collection}/", _has_front, good_for=NONE)
        if not verified:
            raise Unavailable(self.name, url, "it has no such collection, or it is down")

    def _has_collection(self, capture: Capture) -> tuple[str, ...]:
        name = self._layout.collection.rpartition("/")[2]
        try:
            found = parse_json(capture.body)
            known = [*found.get("fixed", ()), *found.get("dynamic", ())]
        except (ValueError, AttributeError, TypeError):
            return ()
        return (name,) if capture.status == 200 and name in known else ()


def _has_front(capture: Capture) -> tuple[str, ...]:
    return ("front",) if capture.status == 200 and capture.body.strip() else ()


def _notes(found: tuple[CdxPage, ...], bad: int) -> tuple[str, ...]:
    """What a reader of the list must know: rows that made no sense, a list that ends early."""
    notes = []
    if bad:
        notes.append(f"{bad} rows of the list could not be read")
    if found and (found[0].cut or len(found[0].rows) >= MOST_CAPTURES):
        notes.append(f"only the oldest {len(found[0].rows)} captures were listed")
    return tuple(notes)


KINDS = {"cdx": (SHEET, CdxArchive)}
