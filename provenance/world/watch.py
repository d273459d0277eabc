"""A total deadline: a read timeout counts one receive only, so a server that drips never ends."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Watch:
    """Shuts every socket it was told of once ``seconds`` have passed, or at its own end.

    ``expired`` must be asked after the answer has come, too: a socket that is shut while headers
    are dripping looks to the HTTP parser like a whole answer with an empty body.
    """

    def __init__(self, seconds: float) -> None:
        self.expired = False
        self._lock = threading.Lock()
        self._lines: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0.0), self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
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

    def _end(self) -> None:
        with self._lock:
            self.expired = True
            for line in self._lines:
                _shut(line)


def _shut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
