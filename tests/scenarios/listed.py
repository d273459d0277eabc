"""A list of pages of several invented sites, some of which print each other's stories.

Every site has furniture of its own. Of the copies most are whole, word for word; some stand in a
page of other words, some are cut. Some credit their source, most do not, and some pages have no
date. Which page is a copy of which is known.
"""

from __future__ import annotations

import csv
import io
import random
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.scenarios.invented import TONGUES, Writer
from tests.scenarios.kills import killed, left_over
from tests.scenarios.stage import PROGRAM, Logged, begun, logged
from tests.servers.loopback import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST_DAY = datetime(2026, 4, 6, 7, 30, tzinfo=UTC)
NAMES = (
    *("The Pell Beacon", "Orrin Valley Voice", "Daily Marl", "Tarn Courier", "The Weir Gazette"),
    *("Holt Observer", "Quarry Post", "The Lisk Sentinel", "Fenmoor Times", "Brack Bulletin"),
)
WAYS = ("whole",) * 5 + ("credited", "linked", "framed", "cut", "undated")


@dataclass(frozen=True)
class Planted:
    """A page of a list: its site and path, its story, and for a copy how and of whom it is one."""

    site: int
    number: int
    title: str
    paragraphs: tuple[str, ...]
    at: datetime
    original: Planted | None = None
    way: str = ""

    @property
    def path(self) -> str:
        """Where it stands on its site."""
        return f"/news/{self.number}"


def planted(pages: int, sites: int, copies: int, seed: int = 1) -> list[Planted]:
    """As many pages, spread over the sites, of which so many are copies of others."""
    dice = random.Random(seed)
    own: list[Planted] = []
    for number in range(pages - copies):
        writer = Writer(TONGUES["en"], random.Random(f"{seed} {number}"))
        found = writer.page(writer.subject(), dice.randrange(8, 14))
        rows = tuple(" ".join(words for _, words in row) for row in found.paragraphs)
        at = FIRST_DAY + timedelta(minutes=97 * number)
        own.append(Planted(number % sites, number, found.title, rows, at))
    taken = [
        _copied(page, (page.site + dice.randrange(1, sites)) % sites, pages - copies + at, at)
        for at, page in enumerate(dice.sample(own, copies))
    ]
    return own + taken


def _copied(page: Planted, site: int, number: int, at: int) -> Planted:
    way, rows = WAYS[at % len(WAYS)], page.paragraphs
    if way == "cut":
        rows = rows[: len(rows) * 2 // 3]
    if way == "framed":
        writer = Writer(TONGUES["en"], random.Random(f"frame {number}"))
        frame = [words for _, words in writer.page(writer.subject(), 1).paragraphs[0]]
        rows = (" ".join(frame), *rows)
    later = page.at + timedelta(hours=5 + 3 * (at % 9))
    return Planted(site, number, page.title, rows, later, page, way)


def html(page: Planted, bases: list[str]) -> bytes:
    """A page with the menu, the date and the furniture of its site."""
    name = NAMES[page.site % len(NAMES)] + " " * (page.site >= len(NAMES))
    name = name if page.site < len(NAMES) else f"{name.strip()} {page.site // len(NAMES) + 1}"
    body = [f"<p>{row}</p>" for row in page.paragraphs]
    body.insert(2, f"<p>Write to the night desk of {name} when the lamps go out early.</p>")
    body.append(f"<p>{name} is printed above the old rope works and read on nine islands.</p>")
    if page.original is not None and page.way in {"credited", "linked"}:
        there = f"{bases[page.original.site]}{page.original.path}"
        source = NAMES[page.original.site % len(NAMES)]
        body.append(
            f'<p>This story first appeared in <a href="{there}">{source}</a>.</p>'
            if page.way == "credited"
            else f'<p><a href="{there}">Source link</a></p>'
        )
    day = page.at.isoformat()
    meta = f'<meta property="article:published_time" content="{day}">'
    shown = f'<time datetime="{day}">{page.at:%d %B %Y}</time>'
    if page.way == "undated":
        meta = shown = ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{page.title} | {name}'
        f'</title><meta property="og:type" content="article"><meta property="og:site_name" '
        f'content="{name}">{meta}</head><body><nav><a href="/">Home</a> <a href="/news">News</a>'
        f"</nav><main><article><h1>{page.title}</h1>{shown}{''.join(body)}</article></main>"
        f"<footer>© 2026 {name}</footer></body></html>"
    ).encode()


@contextmanager
def served(pages: list[Planted]) -> Iterator[list[Logged]]:
    """The sites of the pages, each at an address of its own."""
    sites = max(page.site for page in pages) + 1
    bases = [""] * sites
    found = {(page.site, page.path): page for page in pages}

    def of(site: int, path: str) -> Answer:
        page = found.get((site, path))
        return Answer(b"none", status=404) if page is None else Answer(html(page, bases))

    with ExitStack() as stack:
        there = [
            stack.enter_context(logged(lambda path, site=site: of(site, path)))  # type: ignore[misc]
            for site in range(sites)
        ]
        bases[:] = [each.base for each in there]
        yield there


