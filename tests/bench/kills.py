"""An audit killed at random moments and begun again with the same command until it ends.

    python -m tests.bench.kills [--pages 300] [--kills 50] [--seed 1]

Every other kill hits the whole process group, the others only the program itself, whose workers
must then end by themselves. One run in its whole length gives the figures to reach. The site has
articles, reposts of a paper that is in the corpus, listings, pages that fail and pages that are
disallowed. Exit code 1 when anything was lost, done twice, or differs.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.scenarios.kills import Round, one_round
from tests.scenarios.stage import account, figures, table


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=int, default=300)
    asked.add_argument("--kills", type=int, default=50)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    dice = random.Random(given.seed)
    rounds: list[Round] = []
    with tempfile.TemporaryDirectory() as name:
        begun = time.monotonic()
        whole, wanted = one_round(Path(name) / "whole", given.pages, 0, 600.0, dice)
        length = time.monotonic() - begun
        print(f"{given.pages} pages, whole in {length:.1f} s: {dict(wanted['fates'])}", flush=True)
        while (left := given.kills - sum(each.kills for each in rounds)) > 0:
            at = len(rounds) + 1
            found, report = one_round(Path(name) / str(at), given.pages, left, length, dice)
            same = account(report) == account(wanted) and figures(report) == figures(wanted)
            rounds.append(Round(**{**vars(found), "same": same}))
    head = ("kills", "program only", "rows", "fetched again", "lost", "orphans", "database")
    rows = [
        (
            r.kills,
            r.alone,
            r.pages,
            f"{r.twice} (in flight)",
            r.never,
            r.orphans,
            r.sound,
            r.strays,
            r.same,
        )
        for r in rounds
    ]
    print(table([(*head, "temporary files", "same figures"), *rows]))
    right = whole.right and all(each.right for each in rounds)
    told = "nothing lost" if right else "NOT as it should be"
    print(f"{sum(each.kills for each in rounds)} kills: {told}")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
