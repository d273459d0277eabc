"""Collections of texts in JSON Lines: each line is one page, and its bytes are the evidence."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.world.files import modified
from provenance.world.store.fetches import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from provenance.world.opened import OpenWorld

_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


def is_collection(target: str) -> bool:
    """Whether a file is named as one of JSON Lines, packed with gzip or not."""
    return target.lower().endswith(_SUFFIXES) and Path(target).is_file()


def records(target: str, world: OpenWorld) -> Iterator[tuple[int, Capture | None]]:
    """Each line that is not blank, by its number from 1; None for one that is too long.

    Lines are kept in the store. InputError when the file cannot be read, or not to its end.
    """
    name = scrub(target)
    try:
        changed = modified(Path(target).stat().st_mtime)
        with _opened(target) as file:
            for number, line in enumerate(_lines(file, world.settings.max_bytes), 1):
                if line is None:
                    yield number, None
                elif line:
                    capture = _capture(line, changed)
                    world.store.fetches.keep(capture, asked_by=FILE)
                    yield number, capture
    except (EOFError, zlib.error) as error:
        raise InputError(f"{name}: a damaged or cut gzip file; fetch it again") from error
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error


def _opened(target: str) -> BinaryIO:
    if target.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.open(target, "rb"))
    return Path(target).open("rb")


def _lines(file: BinaryIO, limit: int) -> Iterator[bytes | None]:
    """The lines without blanks around them; None for one of more than ``limit`` bytes."""
    first = True
    while line := file.readline(limit + 1):
        if first:
            line, first = line.removeprefix(b"\xef\xbb\xbf"), False
        if len(line) > limit and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = file.readline(limit)
            yield None
        else:
            yield line.strip()


def _capture(line: bytes, at: datetime) -> Capture:
    return Capture(
        body=line,
        url=None,
        responded_url=None,
        media_type="application/jsonl",
        captured_at=at,
        via=Via.FILE,
    )
