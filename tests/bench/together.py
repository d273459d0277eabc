"""Four programs on one store: four audits of their own, then one audit that all four run.

    python -m tests.bench.together [--pages 120] [--programs 4]

Exit code 1 when a program fails, says that the database is locked, or an account is not the one
that a single program comes to.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.scenarios.stage import table
from tests.scenarios.together import Paper, alone, same, same_ends, together


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=int, default=120)
    asked.add_argument("--programs", type=int, default=4)
    given = asked.parse_args()
    sites = [
        Paper(
            stories=given.pages + at,
            reposts=frozenset(range(1000 * at, 1000 * at + given.pages, 5)),
            first=1000 * at,
        )
        for at in range(given.programs)
    ]
    rows: list[tuple[object, ...]] = []
    good = True
    with tempfile.TemporaryDirectory() as name:
        wanted = [alone(site, Path(name) / f"alone-{at}") for at, site in enumerate(sites)]
        for what, shared in (("audits of their own", sites), ("the same audit", sites[:1])):
            found, reports = together(shared, given.programs, Path(name) / what.replace(" ", "-"))
            # Audits of their own find each other's texts: what the pages are may differ by that.
            alike = same if len(shared) == 1 else same_ends
            equal = alike(reports, [wanted[at % len(shared)] for at in range(given.programs)])
            good = good and found.right and equal
            rows.append((what, found.codes, found.locked, found.rows, found.twice, found.audits))
            rows[-1] += (found.sound, equal)
            print("\n".join(found.errors), flush=True)
    head = ("programs run", "exit codes", "locked", "rows", "fetched again", "audits", "database")
    print(table([(*head, "same account"), *rows]))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
