"""``check --from``: what it finds, how fast it is, what a kill costs, how much memory it takes.

    python -m tests.bench.lists truth [--pages 150] [--sites 10] [--copies 30]
    python -m tests.bench.lists speed [--pages 1000] [--hosts 50]
    python -m tests.bench.lists kills [--pages 150] [--kills 20]
    python -m tests.bench.lists memory [--few 1000] [--many 20000]

truth: invented sites that print each other's stories; what the list's report says of each page.
speed: the same articles once as one site (an audit) and once as a list of pages of many hosts,
each host an address of its own on loopback, without a pace. kills: a list killed at random moments
until it ends; its table must have every row once. memory: the largest process of two lists that
differ in length.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import Process, SimpleQueue
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.cli.lists import opened_list
from provenance.model.audit import AuditOptions
from provenance.model.plain import values
from provenance.world.formats.address_list import MOST_ROWS
from provenance.world.listed_pages import ListedPages
from provenance.world.store import Store
from tests.bench.audit import PROGRAM, page, stories, write_paper
from tests.bench.audit import command as audit_command
from tests.bench.whole import Run, measured
from tests.render.audit.site import CHECKED_AT, Made
from tests.scenarios import listed
from tests.scenarios.stage import audited, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model.audit import AuditRow

_PAPER = b"The Lantern Post"


@contextmanager
def served(folder: Path, hosts: int) -> Iterator[list[str]]:
    """A process that sends the files of a folder at so many addresses; /a/b is a-b."""
    ports: SimpleQueue[list[int]] = SimpleQueue()
    process = Process(target=_serve, args=(str(folder), hosts, ports), daemon=True)
    process.start()
    try:
        yield [f"http://127.0.0.1:{port}" for port in ports.get()]
    finally:
        process.terminate()
        process.join()


def _serve(folder: str, hosts: int, ports: SimpleQueue[list[int]]) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[1]
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                name = head.split()[1].decode().strip("/").replace("/", "-")
                path = Path(folder) / name
                there = path.is_file()
                body = path.read_bytes() if there else b""
                kind = "application/xml" if path.suffix == ".xml" else "text/html"
                body = body.replace(_PAPER, b"Paper %d" % host)
                writer.write(
                    f"HTTP/1.1 {'200 OK' if there else '404 Not Found'}\r\nContent-Type: {kind}\r\n"
                    f"Content-Length: {len(body)}\r\n\r\n".encode()
                    + body
                )
                await writer.drain()

    async def run() -> None:
        servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(hosts)]
        ports.put([server.sockets[0].getsockname()[1] for server in servers])
        await asyncio.gather(*(server.serve_forever() for server in servers))

    asyncio.run(run())


def list_command(folder: Path, workers: int) -> list[str]:
    return [
        *(str(PROGRAM), "check", "--from", str(folder / "list.csv"), "--column", "url"),
        *("--table", str(folder / "out.csv"), "--allow-private", "--rate", "0", "-q"),
        *("--workers", str(workers), "--db", str(folder / "list.db"), "-o", str(folder / "out")),
    ]


def truth(given: argparse.Namespace) -> bool:
    """Copies planted between sites, and what the report says of each page."""
    pages = listed.planted(given.pages, given.sites, given.copies)
    with tempfile.TemporaryDirectory() as name, listed.served(pages) as there:
        folder = Path(name)
        urls = [f"{there[each.site].base}{each.path}" for each in pages]
        (folder / "list.txt").write_text("".join(f"{url}\n" for url in urls), "utf-8")
        report = audited(str(folder / "list.txt"), folder)
        found = listed.judged(report, pages, there)
    print(f"{given.pages} pages of {given.sites} sites, {found.copies} copies planted")
    print(f"found {found.found}, missed {found.missed}, wrong source {found.wrong}, "
          f"originals and own pages accused {found.accused}")  # fmt: skip
    print(f"kinds { {kind: s['count'] for kind, s in report['shares'] if s['count']} }, "
          f"outcomes {dict(report['fates'])}")  # fmt: skip
    return found.right


def speed(given: argparse.Namespace) -> bool:
    """The same articles as one site and as a list of many hosts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "site").mkdir()
        printed, site = stories(given.pages)
        write_paper(folder / "paper.jsonl", printed)
        with served(folder / "site", given.hosts) as bases:
            for number, story in enumerate(site):
                body = page(number, story, bases[number % given.hosts])
                (folder / "site" / f"story-{number}").write_bytes(body)
            _write_sitemap(folder, bases[0], given.pages)
            for database in ("a.db", "list.db"):
                _add_paper(folder, database)
            one, _ = measured(audit_command(bases[0], folder, given.workers))
            rows = [f"{n},{bases[n % given.hosts]}/story/{n}\n" for n in range(given.pages)]
            (folder / "list.csv").write_text("id,url\n" + "".join(rows), "utf-8")
            many, _ = measured(list_command(folder, given.workers))
        done = listed.table(folder)
    print(one.line("audit of one site", given.pages))
    print(many.line(f"check --from, {given.hosts} hosts", given.pages))
    print(f"share of its speed {one.wall / many.wall:.2f}; of the CPU {one.cpu / many.cpu:.2f}")
    return len(done) == given.pages and one.cpu / many.cpu >= 0.6


