"""The audit of an aggregator in real WordPress end to end: how many posts of each kind got which.

``python -m tests.bench.audit_site [POSTS]`` (two hundred unless told) serves the aggregator, its
three papers and an archive, audits it as a person would, once with the papers' texts in the
corpus and once without, and prints each table with every row that is not the truth.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path

from tests.e2e.press import accusations, audited, faults, table
from tests.servers.syndicate import lacking, open_press


def main(size: int) -> int:
    """The number of rows that are not the truth."""
    if absent := lacking():
        print(absent)
        return 0
    wrong = 0
    with tempfile.TemporaryDirectory() as name, chdir(name):
        folder = Path(name)
        (folder / "provenance.toml").write_text("[limits]\npace = 0.0\n", "utf-8")
        with open_press(folder, size) as press:
            for kept in (True, False):
                began = time.monotonic()
                run = audited(press, folder / str(kept), kept=kept)
                print(f"\nThe papers' texts {'are' if kept else 'are not'} in the corpus")
                print(f"{table(run)}\n{len(accusations(run))} wrong accusations", end="")
                print(f", {time.monotonic() - began:.0f} s")
                for item, why in faults(run):
                    wrong += 1
                    print(f"  {item.slug} ({item.way.words}): {why}")
    print(f"\n{wrong} faults")
    return wrong


if __name__ == "__main__":
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
