"""Kind ``commoncrawl``: one index a monthly crawl, and pages cut out of its WARC files by range.

An index speaks for its own crawl only, so each of the (at most three) that are asked is a question
of its own; which three depends on when the page can have been there: from the date in its address
onward, else the newest. The answer never says "none" for the whole of Common Crawl.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from provenance.errors import Garbled, ProviderError, Refused, Unavailable
from provenance.model import Reply, Sighting, Via
from provenance.text.dates import iso_time
from provenance.text.json_text import parse_json, parse_whole
from provenance.text.urls import absolute, split
from provenance.world.archives.answers import check_status
from provenance.world.archives.builtin import COMMONCRAWL
from provenance.world.archives.captures import Naming, sightings
from provenance.world.archives.cdx import parse
from provenance.world.formats.warc_reader import DamagedFile, UnreadableBody, read_records
from provenance.world.provider_edge import provider_edge

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient
    from provenance.world.archives.rows import CdxPage, CdxRow
    from provenance.world.archives.sheet import ArchiveSheet

MOST_CRAWLS = 3
_CRAWLS_FOR = 14 * 86_400.0
_MOST_BYTES = 20_000_000
_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?=[/-]|\d\d[/-])")
_RANGED = re.compile(r"#bytes=(\d{1,15})-(\d{1,15})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One crawl: its name, the address of its index, and when it ended (None where unsaid)."""

    name: str
    index: str
    until: datetime | None


def build(crawl: Crawl, url: str) -> str:
    """The question to one crawl's index."""
    return f"{crawl.index}?url={quote(url, safe='')}&output=json"


def parse_crawls(provider: str, base: str, capture: Capture) -> tuple[Crawl, ...]:
    """The crawls in a ``collinfo.json``, newest first; the error that anything else means.

    Indexes on another host than the list's own are left out.
    """
    check_status(provider, base, capture)
    try:
        crawls = tuple(_crawl(base, entry) for entry in parse_json(capture.body))
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise Garbled(provider, base, "its list of crawls cannot be read") from error
    host = split(base).netloc
    return tuple(crawl for crawl in crawls if split(crawl.index).netloc == host)


def _crawl(base: str, entry: dict[str, Any]) -> Crawl:
    index = absolute(base, str(entry["cdx-api"])) or ""
    return Crawl(name=str(entry["id"]), index=index, until=iso_time(str(entry.get("to", ""))))


def chosen(crawls: tuple[Crawl, ...], url: str) -> tuple[Crawl, ...]:
    """The crawls worth asking: the first three after the month in the address, else the newest."""
    dated = _DATE.search(split(url).path)
    if dated is None:
        return crawls[:MOST_CRAWLS]
    month = datetime(int(dated.group(1)), int(dated.group(2)), 1, tzinfo=UTC)
    after = [crawl for crawl in crawls if crawl.until is not None and crawl.until >= month]
    return tuple(after[-MOST_CRAWLS:]) or crawls[:MOST_CRAWLS]


def data_address(base_url: str) -> str:
    """Where the WARC files lie: beside the index for a mirror, else Common Crawl's own store."""
    if split(base_url).netloc == "index.commoncrawl.org":
        return "https://data.commoncrawl.org/"
    return base_url.rstrip("/") + "/"


def read_part(provider: str, address: str, part: bytes) -> Capture:
    """The captured answer in a piece cut out of a WARC file; Garbled where there is none."""
    try:
        record = next(read_records(io.BytesIO(part)), None)
        if record is None or record.captured_at is None:
            raise Garbled(provider, address, "there is no record with its time at that place")
        return record.capture(
            _MOST_BYTES,
            url=record.target,
            at=record.captured_at,
            via=Via.ARCHIVE,
            memento=address,
        )
    except (DamagedFile, UnreadableBody) as error:
        raise Garbled(provider, address, f"the record cannot be read: {error}") from error


class CommonCrawl:
    """Common Crawl, or a mirror laid out as it is; satisfies ``model.ports.Archive``."""

    def __init__(self, sheet: ArchiveSheet, asker: ArchiveClient) -> None:
        self.sheet = sheet
        self._asker = asker
        self._data = data_address(sheet.base_url)

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @provider_edge
    def sightings(self, url: str) -> Reply[Sighting]:
        """The captures of ``url`` in the crawls that were asked, oldest first.

        Empty only when every one of them said none. A crawl that could not be asked is named in
        the notes when others had captures, and raised when none had.
        """
        base = self.sheet.base_url.rstrip("/") + "/"
        crawls, at = self._asker.listed(
            f"{base}collinfo.json",
            lambda capture: parse_crawls(self.name, base, capture),
            good_for=_CRAWLS_FOR,
        )
        if not crawls:
            raise Garbled(self.name, url, "it lists no crawls")
        found: list[Sighting] = []
        faults: list[ProviderError] = []
        notes = []
        for crawl in chosen(crawls, url):
            try:
                items, at = self._crawl(crawl, url)
            except ProviderError as error:
                faults.append(error)
                notes.append(f"{crawl.name} could not be asked: {error.why}")
                continue
            found.extend(items)
        if faults and not found:
            raise faults[0]
        asked = ", ".join(crawl.name for crawl in chosen(crawls, url))
        items = tuple(sorted(found, key=lambda sighting: sighting.at))
        return Reply(items=items, at=at, notes=(f"only these crawls were asked: {asked}", *notes))

    @provider_edge
    def replay(self, sighting: Sighting) -> Capture:
        """The captured page, cut out of the WARC file it lies in."""
        address = sighting.memento or ""
        place = _RANGED.search(address)
        if place is None or not address.startswith(self._data):
            raise Refused(self.name, address, "it lies in no file of this archive")
        first, last = int(place.group(1)), int(place.group(2))
        if not 0 <= last - first <= _MOST_BYTES:
            raise Garbled(self.name, address, "the record is too large")
        part = self._asker.part(address[: place.start()], first, last)
        check_status(self.name, address, part)
        if part.status != 206:
            raise Unavailable(self.name, address, f"it gave no part of the file ({part.status})")
        page = read_part(self.name, address, part.body)
        if sighting.url and (page.url or "").rstrip("/") != sighting.url.rstrip("/"):
            raise Garbled(self.name, address, "another page lies at that place")
        return page

    def _crawl(self, crawl: Crawl, url: str) -> tuple[tuple[Sighting, ...], datetime]:
        def read(capture: Capture) -> tuple[CdxPage, ...]:
            listing = parse(self.name, url, capture)
            if not listing.rows and capture.status == 200:
                raise Unavailable(self.name, url, "it answered with nothing at all")
            return (listing,) if listing.rows else ()

        found, at = self._asker.listed(build(crawl, url), read)
        if not found:
            return (), at
        naming = Naming(basis=f"{self.name} {crawl.name}", memento=self._memento)
        items, _ = sightings(found[0], url, naming, at)
        return items, at

    def _memento(self, row: CdxRow) -> str:
        address = absolute(self._data, row.filename)
        first, size = parse_whole(row.offset), parse_whole(row.length)
        if address is None or first is None or size is None:
            return self._data
        return f"{address}#bytes={first}-{first + size - 1}"


KINDS = {"commoncrawl": (COMMONCRAWL, CommonCrawl)}
