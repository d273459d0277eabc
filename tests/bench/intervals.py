"""The share that a sample gives, with its interval, against the truth of whole generated sites.

    python -m tests.bench.intervals [--sites 50] [--pages 90] [--sample 30]

Each site has a share of reposts of its own, which say so; of every other one the paper's text is
in the corpus too. Each is audited by the command with ``--sample`` and a seed of its own. Exit
code 1 when fewer than 93 % of the intervals hold the truth.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from subprocess import DEVNULL, run

from tests.scenarios.stage import PROGRAM, audited, logged, table
from tests.servers.loopback import Answer
from tests.servers.magazine import FIRST_DAY, Magazine, page, story

_PAPER, _PARAGRAPHS, _LEAST = 500_000, 4, 0.93


@dataclass
class Site(Magazine):
    """A magazine some of whose stories, ``taken``, are those that the paper printed."""

    first: int = 0
    taken: frozenset[int] = field(default_factory=frozenset)

    def story(self, number: int) -> Answer:
        """The page of a number."""
        text = story((_PAPER if number in self.taken else self.first) + number, _PARAGRAPHS)
        host = "paper" if number in self.taken else "echo"
        url = f"https://{host}.example/{number}"
        says = f'<p>Originally published in <a href="{url}">The Ferry {host.title()}</a>.</p>'
        extra = (says,) if number in self.reposts | self.taken else ()
        day = FIRST_DAY + timedelta(hours=7 * number)
        lines = [text[0], self.furniture[0], *text[1:], *self.furniture[1:]]
        return Answer(page(self.title(number), lines, day, *extra))


@dataclass(frozen=True)
class Drawn:
    """What a sample gave, beside the truth."""

    truth: float
    share: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.low <= self.truth <= self.high


def generated(number: int, pages: int) -> tuple[Site, float]:
    """A site and the share of its pages that are somebody else's."""
    dice = random.Random(number)
    reposts = dice.sample(range(pages), round(pages * dice.uniform(0.03, 0.9)))
    half = len(reposts) // 2
    site = Site(
        stories=pages,
        reposts=frozenset(reposts[:half]),
        taken=frozenset(reposts[half:]),
        first=10_000 * (number + 1),
    )
    return site, len(reposts) / pages


def paper(path: Path, pages: int) -> None:
    """A database whose corpus is what the paper printed."""
    rows = (
        {
            "url": f"https://paper.example/{n}",
            "title": f"Piece {n}",
            "text": "\n".join(story(_PAPER + n, _PARAGRAPHS)),
            "date": "2025-12-01T08:00:00+00:00",
        }
        for n in range(pages)
    )
    lines = path.with_suffix(".jsonl")
    lines.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    add = [*PROGRAM, "corpus", "add", str(lines), "--db", str(path)]
    run(add, check=True, stdout=DEVNULL)


def drawn(number: int, pages: int, sample: int, kept: Path) -> Drawn:
    """One site audited by a sample."""
    site, truth = generated(number, pages)
    with tempfile.TemporaryDirectory() as name, logged(site) as there:
        shutil.copy(kept, Path(name) / "a.db")
        more = ("--sample", str(sample), "--seed", str(number), "--reports", "none")
        report = audited(f"{there.base}/", Path(name), *more)
    share = report["reused"]
    return Drawn(truth, share["count"] / share["of"], share["low"], share["high"])


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--sites", type=int, default=50)
    asked.add_argument("--pages", type=int, default=90)
    asked.add_argument("--sample", type=int, default=30)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(2) as pool:
        kept = Path(name) / "paper.db"
        paper(kept, given.pages)
        found = list(
            pool.map(lambda n: drawn(n, given.pages, given.sample, kept), range(given.sites))
        )
    rows = [(n, d.truth, d.share, d.low, d.high, d.holds) for n, d in enumerate(found)]
    print(table([("site", "truth", "share", "low", "high", "holds"), *rows]))
    held = sum(each.holds for each in found) / len(found)
    bias = sum(each.share - each.truth for each in found) / len(found)
    width = sum(each.high - each.low for each in found) / len(found)
    print(f"the truth is held in {held:.1%}; mean error {bias:+.3f}, mean width {width:.3f}")
    return 0 if held >= _LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
