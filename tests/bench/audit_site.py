"""The audit of an aggregator in real WordPress end to end: how many posts of each kind got which.

``python -m tests.bench.audit_site [POSTS [FOLDER]]`` (two hundred unless told) serves the
aggregator, its three papers and an archive, audits it as a person would, once with the papers'
texts in the corpus and once without, and prints each table with every row that is not the truth.
With a folder the first site report is left there, as ``audit-sample.html`` and as a picture.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.e2e.press import accusations, audited, faults, table
from tests.servers.syndicate import lacking, open_press
from tests.web.conftest import CHROMIUM, QUIET


def main(size: int, shown: Path | None) -> int:
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
                run = audited(press, folder / str(kept), kept=kept, more=("--reports", "none"))
                if kept and shown is not None:
                    [page] = (folder / str(kept) / "out").glob("audit-*.html")
                    show(page, shown)
                print(f"\nThe papers' texts {'are' if kept else 'are not'} in the corpus")
                print(f"{table(run)}\n{len(accusations(run))} wrong accusations", end="")
                print(f", {time.monotonic() - began:.0f} s")
                for item, why in faults(run):
                    wrong += 1
                    print(f"  {item.slug} ({item.way.words}): {why}")
    print(f"\n{wrong} faults")
    return wrong


def show(page: Path, folder: Path) -> None:
    """Leaves a site report in a folder, and a picture of its first screens."""
    kept = shutil.copyfile(page, folder / "audit-sample.html")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        tab = browser.new_page(viewport={"width": 1000, "height": 1500})
        tab.goto(kept.resolve().as_uri())
        tab.screenshot(path=folder / "audit-sample.png")
        browser.close()


if __name__ == "__main__":
    folders = [Path(name).resolve() for name in sys.argv[2:3]]
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, *folders or [None])))
