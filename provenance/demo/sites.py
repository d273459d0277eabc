"""The invented sites, served on loopback: a newspaper, an aggregator, an archive, a search."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
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
_CAPTURED = {
    "courier": datetime(2026, 3, 3, 9, 12, 4, tzinfo=UTC),
    "feed": datetime(2026, 3, 5, 18, 40, 31, tzinfo=UTC),
}
_TITLE = re.compile(r"<title>([^<]*)</title>")
_POLL = 0.05  # seconds until a server notices that it is to stop


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPage:
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
            "courier": _site({world.original_url: world.pages["courier"]}),
            "feed": _site({world.repost_url: world.pages["feed"]}),
            "archive": _archive(base["archive"], world),
            "search": _search(world),
        }
        for name, server in servers.items():
            server.answer = answers[name]
            threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True).start()
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
    text = files("provenance.demo").joinpath(f"pages/{name}").read_text("utf-8")
    return Template(text).substitute(values)


def _site(pages: Mapping[str, str]) -> Callable[[str], DemoPage]:
    """A site that serves these pages, by path."""
    by_path = {urlsplit(url).path: html for url, html in pages.items()}

    def answer(target: str) -> DemoPage:
        html = by_path.get(urlsplit(target).path)
        if html is None:
            return _nothing("Not found")
        return DemoPage(body=html.encode("utf-8"))

    return answer


def _archive(base: str, world: DemoWorld) -> Callable[[str], DemoPage]:
    """An archive in the Wayback Machine's dialect that holds one capture of each page."""
    held = {
        url: (f"{_CAPTURED[name]:%Y%m%d%H%M%S}", world.pages[name].encode("utf-8"))
        for url, name in ((world.original_url, "courier"), (world.repost_url, "feed"))
    }
    mementos = {f"/web/{timestamp}id_/{url}": url for url, (timestamp, _) in held.items()}

    def answer(target: str) -> DemoPage:
        parts = urlsplit(target)
        if parts.path == "/cdx/search/cdx":
            url = parse_qs(parts.query).get("url", [""])[0]
            return _index([(url, *held[url])] if url in held else [])
        if target in mementos:
            url = mementos[target]
            return _memento(base, url, *held[url])
        return _nothing("This address is not archived")

    return answer


def _index(captures: list[tuple[str, str, bytes]]) -> DemoPage:
    columns = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
    rows = [
        [url, timestamp, url, "text/html", "200", _digest(body), str(len(body))]
        for url, timestamp, body in captures
    ]
    return _json([columns, *rows] if rows else [])


def _digest(body: bytes) -> str:
    """SHA-1 in base 32, as capture indexes write it."""
    return base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def _memento(base: str, url: str, timestamp: str, body: bytes) -> DemoPage:
    at = datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    date = format_datetime(at, usegmt=True)
    link = (
        f'<{url}>; rel="original", '
        f'<{base}/web/{timestamp}/{url}>; rel="first last memento"; datetime="{date}"'
    )
    return DemoPage(body=body, headers=(("Memento-Datetime", date), ("Link", link)))


def _search(world: DemoWorld) -> Callable[[str], DemoPage]:
    """A search service that answers as SearXNG does, over the two pages."""
    pages = ((world.repost_url, world.pages["feed"]), (world.original_url, world.pages["courier"]))

    def answer(target: str) -> DemoPage:
        asked = parse_qs(urlsplit(target).query).get("q", [""])[0].replace('"', "").casefold()
        found = [
            {"url": url, "title": _title(html), "content": "", "engine": "demo"}
            for url, html in pages
            if asked and all(word in html.casefold() for word in asked.split())
        ]
        return _json({"query": asked, "results": found, "unresponsive_engines": []})

    return answer


def _title(html: str) -> str:
    found = _TITLE.search(html)
    return found[1] if found else ""


def _nothing(why: str) -> DemoPage:
    return DemoPage(body=f"<h1>{why}</h1>".encode(), status=404)


def _json(content: object) -> DemoPage:
    return DemoPage(body=json.dumps(content).encode("utf-8"), media_type="application/json")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    answer: Callable[[str], DemoPage]


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
