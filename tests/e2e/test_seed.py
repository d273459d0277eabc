"""The example that started it: plain text, no link targets, nobody to ask."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from provenance.cli.main import main

pytestmark = [pytest.mark.slow, pytest.mark.shared]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """What is said of the seed in words, and in JSON."""
    beside = Path(__file__).parents[2].parent / "shared"
    seeds = sorted(Path(os.environ.get("PROVENANCE_SHARED", beside)).glob("seed/*.txt"))
    if not seeds:
        pytest.skip("the seed page is not beside the project")
    folder = tmp_path_factory.mktemp("seed")
    options = ["check", str(seeds[0]), "--offline", "--db", str(folder / "k.db"), "-o", str(folder)]
    words, plain = (CliRunner().invoke(main, [*options, *more]) for more in ([], ["--json"]))
    assert (words.exit_code, plain.exit_code) == (0, 0), words.output + plain.output
    return words.stdout, json.loads(plain.stdout)


def test_the_page_declares_itself_a_repost_and_names_nobody(
    checked: tuple[str, dict[str, Any]],
) -> None:
    _, report = checked
    verdict = report["verdict"]
    assert verdict["derivation"] == "wholly"
    assert verdict["basis"] == "declared"
    assert verdict["attribution"] == "bare_link"
    assert verdict["origin"] is None
    assert (verdict["kind"], verdict["answer"]) == ("declared", None)


def test_the_marker_is_the_line_near_the_end_without_a_target(
    checked: tuple[str, dict[str, Any]],
) -> None:
    _, report = checked
    [marker] = [s for s in report["signals"] if s["quote"] == "Source link"]
    assert marker["place"] == "tail"
    assert marker["target"] is None
    assert marker["silenced_by"] is None
    tail = report["suspect"]["tail"]
    assert tail[marker["span"]["start"] : marker["span"]["end"]] == "Source link"


def test_the_site_its_channels_and_its_banners_are_no_story(
    checked: tuple[str, dict[str, Any]],
) -> None:
    _, report = checked
    suspect = report["suspect"]
    assert "U-S-NEWS.COM" in suspect["self_names"]
    furniture = " ".join(s["quote"] for s in report["signals"] if s["family"] == "furniture")
    for mark in ("t.me/", "Online Readers", "ONGO247.COM"):
        assert mark in furniture
        assert mark not in suspect["text"]


def test_the_author_is_found_and_the_photo_agencies_are_not_the_source(
    checked: tuple[str, dict[str, Any]],
) -> None:
    _, report = checked
    named = [name for s in report["signals"] if s["silenced_by"] is None for name in s["names"]]
    assert "Andrew Chakhoyan" in named
    assert not {name for name in named if "Getty" in name or "AFP" in name or "Post" in name}
    silenced = [s for s in report["signals"] if s["silenced_by"] is not None]
    assert any("Getty" in s["quote"] for s in silenced)


def test_nobody_was_asked_and_it_says_so(checked: tuple[str, dict[str, Any]]) -> None:
    words, report = checked
    assert any(miss["provider"] == "internet-archive" for miss in report["misses"])
    assert any(miss["provider"] == "gdelt" for miss in report["misses"])
    assert words.startswith("Declared repost")
    assert "does not name the source" in " ".join(words.split())
    assert "offline" in words
    for accused in ("New York Post", "nypost"):
        assert accused not in words
