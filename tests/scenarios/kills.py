"""An audit killed at random moments and begun again with the same command until it ends.

Every other kill hits the whole process group, the others only the program itself, whose workers
must then end by themselves. The site has articles, reposts of a paper that is in the corpus,
listings, pages that fail and pages that are disallowed.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import TimeoutExpired, run
from typing import TYPE_CHECKING

from tests.scenarios.stage import PROGRAM, Logged, logged, started
from tests.servers.loopback import Answer
from tests.servers.magazine import Magazine, story

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from subprocess import Popen
    from typing import Any

_GRACE = 5.0


@dataclass(frozen=True)
class Round:
    """One audit killed until it ended."""

    kills: int
    alone: int
    pages: int
    twice: int
    never: int
    orphans: int
    sound: str
    strays: int
    same: bool

    @property
    def right(self) -> bool:
        """Whether nothing was lost and nothing done again that was not in flight."""
        whole = not self.never and not self.orphans
        return whole and self.twice <= self.kills and self.sound == "ok" and self.same


def site(pages: int) -> Callable[[str], Answer]:
    """Articles, some of them reposts, some failing, some disallowed, and a few listings."""
    faults = {f"/story/{n}": Answer(b"no", status=500) for n in range(11, pages, 37)}
    for n in range(23, pages, 53):
        links = "".join(
            f"<li><a href='/story/{at}'>Piece {at} of the {n}th week, by our own desk</a></li>"
            for at in range(n, n + 40)
        )
        faults[f"/story/{n}"] = Answer(f"<html><body><ul>{links}</ul></body></html>".encode())
    return Magazine(
        stories=pages,
        reposts=frozenset(range(0, pages, 7)),
        robots="User-agent: *\nDisallow: /story/5$\nDisallow: /story/17\n",
        faults=faults,
        paragraphs=12,
    )


def paper(folder: Path, pages: int) -> None:
    """Puts a paper into the corpus that printed every fifth story before."""
    folder.mkdir(parents=True)
    rows = (
        {
            "url": f"https://paper.example/{n}",
            "title": f"Piece {n}",
            "text": "\n".join(story(n, 12)),
            "date": "2025-12-01T08:00:00+00:00",
        }
        for n in range(0, pages, 5)
    )
    path = folder / "paper.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    run([*PROGRAM, "corpus", "add", str(path), "--db", str(folder / "a.db")], check=True, stdout=-3)


def members(group: int) -> list[int]:
    """The processes of a group that are there."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            state, _, owner = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            if entry.name.isdigit() and int(owner) == group and state != "Z":
                found.append(int(entry.name))
    return found


def left_over(group: int) -> int:
    """How many processes of a group live on beyond the grace; they are ended."""
    end = time.monotonic() + _GRACE
    while members(group) and time.monotonic() < end:
        time.sleep(0.02)
    alive = members(group)
    for process in alive:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return len(alive)


def killed(process: Popen[bytes], seconds: float, *, alone: bool) -> bytes | None:
    """What the program said when it ended before those seconds; else it is killed."""
    try:
        out, err = process.communicate(timeout=seconds)
    except TimeoutExpired:
        with suppress(ProcessLookupError):
            (os.kill if alone else os.killpg)(process.pid, signal.SIGKILL)
        process.communicate()
        return None
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {err.decode()}")
    return out


def one_round(
    folder: Path, pages: int, most: int, length: float, dice: random.Random
) -> tuple[Round, dict[str, Any]]:
    """An audit killed up to ``most`` times, then left alone; ``length`` is that of a whole run."""
    paper(folder, pages)
    kills = alone = orphans = 0
    with logged(site(pages)) as there:
        while True:
            process = started(f"{there.base}/", folder)
            only = bool(dice.randrange(2))
            at = dice.uniform(0.1, length / 2) if kills < most else 600.0
            out = killed(process, at, alone=only)
            orphans += left_over(process.pid)
            if out is not None:
                break
            kills, alone = kills + 1, alone + only
        report = json.loads(out)
        return counted(folder, there, report, (kills, alone, orphans)), report


def counted(
    folder: Path, there: Logged, report: dict[str, Any], told: tuple[int, int, int]
) -> Round:
    """What a round came to, by the server's log, the database and the report."""
    kills, alone, orphans = told
    ended = {row["url"]: row for row in report["rows"]}
    asked = there.counts("/story/")
    expected = {url.removeprefix(there.base) for url, row in ended.items() if row["fate"] == "done"}
    with closing(sqlite3.connect(folder / "a.db")) as db:
        sound = str(db.execute("PRAGMA integrity_check").fetchone()[0])
        # Killed after its very end, the same command begins another audit of the site.
        audits = db.execute("SELECT count(*) FROM audits").fetchone()[0]
        rows, keys = db.execute(
            "SELECT count(*), count(DISTINCT key) FROM addresses WHERE audit_id = ?",
            (report["number"],),
        ).fetchone()
    tries = {
        url.removeprefix(there.base): 3 * audits
        for url, row in ended.items()
        if "500" in row["detail"]
    }
    twice = sum(max(n - tries.get(path, 1), 0) for path, n in asked.items())
    lost = len(expected - set(asked)) + (rows - keys) + (rows - len(report["rows"]))
    files = {row["result"]["file"] for row in report["rows"] if row["result"]} - {None}
    out = folder / "out"
    missing = sum(
        not (out / name).read_text("utf-8").rstrip().endswith("</html>") for name in files
    )
    stray = sum(not path.name.endswith((".html", ".csv")) for path in out.iterdir())
    return Round(
        kills, alone, len(report["rows"]), twice, lost + missing, orphans, sound, stray, same=True
    )
