"""A second audit of a site that has not changed, by what its server was asked and sent.

    python -m tests.bench.again [--pages 300]

Exit code 1 when less than 95 % were answered by 304, or 20 % of the bytes or more were sent again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.scenarios.again import right, visits
from tests.scenarios.stage import table


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
