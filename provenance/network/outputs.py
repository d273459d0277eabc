"""The tables that a person takes away: as one Parquet file each, or row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TABLES = {"edges": "edges", "clusters": "clusters", "texts": "shown"}
"""What each file is called, and the stage that it holds."""
_ROWS = 5_000


def write_parquet(stage: Path, file: Path) -> None:
    """One Parquet file with the rows of a stage, in their order."""
    parts = _parts(stage)
    with pq.ParquetFile(parts[0]) as first:
        schema = first.schema_arrow.remove_metadata()
    begun = file.with_name(f"{file.name}.begun")
    with pq.ParquetWriter(begun, schema) as writer:
        for batch in _batches(parts):
            columns = [column.cast(field.type) for column, field in zip(batch, schema, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=schema))
    begun.replace(file)


def rows(stage: Path) -> Iterator[dict[str, Any]]:
    """The rows of a stage, or of a Parquet file, by the names of their columns."""
    for batch in _batches(_parts(stage) if stage.is_dir() else [stage]):
        yield from batch.to_pylist()


def find_rows(file: Path, **wanted: str) -> list[dict[str, Any]]:
    """The rows of a Parquet file with these values; InputError where it cannot be read."""
    try:
        return list(
            pq.read_table(file, filters=[(name, "=", value) for name, value in wanted.items()])
            .slice(0, _ROWS)
            .to_pylist()
        )
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{file}: cannot be read; it is written by provenance network") from error


def _parts(stage: Path) -> list[Path]:
    return sorted(stage.glob("*.parquet"))


def _batches(parts: list[Path]) -> Iterator[pa.RecordBatch]:
    for part in parts:
        with pq.ParquetFile(part) as file:
            yield from file.iter_batches(_ROWS)
