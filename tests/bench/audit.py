"""An audit's speed beside trafilatura's extraction alone, in one run on the same pages and cores.

    python -m tests.bench.audit [--pages 2000] [--workers 2] [--real] [--warc]

The site is generated: articles of some 6 kB of text in 17 kB of HTML (menus, related links, a
channel banner, scripts, JSON-LD), English by its common words, the others invented and as common
as Zipf has it. Every third page prints, whole or in part, a story of a paper that is in the
corpus. A server process on loopback sends them; the audit keeps, checks and reports every page
without asking anybody. Trafilatura gets the same bytes, in as many processes. With ``--real`` the
site is made of the saved pages of real sites that lie beside the project. With ``--warc`` the same
pages are audited a second time, as one crawl in a WARC file: nothing is fetched.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import html
import json
import os
import random
import re
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from multiprocessing import Process, SimpleQueue
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.bench.corpus import Language
from tests.bench.whole import Run, measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHARED = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[3] / "shared"))
PROGRAM = Path(sys.executable).with_name("provenance")
COMMON = re.findall(
    r"\w+",
    """
the of and to in a is that it was for on are as with his they at be this from have or by one had not
but what all were when we there can an your which their said if do will each about how up out them
then she many some so these would other into has more her two like him see time could no make than
first been its who now people my made over did down only way find use may water long little very
after words called just where most know""",
)
FIRST_DAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
PARAGRAPHS, PARAGRAPH_WORDS = 25, 40
SECTIONS = ("Politics", "Harbour", "Schools", "Markets", "Courts", "Weather", "Books", "Letters")
BANNER = "Join our evening channel and never miss a story from the quay again."
FOOTER = "The Lantern Post is edited above a chandlery and read in forty harbour towns."


@dataclass(frozen=True)
class Story:
    title: str
    paragraphs: tuple[str, ...]


class Writer:
    """Stories of a seed, the same at every run."""

    def __init__(self, seed: int) -> None:
        self._language = Language(np.random.default_rng(seed))
        self._dice = random.Random(seed)

    def story(self) -> Story:
        title = " ".join(self._words(9)).capitalize()
        return Story(title, tuple(self._paragraph() for _ in range(PARAGRAPHS)))

    def _words(self, count: int) -> list[str]:
        own = self._language.words(count)
        return [self._dice.choice(COMMON) if self._dice.random() < 0.5 else word for word in own]

    def _paragraph(self) -> str:
        words = self._words(PARAGRAPH_WORDS)
        parts = (words[at : at + 16] for at in range(0, len(words), 16))
        return " ".join(f"{' '.join(part).capitalize()}." for part in parts)


def page(number: int, story: Story, host: str) -> bytes:
    """One article page as a content system writes it."""
    day = (FIRST_DAY + timedelta(hours=3 * number)).isoformat()
    menu = "".join(
        f'<li class="menu-item menu-item-{at}"><a href="/section/{name.lower()}/">{name}</a></li>'
        for at, name in enumerate(SECTIONS)
    )
    related = "".join(
        f'<div class="card"><a href="/story/{(number * 7 + at) % 997}"><img src="/i/{at}.jpg" '
        f'alt=""><h4>{html.escape(story.title[at:])}</h4></a>'
        f'<span class="meta">{at + 2} min read</span></div>'
        for at in range(12)
    )
    data = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": day,
            "author": {"@type": "Person", "name": "Ines Halloran"},
            "publisher": {"@type": "Organization", "name": "The Lantern Post"},
        }
    )
    text = [f"<p>{line}</p>" for line in story.paragraphs]
    text.insert(3, f'<div class="banner"><p>{BANNER}</p></div>')
    script = "".join(f"window.slot{at}={{id:'ad-{at}',sizes:[[300,250]]}};" for at in range(60))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{story.title} - The '
        f'Lantern Post</title><meta property="og:type" content="article"><meta property="og:title" '
        f'content="{story.title}"><meta property="og:site_name" content="The Lantern Post">'
        f'<link rel="canonical" href="{host}/story/{number}">'
        f'<meta property="article:published_time" content="{day}">'
        f'<script type="application/ld+json">{data}</script><script>{script}</script></head><body>'
        f'<header><nav><ul>{menu}</ul></nav></header><main><article class="post">'
        f'<h1 class="entry-title">{story.title}</h1><div class="byline">By <a rel="author" '
        f'href="/author/ines">Ines Halloran</a> <time datetime="{day}">{day[:10]}</time></div>'
        f'<div class="entry-content">{"".join(text)}</div></article><aside><h3>Related</h3>'
        f"{related}</aside></main><footer><p>{FOOTER}</p><ul>{menu}</ul></footer></body></html>"
    ).encode()


def stories(count: int) -> tuple[list[Story], list[Story]]:
    """(the paper's stories, the site's): every third of the site's is the paper's or half of it."""
    papers, own = Writer(1), Writer(2)
    printed = [papers.story() for _ in range(count // 3)]
    site: list[Story] = []
    for number in range(count):
        if number % 3 or number // 3 >= len(printed):
            site.append(own.story())
            continue
        taken = printed[number // 3]
        half = number % 2
        text = taken.paragraphs
        if half:
            text = own.story().paragraphs[: PARAGRAPHS // 2] + text[: PARAGRAPHS // 2]
        site.append(Story(taken.title, text))
    return printed, site


def peer(pages: list[Path], workers: int) -> Run:
    """Trafilatura alone on the same pages, spread over processes that are ready beforehand."""
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_extracted, [()] * workers))
        begun = time.perf_counter()
        used = list(pool.map(_extracted, [pages[at::workers] for at in range(workers)]))
        wall = time.perf_counter() - begun
    return Run(wall, sum(cpu for cpu, _ in used), max(memory for _, memory in used))


def _extracted(pages: Sequence[Path]) -> tuple[float, float]:
    """Seconds of CPU that trafilatura takes for the pages, and the memory in MB."""
    import trafilatura

    spent = 0.0
    for path in pages:
        body = path.read_bytes()
        begun = time.process_time()
        trafilatura.extract(body)
        spent += time.process_time() - begun
    return spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A process that sends ``sitemap.xml`` and the pages kept in ``folder``; its address."""
    port: SimpleQueue[int] = SimpleQueue()
    process = Process(target=_serve, args=(str(folder), port), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{port.get()}"
    finally:
        process.terminate()
        process.join()


def _serve(folder: str, port: SimpleQueue[int]) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = Path(folder) / head.split()[1].decode().strip("/").replace("/", "-")
                there = path.is_file()
                body = path.read_bytes() if there else b""
                kind = "application/xml" if path.suffix == ".xml" else "text/html"
                writer.write(
                    f"HTTP/1.1 {'200 OK' if there else '404 Not Found'}\r\nContent-Type: {kind}\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                await writer.drain()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def command(target: str, folder: Path, workers: int, *more: str) -> list[str]:
    return [
        *(str(PROGRAM), "audit", target, "--allow-private", "--follow-private"),
        *("--rate", "0", "--workers", str(workers), "--db", str(folder / "a.db")),
        *("--max", "100000", "-o", str(folder / "out"), "--json", *more),
    ]


def write_crawl(path: Path, base: str, pages: Sequence[Path]) -> None:
    """The pages as a crawler keeps them: one WARC file, each record packed by itself."""
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for page in pages:
            with page.open("rb") as body:
                record = writer.create_warc_record(
                    f"{base}/story/{page.name.removeprefix('story-')}",
                    "response",
                    payload=BytesIO(body.read()),
                    http_headers=head,
                    warc_headers_dict={"WARC-Date": f"{FIRST_DAY:%Y-%m-%dT%H:%M:%SZ}"},
                )
                writer.write_record(record)


@dataclass(frozen=True)
class Race:
    """A folder with ``site`` and, where there is one, ``paper.jsonl``; where the site is served."""

    folder: Path
    base: str
    workers: int

    def run(self, pages: Iterable[bytes], *, warc: bool) -> None:
        """Audits the pages and extracts them, and prints a line of each."""
        paths = []
        for number, body in enumerate(pages):
            paths.append(self.folder / "site" / f"story-{number}")
            paths[-1].write_bytes(body)
        rows = "".join(f"<url><loc>{self.base}/story/{at}</loc></url>" for at in range(len(paths)))
        (self.folder / "site" / "sitemap.xml").write_text(f"<urlset>{rows}</urlset>", "utf-8")
        size = sum(path.stat().st_size for path in paths) / len(paths) / 1000
        print(f"{len(paths):,} pages of {size:.1f} kB, {self.workers} workers", flush=True)
        other = peer(paths, self.workers)
        print(other.line("trafilatura.extract alone", len(paths)))
        self._audit("over HTTP", f"{self.base}/sitemap.xml", len(paths), other)
        if warc:
            crawl = self.folder / "crawl.warc.gz"
            write_crawl(crawl, self.base, paths)
            self._audit("a WARC crawl", str(crawl), len(paths), other)

    def _audit(self, how: str, target: str, pages: int, other: Run) -> None:
        database = self.folder / "a.db"
        for name in (database, *database.parent.glob("a.db-*")):
            name.unlink(missing_ok=True)
        paper = self.folder / "paper.jsonl"
        if paper.exists():
            measured([str(PROGRAM), "corpus", "add", str(paper), "--db", str(database)])
        run, told = measured(command(target, self.folder, self.workers))
        report = json.loads(told)
        kinds = {kind: share["count"] for kind, share in report["shares"] if share["count"]}
        print(f"{how}: {dict(report['fates'])}, {kinds}")
        print(run.line(f"provenance audit, {how}", pages))
        shares = f"{other.wall / run.wall:.2f}; of the CPU: {other.cpu / run.cpu:.2f}"
        print(f"share of trafilatura's speed: {shares}", flush=True)


def real_pages(shared: Path) -> Iterator[bytes]:
    """The saved pages of real sites beside the project."""
    found = [*shared.glob("html-dev/files/*.gz"), *shared.glob("extraction-dev/pages/*/*.gz")]
    for path in sorted(found):
        yield gzip.decompress(path.read_bytes())


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=int, default=2_000)
    asked.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked.add_argument("--real", action="store_true", help="saved pages of real sites instead")
    asked.add_argument("--warc", action="store_true", help="also as one crawl in a WARC file")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name, served(Path(name) / "site") as base:
        folder = Path(name)
        (folder / "site").mkdir()
        race = Race(folder, base, given.workers)
        if given.real:
            race.run(real_pages(SHARED), warc=given.warc)
            return
        printed, site = stories(given.pages)
        write_paper(folder / "paper.jsonl", printed)
        pages = (page(number, story, base) for number, story in enumerate(site))
        race.run(pages, warc=given.warc)


def write_paper(path: Path, printed: list[Story]) -> None:
    """The paper's stories as ``corpus add`` reads them."""
    with path.open("w", encoding="utf-8") as file:
        for number, story in enumerate(printed):
            line = {
                "url": f"https://paper.example/{number}",
                "title": story.title,
                "text": "\n".join(story.paragraphs),
                "date": (FIRST_DAY + timedelta(hours=9 * number - 30)).isoformat(),
            }
            file.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
