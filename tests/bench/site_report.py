"""The memory and time that a site report takes, by the number of its pages.

    python -m tests.bench.site_report [--pages 2000 50000]

For each size a store is filled with rows of every kind, and a process of its own counts them and
writes the report in every format. A line each: the greatest memory of the whole process that was
its own (the mapped pages of the database, which the system takes back at will, are not), its
processor time, and the megabytes written.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.jobs.audit.site_report import site_report
from provenance.model.audit import AuditOptions, FoundAddress
from provenance.model.plain import values
from provenance.render.audit import FORMATS
from provenance.text.urls import normalise
from provenance.world.saved.writing import write_pieces
from provenance.world.store import Store
from tests.render.audit.site import CHECKED_AT, HABITS, SITE, Made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditRow


def fill(path: str, count: int) -> int:
    """A store with an audit of so many rows: its number."""
    made = Made(count)
    with Store.open(path) as store:
        number = store.frontier.begin(SITE, AuditOptions(most=count), CHECKED_AT)
        found = (FoundAddress(url=row.url, by="sitemap") for row in made)
        store.frontier.enter(number, found, lambda _: None)
        with store.connection.transaction() as db:
            db.conn.executemany(
                "UPDATE addresses SET state = ?, reason = ?, detail = ?, result = ?"
                " WHERE audit_id = 1 AND key = ?",
                _states(made),
            )
    return number


def _states(made: Made) -> Iterator[tuple[str, str, str | None, str]]:
    def one(row: AuditRow) -> tuple[str, str, str | None, str]:
        kept = None if row.result is None else json.dumps(values(row.result))
        return str(row.fate), str(row.reason or ""), row.detail, kept, normalise(row.url)

    return map(one, made)


def write(path: str, number: int, folder: Path) -> dict[str, float]:
    """Counts an audit and writes it in every format: megabytes at the peak, seconds, bytes."""
    begun, peak = time.process_time(), 0.0

    def watched(pieces: Iterator[str]) -> Iterator[str]:
        nonlocal peak
        for piece in pieces:
            peak = max(peak, _own_memory())
            yield piece

    with Store.open(path) as store:
        report = site_report(store.frontier, number, (HABITS,), CHECKED_AT)
        peak = _own_memory()
        for suffix, rendered in FORMATS.values():
            write_pieces(folder / f"audit{suffix}", watched(rendered(report)))
    written = sum(file.stat().st_size for file in folder.iterdir())
    return {
        "rows": sum(count for _, count in report.fates),
        "own_mb": round(peak, 1),
        "cpu_s": round(time.process_time() - begun, 2),
        "written_mb": round(written / 1e6, 1),
    }


def _own_memory() -> float:
    """Megabytes of this process that are no file's."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    [found] = [line.split()[1] for line in lines if line.startswith("RssAnon:")]
    return int(found) / 1024


def measured(count: int) -> dict[str, float]:
    """What a process of its own takes for a report of so many rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = str(folder / "audit.db")
        number = fill(database, count)
        (folder / "out").mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.site_report", "--write", database, str(number)],
            capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[2000, 50_000])
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        path, number = given.write
        print(json.dumps(write(path, int(number), Path(path).parent / "out")))
        return
    for count in given.pages:
        print(measured(count))


if __name__ == "__main__":
    main()
