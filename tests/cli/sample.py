"""Writes what the project shows of itself: reports/sample.html and the output in README.md.

``python -m tests.cli.sample`` (``make sample``), from the project's folder.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from provenance.cli.demo import check_repost
from provenance.demo.sites import demo_world
from provenance.render import FORMATS
from provenance.render.report.terminal import render

README = Path(__file__).parents[2] / "README.md"
SAMPLE = README.parent / "reports" / "sample.html"
SHOWN = re.compile(
    r"(?<=<!-- shown: provenance demo -->\n```console\n\$ make demo\n)(?:[^`]*\n)?(?=```)"
)
# The day on which the sample says it was made.
_DAY = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)


def main() -> None:
    with demo_world() as demo:
        report = check_repost(demo, clock=lambda: _DAY)
    SAMPLE.write_text(FORMATS["html"][1](report), "utf-8")
    output = f"{render(report)}Report  reports/demo.html\n"
    text, count = SHOWN.subn(lambda _: output, README.read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"{README}: the place for the demo's output is not there")
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
