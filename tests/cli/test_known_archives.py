"""An archive by its name alone, and what ``doctor`` says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from provenance.cli.main import main
from provenance.cli.settings_file import settings
from provenance.model import ProviderSpec

if TYPE_CHECKING:
    from pathlib import Path


def test_a_known_archive_needs_no_address() -> None:
    chosen = settings(database="kept.db", archives=("arquivo", "own=cdx:http://127.0.0.1:1/a"))
    assert chosen.archives == (
        ProviderSpec(name="arquivo", kind="arquivo", base_url="https://arquivo.pt"),
        ProviderSpec(name="own", kind="cdx", base_url="http://127.0.0.1:1/a"),
    )


def test_doctor_says_what_an_archive_is_worth(tmp_path: Path) -> None:
    options = ["--offline", f"--db={tmp_path / 'kept.db'}", "--archive=archive-today"]
    told = CliRunner().invoke(main, ["doctor", *options, "--archive=arquivo"])
    assert "archive      archive-today (untrusted): not asked (--offline)" in told.stdout
    assert "archive      arquivo (evidence): not asked (--offline)" in told.stdout
    plain = json.loads(CliRunner().invoke(main, ["doctor", *options, "--json"]).stdout)
    [archive] = [p for p in plain["health"]["providers"] if p["role"] == "archive"]
    assert archive["trust"] == "untrusted"
