"""Several programs on one store: audits of their own, or one audit that all of them run."""

from __future__ import annotations

import json
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.scenarios.stage import account, audited, figures, logged, started
from tests.servers.magazine import Magazine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.servers.loopback import Answer


@dataclass
class Paper(Magazine):
    """A magazine with stories of its own: one store compares the pages of all its audits."""

    first: int = 0

    def story(self, number: int) -> Answer:
        """The page of a number."""
        return super().story(self.first + number)


@dataclass(frozen=True)
class Outcome:
    """What came of programs that shared a store."""

    codes: tuple[int, ...]
    locked: int
    rows: tuple[int, ...]
    twice: int
    audits: int
    sound: str
    same: bool
    errors: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether all went as with a single program."""
        good = not any(self.codes) and not self.locked and not self.twice
        return good and self.sound == "ok" and self.same


def together(sites: Sequence[Magazine], programs: int, folder: Path) -> tuple[Outcome, list[Any]]:
    """As many programs at once on one store, each on the next of the sites."""
    with ExitStack() as stack:
        there = [stack.enter_context(logged(site)) for site in sites]
        running = [started(f"{there[at % len(there)].base}/", folder) for at in range(programs)]
        said = [process.communicate() for process in running]
        twice = sum(n - 1 for site in there for n in site.counts("/story/").values())
    reports = [json.loads(out) if out else None for out, _ in said]
    with closing(sqlite3.connect(folder / "a.db")) as db:
        sound = str(db.execute("PRAGMA integrity_check").fetchone()[0])
        audits = db.execute("SELECT count(*) FROM audits").fetchone()[0]
    return Outcome(
        codes=tuple(process.returncode for process in running),
        locked=sum(b"locked" in err for _, err in said),
        rows=tuple(len(report["rows"]) if report else 0 for report in reports),
        twice=twice,
        audits=audits,
        sound=sound,
        same=all(reports),
        errors=tuple(err.decode()[-300:] for _, err in said if err),
    ), reports


def same(reports: list[Any], wanted: list[Any]) -> bool:
    """Whether each report is that of a single program on its site."""
    return all(
        report and account(report) == account(one) and figures(report) == figures(one)
        for report, one in zip(reports, wanted, strict=True)
    )


def same_ends(reports: list[Any], wanted: list[Any]) -> bool:
    """Whether each report has the same addresses, and they ended alike."""
    return all(
        report and [row[:2] for row in account(report)] == [row[:2] for row in account(one)]
        for report, one in zip(reports, wanted, strict=True)
    )


def alone(site: Magazine, folder: Path) -> dict[str, Any]:
    """The report of a single program."""
    with logged(site) as there:
        return audited(f"{there.base}/", folder)
