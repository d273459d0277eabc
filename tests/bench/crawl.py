"""A whole crawl in one WARC file, audited as a stream: time, and memory over time.

    python -m tests.bench.crawl [--gigabytes 3] [--pages 20000] [--max 2000]

The file holds articles, each page twice, as crawls do, with pictures, redirects, errors, requests
and revisit records between them, and ends in the middle of a record. It is made in a few minutes
and deleted afterwards. Exit code 1 when a page is missing, or memory grew with the file.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.scenarios.crawl import write_crawl
from tests.scenarios.stage import started

_LARGEST, _MEGABYTE = 500.0, 1 << 20


class Watched(threading.Thread):
    """The memory of a process group, looked at four times a second: MB of the program, of all."""

    def __init__(self, group: int) -> None:
        super().__init__(daemon=True)
        self.group = group
        self.seen: list[tuple[float, float]] = []
        self.over = threading.Event()

    def run(self) -> None:
        """Looks until it is over."""
        while not self.over.wait(0.25):
            own = everyone = 0.0
            for entry in Path("/proc").glob("[0-9]*"):
                try:
                    if os.getpgid(int(entry.name)) != self.group:
                        continue
                    used = int((entry / "statm").read_text().split()[1]) * 4096 / _MEGABYTE
                except (OSError, ValueError, IndexError):
                    continue
                everyone += used
                own += used if int(entry.name) == self.group else 0.0
            self.seen.append((own, everyone))


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--gigabytes", type=float, default=3.0)
    asked.add_argument("--pages", type=int, default=20_000)
    asked.add_argument("--max", type=int, default=2_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, begun = Path(name) / "crawl.warc.gz", time.monotonic()
        with path.open("wb") as file:
            write_crawl(file, given.pages, int(given.gigabytes * 1e9))
        size = path.stat().st_size
        print(f"{size / 1e9:.2f} GB written in {time.monotonic() - begun:.0f} s", flush=True)
        begun = time.monotonic()
        process = started(str(path), Path(name) / "a", "--max", str(given.max), "--reports", "none")
        watched = Watched(process.pid)
        watched.start()
        out, err = process.communicate()
        watched.over.set()
        took, kept = time.monotonic() - begun, (Path(name) / "a" / "a.db").stat().st_size
    if process.returncode:
        sys.exit(f"exit code {process.returncode}: {err.decode()}")
    return told(out, given, watched, (size, took, kept))


def told(
    out: bytes, given: argparse.Namespace, watched: Watched, sizes: tuple[int, float, int]
) -> int:
    """Prints what was measured; whether something is wrong."""
    import json

    report = json.loads(out)
    fates, (size, took, kept) = dict(report["fates"]), sizes
    [listing] = report["listings"]
    seen = watched.seen
    early = max(own for own, _ in seen[: len(seen) // 4])
    most = max(own for own, _ in seen)
    print(f"{listing}\n{fates}")
    print(f"{took:.0f} s ({size / took / 1e6:.0f} MB a second), database {kept / 1e6:.0f} MB")
    print(
        f"memory: program {early:.0f} MB at most in the first quarter, {most:.0f} MB in all;"
        f" with its workers {max(every for _, every in seen):.0f} MB"
    )
    whole = sum(fates.values()) == given.pages and fates["done"] == min(given.max, given.pages)
    return 0 if whole and listing["why"] and most < _LARGEST else 1


if __name__ == "__main__":
    sys.exit(main())
