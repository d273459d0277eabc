"""A small HTTP server on loopback whose answers are a function of the request."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@dataclass(frozen=True)
class Answer:
    """What to send. ``raw`` replaces everything: bytes for the wire, or b"" to hang up at once."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None


@dataclass
class Loopback:
    """A running server: its ``base`` address and the paths it was asked for, in order.

    ``unchanged`` are those it answered with 304, for an answer whose ETag the client has already.
    """

    base: str
    asked: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@contextmanager
def serve(answer: Callable[[str], Answer]) -> Iterator[Loopback]:
    """Serves ``answer(path with query)`` on a free loopback port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            running.asked.append(self.path)
            found = answer(self.path)
            self.close_connection = True
            if found.raw is not None:
                with suppress(OSError):  # a client that has had enough hangs up
                    self.wfile.write(found.raw)
                return
            tag = found.headers.get("ETag")
            if tag is not None and self.headers.get("If-None-Match") == tag:
                running.unchanged.append(self.path)
                found = Answer(status=304)
            self.send_response_only(found.status)
            headers = {"Content-Type": "text/html", **found.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(found.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    running = Loopback(base=f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
