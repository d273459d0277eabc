"""A second audit of a site that has not changed, by what its server was asked and sent.

    python -m tests.bench.again [--pages 300]

Exit code 1 when less than 95 % were answered by 304, or 20 % of the bytes or more were sent again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.bench.stage import account, audited, logged, table
from tests.servers.magazine import Magazine


@dataclass(frozen=True)
class Visit:
    """What one audit had of the server."""

    requests: int
    unchanged: int
    sent: int


def visits(pages: int, folder: Path) -> tuple[Visit, Visit, bool]:
    """Two audits one after the other, and whether they came to the same account."""
    magazine = Magazine(stories=pages, reposts=frozenset(range(0, pages, 9)))
    found, reports = [], []
    with logged(magazine) as there:
        for _ in range(2):
            asked, same = len(there.asked), len(there.site.unchanged)
            reports.append(audited(f"{there.base}/", folder, limits={"max_age": 0.0}))
            paths = [path for _, path in there.asked[asked:]]
            unchanged = there.site.unchanged[same:]
            sent = sum(len(magazine(path).body) for path in paths)
            spared = sum(len(magazine(path).body) for path in unchanged)
            found.append(Visit(len(paths), len(unchanged), sent - spared))
    return found[0], found[1], account(reports[0]) == account(reports[1])


def right(first: Visit, second: Visit) -> bool:
    """Whether the second visit was as light as it is to be."""
    return second.unchanged >= 0.95 * second.requests and second.sent < 0.2 * first.sent


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=int, default=300)
    with tempfile.TemporaryDirectory() as name:
        first, second, same = visits(asked.parse_args().pages, Path(name))
    rows = [
        (name, v.requests, v.unchanged, f"{v.unchanged / v.requests:.1%}", v.sent)
        for name, v in (("first", first), ("second", second))
    ]
    print(table([("audit", "requests", "304", "share", "bytes of bodies"), *rows]))
    print(f"bytes: {second.sent / first.sent:.1%} of the first; same account: {same}")
    return 0 if same and right(first, second) else 1


if __name__ == "__main__":
    sys.exit(main())
