"""Every kind of fault in one audit: it ends, and each fault is a row with its own reason.

Of the articles 5 % answer 500, 5 % hold the connection, 2 % are cut off, 1 % unpack to far too
much, some lead in a circle, away, or to what robots.txt disallows. The links lead into a calendar,
session ids and paths that grow for ever. No sitemap is usable: one names itself, one is malformed,
two are XML attacks, two are bad gzip; the feed is garbage.
"""

from __future__ import annotations

import gzip
import random
import sqlite3
import threading
import time
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.scenarios.stage import audited, logged
from tests.servers.loopback import Answer
from tests.servers.magazine import Magazine

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BOMB = gzip.compress(b"<p>" + b"a" * 60_000_000)
LAUGHS = b"<!DOCTYPE l [<!ENTITY a 'ha'>%s]><urlset><url><loc>&z;</loc></url></urlset>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(25)
)
OUTSIDE = (
    b"<!DOCTYPE u [<!ENTITY f SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM '/stolen'> %p;]>"
    b"<urlset><url><loc>&f;</loc></url></urlset>"
)
SITEMAPS = {
    "/itself.xml": b"<sitemapindex><sitemap><loc>/itself.xml</loc></sitemap></sitemapindex>",
    "/malformed.xml": b"<urlset><url><lo",
    "/laughs.xml": LAUGHS,
    "/outside.xml": OUTSIDE,
    "/bomb.xml.gz": gzip.compress(b"<urlset>" + b" " * 80_000_000),
    "/cut.xml.gz": gzip.compress(b"<urlset></urlset>")[:-9],
    "/page.xml": b"<!doctype html><p>No such thing here.",
}
FEED = b"\xff\xfe<rss><channel><item><link>\x00\x01</item>&&&<<<"
KINDS = {
    "500": ("failed", "HTTP 500"),
    "held": ("failed", "no answer in time"),
    "cut": ("failed", "cut off"),
    "bomb": ("failed", "limit for one page"),
    "circle": ("failed", "circle"),
    "away": ("skipped", "leads_away"),
    "barred": ("refused", "robots.txt asks not to"),
    "to barred": ("refused", "robots.txt asks not to"),
    "gone": ("refused", "404"),
    "picture": ("failed", "PNG"),
    "not http": ("failed", "HTTP"),
    "calendar": ("skipped", "no_articles"),
    "session": ("skipped", "session_id"),
    "growing": ("skipped", "repeating_path"),
}


@dataclass
class Faulty:
    """A site in which each path may have a fault; ``released`` lets the held connections go."""

    pages: int
    faults: dict[str, str]
    released: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._magazine = Magazine(stories=self.pages, links_only=True)

    def __call__(self, path: str) -> Answer:
        """What a path answers."""
        if path == "/robots.txt":
            rows = "".join(f"Sitemap: http://HOST{name}\n" for name in SITEMAPS)
            text = f"User-agent: *\nDisallow: /private/\n{rows}".replace("HOST", self.host)
            return Answer(text.encode(), headers={"Content-Type": "text/plain"})
        if path in SITEMAPS:
            return Answer(SITEMAPS[path], headers={"Content-Type": "application/xml"})
        if path == "/feed":
            return Answer(FEED, headers={"Content-Type": "application/rss+xml"})
        if path in self.faults:
            return self._fault(self.faults[path])
        return self._page(path)

    host = ""

    def _page(self, path: str) -> Answer:
        """A page that is there: an article, the start page, a section, or part of a trap."""
        if path == "/other":
            return Answer(b"<!doctype html><p>Elsewhere.")
        if path == "/":
            return Answer(_list([*(f"/section/{at}" for at in range(0, self.pages, 20)), *TRAPS]))
        if path.startswith("/section/"):  # short, so that it is told from an article by its words
            first = int(path.rpartition("/")[2])
            found = [f"/story/{n}" for n in range(first, min(first + 20, self.pages))]
            return Answer(_list([*found, "/private/list"] if first else found))
        if path.startswith("/calendar/"):
            return Answer(_list([f"/calendar/{int(path.rpartition('/')[2]) + 1}"]))
        if path.startswith(("/deep/", "/session/")):
            return Answer(_list([f"{path}down/", f"/session/?sid={abs(hash(path))}"]))
        return self._magazine(path)

    def _fault(self, kind: str) -> Answer:
        if kind == "held":
            self.released.wait(60)
            return Answer(raw=b"")
        return {
            "500": Answer(b"no", status=500),
            "cut": Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n<p>cut"),
            "bomb": Answer(BOMB, headers={"Content-Encoding": "gzip"}),
            "circle": Answer(status=302, headers={"Location": "?again"}),
            "away": Answer(status=301, headers={"Location": f"http://localhost{self.port}/other"}),
            "to barred": Answer(status=302, headers={"Location": "/private/1"}),
            "gone": Answer(b"", status=404),
            "picture": Answer(b"\x89PNG\r\n\x1a\n" + bytes(900), headers={"Content-Type": "x/y"}),
            "not http": Answer(raw=b"SSH-2.0-OpenSSH_9.2\r\n"),
        }[kind]

    @property
    def port(self) -> str:
        """With the colon before it."""
        return f":{self.host.rpartition(':')[2]}"


