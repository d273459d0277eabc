"""Kind ``warc``: a folder of one's own WARC files, read directly. No server, no network.

``--archive mine=warc:FOLDER`` (or one file). The files are indexed on first use in a run; a
revisit is replayed from the record it repeats.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from provenance.errors import Garbled, Refused, Unavailable
from provenance.model import Event, Precision, Reply, Sighting, Witness
from provenance.text.surt import surt
from provenance.world.archives import records
from provenance.world.archives.captures import CLOCK_DRIFT
from provenance.world.archives.records import Unreadable
from provenance.world.archives.sheet import ArchiveSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture
    from provenance.world.archives.client import ArchiveClient

SHEET = ArchiveSheet(
    name="warc",
    kind="warc",
    index="WARC files of one's own",
    index_per_minute=float("inf"),
    replay_per_minute=float("inf"),
    note="Worth as much as whoever made and kept the files.",
)
_SUFFIXES = (".warc", ".warc.gz")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """One capture: where it lies, and the digest by which a revisit finds what it repeats."""

    file: Path
    offset: int
    revisit: bool
    sighting: Sighting

    @property
    def memento(self) -> str:
        """The address of the record: its file and the byte where it starts."""
        return f"{self.file.resolve().as_uri()}#{self.offset}"


class WarcArchive:
    """A folder of WARC files; satisfies ``model.ports.Archive``."""

    def __init__(self, sheet: ArchiveSheet, asker: ArchiveClient) -> None:
        self.sheet = sheet
        self._now = asker.now
        self._changed = _LONG_AGO
        self._held: dict[str, tuple[_Held, ...]] | None = None
        self._faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name reports use."""
        return self.sheet.name

    def sightings(self, url: str) -> Reply[Sighting]:
        """Every capture of ``url`` in the files, oldest first.

        The answer is as old as the newest of the files. Unavailable when there are none, or when
        one is damaged and the rest has no capture.
        """
        held = self._index(url).get(surt(url), ())
        if not held and self._faults:
            raise Unavailable(self.name, url, self._faults[0])
        return Reply(items=tuple(h.sighting for h in held), at=self._changed, notes=self._faults)

    def replay(self, sighting: Sighting) -> Capture:
        """The captured answer, from the file it lies in; Refused for one outside the folder."""
        asked = sighting.memento or ""
        held = next(
            (h for h in self._index(asked).get(surt(sighting.url or ""), ()) if h.memento == asked),
            None,
        )
        if held is None:
            raise Refused(self.name, asked, "no such capture lies in these files")
        source = self._repeated(held) if held.revisit else held
        try:
            page = self._read(source)
        except (Unreadable, OSError) as error:
            raise Garbled(self.name, asked, f"{source.file.name}: {error}") from error
        return replace(page, captured_at=held.sighting.at, memento=held.memento)

    def _read(self, held: _Held) -> Capture:
        with held.file.open("rb") as file:
            file.seek(held.offset)
            return records.capture_of(records.record_at(file), held.memento, _MOST_BYTES)

    def _repeated(self, revisit: _Held) -> _Held:
        """The capture with the bytes that a revisit says it saw again."""
        digest = revisit.sighting.digest
        for held in self._index(revisit.memento).values():
            for other in held:
                if not other.revisit and digest and other.sighting.digest == digest:
                    return other
        raise Refused(self.name, revisit.memento, "what it repeats lies in none of these files")

    def _index(self, asked: str) -> dict[str, tuple[_Held, ...]]:
        if self._held is None:
            self._held = self._scan(asked)
        return self._held

    def _scan(self, asked: str) -> dict[str, tuple[_Held, ...]]:
        files = warc_files(self.sheet.base_url)
        if not files:
            raise Unavailable(
                self.name,
                asked,
                f"{self.sheet.base_url}: no WARC files are there (*.warc, *.warc.gz)",
            )
        newest = max(path.stat().st_mtime for path in files)
        self._changed = datetime.fromtimestamp(newest, UTC)
        found: dict[str, list[_Held]] = {}
        faults = []
        for path in files:
            try:
                for held in self._file(path):
                    found.setdefault(surt(held.sighting.url or ""), []).append(held)
            except (Unreadable, OSError) as error:
                faults.append(f"{path.name}: {error}")
        self._faults = tuple(faults)
        return {key: _with_statuses(held) for key, held in found.items()}

    def _file(self, path: Path) -> Iterator[_Held]:
        with path.open("rb") as file:
            for offset, record in records.captures(file):
                at = records.taken_at(record)
                if at is not None and at <= self._now() + CLOCK_DRIFT:
                    held = self._holding(path, offset, record, at)
                    yield replace(held, sighting=replace(held.sighting, memento=held.memento))

    def _holding(self, path: Path, offset: int, record: Any, at: datetime) -> _Held:
        digest = str(record.rec_headers.get_header("WARC-Payload-Digest") or "")
        return _Held(
            file=path,
            offset=offset,
            revisit=record.rec_type == "revisit",
            sighting=Sighting(
                url=records.target(record),
                at=at,
                precision=Precision.SECOND,
                witness=Witness.ARCHIVE,
                event=Event.CAPTURED,
                basis=f"{self.name} warc",
                digest=digest.rpartition(":")[2] or None,
                status=records.status(record),
                media_type=records.media_type(record) or None,
            ),
        )


def warc_files(base: str) -> tuple[Path, ...]:
    """The WARC files that a base names: a folder with all below it, or one file; () for none."""
    parts = urlsplit(base)
    path = Path(url2pathname(parts.path) if parts.scheme == "file" else base).expanduser()
    if path.is_file():
        return (path,)
    return tuple(sorted(p for p in path.rglob("*") if p.name.lower().endswith(_SUFFIXES)))


def _with_statuses(held: list[_Held]) -> tuple[_Held, ...]:
    """Oldest first; a revisit without a status has that of the capture it repeats."""
    known = {h.sighting.digest: h.sighting for h in held if not h.revisit and h.sighting.digest}
    told = []
    for one in held:
        model = known.get(one.sighting.digest or "")
        if one.revisit and one.sighting.status is None and model is not None:
            seen = replace(one.sighting, status=model.status, media_type=model.media_type)
            told.append(replace(one, sighting=seen))
        else:
            told.append(one)
    return tuple(sorted(told, key=lambda h: h.sighting.at))
