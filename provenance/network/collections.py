"""Collections of texts as rows: Parquet, JSON Lines and CSV, each column by its name.

One line tells of a row that cannot be read, and of a file that is not what it should be; no cell
and no line takes more memory than ``LINE``.
"""

from __future__ import annotations

import csv
import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pyarrow as pa
import pyarrow.parquet as pq

from provenance.errors import InputError
from provenance.network.texts import GIVEN, written
from provenance.read.record import DATE_FIELDS, TEXT_FIELDS, TITLE_FIELDS, URL_FIELDS
from provenance.text.scrub import scrub

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LINE = 32 << 20
"""Bytes of a line, or of a cell, at most."""
_ROWS = 1_000
# Letters of the texts of one batch, about.
_LETTERS = 16_000_000
_TOLD = 10
_USUAL = {
    "name": ("id", "doc_id", "document_id"),
    "text": TEXT_FIELDS,
    "url": URL_FIELDS,
    "title": TITLE_FIELDS,
    "date": DATE_FIELDS,
    "site": ("site", "domain", "publisher", "outlet"),
}
_SUFFIXES = {
    "parquet": (".parquet", ".pq"),
    "jsonl": (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    "csv": (".csv", ".csv.gz"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of a collection are called; '' for its usual names."""

    name: str = ""
    text: str = ""
    url: str = ""
    title: str = ""
    date: str = ""
    site: str = ""

    def choose(self, there: Iterable[str], where: str) -> dict[str, str]:
        """The column for each thing known; InputError for one that is named and not there."""
        names = list(there)
        by_name = {each.lower(): each for each in reversed(names)}
        chosen = {}
        for thing, usual in _USUAL.items():
            named = getattr(self, thing)
            if named and named not in names:
                raise InputError(f"{where}: no column named {named}; there are: {_listed(names)}")
            found = named or next((by_name[each] for each in usual if each in by_name), "")
            if found:
                chosen[thing] = found
        if "text" not in chosen:
            raise InputError(
                f"{where}: no column named text, body or content; there are: {_listed(names)}; "
                "say which holds the texts with --text"
            )
        return chosen


def kind_of(path: str) -> str:
    """parquet, jsonl or csv by the name of a file; '' for another."""
    low = path.lower()
    return next((kind for kind, ends in _SUFFIXES.items() if low.endswith(ends)), "")


def read_table(
    path: str, columns: Columns, complain: Callable[[str], None]
) -> Iterator[pa.RecordBatch]:
    """The rows of a Parquet, JSON Lines or CSV file in batches of GIVEN.

    ``complain`` is told of rows that are left out. InputError where the file cannot be read.
    """
    where = scrub(path)
    try:
        kind = kind_of(path)
        if kind == "parquet":
            yield from _read_parquet(path, where, columns)
        else:
            with _opened(path) as file:
                rows = _csv_rows if kind == "csv" else _json_rows
                yield from batches(rows(file, where, columns, complain))
    except (EOFError, zlib.error) as error:
        raise InputError(f"{where}: a damaged or cut gzip file; fetch it again") from error
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        why = str(error).split("\n", 1)[0].split(". ", 1)[0]
        raise InputError(f"{where}: cannot be read as Parquet: {why}") from error
    except OSError as error:
        raise InputError(f"{where}: cannot be read: {error.strerror or error}") from error


def batches(rows: Iterable[Mapping[str, str | None]]) -> Iterator[pa.RecordBatch]:
    """Rows as batches of GIVEN, of so many rows or letters."""
    waiting: list[Mapping[str, str | None]] = []
    letters = 0
    for row in rows:
        waiting.append(row)
        letters += len(row.get("text") or "")
        if len(waiting) >= _ROWS or letters >= _LETTERS:
            yield _batch(waiting)
            waiting, letters = [], 0
    if waiting:
        yield _batch(waiting)


def _batch(rows: list[Mapping[str, str | None]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {name: [_encodable(row.get(name)) for row in rows] for name in GIVEN.names}, schema=GIVEN
    )


def _encodable(cell: str | None) -> str | None:
    return None if cell is None else scrub(cell)


def _read_parquet(path: str, where: str, columns: Columns) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
        chosen = columns.choose(file.schema_arrow.names, where)
        for thing, name in chosen.items():
            _check(thing, name, file.schema_arrow.field(name).type, where)
        start = 0
        for batch in file.iter_batches(_ROWS, columns=sorted(set(chosen.values()))):
            cells = {thing: _texts(batch.column(name)) for thing, name in chosen.items()}
            if "name" not in cells and "url" not in cells:
                numbers = range(start + 1, start + batch.num_rows + 1)
                cells["name"] = pa.array([f"{where}:{n}" for n in numbers])
            start += batch.num_rows
            empty = pa.nulls(batch.num_rows, pa.string())
            yield pa.RecordBatch.from_arrays(
                [cells.get(name, empty) for name in GIVEN.names], schema=GIVEN
            )


def _check(thing: str, name: str, kind: pa.DataType, where: str) -> None:
    """InputError for a column of a type that cannot hold such a thing."""
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    text = pa.types.is_string(value) or pa.types.is_large_string(value)
    fits = text or pa.types.is_string_view(value) or pa.types.is_null(value)
    if thing == "date":
        fits = fits or pa.types.is_date(value) or pa.types.is_timestamp(value)
    if thing == "name":
        fits = fits or pa.types.is_integer(value)
    if not fits:
        wanted = "dates as text, date or timestamp" if thing == "date" else "text"
        raise InputError(f"{where}: column {name} holds {kind}, not {wanted}")


def _texts(column: pa.Array) -> pa.Array:
    """A column as text; cells that cannot be written so, such as the year 300,000, are null."""
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([_text(cell) for cell in column], pa.string())


def _text(cell: pa.Scalar[Any]) -> str | None:
    try:
        return written(cell.as_py())
    except (ValueError, OverflowError, pa.ArrowInvalid):
        return None


def _opened(path: str) -> BinaryIO:
    if path.lower().endswith(".gz"):
        return cast("BinaryIO", gzip.open(path, "rb"))
    return Path(path).open("rb")


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines; None for one of more than ``LINE`` bytes."""
    while line := file.readline(LINE + 1):
        whole = len(line) <= LINE
        while not line.endswith(b"\n") and (line := file.readline(LINE)):
            whole = False
        yield line if whole else None


def _json_rows(
    file: BinaryIO, where: str, columns: Columns, complain: Callable[[str], None]
) -> Iterator[dict[str, str | None]]:
    faults = 0
    for number, line in enumerate(_lines(file), 1):
        if line is not None and not line.strip():
            continue
        try:
            row = _json_row(line, f"{where}, line {number:,}", columns)
        except InputError as error:
            faults += 1
            if faults <= _TOLD:
                complain(str(error))
        else:
            if "name" not in row and "url" not in row:
                row["name"] = f"{where}:{number}"
            yield row
    if faults > _TOLD:
        complain(f"{where}: {faults - _TOLD:,} more lines cannot be read")


def _json_row(line: bytes | None, where: str, columns: Columns) -> dict[str, str | None]:
    if line is None:
        raise InputError(f"{where}: longer than {LINE >> 20} MB; left out")
    try:
        found = json.loads(line.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: no JSON; left out") from error
    if not isinstance(found, dict):
        raise InputError(f"{where}: no JSON object; left out")
    chosen = columns.choose(found, where)
    cells = {thing: found[name] for thing, name in chosen.items()}
    if isinstance(cells.get("name"), int):
        cells["name"] = str(cells["name"])
    if not isinstance(cells["text"], str):
        raise InputError(f"{where}: its text is no text; left out")
    return {thing: cell for thing, cell in cells.items() if isinstance(cell, str)}


def _csv_rows(
    file: BinaryIO, where: str, columns: Columns, _: Callable[[str], None]
) -> Iterator[dict[str, str | None]]:
    csv.field_size_limit(LINE)
    reader = csv.reader(_csv_lines(file, where))
    try:
        names = next(reader, [])
        chosen = columns.choose(names, where)
        places = {thing: names.index(name) for thing, name in chosen.items()}
        for number, cells in enumerate(reader, 1):
            row = {thing: cells[at] for thing, at in places.items() if at < len(cells)}
            if "name" not in chosen and "url" not in chosen:
                row["name"] = f"{where}:{number}"
            yield {thing: cell or None for thing, cell in row.items()}
    except csv.Error as error:
        raise InputError(f"{where}, line {reader.line_num:,}: no CSV: {error}") from error


def _csv_lines(file: BinaryIO, where: str) -> Iterator[str]:
    for number, line in enumerate(_lines(file), 1):
        if line is None:
            raise InputError(f"{where}, line {number:,}: longer than {LINE >> 20} MB")
        text = line.decode("utf-8", "replace").replace("\0", "")
        yield text.removeprefix("\ufeff") if number == 1 else text


def _listed(names: list[str]) -> str:
    shown = ", ".join(scrub(name)[:40] for name in names[:12])
    return f"{shown}, and {len(names) - 12} more" if len(names) > 12 else shown or "none"
