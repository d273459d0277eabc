"""Evidence put into files of one's own: captures in, a WARC or a WACZ out, whole or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from provenance.errors import InputError
from provenance.world.saved.wacz import write_wacz
from provenance.world.saved.warc_writer import WarcWriter
from provenance.world.saved.writing import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from provenance.model import Capture


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """A file that was written: ``sha256`` in hex of the whole, ``size`` in bytes, its captures."""

    path: Path
    sha256: str
    size: int
    captures: int


class Evidence:
    """Captures gathered for one file; to be closed, or used as a context, by who made it."""

    def __init__(self) -> None:
        self._warc: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        self._writer = WarcWriter(self._warc)
        self._titles: dict[str, str] = {}

    def __enter__(self) -> Evidence:
        return self

    def __exit__(self, *error: object) -> None:
        self._warc.close()

    def add(self, capture: Capture, title: str | None = None) -> None:
        """Adds one page; the same again changes nothing. ``title`` is for lists of pages."""
        try:
            entry = self._writer.add(capture)
        except OSError as error:
            raise InputError(
                f"the evidence cannot be written: {error.strerror or error}"
            ) from error
        if title:
            self._titles.setdefault(entry.url, title)

    def save(
        self,
        stem: Path,
        *,
        wacz: bool = False,
        stamp: Callable[[bytes], dict[str, str] | None] = lambda _: None,
    ) -> SavedFile | None:
        """Writes ``stem`` with .warc.gz, or .wacz, behind it; None when there is nothing to write.

        ``stamp`` is as in ``write_wacz``.

        InputError when the folder or the file cannot be written.
        """
        entries = self._writer.entries
        if not entries:
            return None
        path = stem.with_name(f"{stem.name}{'.wacz' if wacz else '.warc.gz'}")
        self._warc.seek(0)
        with written(path) as file:
            if wacz:
                write_wacz(file, self._warc, entries, self._titles, stamp)
            else:
                shutil.copyfileobj(self._warc, file)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return SavedFile(path=path, sha256=digest, size=path.stat().st_size, captures=len(entries))
