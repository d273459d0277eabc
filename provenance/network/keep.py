"""The texts of a collection kept as the first table of a run, file by file, so that a run goes on.

A file whose name begins with the number of its collection is whole when the collection's note is
there: it holds the next number of a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from provenance.network.texts import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    import pyarrow as pa

    from provenance.network.texts import Reader

# Rows of one file.
_ROWS = 50_000


def keep_texts(
    collections: Sequence[Callable[[], Iterable[pa.RecordBatch]]],
    reader: Reader,
    folder: Path,
    tell: Callable[[int], None],
) -> None:
    """Writes the table ``texts`` into ``folder`` from what each collection gives: batches of GIVEN.

    ``tell`` is told how many texts were read so far.
    """
    if (folder / "texts").is_dir():
        return
    begun = folder / "texts.begun"
    begun.mkdir(exist_ok=True)
    number = 0
    for place, give in enumerate(collections):
        note = begun / f"_{place:05}"
        if note.exists():
            number = int(note.read_text("ascii"))
            continue
        for file in begun.glob(f"{place:05}-*"):
            file.unlink()
        number = _keep(give(), reader, begun / f"{place:05}", number, tell)
        note.write_text(str(number), "ascii")
    if not any(begun.glob("*.parquet")):
        with pq.ParquetWriter(begun / "none.parquet", TEXTS):
            pass
    begun.replace(folder / "texts")


def _keep(
    batches: Iterable[pa.RecordBatch],
    reader: Reader,
    path: Path,
    number: int,
    tell: Callable[[int], None],
) -> int:
    """Writes one collection; the number after its last text."""
    writer: pq.ParquetWriter | None = None
    written = files = 0
    for batch in batches:
        if writer is None or written >= _ROWS:
            if writer is not None:
                writer.close()
            writer = pq.ParquetWriter(f"{path}-{files:05}.parquet", TEXTS)
            written, files = 0, files + 1
        read = reader.read(batch, number)
        writer.write_batch(read)
        number, written = number + batch.num_rows, written + read.num_rows
        tell(number)
    if writer is not None:
        writer.close()
    return number
