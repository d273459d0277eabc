"""DuckDB on this machine, with the functions in processes of their own."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import duckdb
import pyarrow.parquet as pq

from provenance.errors import InputError, StoreError
from provenance.model.audit import WorkerFailure
from provenance.network.worker import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from provenance.network.worker import Task, Work

NAME = "local"
# Rows that go to a process at once.
_ROWS = 250
_PENDING = 3


class Pool(Protocol):
    """Processes that run tasks; ``world.process_pool.WorkerPool`` is one."""

    count: int

    def run(self, tasks: Sequence[Task]) -> list[Any]:
        """What came of each task: bytes, or a WorkerFailure."""
        ...


class LocalEngine:
    """Tables in DuckDB, each one folder of Parquet files."""

    name = NAME
    splits = True

    def __init__(self, folder: Path, pool: Pool, *, memory: int) -> None:
        """``folder`` holds a folder a table; ``memory`` in bytes is what DuckDB may use."""
        self._folder = folder
        self.failed = 0
        self._pool = pool
        self._db = duckdb.connect(
            config={
                "memory_limit": f"{memory >> 20}MiB",
                "threads": max(pool.count, 1),
                "temp_directory": str(folder / "spill"),
                "preserve_insertion_order": False,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )

    @property
    def version(self) -> str:
        """Which DuckDB."""
        return f"duckdb {duckdb.__version__}"

    def close(self) -> None:
        """Lets go of the database."""
        self._db.close()

    def has(self, name: str) -> bool:
        """Whether a table is there whole."""
        return (self._folder / name).is_dir()

    def open(self, name: str, kept: str = "") -> None:
        """Makes the table that is kept as ``kept``, or as ``name``, known by that name."""
        files = _escaped(self._folder / (kept or name) / "*.parquet")
        self._run(f"CREATE OR REPLACE VIEW {name} AS FROM read_parquet('{files}')")

    def make(self, name: str, sql: str, *, ordered: bool = False) -> None:
        """Keeps the rows of a query as a table; with ``ordered`` in their order."""
        begun = self._begin(name)
        for file in begun.iterdir():
            file.unlink()
        self._run(f"SET preserve_insertion_order = {str(ordered).lower()}")
        self._run(f"COPY ({sql}) TO '{_escaped(begun / 'part-00000.parquet')}' (FORMAT parquet)")
        begun.replace(self._folder / name)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return list(self._run(sql).fetchall())

    def work(
        self, name: str, queries: Sequence[str], work: Work, done: Callable[[int], None]
    ) -> None:
        """Keeps what a function makes of each query's rows, a file a query, as a table.

        A file that an earlier run wrote is left as it is. ``done`` is told how many rows were
        worked on. A row whose process ends with it is left out and counted in ``failed``.
        """
        begun = self._begin(name)
        for number, sql in enumerate(queries):
            file = begun / f"part-{number:05}.parquet"
            if not file.exists():
                unfinished = file.with_suffix(".unfinished")
                with pq.ParquetWriter(unfinished, work.schema) as writer:
                    for count, made in self._worked(sql, work):
                        for batch in made:
                            writer.write_batch(batch)
                        done(count)
                unfinished.replace(file)
        begun.replace(self._folder / name)

    def _begin(self, name: str) -> Path:
        begun = self._folder / f"{name}.begun"
        begun.mkdir(exist_ok=True)
        return begun

    def _worked(self, sql: str, work: Work) -> Iterator[tuple[int, list[pa.RecordBatch]]]:
        waiting: deque[tuple[int, Any]] = deque()
        with _one_line(), ThreadPoolExecutor(max(self._pool.count, 1)) as threads:
            for batch in self._db.sql(sql).to_arrow_reader(_ROWS * 8):
                for start in range(0, batch.num_rows, _ROWS):
                    part = batch.slice(start, _ROWS)
                    waiting.append((part.num_rows, threads.submit(self._apply, work, part)))
                    while len(waiting) > _PENDING * self._pool.count:
                        count, made = waiting.popleft()
                        yield count, made.result()
            for count, made in waiting:
                yield count, made.result()

    def _apply(self, work: Work, batch: pa.RecordBatch) -> list[pa.RecordBatch]:
        """What the function makes of a batch; of its single rows where it cannot be done whole."""
        [made] = self._pool.run([(work, pack(batch))])
        if not isinstance(made, WorkerFailure):
            return [unpack(made)]
        if batch.num_rows == 1:
            self.failed += 1
            return []
        return [
            each for at in range(batch.num_rows) for each in self._apply(work, batch.slice(at, 1))
        ]

    def _run(self, sql: str) -> Any:
        with _one_line():
            return self._db.execute(sql)


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        why = "the memory is too little for this collection; raise --memory"
        raise InputError(why) from error
    except duckdb.IOException as error:
        raise StoreError(f"the work folder cannot be used: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]


def _escaped(path: Path) -> str:
    return str(path).replace("'", "''")
