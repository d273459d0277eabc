"""The invented sites, served on loopback: a newspaper, an aggregator, an archive, a search."""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from provenance.model import ProviderSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LOOPBACK = "127.0.0.1"
# The same addresses at every run where they are free, so that two runs can be compared.
_PORTS = {"courier": 8711, "feed": 8712, "archive": 8713, "search": 8714}
_CAPTURED = {"courier": "20260303091204", "feed": "20260305184031"}
_DATES = {
    "20260303091204": "Tue, 03 Mar 2026 09:12:04 GMT",
    "20260305184031": "Thu, 05 Mar 2026 18:40:31 GMT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a site sends back."""

    body: bytes
    media_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWorld:
    """Where the invented sites are; ``pages`` are the newspaper's and the aggregator's HTML."""

    original_url: str
    repost_url: str
    archive: ProviderSpec
    search: ProviderSpec
    pages: Mapping[str, str]


@contextmanager
def demo_world() -> Iterator[DemoWorld]:
    """The sites while the context lasts; they listen on loopback only."""
    with ExitStack() as stack:
        servers = {name: _server(port) for name, port in _PORTS.items()}
        for server in servers.values():
            stack.callback(server.server_close)
        base = {name: f"http://{_LOOPBACK}:{s.server_port}" for name, s in servers.items()}
        world = _world(base)
        answers = {
            "courier": _paper({world.original_url: world.pages["courier"]}),
            "feed": _paper({world.repost_url: world.pages["feed"]}),
            "archive": _archive(base["archive"], world),
            "search": _search(world),
        }
        for name, server in servers.items():
            server.answer = answers[name]
            threading.Thread(target=server.serve_forever, daemon=True).start()
            stack.callback(server.shutdown)
        yield world


def _world(base: Mapping[str, str]) -> DemoWorld:
    story = _page("story.html", base)
    pages = {
        "courier": _page("original.html", {**base, "story": story}),
        "feed": _page("repost.html", {**base, "story": story}),
    }
    return DemoWorld(
        original_url=f"{base['courier']}/opinion/last-bus",
        repost_url=f"{base['feed']}/opinion-a-town-that-goes-to-bed-at-nine",
        archive=ProviderSpec(name="demo-archive", kind="cdx", base_url=base["archive"]),
        search=ProviderSpec(name="demo-search", kind="searxng", base_url=base["search"]),
        pages=pages,
    )


def _page(name: str, values: Mapping[str, str]) -> str:
    text = files("provenance.faces.demo").joinpath(f"pages/{name}").read_text("utf-8")
    return Template(text).substitute(values)


def _paper(pages: Mapping[str, str]) -> Callable[[str], Answer]:
    """A site that serves these pages, by path."""
    by_path = {urlsplit(url).path: html for url, html in pages.items()}

    def answer(target: str) -> Answer:
        html = by_path.get(urlsplit(target).path)
        if html is None:
            return Answer(body=b"<h1>Not found</h1>", status=404)
        return Answer(body=html.encode("utf-8"))

    return answer


def _archive(base: str, world: DemoWorld) -> Callable[[str], Answer]:
    """An archive in the Wayback Machine's dialect that holds one capture of each page."""
    held = {
        world.original_url: ("courier", _CAPTURED["courier"]),
        world.repost_url: ("feed", _CAPTURED["feed"]),
    }

    def answer(target: str) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/cdx/search/cdx":
            url = parse_qs(parts.query).get("url", [""])[0]
            return _index([(url, held[url][1])] if url in held else [])
        for url, (name, timestamp) in held.items():
            if target == f"/web/{timestamp}id_/{url}":
                return _memento(base, url, timestamp, world.pages[name])
        return Answer(body=b"<h1>This address is not archived</h1>", status=404)

    return answer


def _index(captures: list[tuple[str, str]]) -> Answer:
    columns = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    rows = [
        [url, timestamp, url, "text/html", "200", f"DEMO{timestamp}", "5000"]
        for url, timestamp in captures
    ]
    return _json([columns, *rows] if rows else [])


def _memento(base: str, url: str, timestamp: str, html: str) -> Answer:
    date = _DATES[timestamp]
    link = (
        f'<{url}>; rel="original", '
        f'<{base}/web/{timestamp}/{url}>; rel="first last memento"; datetime="{date}"'
    )
    headers = (("Memento-Datetime", date), ("Link", link))
    return Answer(body=html.encode("utf-8"), headers=headers)


def _search(world: DemoWorld) -> Callable[[str], Answer]:
    """A search service that answers as SearXNG does, over the two pages."""
    pages = ((world.repost_url, "feed"), (world.original_url, "courier"))

    def answer(target: str) -> Answer:
        asked = parse_qs(urlsplit(target).query).get("q", [""])[0].replace('"', "").casefold()
        found = [
            {"url": url, "title": name, "content": "", "engine": "demo", "engines": ["demo"]}
            for url, name in pages
            if asked and all(word in world.pages[name].casefold() for word in asked.split())
        ]
        return _json({"query": asked, "results": found, "unresponsive_engines": []})

    return answer


def _json(content: object) -> Answer:
    return Answer(body=json.dumps(content).encode("utf-8"), media_type="application/json")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    answer: Callable[[str], Answer]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        answer = self.server.answer(self.path)
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing: the demo's output is the report."""


def _server(port: int) -> _Server:
    """A server on the wanted port, or on a free one where that is taken."""
    try:
        return _Server((_LOOPBACK, port), _Handler)
    except OSError:
        return _Server((_LOOPBACK, 0), _Handler)
