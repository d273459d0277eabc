"""A server on loopback that answers as Save Page Now 2 does, keys and jobs included."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCESS, SECRET = "k3y-of-a-desk", "s3cret-of-a-desk"
JOB = "spn2-4f1c0a"
_AUTHORISED = f"LOW {ACCESS}:{SECRET}"


@dataclass
class Service:
    """What the service will say, and what it was asked.

    ``taken`` answers the POST and ``told`` each question after the job in turn, the last of them
    again and again; an answer is (status, body, headers), a dict is JSON with status 200.
    """

    base: str = ""
    taken: Any = field(default_factory=lambda: {"url": "", "job_id": JOB})
    told: list[Any] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    forms: list[dict[str, str]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)


def done(url: str, stamp: str = "20260301120041") -> dict[str, Any]:
    """The answer about a job that succeeded."""
    return {
        "status": "success",
        "job_id": JOB,
        "original_url": url,
        "timestamp": stamp,
        "duration_sec": 6.2,
        "http_status": 200,
        "resources": [url],
    }


def pending() -> dict[str, Any]:
    return {"status": "pending", "job_id": JOB, "resources": []}


def failed(kind: str, message: str = "") -> dict[str, Any]:
    """A failure, which the service tells with status 200."""
    return {"status": "error", "job_id": JOB, "status_ext": kind, "message": message}


@contextmanager
def serve_saving(service: Service) -> Iterator[Service]:
    """Serves ``service`` on a free loopback port until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", "0"))
            form = dict(parse_qsl(self.rfile.read(size).decode(), keep_blank_values=True))
            service.forms.append(form)
            self._answer(service.taken if self.path == "/save" else (404, b"", {}))

        def do_GET(self) -> None:
            known = self.path == f"/save/status/{JOB}" and bool(service.told)
            told = service.told.pop(0) if len(service.told) > 1 else (service.told or [None])[0]
            self._answer(told if known else (404, b"", {}))

        def _answer(self, answer: Any) -> None:
            service.asked.append(f"{self.command} {self.path}")
            service.heads.append({name.lower(): value for name, value in self.headers.items()})
            if self.headers.get("Authorization") != _AUTHORISED:
                answer = (401, b'{"message": "You need to be logged in to use Save Page Now."}', {})
            status, body, headers = (
                answer if isinstance(answer, tuple) else (200, json.dumps(answer).encode(), {})
            )
            self.close_connection = True
            self.send_response_only(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as inherited
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