TRAPS = ("/calendar/1", "/deep/", "/session/")


def _list(paths: Iterable[str]) -> bytes:
    rows = "".join(f"<li><a href='{path}'>{path}</a></li>" for path in paths)
    feed = "<link rel=alternate type='application/rss+xml' href='/feed'>"
    return f"<!doctype html><html><head>{feed}</head><body><ul>{rows}</ul></body></html>".encode()


def spread(pages: int) -> dict[str, str]:
    """Which articles have which fault."""
    often = {"500": 0.05, "held": 0.05, "cut": 0.02, "bomb": 0.01}
    kinds = [kind for kind, share in often.items() for _ in range(max(round(pages * share), 1))]
    kinds += ["circle", "away", "to barred", "gone", "picture", "not http"]
    at = random.Random(3).sample(range(pages), len(kinds))
    faults = {f"/story/{n}": kind for n, kind in zip(at, kinds, strict=True)}
    circles = [path for path, kind in faults.items() if kind == "circle"]
    return {**faults, **{f"{path}?again": "circle" for path in circles}}


def run(pages: int, folder: Path) -> tuple[dict[str, Any], Faulty, dict[str, int], float, int]:
    """The report, the site, how often each path was asked, seconds, addresses in the store."""
    answer = Faulty(pages, spread(pages))
    with logged(answer) as there:
        answer.host = there.base.removeprefix("http://")
        begun = time.monotonic()
        limits = {"read_timeout": 0.5, "connect_timeout": 1.0, "deadline": 5.0}
        try:
            report = audited(f"{there.base}/", folder, limits=limits)
        finally:
            answer.released.set()
        took = time.monotonic() - begun
        asked = dict(there.counts())
    with closing(sqlite3.connect(folder / "a.db")) as db:
        stored = int(db.execute("SELECT count(*) FROM addresses").fetchone()[0])
    return report, answer, asked, took, stored


def kind_of(path: str, faults: dict[str, str]) -> str:
    """Which fault an address has, '' for none."""
    if path in faults:
        return faults[path]
    opening = {"/calendar/": "calendar", "/private/": "barred", "/deep/": "growing"}
    if "sid=" in path:
        return "session"
    return next((kind for start, kind in opening.items() if path.startswith(start)), "")


def told(report: dict[str, Any], faults: dict[str, str]) -> dict[str, Counter[tuple[str, str]]]:
    """For each kind of fault, how its addresses ended and why."""
    found: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in report["rows"]:
        path = "/" + row["url"].partition("//")[2].partition("/")[2]
        found[kind_of(path, faults)][row["fate"], f"{row['reason']} {row['detail']}"] += 1
    return found


def wrong(report: dict[str, Any], site: Faulty, asked: dict[str, int], stored: int) -> list[str]:
    """What is not as it should be."""
    found, rows = told(report, site.faults), report["rows"]
    faults = [
        f"{kind}: {dict(found[kind])}"
        for kind, (fate, word) in KINDS.items()
        if not any(ended == fate and word in why for ended, why in found[kind])
    ]
    for kind in set(site.faults.values()):
        ends = {(fate, why) for fate, why in found[kind]}
        faults += [
            f"{kind}: {fate} {why}" for fate, why in ends if fate != KINDS[kind][0] or not why
        ]
    if len(rows) != stored or sum(n for _, n in report["fates"]) != stored:
        faults.append(f"{len(rows)} rows, {stored} addresses, {report['fates']}")
    good = site.pages - len([path for path in site.faults if "?" not in path])
    if dict(report["fates"])["done"] != good:
        faults.append(f"{dict(report['fates'])['done']} done, {good} have no fault")
    faults += [f"asked {path}" for path in asked if path.startswith(("/private", "/stolen"))]
    faults += [f"asked {path} {n} times" for path, n in asked.items() if n > 3]
    return faults + [f"{row['url']}: no reason" for row in site_listings(report) if not row["why"]]


def site_listings(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The listings that are not as they should be."""
    return [row for row in report["listings"] if row["kind"] != "start page"]
