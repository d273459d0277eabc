"""What a start costs: nothing heavy is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

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
    code = f"{start}\nimport sys\nprint('LOADED', *sorted(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(run.stdout.rpartition("LOADED")[2].split())
    assert loaded & HEAVY == set()
