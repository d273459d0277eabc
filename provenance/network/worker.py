"""Work on record batches in a process of its own; batches go through the pipe as Arrow IPC."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Task: TypeAlias = "tuple[Work, bytes]"


class Work(Protocol):
    """A function on batches, that can be sent to another process; ``schema`` is what it gives."""

    @property
    def schema(self) -> pa.Schema:
        """The columns of its batches."""
        ...

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """What becomes of a batch."""
        ...


@contextmanager
def open_worker() -> Iterator[Callable[[Task], bytes]]:
    """What a process of a ``WorkerPool`` does: a function and a batch in, a batch out."""
    yield lambda task: pack(task[0](unpack(task[1])))


def pack(batch: pa.RecordBatch) -> bytes:
    """A batch, or a slice of one, as bytes of its own."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def unpack(data: bytes) -> pa.RecordBatch:
    """The batch that ``pack`` made bytes of."""
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()