def _write_sitemap(folder: Path, base: str, pages: int) -> None:
    rows = "".join(f"<url><loc>{base}/story/{at}</loc></url>" for at in range(pages))
    (folder / "site" / "sitemap.xml").write_text(f"<urlset>{rows}</urlset>", "utf-8")


def _add_paper(folder: Path, database: str) -> None:
    kept = [str(PROGRAM), "corpus", "add", str(folder / "paper.jsonl")]
    measured([*kept, "--db", str(folder / database)])


def kills(given: argparse.Namespace) -> bool:
    """A list killed at random moments."""
    pages = listed.planted(given.pages, given.sites, given.copies)
    dice, left, right = random.Random(given.seed), given.kills, True
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        begun = time.monotonic()
        listed.killed_list(Path(name) / "whole", pages, 0, dice, 1.0)
        length = time.monotonic() - begun
        while left > 0:
            found = listed.killed_list(Path(name) / str(left), pages, left, dice, length / 2)
            left, right = left - found.kills, right and found.right and found.kills > 0
            rows.append(tuple(vars(found)[key] for key in listed.Killed.__annotations__))
    print(f"{given.pages} pages of {given.sites} sites, whole in {length:.1f} s")
    print(table([tuple(listed.Killed.__annotations__), *rows]))
    return right


def memory(given: argparse.Namespace) -> bool:
    """A few rows and many: as a list is walked and asked for, and as its results are written.

    Offline with nothing kept, every address is claimed and ends; with every row done before, the
    same command counts the rows and writes the dashboard and the table.
    """
    right = True
    for name, fill in (("addresses walked", None), ("results written", _fill)):
        runs = [_remembered(given, pages, fill) for pages in (given.few, given.many)]
        for pages, run in zip((given.few, given.many), runs, strict=True):
            print(run.line(f"{name}, {pages:,} rows", pages), flush=True)
        grown = runs[1].memory / runs[0].memory - 1
        print(f"memory grown by {grown:.0%}")
        right &= grown <= 0.2
    return right


def _remembered(
    given: argparse.Namespace, pages: int, fill: Callable[[Path, int], None] | None
) -> Run:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = [f"{n},https://paper{n % given.hosts}.example/news/{n}\n" for n in range(pages)]
        (folder / "list.csv").write_text("id,url\n" + "".join(rows), "utf-8")
        if fill is not None:
            fill(folder, pages)
        run, _ = measured([*list_command(folder, given.workers), "--offline"])
        if len(listed.table(folder)) != pages:
            sys.exit("rows are missing")
    return run


def _fill(folder: Path, pages: int) -> None:
    """A database in which every row of the list is done, and the report is to be written."""
    made = Made(pages)
    with (
        opened_list(str(folder / "list.csv"), "url") as found,
        Store.open(str(folder / "list.db")) as store,
    ):
        asked = AuditOptions(most=MOST_ROWS, column=found.column, digest=found.digest)
        number = store.frontier.begin(found.name, asked, CHECKED_AT)
        for listing, batch in ListedPages(found, None, None).addresses():  # type: ignore[arg-type]
            store.frontier.record_listing(number, listing)
            store.frontier.enter(number, batch, lambda _: None)
        store.frontier.close_discovery(number)
        with store.connection.transaction() as db:
            db.conn.executemany(
                "UPDATE addresses SET state = ?, reason = ?, detail = ?, result = ? WHERE id = ?",
                (_ended(made.row(n), n + 1) for n in range(pages)),
            )


def _ended(row: AuditRow, number: int) -> tuple[str, str, str, str | None, int]:
    result = None if row.result is None else replace(row.result, file=None)
    kept = None if result is None else json.dumps(values(result))
    return str(row.fate), str(row.reason or ""), row.detail, kept, number


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("what", choices=("truth", "speed", "kills", "memory"), nargs="?")
    asked.add_argument("--pages", type=int)
    for name, usual in (
        *(("sites", 10), ("copies", 30), ("hosts", 50), ("workers", 4)),
        *(("kills", 20), ("seed", 1), ("few", 1000), ("many", 20_000)),
    ):
        asked.add_argument(f"--{name}", type=int, default=usual)
    given = asked.parse_args()
    benches: dict[str, tuple[Callable[[argparse.Namespace], bool], int]] = {
        "truth": (truth, 150),
        "speed": (speed, 1000),
        "kills": (kills, 150),
        "memory": (memory, 0),
    }
    right = True
    for name in [given.what] if given.what else list(benches):
        bench, pages = benches[name]
        space = argparse.Namespace(**{**vars(given), "pages": given.pages or pages})
        right &= bench(space)
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
