"""Collections of texts: each line of JSON Lines, or row of Parquet, is one page.

Its bytes are the evidence; a row is kept as the line of JSON that says the same.
"""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from provenance.errors import InputError
from provenance.model import Capture, Via
from provenance.text.scrub import scrub
from provenance.world.files import modified
from provenance.world.saved.parquet import read_parquet
from provenance.world.store.fetches import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from provenance.world.opened import OpenWorld

_PARQUET = (".parquet", ".pq")
_SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz", *_PARQUET)


def is_collection(target: str) -> bool:
    """Whether a file is named as JSON Lines, packed with gzip or not, or as Parquet."""
    return target.lower().endswith(_SUFFIXES) and Path(target).is_file()


def records(target: str, world: OpenWorld) -> Iterator[tuple[int, Capture | None]]:
    """Each line that is not blank, or row, by its number from 1; None for one that is too long.

    Lines are kept in the store. InputError when the file cannot be read, or not to its end.
    """
    name = scrub(target)
    read = _rows if target.lower().endswith(_PARQUET) else _file_lines
    try:
        changed = modified(Path(target).stat().st_mtime)
        for number, line in enumerate(read(target, world.settings.max_bytes), 1):
            if line is None:
                yield number, None
            elif line:
                capture = _capture(line, changed)
                world.store.fetches.keep(capture, asked_by=FILE)
                yield number, capture
    except InputError as error:
        raise InputError(f"{name}: {error}") from error
    except ImportError as error:
        raise InputError(f"{name}: Parquet wants pip install 'provenance-check[tables]'") from error
    except (EOFError, zlib.error) as error:
        raise InputError(f"{name}: a damaged or cut gzip file; fetch it again") from error
    except OSError as error:
        raise InputError(f"{name}: cannot be read: {error.strerror or error}") from error


def _rows(target: str, limit: int) -> Iterator[bytes | None]:
    for row in read_parquet(target):
        line = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
        yield line if len(line) <= limit else None


def _file_lines(target: str, limit: int) -> Iterator[bytes | None]:
    with _opened(target) as file:
        yield from _lines(file, limit)


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
