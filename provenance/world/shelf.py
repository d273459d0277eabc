"""Pages that were read, set aside on disk for the rest of a run: it need not read them again."""

from __future__ import annotations

import os
import tempfile
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Shelf:
    """Bytes by number in a file without a name, which is gone with the run; safe under threads.

    Where the disk has no room for them they are not there, and are read again.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the shelf
        self._places: dict[int, tuple[int, int]] = {}
        self._end = 0
        self._lock = threading.Lock()

    def put(self, number: int, page: bytes) -> None:
        """Sets a page aside."""
        with self._lock:
            place, self._end = self._end, self._end + len(page)
        try:
            written = os.pwrite(self._file.fileno(), page, place)
        except OSError:
            return
        if written == len(page):
            self._places[number] = place, written

    def get(self, number: int) -> bytes | None:
        """The page of that number; None where there is none."""
        place = self._places.get(number)
        return None if place is None else os.pread(self._file.fileno(), place[1], place[0])

    def close(self) -> None:
        """Clears the shelf."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
