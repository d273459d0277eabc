"""The local page measured: how soon a step and a report are shown, memory, many who watch.

``python -m tests.bench.serve latency|cost|memory|crowd``. Chromium is needed for ``latency``.
Figures of time mean little while other work runs: the load is printed beside them.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provenance.demo.sites import demo_world
from tests.serve.test_audits import article
from tests.servers.loopback import Answer, serve
from tests.servers.serving import Running, demo_settings, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOML = 'search = ["none"]\nallow_private = true\nfollow_private = true\n[limits]\npace = 0.0\n'


@contextmanager
def process(folder: Path) -> Iterator[tuple[int, Running]]:
    """A server as a process, which asks no archive beyond loopback; and a browser let in."""
    (folder / "provenance.toml").write_text(_TOML, "utf-8")
    command = [sys.executable, "-m", "provenance", "serve", "--no-open", "--json", "--port=0"]
    options = [f"--db={folder / 'kept.db'}", "--archive=none-here=cdx:http://127.0.0.1:9"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, text=True, cwd=folder, env=environment
    ) as running:
        assert running.stdout is not None
        told = json.loads(running.stdout.readline())
        client = Running(server=None, port=int(re.findall(r":(\d+)/", told["url"])[0]))  # type: ignore[arg-type]
        let_in(client, "/" + told["url"].rpartition("/")[2])
        try:
            yield running.pid, client
        finally:
            running.terminate()


def let_in(client: Running, path: str) -> None:
    """Gives a client a session of its own."""
    cookie = client.get(path, Cookie=None).headers["set-cookie"]
    client.cookie = cookie.partition(";")[0]
    client.token = re.findall(r'name="token" value="([^"]+)"', client.get("/").text)[0]


def memory_of(pid: int) -> float:
    """What a process holds, in MB."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def paper(path: str) -> Answer:
    number = re.fullmatch(r"/story-(\d+)", path)
    return Answer(article(int(number[1])).encode()) if number else Answer(status=404)


def memory() -> None:
    """What the server holds after 20 checks and after 200."""
    held = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(paper) as site,
        process(Path(folder)) as (pid, client),
    ):
        for number in range(1, 201):
            begun = client.post("/checks", {"text": f"{site.base}/story-{number}"})
            events = client.follow(f"{begun.headers['location']}/events")
            assert events[-1][2]["go"].startswith("/reports/"), events[-1]
            if number in {20, 100, 200}:
                held[number] = memory_of(pid)
    told = ", ".join(f"{count}: {mb:.0f} MB" for count, mb in held.items())
    print(f"memory after so many checks: {told}; {held[200] / held[20]:.2f} x")


def crowd() -> None:
    """Fifty browsers follow twenty checks, while the lists are asked for."""
    waits: list[float] = []
    streams: dict[int, list[tuple[int, str, Any]]] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(paper) as site,
        process(Path(folder)) as (_, client),
    ):
        paths = [
            client.post("/checks", {"text": f"{site.base}/story-{n}"}).headers["location"]
            for n in range(1, 21)
        ]
        browsers = [_browser(client) for _ in range(50)]

        def follow(at: int) -> None:
            streams[at] = browsers[at].follow(f"{paths[at % 20]}/events")

        threads = [threading.Thread(target=follow, args=(at,)) for at in range(50)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            for path in ("/", "/reports", "/settings"):
                begun = time.perf_counter()
                assert client.get(path).status == 200
                waits.append(time.perf_counter() - begun)
            time.sleep(0.1)
        whole = {path: client.follow(f"{path}/events") for path in paths}
    lost = sum(streams[at] != whole[paths[at % 20]] for at in range(50))
    ended = sum(events[-1][2].get("go", "").startswith("/reports/") for events in whole.values())
    events = sum(map(len, streams.values()))
    print(
        f"{ended} of 20 checks ended in a report; {events} events to 50 streams, {lost} not whole"
    )
    print(f"other pages: median {statistics.median(waits):.2f} s, worst {max(waits):.2f} s")


def _browser(client: Running) -> Running:
    other = Running(server=client.server, port=client.port)
    shown = client.post("/settings/key").text
    let_in(other, "/?key=" + shown.partition("?key=")[2].partition("<")[0].strip())
    return other


def latency(times: int = 10) -> None:
    """From Enter to the first step on screen, and from the end of a check to its report."""
    from playwright.sync_api import sync_playwright

    steps, reports = [], []
    with (
        tempfile.TemporaryDirectory() as folder,
        demo_world() as demo,
        serving(demo_settings(demo, Path(folder))) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.goto(site.key_address())
        for _ in range(times):
            page.goto(site.base)
            page.fill("#text", demo.repost_url)
            begun = time.perf_counter()
            page.keyboard.press("Enter")
            page.wait_for_selector(".steps li, #verdict")
            steps.append(time.perf_counter() - begun)
            ended = _wait_for_end(site)
            page.wait_for_selector("#verdict h1")
            reports.append(time.perf_counter() - ended)
        browser.close()
    for name, found in (("first step", steps), ("report after the end", reports)):
        print(f"{name}: median {statistics.median(found):.2f} s, worst {max(found):.2f} s")


def cost(times: int = 20) -> None:
    """CPU seconds, client and server together, of what lies on the way: these bear a busy machine.

    Begun is the form sent and the page to watch it on; read is the report's page.
    """
    begun, read, free = [], [], threading.Event()

    def late(path: str) -> Answer:
        free.wait(60)
        return paper(path)

    with (
        tempfile.TemporaryDirectory() as folder,
        demo_world() as demo,
        serve(late) as slow,
        serving(demo_settings(demo, Path(folder))) as site,
    ):
        path = site.post("/checks", {"text": demo.repost_url}).headers["location"]
        report = site.follow(f"{path}/events")[-1][2]["go"].partition("#")[0]
        for number in range(times):
            at = time.process_time()
            path = site.post("/checks", {"text": f"{slow.base}/story-{number}"}).headers["location"]
            site.get(path)
            begun.append(time.process_time() - at)
            site.post(f"{path}/stop")
            at = time.process_time()
            site.get(report)
            read.append(time.process_time() - at)
        free.set()
    for name, found in (("begun", begun), ("read", read)):
        print(f"CPU, {name}: median {statistics.median(found):.3f} s, worst {max(found):.3f} s")


def _wait_for_end(site: Running) -> float:
    """When the newest check ended, or when that was seen."""
    while site.server.checks.open:
        time.sleep(0.005)
    return time.perf_counter()


if __name__ == "__main__":
    for name in sys.argv[1:] or ("latency", "cost", "memory", "crowd"):
        {"latency": latency, "cost": cost, "memory": memory, "crowd": crowd}[name]()
    print("load of the machine:", *(f"{load:.1f}" for load in os.getloadavg()))
