"""What a start costs: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

HEAVY = {
    "requests",
    "urllib3",
    "bs4",
    "lxml",
    "trafilatura",
    "numpy",
    "rapidfuzz",
    "sqlite_utils",
    "jinja2",
    "waybackpy",
    "warcio",
    "starlette",
    "uvicorn",
    "anyio",
}


@pytest.mark.parametrize(
    "start",
    [
        "from provenance.cli.main import main; main(['--help'], standalone_mode=False)",
        "from provenance.cli.main import main; main(['check', '--help'], standalone_mode=False)",
        "from provenance.cli.main import main; main(['serve', '--help'], standalone_mode=False)",
        "import provenance; provenance.check, provenance.Report",
    ],
)
def test_help_and_import_load_nothing_heavy(start: str) -> None:
    assert loaded(start) & HEAVY == set()


def test_a_check_of_a_saved_page_loads_what_it_uses(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<title>The ferry</title><p>{'The ferry is back at the quay. ' * 20}</p>")
    words = ["check", str(page), "--offline", "--no-keep", "-q", "-o", str(tmp_path)]
    found = loaded(f"from provenance.cli.main import main; main({words!r}, standalone_mode=False)")
    used = {"provenance.world.archives.cdx", "provenance.world.searches.gdelt", "sqlite_utils"}
    assert used <= found
    assert (
        found
        & {
            *("requests", "waybackpy", "warcio", "feedparser", "starlette", "rapidfuzz"),
            *("email.policy", "provenance.cli.audit", "provenance.cli.serve", "provenance.compare"),
            *("provenance.world.archives.commoncrawl", "provenance.world.archives.warcs"),
            *("provenance.world.searches.json_services", "provenance.world.searches.site_search"),
        }
        == set()
    )


def loaded(start: str) -> set[str]:
    """The modules that a program of its own has loaded at its end."""
    code = f"{start}\nimport sys\nprint('LOADED', *sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return set(run.stdout.rpartition("LOADED")[2].split())
