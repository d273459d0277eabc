"""A raw-socket server on loopback that sends whatever bytes a test wants, and a world to ask it."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from provenance.model import Settings
from provenance.world.http.throttle import HostThrottle
from provenance.world.http.web import PoliteWeb
from provenance.world.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.world.http.guard import Guard

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def reply(body: bytes = b"<p>ok</p>", status: str = "200 OK", **headers: str) -> bytes:
    """An ordinary HTTP reply; header names are written with underscores."""
    given = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def redirect(to: str, body: bytes = b"", **headers: str) -> bytes:
    return reply(body, "302 Found", Location=to, **headers)


class EvilServer:
    """Answers each path as told; ``asked`` holds the paths, ``requests`` the whole heads.

    ``first``, when it is set, is what any connection gets, whatever it asks.
    """

    def __init__(self, family: int = socket.AF_INET, host: str = "127.0.0.1") -> None:
        self.answers: dict[str, list[object]] = {}
        self.first: object = None
        self.asked: list[str] = []
        self.requests: list[str] = []
        self._over = threading.Event()
        self._listener = socket.socket(family, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((host, 0))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]
        self.base = f"http://{host}:{self.port}"
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def on(self, path: str, *behaviours: object) -> str:
        """Sets what the path answers, one after another, the last one again and again; its URL."""
        self.answers[path] = list(behaviours)
        return self.base + path

    def close(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(line,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            line.settimeout(10)
            if self.first is not None:
                text = line.recv(65536).decode("latin-1")
                if text.startswith(("GET ", "POST ")):
                    self.requests.append(text)
                    self.asked.append(text.split(" ")[1])
                self._behave(line, self.first)
                return
            head = b""
            while b"\r\n\r\n" not in head:
                part = line.recv(65536)
                if not part:
                    return
                head += part
            text = head.decode("latin-1")
            self.requests.append(text)
            path = text.split(" ")[1]
            self.asked.append(path)
            planned = self.answers.get(path, [reply(b"none", "404 Not Found")])
            behaviour = planned.pop(0) if len(planned) > 1 else planned[0]
            self._behave(line, behaviour)

    def _behave(self, line: socket.socket, behaviour: object) -> None:
        if isinstance(behaviour, bytes):
            line.sendall(behaviour)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass
        else:
            behaviour(line, self._over)  # type: ignore[operator]


def dripping(head: bytes, drop: bytes, every: float = 0.05) -> object:
    """Sends ``head``, then ``drop`` again and again for as long as the other side listens."""

    def behave(line: socket.socket, over: threading.Event) -> None:
        line.sendall(head)
        while not over.wait(every):
            line.sendall(drop)

    return behave


def flooding(head: bytes, part: bytes) -> object:
    """Sends ``head``, then ``part`` without a pause."""

    def behave(line: socket.socket, over: threading.Event) -> None:
        line.sendall(head)
        while not over.is_set():
            line.sendall(part)

    return behave


def hanging(head: bytes = b"") -> object:
    """Sends ``head`` and never another byte."""

    def behave(line: socket.socket, over: threading.Event) -> None:
        line.sendall(head)
        with suppress(TimeoutError):
            while line.recv(65536):
                pass

    return behave


def resetting(head: bytes = b"") -> object:
    """Sends ``head`` and breaks the connection off with a reset."""

    def behave(line: socket.socket, over: threading.Event) -> None:
        line.sendall(head)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")

    return behave


class Clock:
    """A clock that moves only when somebody sleeps on it or sets it."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


@contextmanager
def asking(
    *, guard: Guard | None = None, clock: Clock | None = None, **settings: object
) -> Iterator[PoliteWeb]:
    """A polite web on a store in memory, with short deadlines, that may ask loopback."""
    chosen = Settings(
        **{  # type: ignore[arg-type]
            "allow_private": True,
            "follow_private": True,
            "pace": 0.0,
            "deadline": 5.0,
            "read_timeout": 5.0,
            "archives": (),
            **settings,
        }
    )
    ticking = clock or Clock()
    with Store.open(chosen.database) as store:
        yield PoliteWeb(
            chosen,
            store,
            lambda: NOON,
            throttle=HostThrottle(store.hosts, ticking.now, pace=chosen.pace, sleep=ticking.sleep),
            guard=guard,
        )
