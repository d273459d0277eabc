from __future__ import annotations

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
