"""The invented world answers as the real ones do, and the demo is the ordinary check in it."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from provenance.cli.demo import show_demo
from provenance.cli.main import main
from provenance.demo.sites import demo_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

    from provenance.demo.sites import DemoWorld


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoWorld]:
    with demo_world() as world:
        yield world


def get(url: str) -> tuple[Message, str]:
    with urlopen(url, timeout=10) as answer:
        return answer.headers, answer.read().decode("utf-8")


def test_the_sites_serve_their_pages_and_nothing_else(demo: DemoWorld) -> None:
    headers, html = get(demo.repost_url)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert html == demo.pages["feed"]
    assert f'<a href="{demo.original_url}">Source link </a>' in html
    assert get(demo.original_url)[1] == demo.pages["courier"]
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{demo.original_url}/nowhere", timeout=10)


def test_no_site_listens_beyond_loopback(demo: DemoWorld) -> None:
    for address in (demo.original_url, demo.repost_url, demo.archive.base_url):
        assert address.startswith("http://127.0.0.1:")


def test_the_archive_lists_as_the_wayback_machine_does(demo: DemoWorld) -> None:
    index = f"{demo.archive.base_url}/cdx/search/cdx?output=json&url="
    rows = json.loads(get(index + quote(demo.repost_url, safe=""))[1])
    assert rows[0] == [
        "urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length",
    ]  # fmt: skip
    (row,) = rows[1:]
    held = dict(zip(rows[0], row, strict=True))
    assert (held["timestamp"], held["original"]) == ("20260305184031", demo.repost_url)
    assert len(held["digest"]) == 32
    assert json.loads(get(index + quote("http://never.example/", safe=""))[1]) == []


def test_the_archive_replays_the_bytes_of_a_capture_and_only_those(demo: DemoWorld) -> None:
    base = f"{demo.archive.base_url}/web"
    headers, html = get(f"{base}/20260303091204id_/{demo.original_url}")
    assert html == demo.pages["courier"]
    assert headers["Memento-Datetime"] == "Tue, 03 Mar 2026 09:12:04 GMT"
    assert f'<{demo.original_url}>; rel="original"' in headers["Link"]
    with pytest.raises(HTTPError, match="404"):
        urlopen(f"{base}/20260303091204id_/{demo.repost_url}", timeout=10)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"hardly anyone crosses it"', 2),
        ("regatta heater ironing", 2),
        ('"readers online"', 1),
        ('"words that are on neither page"', 0),
        ("", 0),
    ],
)
def test_the_search_answers_as_searxng_does(demo: DemoWorld, query: str, found: int) -> None:
    _, body = get(f"{demo.search.base_url}/search?format=json&q={quote(query)}")
    answer = json.loads(body)
    assert answer["unresponsive_engines"] == []
    assert len(answer["results"]) == found
    assert all(result["url"] and result["title"] for result in answer["results"])


def test_a_port_that_is_taken_is_no_obstacle() -> None:
    with demo_world() as first, demo_world() as second:
        assert first.repost_url != second.repost_url
        assert get(second.repost_url)[1] == second.pages["feed"]


def test_the_sites_are_gone_when_the_demo_is_over() -> None:
    with demo_world() as demo:
        url = demo.original_url
    with pytest.raises(URLError):
        urlopen(url, timeout=10)


def test_the_demo_says_what_it_found_and_writes_the_report(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["demo", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    assert done.stdout.startswith("Repost (confidence: strong)")
    assert "The Selwick Courier" in done.stdout
    assert "linked, not named" in done.stdout
    assert "not checked" not in done.stdout
    assert done.stdout.endswith(f"Report  {tmp_path / 'demo.html'}\n")
    html = (tmp_path / "demo.html").read_text("utf-8")
    assert html.startswith("<!doctype html>")
    assert "The Selwick Courier" in html


def test_the_sites_can_stay_up_to_be_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[str] = []

    def look() -> None:
        said = capsys.readouterr().out
        url = next(line for line in said.splitlines() if "aggregator" in line).split()[1]
        assert f"provenance check {url} --allow-private" in said
        seen.append(get(url)[1])

    show_demo(str(tmp_path), wait=look)
    assert "Source link" in seen[0]


def test_the_demo_asks_nobody_beyond_loopback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()
    resolve = socket.getaddrinfo

    def noting(host: str, *rest: object, **more: object) -> object:
        asked.add(str(host))
        return resolve(host, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", noting)
    show_demo(str(tmp_path))
    assert asked == {"127.0.0.1"}
