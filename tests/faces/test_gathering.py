"""A corpus of one's own: what was added is found by check, with nobody asked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.faces.cli import main
from provenance.faces.demo import demo_world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of texts of one's own, and a copy of one of them that links nowhere."""
    with demo_world() as demo:
        original, repost = demo.pages["courier"], demo.pages["feed"]
    own = tmp_path / "own"
    own.mkdir()
    (own / "original.html").write_text(original, "utf-8")
    (own / "notes.txt").write_text(
        "Minutes of the harbour board\n\nThe board met, heard the pilot, and adjourned.\n",
        "utf-8",
    )
    (own / "broken.html").write_bytes(b"")
    (tmp_path / "copy.html").write_text(repost.replace("Source link", ""), "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--db", str(folder / "kept.db")])


def test_a_folder_is_added_and_what_cannot_be_read_is_told(folder: Path) -> None:
    added = run(folder, "corpus", "add", str(folder / "own"))
    assert added.exit_code == 1
    assert "2 added, 1 not read" in added.stdout
    assert "broken.html" in added.stderr
    again = run(folder, "corpus", "add", str(folder / "own" / "notes.txt"))
    assert again.exit_code == 0
    assert "0 added" in again.stdout
    assert "2 texts" in run(folder, "corpus", "stats").stdout


def test_check_finds_the_original_with_nobody_asked(folder: Path) -> None:
    run(folder, "corpus", "add", str(folder / "own"))
    checked = run(
        folder,
        "check",
        str(folder / "copy.html"),
        "--offline",
        "--json",
        "--url",
        "https://feed.example/bed-at-nine",
    )
    report = json.loads(checked.stdout)
    [finding] = report["findings"]
    assert finding["source"]["publisher"] == "The Selwick Courier"
    assert finding["reuse"]["suspect_containment"] == 1.0
    assert {look["answer"] for look in report["lookups"] if look["provider"] == "corpus"} == {
        "found"
    }


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["timetable", "regatta"], True),
        (["matching supply to demand"], True),
        (["demand to supply matching"], False),
        (["nowhere-to-be-seen"], False),
        (['"', "*"], False),
    ],
)
def test_texts_are_found_by_words_and_by_phrase(
    folder: Path, words: list[str], found: bool
) -> None:
    run(folder, "corpus", "add", str(folder / "own"))
    result = run(folder, "corpus", "search", "--json", *words)
    assert result.exit_code == 0
    assert bool(result.stdout) is found
