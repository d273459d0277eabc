"""What ``network`` reads: tables by their columns, web archives, saved pages, corpora."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.text.scrub import scrub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.jobs.network import Collection
    from provenance.model import Document
    from provenance.network.collections import Columns
    from provenance.network.texts import Batch

    Complain = Callable[[str], None]

_SQLITE = b"SQLite format 3\0"
# As much as one page of a web archive may have.
_PAGE = 20_000_000
_TOLD = 10


def collections(names: Sequence[str], columns: Columns, complain: Complain) -> list[Collection]:
    """Each file as a collection, those of a folder in order of name; InputError for no file."""
    from provenance.jobs.network import Collection

    files = [file for name in names for file in _files(name)]
    return [
        Collection(name=scrub(file.name), batches=partial(_read, file, columns, complain))
        for file in files
    ]


def plan_of(names: Sequence[str]) -> list[tuple[str, int, int]]:
    """What tells whether the files are the same as before: name, size, time of change."""
    facts = [(file.name, file.stat()) for name in names for file in _files(name)]
    return [(scrub(name), each.st_size, each.st_mtime_ns) for name, each in facts]


def _files(name: str) -> list[Path]:
    path = Path(name)
    if path.is_dir():
        found = sorted(each for each in path.rglob("*") if each.is_file())
        if not found:
            raise InputError(f"{scrub(name)}: is a folder without a file in it")
        return found
    if not path.exists():
        raise InputError(f"{scrub(name)}: is not there")
    return [path]


def _read(file: Path, columns: Columns, complain: Complain) -> Iterator[Batch]:
    from provenance.network.collections import batches, kind_of, read_table

    if kind_of(file.name):
        return read_table(str(file), columns, complain)
    try:
        with file.open("rb") as opened:
            is_database = opened.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise InputError(f"{scrub(file.name)}: cannot be read: {error.strerror}") from error
    documents = _corpus(file) if is_database else _pages(file, complain)
    return batches(map(_row, documents))


def _row(page: Document) -> dict[str, str | None]:
    from provenance.text.dates import published_day

    day = published_day(page.dates)
    return {
        "name": page.url or page.digest,
        "text": page.text,
        "url": page.url,
        "title": page.title,
        "date": day.isoformat() if day else None,
    }


def _pages(file: Path, complain: Complain) -> Iterator[Document]:
    """The pages of a web archive or a saved page, read; a line for each that cannot be."""
    from provenance.read import read_capture
    from provenance.world.files import saved_pages

    faults = 0
    try:
        for capture in saved_pages(str(file), max_bytes=_PAGE):
            try:
                yield read_capture(capture)
            except InputError as error:
                faults += 1
                if faults <= _TOLD:
                    complain(str(error))
    except InputError as error:
        complain(str(error))
    if faults > _TOLD:
        complain(f"{scrub(file.name)}: {faults - _TOLD:,} more pages cannot be read")


def _corpus(file: Path) -> Iterator[Document]:
    """The texts of a corpus database, read from what is kept of them."""
    from provenance.read import read_capture
    from provenance.world.store import Store

    with Store.open(str(file)) as store:
        for digest in store.corpus.digests():
            capture = store.fetches.of_digest(digest)
            if capture is not None:
                yield read_capture(capture)
