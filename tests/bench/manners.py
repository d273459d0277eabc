"""How politely a site is asked, by its own log: pace, crawl-delay, Retry-After, robots.txt.

    python -m tests.bench.manners [--pages 40] [--rate 20]

Each case is one audit, or two at once on one store. The gaps are those between any two requests,
whatever they were for. Exit code 1 when one was too short, or what is disallowed was asked.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.scenarios.manners import asked, cases, rude, shortest_rest, told_gaps
from tests.scenarios.stage import table


def main() -> int:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    wanted.add_argument("--pages", type=int, default=40)
    wanted.add_argument("--rate", type=float, default=20.0)
    given = wanted.parse_args()
    rows: list[tuple[object, ...]] = []
    bad: list[str] = []
    for number, case in enumerate(cases(given.pages, given.rate)):
        with tempfile.TemporaryDirectory() as name:
            there, faults = asked(case, Path(name) / str(number))
        gaps = told_gaps(case, there)
        barred = sum(n for path, n in there.counts().items() if path.startswith(case.barred))
        rest = shortest_rest(case, there)
        least = min(gaps)
        told = f"{rest:.2f}" if rest is not None else ""
        rows.append((case.name, len(gaps) + 1, f"{case.gap:.3f}", f"{least:.3f}", told, barred))
        bad += [f"{case.name}: {fault}" for fault in (*faults, rude(case, there)) if fault]
    head = ("case", "requests", "least gap set", "least gap seen", "left alone", "disallowed")
    print(table([head, *rows]))
    print("\n".join(bad) or "never faster than was set, never what is disallowed")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
