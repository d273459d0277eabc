"""Pages that were read, set aside on disk for the rest of a run, so that none is read twice."""

from __future__ import annotations

import os
import tempfile
import threading

# Place and size share one number: for a hundred thousand pages that saves much memory.
_SIZE_BITS = 32


class SpillFile:
    """Bytes by number in a file without a name, which is gone with the run; safe under threads.

    Where the disk has no room for them they are not there, and are read again.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close
        self._places: dict[int, int] = {}
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
            self._places[number] = place << _SIZE_BITS | written

    def get(self, number: int) -> bytes | None:
        """The page of that number; None where there is none."""
        place = self._places.get(number)
        if place is None:
            return None
        return os.pread(self._file.fileno(), place & (1 << _SIZE_BITS) - 1, place >> _SIZE_BITS)

    def close(self) -> None:
        """Closes the file, and so removes it."""
        self._file.close()
