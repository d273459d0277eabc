"""A second audit of a site that has not changed: what its server was asked and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.scenarios.stage import account, audited, logged
from tests.servers.magazine import Magazine

if TYPE_CHECKING:
    from pathlib import Path


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
