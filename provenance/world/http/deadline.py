"""A total deadline: a read timeout counts one receive only, so a server that drips never ends."""

from __future__ import annotations

import heapq
import os
import socket
import threading
import time
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Deadline:
    """Shuts every socket that was opened within it, once ``seconds`` have passed or at its end.

    ``expired`` must be asked after the answer has come, too: a socket that is shut while headers
    are dripping looks to the HTTP parser like a whole answer with an empty body.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._seconds = seconds
        self._over = False

    def __enter__(self) -> Self:
        _CLOCK.ring(self._seconds, self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._lock:
            self._over = True
            for line in self._lines:
                _shut(line)
                line.close()
            self._lines.clear()

    def opened(self, line: socket.socket) -> None:
        """Takes a socket under watch, by a second handle: TLS takes the first one away.

        TimeoutError when the time is up, so that no further address of a host is tried.
        """
        with self._lock:
            if self.expired:
                raise TimeoutError
            self._lines.append(socket.socket(fileno=os.dup(line.fileno())))

    def end(self) -> None:
        """Shuts what it watches, unless it is over already."""
        with self._lock:
            if self._over:
                return
            self.expired = True
            for line in self._lines:
                _shut(line)


class _Clock:
    """Ends watches when their time is up: one thread for all, since to start one takes longest."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Deadline]] = []
        self._numbers = count()
        self._thread: threading.Thread | None = None

    def ring(self, seconds: float, watch: Deadline) -> None:
        """Ends the watch after so many seconds; one that is over by then is left alone."""
        entry = time.monotonic() + max(seconds, 0.0), next(self._numbers), watch
        with self._changed:
            heapq.heappush(self._waiting, entry)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()
            elif self._waiting[0] is entry:
                self._changed.notify()

    def _run(self) -> None:
        while True:
            self._next().end()

    def _next(self) -> Deadline:
        """The first watch whose time is up, waited for."""
        with self._changed:
            while True:
                left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if left is not None and left <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(left)


_CLOCK = _Clock()


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
