"""Audits on the local page: begun, watched, stopped, gone on with, compared, on the socket."""

from __future__ import annotations

import re
import signal
from contextlib import contextmanager
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest

from provenance.cli.audit_run import Load
from provenance.model import Settings
from tests.serve.test_checks import process
from tests.servers.loopback import Answer, serve
from tests.servers.serving import multipart, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.servers.serving import Running

pytestmark = pytest.mark.slow
_WORDS = "harbour bridge council ferry winter lantern orchard railway"


def article(number: int) -> str:
    """A story of its own that no other number has."""
    lines = [
        f"The {word} of street {number} was closed in week {number + at}, which the people of "
        f"house {number * 7 + at} had foreseen, as the letter they wrote on day {at} shows."
        for at, word in enumerate(_WORDS.split())
    ]
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return f"<title>Story {number}</title><article><h1>Story {number}</h1>{paragraphs}</article>"


@contextmanager
def paper(pages: int = 4) -> Iterator[tuple[str, Event]]:
    """A paper of some stories; its last one is not given before it is let go."""
    free = Event()

    def answer(path: str) -> Answer:
        number = re.fullmatch(r"/story-(\d+)", path)
        if number is None:
            return Answer(status=404)
        if int(number[1]) == pages:
            free.wait(60)
        return Answer(article(int(number[1])).encode())

    with serve(answer) as running:
        try:
            yield running.base, free
        finally:
            free.set()


def settings(folder: Path) -> Settings:
    return Settings(
        archives=(), database=str(folder / "kept.db"), allow_private=True, follow_private=True
    )


@contextmanager
def fast(folder: Path) -> Iterator[Running]:
    with serving(settings(folder)) as site:
        site.server.audits.load = Load(rate=1000, workers=2)
        yield site


def begin(site: Running, base: str, pages: int = 4, **fields: str) -> str:
    """The path of an audit of an uploaded list."""
    rows = "".join(f"{n},{base}/story-{n}\n" for n in range(1, pages + 1))
    table = f"number,where\n{rows}".encode()
    given: dict[str, Any] = {"token": site.token, "column": "where", **fields}
    body, kind = multipart({**given, "file": ("../../our list.csv", table)})
    begun = site.send("POST", "/audits", body, Content_Type=kind)
    assert begun.status == 303, begun.text
    return begun.headers["location"]


def test_an_uploaded_table_is_audited_and_its_dashboard_shown(tmp_path: Path) -> None:
    with paper() as (base, free), fast(tmp_path) as site:
        free.set()
        path = begin(site, base)
        events = site.follow(f"{path}/events")
        assert [number for number, _, _ in events] == list(range(1, len(events) + 1))
        assert events[-1][2]["go"] == path
        shown = site.get(path)
        assert "Audit of one site" in shown.text
        assert 'href="/reports/' in shown.text
        assert str(tmp_path) not in shown.text
        assert "Story 1" in site.get(f"{path}.csv").text
        assert site.get(f"{path}.json").json["target"].startswith("ourlist-")
        assert site.ask(path).json["progress"]["complete"] is True
        assert len(site.ask("/audits").json["audits"]) == 1


def test_an_audit_is_stopped_and_gone_on_with(tmp_path: Path) -> None:
    with paper() as (base, free), fast(tmp_path) as site:
        path = begin(site, base)
        second = site.post("/audits", {"url": f"{base}/story-1"})
        assert second.status == 503
        assert site.post(f"{path}/stop").status == 303
        free.set()
        assert site.follow(f"{path}/events")[-1][2]["go"] == path
        assert "Go on" in site.get(path).text
        assert site.post(f"{path}/resume").status == 303
        site.follow(f"{path}/events")
        assert site.ask(path).json["progress"]["complete"] is True
        assert site.post(f"{path}/resume").status == 303


def test_two_audits_are_compared(tmp_path: Path) -> None:
    with paper() as (base, free), fast(tmp_path) as site:
        free.set()
        for most in ("100", "200"):
            path = begin(site, base, most=most)
            site.follow(f"{path}/events")
            assert site.ask(path).json["progress"]["complete"] is True
        assert 'name="old"' in site.get(path).text
        assert "Two audits compared" in site.get("/audits/compare?old=1&new=2").text
        for wrong in ("old=1&new=1", "old=1&new=x", "old=1"):
            assert site.get(f"/audits/compare?{wrong}").status == 400
        assert site.get("/audits/compare?old=1&new=99").status == 404


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"most": "many"}, 400),
        ({"most": "-1"}, 400),
        ({"sample": "99999999999"}, 400),
        ({"column": "nowhere"}, 400),
    ],
)
def test_what_cannot_be_asked_is_said(tmp_path: Path, fields: dict[str, str], status: int) -> None:
    with fast(tmp_path) as site:
        table = b"number,where\n1,https://paper.example/a\n2,https://paper.example/b\n"
        given: dict[str, Any] = {"token": site.token, "column": "where", **fields}
        body, kind = multipart({**given, "file": ("list.csv", table)})
        assert site.send("POST", "/audits", body, Content_Type=kind).status == status
        assert site.get("/audits/7").status == 404


def test_a_server_killed_in_mid_audit_goes_on_with_it(tmp_path: Path) -> None:
    with paper() as (base, free):
        with process(tmp_path / "kept.db", "--follow-private") as (running, site):
            path = begin(site, base)
            site.follow_until(f"{path}/events", "read, to be checked")
            running.send_signal(signal.SIGKILL)
            running.wait()
        free.set()
        with process(tmp_path / "kept.db", "--follow-private") as (_, site):
            assert "Not running" in site.get(path).text
            assert site.post(f"{path}/resume").status == 303
            site.follow(f"{path}/events")
            shown = site.get(path).text
            assert "Audit of one site" in shown, shown
            assert shown.count('href="/reports/') == 4


def test_the_load_of_a_server_is_polite() -> None:
    from provenance.web.auditing import Audits

    assert replace(Audits(now=lambda: None)).load.rate <= 1.0  # type: ignore[arg-type, return-value]
