"""Writes what the project shows of itself: reports/sample.* and the output in README.md.

The picture is made where Chromium is on PATH.

``python -m tests.cli.sample`` (``make sample``), from the project's folder.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

from provenance.cli.demo import check_repost
from provenance.demo.sites import demo_world
from provenance.render import FORMATS
from provenance.render.report.terminal import render
from tests.web.conftest import CHROMIUM, QUIET

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
    if CHROMIUM is not None:
        draw(SAMPLE)
    output = f"{render(report)}Report  reports/demo.html\n"
    text, count = SHOWN.subn(lambda _: output, README.read_text("utf-8"))
    if count != 1:
        raise SystemExit(f"{README}: the place for the demo's output is not there")
    README.write_text(text, "utf-8")


def draw(page: Path) -> None:
    """Leaves a picture of the first screen of a page beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        tab = browser.new_page(viewport={"width": 1000, "height": 1100})
        tab.goto(page.resolve().as_uri())
        tab.screenshot(path=page.with_suffix(".png"))
        browser.close()


if __name__ == "__main__":
    main()
