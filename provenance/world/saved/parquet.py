"""Tables as Apache Parquet, by pyarrow, which is an extra."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

_BATCH = 1_000


def write_parquet(
    file: BinaryIO, columns: Mapping[str, type], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Writes rows with cells of these types, or None, some thousand at a time.

    Times are kept to the microsecond, in UTC. ImportError where pyarrow is not installed.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    kinds = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    kinds[datetime] = pa.timestamp("us", tz="UTC")
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    walk = iter(rows)
    with ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := [dict(row) for row in islice(walk, _BATCH)]:
            writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=schema))


def read_parquet(path: str) -> Iterator[dict[str, str]]:
    """The rows of a file, cells as text; columns of lists and structures are left out.

    A cell that is null, or cannot be written as text (bytes that are no UTF-8), is not in its row.
    InputError where the file is no Parquet, ImportError where pyarrow is not installed.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path, buffer_size=1 << 20, pre_buffer=False) as file:
            names = [each.name for each in file.schema_arrow if not pa.types.is_nested(each.type)]
            for batch in file.iter_batches(_BATCH, columns=names):
                cells = [_texts(column) for column in batch.columns]
                for row in zip(*cells, strict=True):
                    yield {
                        name: cell
                        for name, cell in zip(names, row, strict=True)
                        if cell is not None
                    }
    except pa.ArrowException as error:
        why = str(error).split("\n", 1)[0].split(". ", 1)[0]
        raise InputError(f"cannot be read as Parquet: {why}") from error


def _texts(column: pa.Array[Any]) -> list[str | None]:
    """The cells as text, None for one that is null or no text; halving finds which are not."""
    import pyarrow as pa

    try:
        texts: list[str | None] = column.cast(pa.string()).to_pylist()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        if len(column) < 2:
            return [None] * len(column)
        middle = len(column) // 2
        return [*_texts(column.slice(0, middle)), *_texts(column.slice(middle))]
    return texts
