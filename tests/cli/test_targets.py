from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from provenance.cli.main import main
from provenance.jobs.check import page

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from provenance.model import Capture, Report


def test_a_fault_of_our_own_on_one_page_is_one_line_and_the_others_are_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = "The lock-keeper counted forty boats on Monday and none at all on Tuesday. " * 4
    for name in ("bad", "good"):
        (tmp_path / f"{name}.txt").write_text(f"Boats of the {name} week\n\n{story}", "utf-8")
    checked = page.check

    def failing(target: str, capture: Capture, *rest: object, **more: object) -> Report:
        if "bad" in target:
            raise ZeroDivisionError
        return checked(target, capture, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(page, "check", failing)
    result = CliRunner().invoke(
        main,
        [
            "check",
            str(tmp_path / "bad.txt"),
            str(tmp_path / "good.txt"),
            "--offline",
            f"--db={tmp_path / 'k.db'}",
            f"--output={tmp_path / 'out'}",
        ],
    )
    [line] = result.stderr.splitlines()
    assert "ZeroDivisionError at test_targets.py" in line
    assert result.exit_code == 1
    assert "Could not tell" in result.stdout


def test_a_folder_is_its_files_and_a_bad_one_costs_no_other(tmp_path: Path) -> None:
    story = "The lock-keeper counted forty boats on Monday and none at all on Tuesday. " * 4
    folder = tmp_path / "saved"
    (folder / "below").mkdir(parents=True)
    (folder / "a.txt").write_text(f"Boats of the week\n\n{story}", "utf-8")
    (folder / "below" / "b.txt").write_text(f"Geese of the week\n\n{story}", "utf-8")
    (folder / "c.txt").write_bytes(b"")
    kept = ["--offline", f"--db={tmp_path / 'k.db'}", f"--output={tmp_path / 'out'}"]
    done = CliRunner().invoke(main, ["check", str(folder), *kept, "--json"])
    targets = [json.loads(line)["target"] for line in done.stdout.splitlines()]
    assert (done.exit_code, targets) == (1, ["a.txt", "b.txt"])
    assert "c.txt: is empty" in done.stderr
    one = CliRunner().invoke(main, ["read", str(folder), "--url", "https://a.example/", *kept[:2]])
    assert one.exit_code == 2
    (tmp_path / "none").mkdir()
    none = CliRunner().invoke(main, ["read", str(tmp_path / "none"), *kept[:2]])
    assert (none.exit_code, "is a folder without a page" in none.stderr) == (1, True)


def test_a_text_of_few_words_says_so(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("one", "utf-8")
    done = CliRunner().invoke(
        main, ["check", str(tmp_path / "one.txt"), "--offline", "--no-keep", f"--output={tmp_path}"]
    )
    assert "its text has only 1 word" in " ".join(done.stdout.split())