def write_list(path: Path, pages: list[Planted], there: list[Logged], seed: int = 1) -> None:
    """The addresses as a CSV file in random order, each with a number and a note of its own."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["id", "url", "note"])
    order = random.Random(seed).sample(range(len(pages)), len(pages))
    for at in order:
        page = pages[at]
        note = f"copy of {page.original.number}, {page.way}" if page.original else "own"
        rows.writerow([page.number, f"{there[page.site].base}{page.path}", note])
    path.write_text(out.getvalue(), "utf-8")


@dataclass(frozen=True)
class Outcome:
    """What a list's report says of pages whose truth is known; each a number of pages.

    ``found`` copies have a finding that names their original, ``missed`` have none, ``wrong`` name
    another page. Of ``accused`` originals and own pages the report says that they are reposts.
    """

    copies: int
    found: int
    missed: int
    wrong: int
    accused: int
    ends: int

    @property
    def right(self) -> bool:
        """Whether every copy was found and nobody else was accused."""
        return self.found == self.copies and not self.accused


def judged(report: dict[str, Any], pages: list[Planted], there: list[Logged]) -> Outcome:
    """The rows of a report beside the truth."""
    rows = {row["url"]: row for row in report["rows"]}
    found = missed = wrong = accused = 0
    for page in pages:
        result = rows[f"{there[page.site].base}{page.path}"]["result"] or {}
        source = (result.get("origin") or {}).get("url")
        if page.original is None:
            accused += result.get("kind") in {"repost", "partial", "declared"}
        elif source is None or result["kind"] in {"unknown", "none_found", "first"}:
            missed += 1
        elif source == f"{there[page.original.site].base}{page.original.path}":
            found += 1
        else:
            wrong += 1
    copies = sum(page.original is not None for page in pages)
    return Outcome(copies, found, missed, wrong, accused, len(rows))


def command(folder: Path, *more: str) -> list[str]:
    """The check of a list, with everything it keeps and writes in ``folder``."""
    return [
        *(*PROGRAM, "check", "--from", str(folder / "list.csv"), "--allow-private"),
        *("--rate", "0", "--db", str(folder / "k.db"), "-o", str(folder / "out"), "-q"),
        *("--table", str(folder / "out.csv"), *more),
    ]


def table(folder: Path) -> list[dict[str, str]]:
    """The table that was written."""
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True)
class Killed:
    """A list checked and killed so many times: what its table came to.

    ``lost`` rows are missing or twice, ``wrong`` do not say what is true of their page, ``again``
    pages were fetched once more.
    """

    kills: int
    rows: int
    lost: int
    wrong: int
    again: int
    orphans: int
    sound: str

    @property
    def right(self) -> bool:
        """Whether every row is there once and nothing was done again that was not in flight."""
        clean = not (self.lost or self.wrong or self.orphans)
        return clean and self.sound == "ok" and self.again <= self.kills * IN_FLIGHT


IN_FLIGHT = 4


def killed_list(
    folder: Path, pages: list[Planted], kills: int, dice: random.Random, length: float
) -> Killed:
    """A list checked on sites of its own, killed at random moments and begun again to its end."""
    folder.mkdir(parents=True)
    done = orphans = 0
    with served(pages) as there:
        write_list(folder / "list.csv", pages, there)
        while True:
            process = begun(command(folder), folder)
            at = dice.uniform(0.2, length) if done < kills else 600.0
            out = killed(process, at, alone=bool(dice.randrange(2)))
            orphans += left_over(process.pid)
            if out is not None:
                break
            done += 1
        again = sum(n - 1 for site in there for n in site.counts("/news/").values())
    with closing(sqlite3.connect(folder / "k.db")) as db:
        sound = str(db.execute("PRAGMA integrity_check").fetchone()[0])
    wanted = [row["id"] for row in _listed(folder)]
    found = table(folder)
    lost = abs(len(found) - len(wanted)) + ([row["id"] for row in found] != wanted)
    truth = {str(page.number): page for page in pages}
    bases = [site.base for site in there]
    wrong = sum(not _is_told(row, truth[row["id"]], bases) for row in found)
    return Killed(done, len(found), lost, wrong, again, orphans, sound)


def _listed(folder: Path) -> list[dict[str, str]]:
    with (folder / "list.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _is_told(row: dict[str, str], page: Planted, bases: list[str]) -> bool:
    """Whether a row of the table says of a page what is true of it."""
    if row["outcome"] != "done" or row["page_url"] != f"{bases[page.site]}{page.path}":
        return False
    if page.original is None:
        return row["verdict"] not in {"repost", "partial", "declared"}
    return row["other_url"] == f"{bases[page.original.site]}{page.original.path}"
