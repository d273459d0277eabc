"""Every kind of fault in one audit: it ends, and each fault is a row with its own reason.

    python -m tests.bench.faults [--pages 300]

Of the articles 5 % answer 500, 5 % hold the connection, 2 % are cut off, 1 % unpack to far too
much, some lead in a circle, away, or to what robots.txt disallows. The links lead into a calendar,
session ids and paths that grow for ever. No sitemap is usable: one names itself, one is malformed,
two are XML attacks, two are bad gzip; the feed is garbage. Exit code 1 when something is missing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.scenarios.faults import run, site_listings, told, wrong
from tests.scenarios.stage import table


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--pages", type=int, default=300)
    with tempfile.TemporaryDirectory() as name:
        report, site, paths, took, stored = run(asked.parse_args().pages, Path(name) / "a")
    head = ("fault", "addresses", "ended", "reason")
    rows = [
        (kind or "(none)", count, fate, why[:110])
        for kind, ends in sorted(told(report, site.faults).items())
        for (fate, why), count in ends.most_common(4)
    ]
    print(table([head, *rows]))
    print(
        table(
            [("listing", "found", "reason")]
            + [
                (row["url"].rpartition("/")[2], row["found"], row["why"][:110])
                for row in site_listings(report)
            ]
        )
    )
    faults = wrong(report, site, paths, stored)
    print(f"{stored} addresses, {sum(paths.values())} requests, {took:.0f} s: {report['fates']}")
    print("\n".join(faults) or "every fault is a row with its reason, and the sum is right")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
