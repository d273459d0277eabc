"""What was handed in once is there offline, under the address it was said to come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from provenance.demo.sites import demo_world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A folder with both pages saved, and the addresses they came from; the sites are gone."""
    folder = tmp_path_factory.mktemp("saved")
    with demo_world() as demo:
        (folder / "original.html").write_text(demo.pages["courier"], "utf-8")
        (folder / "repost.html").write_text(demo.pages["feed"], "utf-8")
    return folder, demo.original_url, demo.repost_url


def run(folder: Path, database: Path, *words: str) -> Result:
    done = CliRunner().invoke(
        main,
        [*words, "--offline", f"--db={database}", "--json", "--allow-private", "--follow-private"],
    )
    assert done.exit_code == 0, done.output
    return done


def test_the_source_that_a_page_links_may_be_a_file(
    pages: tuple[Path, str, str], tmp_path: Path
) -> None:
    folder, original, repost = pages
    database = tmp_path / "kept.db"
    run(folder, database, "read", str(folder / "original.html"), "--url", original)
    done = run(folder, database, "check", str(folder / "repost.html"), "--url", repost)
    verdict = json.loads(done.stdout)["verdict"]
    assert (verdict["derivation"], verdict["basis"]) == ("wholly", "measured")
    assert verdict["origin"]["url"] == original


def test_the_address_of_a_saved_page_can_be_checked_offline(
    pages: tuple[Path, str, str], tmp_path: Path
) -> None:
    folder, _, repost = pages
    database = tmp_path / "kept.db"
    saved = run(folder, database, "check", str(folder / "repost.html"), "--url", repost)
    again = run(folder, database, "check", repost)
    first, second = json.loads(saved.stdout), json.loads(again.stdout)
    assert second["suspect"] == first["suspect"]
    assert second["verdict"] == first["verdict"]
