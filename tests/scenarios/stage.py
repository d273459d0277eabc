"""What the scenarios of an audit share: a site that logs what it is asked, and the command."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tests.servers.loopback import Answer, Loopback, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

PROGRAM = (sys.executable, "-c", "from provenance.cli.main import main; main()")


@dataclass
class Logged:
    """A running site and what it was asked: when, in monotonic seconds, and for which path."""

    site: Loopback
    asked: list[tuple[float, str]] = field(default_factory=list)
    sent: int = 0

    @property
    def base(self) -> str:
        """Where it is served."""
        return self.site.base

    def counts(self, opening: str = "/") -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path for _, path in list(self.asked) if path.startswith(opening))

    def gaps(self, opening: str = "/") -> list[float]:
        """Seconds between one request and the next."""
        times = sorted(at for at, path in self.asked if path.startswith(opening))
        return [after - before for before, after in pairwise(times)]


@contextmanager
def logged(answer: Callable[[str], Answer]) -> Iterator[Logged]:
    """Serves ``answer`` as ``serve`` does, with the times of the requests."""
    lock = threading.Lock()
    asked: list[tuple[float, str]] = []

    def noted(path: str) -> Answer:
        with lock:
            asked.append((time.monotonic(), path))
        return answer(path)

    with serve(noted) as site:
        yield Logged(site, asked)


def command(target: str, folder: Path, *more: str) -> list[str]:
    """The audit of a target, its database and its reports in ``folder``."""
    kept = ("--db", str(folder / "a.db"), "-o", str(folder / "out"), "--json", "-f", "csv")
    paced = () if "--rate" in more else ("--rate", "0")
    return [*PROGRAM, "audit", target, "--allow-private", "--follow-private", *paced, *kept, *more]


def started(
    target: str, folder: Path, *more: str, limits: dict[str, float] | None = None
) -> subprocess.Popen[bytes]:
    """The audit as a process group of its own; ``limits`` are those of the settings file."""
    folder.mkdir(parents=True, exist_ok=True)
    if limits is not None:
        rows = "".join(f"{name} = {value}\n" for name, value in limits.items())
        (folder / "provenance.toml").write_text(f"[limits]\n{rows}", "utf-8")
    return begun(command(target, folder, *more), folder)


def begun(words: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A command as a process group of its own."""
    # A suite that was begun in the background of a shell ignores Ctrl-C, and its children would.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return subprocess.Popen(
        words,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def audited(
    target: str, folder: Path, *more: str, limits: dict[str, float] | None = None
) -> dict[str, Any]:
    """The site report of an audit that was left alone; SystemExit when it failed."""
    process = started(target, folder, *more, limits=limits)
    out, err = process.communicate()
    if process.returncode:
        sys.exit(f"audit {target}: exit code {process.returncode}: {err.decode()}")
    report: dict[str, Any] = json.loads(out)
    return report


def account(report: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What a run came to: each path, how it ended, and its kind or reason."""
    return sorted(
        (
            row["url"].partition("//")[2].partition("/")[2],
            row["fate"],
            (row["result"] or {}).get("kind", row["reason"]),
        )
        for row in report["rows"]
    )


def figures(report: dict[str, Any]) -> dict[str, Any]:
    """The counts of a site report that may not differ between two runs."""
    return {
        "fates": report["fates"],
        "shares": [[kind, share["count"], share["of"]] for kind, share in report["shares"]],
        "reused": report["reused"],
        "credits": report["credits"],
        "months": report["months"],
        "habits": sorted(report["habits"]),
    }


def table(rows: Sequence[Sequence[object]]) -> str:
    """Rows as aligned columns, the first row being their names."""
    cells = [
        [f"{each:.2f}" if isinstance(each, float) else str(each) for each in row] for row in rows
    ]
    wide = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in cells
    )
