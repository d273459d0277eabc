"""A check from paste to report, on the socket."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

from provenance.cli.kept import kept_report
from provenance.model import Settings
from provenance.render import FORMATS
from provenance.render.report.html import read_template
from provenance.render.sharing import shareable
from tests.render.hostile import TEXTS
from tests.servers.loopback import Answer, serve
from tests.servers.serving import Running, demo_settings, multipart, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.demo.sites import DemoWorld

pytestmark = pytest.mark.slow
SCRIPT = read_template("web/served.js")
STORY = (
    "The ferry that nobody missed\n\n"
    "The ferry to Ostrey stopped in March and it took the town until May to write a letter about "
    "it, which says more about the ferry than about the town or its letters.\n\n"
    "What remains is a jetty, a timetable behind cracked glass and a man who still sells tickets "
    "to anybody who asks, because nobody has told him not to.\n"
)


def checked(site: Running, fields: dict[str, Any]) -> str:
    """The address that a check ends at."""
    body, kind = multipart({"token": site.token, **fields})
    begun = site.send("POST", "/checks", body, Content_Type=kind)
    assert begun.status == 303, begun.text
    events = site.follow(f"{begun.headers['location']}/events")
    return str(events[-1][2]["go"])


def report_number(site: Running, fields: dict[str, Any]) -> int:
    go = checked(site, fields)
    found = re.fullmatch(r"/reports/(\d+)#verdict", go)
    assert found, site.get(go).text
    return int(found[1])


def without_bar(html: str) -> str:
    """A served report as it is written: without its bar, its styles, and what lets them be."""
    html = re.sub(r'<nav class="site".*?</nav>\n', "", html, count=1, flags=re.DOTALL)
    html = re.sub(r'<section class="actions".*?</section>\n', "", html, count=1, flags=re.DOTALL)
    head, style, rest = html.partition("</style>\n<style>")
    assert style
    html = head + "</style>" + rest.partition("</style>")[2]
    policy = r"(style-src 'sha256-[^']+') 'sha256-[^']+'; connect-src 'self'(.*?form-action) 'self'"
    html, count = re.subn(policy, r"\1\2 'none'", html, count=1)
    assert count == 1
    return html


def test_a_check_is_watched_from_paste_to_report(site: Running, demo: DemoWorld) -> None:
    begun = site.post("/checks", {"text": demo.repost_url})
    path = begun.headers["location"]
    events = site.follow(f"{path}/events")
    assert [number for number, _, _ in events] == list(range(1, len(events) + 1))
    told = [shown for _, _, shown in events]
    assert [shown["head"] for shown in told if "head" in shown] == [
        "Reading the page",
        "Looking for the source",
    ]
    assert any("The Selwick Courier" in shown.get("html", "") for shown in told)
    assert site.get(path).headers["location"] == told[-1]["go"]


def test_the_served_report_is_the_written_one_but_for_its_bar(
    site: Running, demo: DemoWorld
) -> None:
    number = report_number(site, {"text": demo.repost_url})
    report = shareable(kept_report(site.server.world, number))
    written = FORMATS["html"][1](report)
    assert without_bar(site.get(f"/reports/{number}").text) == written
    for form in ("html", "md", "json", "csv", "jsonld", "prov"):
        assert site.get(f"/reports/{number}.{form}").text == FORMATS[form][1](report)


def test_a_stream_is_taken_up_where_it_was_left(site: Running, demo: DemoWorld) -> None:
    path = f"{site.post('/checks', {'text': demo.repost_url}).headers['location']}/events"
    whole = site.follow(path)
    for seen in (1, 3, len(whole) - 1):
        assert site.follow(path, Last_Event_ID=str(seen)) == whole[seen:]
        assert site.follow(f"{path}?after={seen}") == whole[seen:]
    for nonsense in ("-1", "x", "99999999999999999999", "1.5", "²"):
        assert site.follow(path, Last_Event_ID=nonsense.encode().decode("latin-1")) == whole
    assert site.follow(path, Last_Event_ID="999") == []


def test_a_page_loaded_at_any_moment_has_the_end_before_it(tmp_path: Path) -> None:
    with serving(Settings(archives=(), database=str(tmp_path / "k.db"), offline=True)) as site:
        for number in range(12):
            begun = site.post("/checks", {"text": f"{STORY}\nNumber {number} of them.\n"})
            path, seen = begun.headers["location"], list[int]()
            while (shown := site.get(path)).status == 200:
                seen += map(int, re.findall(r"events\?after=(\d+)", shown.text))
            assert shown.status == 303
            assert max(seen, default=0) < len(site.follow(f"{path}/events"))


@contextmanager
def held(settings: Settings) -> Iterator[tuple[Running, str, Event]]:
    """A server, the base of a site that answers nothing yet, and what frees it."""
    free = Event()

    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return Answer(status=404)
        free.wait(60)
        return Answer(f"<title>Late</title><p>{STORY}</p>".encode())

    with serve(answer) as slow, serving(settings) as running:
        try:
            yield running, slow.base, free
        finally:
            free.set()


def plain(folder: Path) -> Settings:
    return Settings(archives=(), database=str(folder / "kept.db"), allow_private=True, pace=0.0)


def test_two_run_twenty_wait_and_no_more_are_taken(tmp_path: Path) -> None:
    with held(plain(tmp_path)) as (site, base, free):
        paths = []
        for number in range(22):
            begun = site.post("/checks", {"text": f"{base}/story-{number}"})
            paths.append(begun.headers["location"])
        assert site.post("/checks", {"text": f"{base}/story-23"}).status == 503
        assert "20 before it" in site.get(paths[20]).text
        assert site.post(f"{paths[20]}/stop").status == 303
        assert "Stopped" in site.get(paths[20]).text
        assert site.post("/checks", {"text": f"{base}/story-24"}).status == 303
        free.set()
        ends = [site.follow(f"{path}/events")[-1][2]["go"] for path in paths]
        assert ends[20] == paths[20]
        assert all(end.startswith("/reports/") for end in ends[:20])


def test_a_check_that_is_stopped_ends_at_once_and_asks_nothing_more(tmp_path: Path) -> None:
    with held(plain(tmp_path)) as (site, base, free):
        path = site.post("/checks", {"text": f"{base}/story"}).headers["location"]
        site.post(f"{path}/stop")
        events = site.follow(f"{path}/events")
        assert events[-1][2]["go"] == path
        free.set()
        assert site.ask(path).json["state"] == "stopped"
        assert site.ask("/reports").json["reports"] == []


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_stay_inert_wherever_they_are_pasted(site: Running, name: str) -> None:
    text = TEXTS[name]
    page = f"<title>{text}</title><h1>{text}</h1><p>{STORY}</p>"
    ways = [
        {"text": f"{STORY}\n{text}"},
        {"html": page},
        {"file": (text, page.encode("utf-8", "replace"))},
    ]
    for fields in ways:
        number = report_number(site, fields)
        for path in (f"/reports/{number}", "/", "/reports", "/review", f"/reports/{number}/forget"):
            shown = site.get(path)
            assert shown.status == 200
            tree = lxml.html.document_fromstring(shown.body)
            assert tree.xpath("//img | //base | //iframe | //svg[@onload] | //@onerror") == []
            codes = [each.text for each in tree.xpath("//script[not(@type)]")]
            assert all(code == SCRIPT for code in codes)
            assert tree.xpath("//a[starts-with(@href, 'javascript')]") == []


@contextmanager
def process(database: Path, *more: str) -> Iterator[tuple[subprocess.Popen[str], Running]]:
    """``provenance serve`` as a process, and a browser that was let in."""
    command = [sys.executable, "-m", "provenance", "serve", "--no-open", "--json", "--port=0"]
    options = [f"--db={database}", "--allow-private", "--search=none", *more]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, text=True, env={**os.environ}
    ) as running:
        assert running.stdout is not None
        told = json.loads(running.stdout.readline())
        port = int(re.findall(r":(\d+)/", told["url"])[0])
        client = Running(server=None, port=port)  # type: ignore[arg-type]
        let_in = client.get(f"/{told['url'].rpartition('/')[2]}", Cookie=None)
        client.cookie = let_in.headers["set-cookie"].partition(";")[0]
        client.token = re.findall(r'name="token" value="([^"]+)"', client.get("/").text)[0]
        try:
            yield running, client
        finally:
            running.kill()


def test_a_killed_server_loses_nothing_and_tells_of_what_it_had_in_hand(
    tmp_path: Path, demo: DemoWorld
) -> None:
    asked = Event()

    def answer(_: str) -> Answer:
        asked.set()
        return Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<p>slow")

    archive = f"--archive={demo.archive.name}=cdx:{demo.archive.base_url}"
    with serve(answer) as slow:
        with process(tmp_path / "kept.db", archive, "--follow-private") as (running, site):
            number = report_number(site, {"text": demo.repost_url})
            path = site.post("/checks", {"text": f"{slow.base}/story"}).headers["location"]
            assert asked.wait(30)
            running.send_signal(signal.SIGKILL)
            running.wait()
        with process(tmp_path / "kept.db") as (_, site):
            shown = site.get(path).text
            assert '<h1 id="head">Interrupted</h1>' in shown
            assert f'value="{slow.base}/story"' in shown  # Check again
            assert f"{slow.base}/story" in site.get("/").text
            assert site.get(f"/reports/{number}").status == 200


def test_ctrl_c_ends_it_with_a_check_in_hand(tmp_path: Path) -> None:
    free = Event()

    def answer(_: str) -> Answer:
        free.wait(60)
        return Answer(status=404)

    with serve(answer) as slow, process(tmp_path / "kept.db") as (running, site):
        path = site.post("/checks", {"text": f"{slow.base}/story"}).headers["location"]
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0
        free.set()
        with process(tmp_path / "kept.db") as (_, again):
            assert "Interrupted" in again.get(path).text


def test_a_report_is_reviewed_checked_again_and_forgotten(tmp_path: Path, demo: DemoWorld) -> None:
    with serving(demo_settings(demo, tmp_path)) as site:
        number = report_number(site, {"text": demo.repost_url})
        assert f"/reports/{number}" in site.get("/review").text
        assert site.post(f"/reports/{number}/review", {"stance": "maybe"}).status == 400
        said = site.post(f"/reports/{number}/review", {"stance": "agree", "note": "<b>I saw it"})
        assert said.status == 303
        assert "&lt;b&gt;I saw it" in site.get(f"/reports/{number}").text
        assert "Nothing to review" in site.get("/review").text
        again = site.post(f"/reports/{number}/again")
        events = site.follow(f"{again.headers['location']}/events")
        newer = int(events[-1][2]["go"].removeprefix("/reports/").removesuffix("#verdict"))
        for each in {number, newer}:
            assert site.post(f"/reports/{each}/forget").status == 303
            assert site.get(f"/reports/{each}").status == 404
        assert site.ask("/reports").json["reports"] == []
        assert demo.repost_url not in site.get("/").text


def test_a_pasted_text_is_checked_again_from_what_is_kept(site: Running) -> None:
    number = report_number(site, {"text": STORY, "url": "https://ostrey.example/ferry"})
    report = site.ask(f"/reports/{number}").json
    assert report["suspect"]["url"] == "https://ostrey.example/ferry"
    again = site.post(f"/reports/{number}/again").headers["location"]
    assert site.follow(f"{again}/events")[-1][2]["go"].startswith("/reports/")


def test_reports_are_found_by_words_and_sifted(site: Running, demo: DemoWorld) -> None:
    number = report_number(site, {"text": demo.repost_url})
    other = report_number(site, {"text": STORY, "url": "https://ostrey.example/ferry"})

    def found(query: str) -> set[int]:
        return {entry["id"] for entry in site.ask(f"/reports?{query}").json["reports"]}

    assert number in found("q=town+BED")
    assert other not in found("q=town+BED")
    assert other in found("q=jetty+timetable")  # in its text alone
    assert found("q=jetty+zeppelin") == set()
    assert found("q=%22%27)+zeppelin--") == set()
    assert other in found("site=ostrey.example")
    assert number not in found("site=ostrey.example")
    assert number in found("kind=repost")
    assert other not in found("kind=repost")
    assert {number, other} <= found("reviewed=no")
    assert found("reviewed=yes") == set()
    assert found("page=2") == set()
    assert {number, other} <= found("kind=nonsense&page=x&reviewed=z")


def test_an_upload_is_read_as_a_file_is(site: Running, demo: DemoWorld) -> None:
    page = demo.pages["feed"].encode()
    number = report_number(site, {"file": ("C:\\fakepath\\../../story.html", page)})
    assert site.ask(f"/reports/{number}").json["target"] == "story.html"
    for name, body, words in (
        ("empty.html", b"", "Paste an address"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not a web page"),
    ):
        sent, kind = multipart({"token": site.token, "file": (name, body)})
        reply = site.send("POST", "/checks", sent, Content_Type=kind)
        if reply.status == 303:
            site.follow(f"{reply.headers['location']}/events")
            reply = site.get(reply.headers["location"])
        assert words in reply.text


def test_evidence_is_saved_and_what_is_lost_is_named(site: Running, demo: DemoWorld) -> None:
    number = report_number(site, {"text": demo.repost_url})
    whole = site.get(f"/reports/{number}.wacz")
    assert whole.body.startswith(b"PK")
    assert "attachment" in whole.headers["content-disposition"]
    assert site.get(f"/reports/{number}.exe").status == 404
    assert site.get("/reports/999.json").status == 404
    assert "refusal" in site.ask(f"/reports/{number}/cite").json
    cited = site.ask(f"/reports/{number}/cite").json["citations"]
    assert {"wikipedia", "bibtex", "apa", "csl"} <= set(cited)
    assert "Selwick Courier" in cited["apa"]
