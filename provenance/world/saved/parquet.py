"""A table as Apache Parquet, by pyarrow, which is an extra."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
