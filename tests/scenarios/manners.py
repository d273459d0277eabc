"""How politely a site is asked, by its own log: pace, crawl-delay, Retry-After, robots.txt.

Each case is one audit, or two at once on one store. The gaps are those between any two requests,
whatever they were for.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.scenarios.stage import Logged, logged, started
from tests.servers.loopback import Answer
from tests.servers.magazine import Magazine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# What a machine under load may add or take between two clocks.
_LEEWAY = 0.01


@dataclass(frozen=True)
class Case:
    """One site and how it is to be asked: the least gap in seconds, and what must not be."""

    name: str
    answer: Callable[[str], Answer]
    gap: float
    rate: float
    programs: int = 1
    barred: tuple[str, ...] = ("/private",)


@dataclass
class Busy:
    """A magazine that, at its ``at``th request, asks to be left alone; ``told`` is when it did."""

    magazine: Magazine
    seconds: int
    status: int
    at: int = 6
    told: list[float] = field(default_factory=list)
    count: int = 0

    def __call__(self, path: str) -> Answer:
        """What a path answers."""
        self.count += 1
        if self.count == self.at:
            self.told.append(time.monotonic())
            return Answer(b"", status=self.status, headers={"Retry-After": str(self.seconds)})
        return self.magazine(path)


def listed(magazine: Magazine) -> Callable[[str], Answer]:
    """The same site with an index of four sitemaps, WordPress and a feed, half of it disallowed."""

    def answer(path: str) -> Answer:
        if path == "/sitemap.xml":
            names = ("/part/1", "/part/2", "/private/part", "/moved")
            rows = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
            return Answer(f"<sitemapindex>{rows}</sitemapindex>".encode())
        if path.startswith("/part/"):
            half = int(path[6:]) % 2
            numbers = range(half, magazine.stories, 2)
            rows = "".join(f"<url><loc>/story/{n}</loc></url>" for n in numbers)
            more = "<url><loc>/private/3</loc></url><url><loc>/leads</loc></url>"
            return Answer(f"<urlset>{rows}{more}</urlset>".encode())
        if path in {"/moved", "/leads"}:
            return Answer(status=302, headers={"Location": "/private/secret"})
        return magazine(path)

    return answer


def posts(magazine: Magazine) -> Callable[[str], Answer]:
    """The same site by WordPress's listing alone, in pages of a hundred."""

    def answer(path: str) -> Answer:
        if path == "/":
            return Answer(b"<html><body><img src='/wp-content/a.png'><p>hello</p></body></html>")
        if path.startswith("/wp-json/"):
            page = int(path.partition("&page=")[2].partition("&")[0])
            first = (page - 1) * 100
            rows = [
                {"link": f"http://127.0.0.1/story/{n}"} for n in range(first, min(first + 100, 230))
            ]
            return Answer(json.dumps(rows).encode())
        return magazine(path)

    return answer


def cases(pages: int, rate: float) -> list[Case]:
    """What is looked at."""
    robots = "User-agent: *\nDisallow: /private\n"
    plain = Magazine(stories=pages, robots=robots)
    hidden = Magazine(stories=pages, robots=robots, links_only=True)
    slow = Magazine(stories=8, robots=f"{robots}Crawl-delay: 0.4\n")
    gap = 1 / rate
    return [
        Case("sitemap", plain, gap, rate),
        Case("index, redirects to what is disallowed", listed(plain), gap, rate),
        Case("WordPress listing", posts(hidden), gap, rate),
        Case("links", hidden, gap, rate),
        Case("crawl-delay of 0.4 s", listed(slow), 0.4, rate),
        Case("two programs", listed(plain), gap, rate, programs=2),
        Case("two programs, crawl-delay", slow, 0.4, rate, programs=2),
        Case("429, Retry-After: 2", Busy(plain, 2, 429), gap, rate),
        Case("503, Retry-After: 4", Busy(plain, 4, 503), gap, rate),
        Case("two programs, 429, Retry-After: 5", Busy(plain, 5, 429, 9), gap, rate, programs=2),
    ]


def asked(case: Case, folder: Path) -> tuple[Logged, list[str]]:
    """The log of a case's site, and what went wrong with the programs."""
    with logged(case.answer) as there:
        running = [
            started(f"{there.base}/", folder, "--rate", f"{case.rate:g}", "--seed", str(at))
            for at in range(case.programs)
        ]
        said = [process.communicate() for process in running]
    faults = [
        err.decode()[-200:]
        for process, (_, err) in zip(running, said, strict=True)
        if process.returncode
    ]
    for out, _ in said:
        fates = dict(json.loads(out)["fates"]) if out else {}
        if fates.get("failed", 1):
            faults.append(f"{fates}")
    return there, faults


def shortest_rest(case: Case, there: Logged) -> float | None:
    """Seconds between a request to be left alone and the next request; None where there is none."""
    if not isinstance(case.answer, Busy) or not case.answer.told:
        return None
    told = case.answer.told[0]
    return min((at - told for at, _ in there.asked if at > told), default=None)


def told_gaps(case: Case, there: Logged) -> list[float]:
    """Seconds between requests; who only asks for robots.txt cannot know its crawl-delay yet."""
    if case.gap > 1 / case.rate:
        told = [at for at, path in there.asked if path != "/robots.txt"]
        return [after - before for before, after in pairwise(sorted(told))]
    return there.gaps()


def rude(case: Case, there: Logged) -> str:
    """What the site of a case would complain about, '' for nothing."""
    busy = case.answer.seconds if isinstance(case.answer, Busy) else 0.0
    least = min(told_gaps(case, there))
    if least < case.gap - _LEEWAY:
        return f"asked again after {least:.3f} s"
    if any(path.startswith(case.barred) for path in there.counts()):
        return "asked for what is disallowed"
    rest = shortest_rest(case, there)
    return f"asked after {rest:.2f} s" if rest is not None and rest < busy - _LEEWAY else ""
