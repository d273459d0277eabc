"""Kind ``warc``: a folder of one's own WARC files, read directly. No server, no network.

``--archive mine=warc:FOLDER`` (or one file). The files are indexed on first use in a run; a
revisit is replayed from the record it repeats.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import url2pathname

from provenance.errors import Garbled, Refused, Unavailable
from provenance.model import Event, Precision, Reply, Sighting, Via, Witness
from provenance.text.surt import surt
from provenance.text.urls import split
from provenance.world.archives.captures import CLOCK_DRIFT
from provenance.world.archives.sheet import ArchiveSheet
from provenance.world.formats.warc_reader import DamagedFile, UnreadableBody, read_records
from provenance.world.provider_edge import provider_edge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient
    from provenance.world.formats.warc_reader import WarcRecord

SHEET = ArchiveSheet(
    name="warc",
    kind="warc",
    index="WARC files of one's own",
    index_per_minute=float("inf"),
    replay_per_minute=float("inf"),
    note="Worth as much as whoever made and kept the files.",
)
_CAPTURED = frozenset({"response", "revisit", "resource"})
_SUFFIXES = (".warc", ".warc.gz")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One capture: where it lies, and the digest by which a revisit finds what it repeats."""

    file: Path
    offset: int
    revisit: bool
    sighting: Sighting

    @property
    def memento(self) -> str:
        """The address of the record: its file and the byte where it starts."""
        return self.sighting.memento or ""


class WarcArchive:
    """A folder of WARC files; satisfies ``model.ports.Archive``."""

    def __init__(self, sheet: ArchiveSheet, asker: ArchiveClient) -> None:
        self.sheet = sheet
        self._now = asker.now
        self._changed = _LONG_AGO
        self._by_page: dict[str, tuple[_Entry, ...]] | None = None
        self._faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    @provider_edge
    def sightings(self, url: str) -> Reply[Sighting]:
        """Every capture of ``url`` in the files, oldest first.

        The answer is as old as the newest of the files. Unavailable when there are none, or when
        one is damaged and the rest has no capture.
        """
        entries = self._index(url).get(surt(url), ())
        if not entries and self._faults:
            raise Unavailable(self.name, url, self._faults[0])
        return Reply(
            items=tuple(entry.sighting for entry in entries), at=self._changed, notes=self._faults
        )

    @provider_edge
    def replay(self, sighting: Sighting) -> Capture:
        """The captured answer, from the file it lies in; Refused for one outside the folder."""
        asked = sighting.memento or ""
        entry = next(
            (e for e in self._index(asked).get(surt(sighting.url or ""), ()) if e.memento == asked),
            None,
        )
        if entry is None:
            raise Refused(self.name, asked, "no such capture lies in these files")
        source = self._repeated(entry) if entry.revisit else entry
        try:
            page = _read_page(source)
        except (DamagedFile, UnreadableBody, OSError) as error:
            raise Garbled(self.name, asked, f"{source.file.name}: {error}") from error
        return replace(page, captured_at=entry.sighting.at, memento=entry.memento)

    def _repeated(self, revisit: _Entry) -> _Entry:
        """The capture with the bytes that a revisit says it saw again."""
        digest = revisit.sighting.digest
        for entries in self._index(revisit.memento).values():
            for other in entries:
                if not other.revisit and digest and other.sighting.digest == digest:
                    return other
        raise Refused(self.name, revisit.memento, "what it repeats lies in none of these files")

    def _index(self, asked: str) -> dict[str, tuple[_Entry, ...]]:
        if self._by_page is None:
            self._by_page = self._scan(asked)
        return self._by_page

    def _scan(self, asked: str) -> dict[str, tuple[_Entry, ...]]:
        files = warc_files(self.sheet.base_url)
        if not files:
            raise Unavailable(
                self.name,
                asked,
                f"{Path(self.sheet.base_url).name}: no WARC files are there (*.warc, *.warc.gz)",
            )
        newest = max(path.stat().st_mtime for path in files)
        self._changed = datetime.fromtimestamp(newest, UTC)
        found: dict[str, list[_Entry]] = {}
        faults = []
        for path in files:
            try:
                for entry in self._entries(path):
                    found.setdefault(surt(entry.sighting.url or ""), []).append(entry)
            except (DamagedFile, OSError) as error:
                faults.append(f"{path.name}: {error}")
        self._faults = tuple(faults)
        return {key: _fill_statuses(entries) for key, entries in found.items()}

    def _entries(self, path: Path) -> Iterator[_Entry]:
        """The captures in one file; DamagedFile where it cannot be read on, or holds no record."""
        last = -1
        with path.open("rb") as file:
            for record in read_records(file):
                if record.offset == last:
                    raise DamagedFile("packed as a whole: pack it again record by record")
                last, at = record.offset, record.captured_at
                captured = record.kind in _CAPTURED and record.target
                if captured and at is not None and at <= self._now() + CLOCK_DRIFT:
                    yield self._entry(path, record, at)
        if last < 0:
            raise DamagedFile("there is no WARC record in it")

    def _entry(self, path: Path, record: WarcRecord, at: datetime) -> _Entry:
        return _Entry(
            file=path,
            offset=record.offset,
            revisit=record.kind == "revisit",
            sighting=Sighting(
                url=record.target,
                at=at,
                precision=Precision.SECOND,
                witness=Witness.ARCHIVE,
                event=Event.CAPTURED,
                basis=f"{self.name} warc",
                memento=f"{path.resolve().as_uri()}#{record.offset}",
                digest=record.digest or None,
                status=record.status,
                media_type=record.media_type or None,
            ),
        )


def _read_page(entry: _Entry) -> Capture:
    """The captured answer, read anew from its file."""
    with entry.file.open("rb") as file:
        file.seek(entry.offset)
        record = next(read_records(file, start=entry.offset), None)
        if record is None or surt(record.target) != surt(entry.sighting.url or ""):
            raise DamagedFile("there is no record of this page at that place")
        return record.capture(_MOST_BYTES, url=record.target, at=entry.sighting.at, via=Via.ARCHIVE)


def warc_files(base: str) -> tuple[Path, ...]:
    """The WARC files that a base names: a folder with all below it, or one file; () for none."""
    parts = split(base)
    path = Path(url2pathname(parts.path) if parts.scheme == "file" else base).expanduser()
    if path.is_file():
        return (path,)
    found = (p for p in path.rglob("*") if p.name.lower().endswith(_SUFFIXES) and p.is_file())
    return tuple(sorted(found))


def _fill_statuses(entries: list[_Entry]) -> tuple[_Entry, ...]:
    """Oldest first; a revisit without a status has that of the capture it repeats."""
    known = {e.sighting.digest: e.sighting for e in entries if not e.revisit and e.sighting.digest}
    filled = []
    for entry in entries:
        model = known.get(entry.sighting.digest or "")
        if entry.revisit and entry.sighting.status is None and model is not None:
            seen = replace(entry.sighting, status=model.status, media_type=model.media_type)
            filled.append(replace(entry, sighting=seen))
        else:
            filled.append(entry)
    return tuple(sorted(filled, key=lambda entry: entry.sighting.at))


KINDS = {"warc": (SHEET, WarcArchive)}
