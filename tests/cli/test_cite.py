"""``provenance cite`` and PDF reports, from the command line."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.cli import pdf
from provenance.cli.cite import CITATION_FORMS
from provenance.cli.main import main
from provenance.cli.options import FORMATS
from provenance.demo.sites import demo_world
from provenance.errors import SettingsError
from provenance.render import FORMATS as RENDERED
from provenance.render.citation import FORMS
from tests.render.frozen import measured

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.demo.sites import Demo

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where the demo's repost, its original and a text that cites both were looked at."""
    work = tmp_path_factory.mktemp("cited")
    with demo_world() as demo:
        text = f"Two papers: <ref>[{demo.repost_url} one]</ref>, {demo.original_url}; http://[::1."
        (work / "article.wiki.txt").write_text(text, "utf-8")
        checked = run(work, "check", demo.repost_url, f"--output={work}", *options(demo))
        cited = run(work, "cite", demo.original_url, demo.repost_url, "-f", "mla", *options(demo))
        listed = run(work, "cite", "--links", str(work / "article.wiki.txt"), *options(demo))
        lines = run(work, "cite", "--links", str(work / "article.wiki.txt"), "--json",
                    "--max", "1", *options(demo))  # fmt: skip
    for name, done in {"check": checked, "cite": cited, "links": listed, "json": lines}.items():
        assert done.exit_code == 0, done.output
        (work / f"{name}.out").write_text(done.stdout, "utf-8")
        (work / f"{name}.err").write_text(done.stderr, "utf-8")
    return work


def options(demo: Demo) -> tuple[str, ...]:
    return ("--allow-private", "--follow-private", f"--archive=demo=cdx:{demo.archive.base_url}")


def run(work: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, f"--db={work / 'kept.db'}"])


def test_the_forms_are_those_that_are_written() -> None:
    assert set(CITATION_FORMS) == set(FORMS)
    assert set(FORMATS) == {*RENDERED, "pdf"}


def test_a_check_says_how_to_cite(folder: Path) -> None:
    assert "provenance cite --report 1 -f wikipedia" in (folder / "check.out").read_text()


def test_several_targets_make_a_bibliography_of_originals(folder: Path) -> None:
    [one] = (folder / "cite.out").read_text("utf-8").splitlines()  # the two have one origin
    assert one.startswith("Halloran, Ines. “A Town That Goes to Bed at Nine")


@pytest.mark.parametrize("form", [form for form in CITATION_FORMS if form != "backwards-copy"])
def test_a_kept_report_is_cited_in_every_form(form: str, folder: Path) -> None:
    done = run(folder, "cite", "--report", "1", "-f", form, "--offline")
    assert done.exit_code == 0, done.output
    assert "Halloran" in done.stdout
    assert done.stderr == ""


def test_a_refusal_is_one_line_and_the_others_are_done(folder: Path, tmp_path: Path) -> None:
    lonely = tmp_path / "lonely.txt"
    lonely.write_text("The keeper of the lamp has nothing to add to what the lamp says.\n" * 3)
    done = run(folder, "cite", str(lonely), "--report", "1", "--offline")
    assert done.exit_code == 1
    assert done.stdout.startswith("{{cite news |last=Halloran")
    [line] = done.stderr.splitlines()
    assert "not cited: no origin is known" in line
    assert "--anyway" in line
    anyway = run(folder, "cite", str(lonely), "--anyway", "--offline")
    assert anyway.exit_code == 0
    assert "<!-- Origin not certain: no origin is known" in anyway.stdout


def test_json_tells_a_refusal_from_a_citation(folder: Path) -> None:
    done = run(folder, "cite", "--report", "1", "-f", "apa", "--json", "--offline")
    told = json.loads(done.stdout)
    assert told["refusal"] is None
    assert told["text"].startswith("Halloran, I. (2026, March 3).")
    assert told["citation"]["url_status"] == "live"
    refused = run(folder, "cite", "--report", "1", "-f", "backwards-copy", "--json", "--offline")
    assert refused.exit_code == 1
    assert "Wikipedia" in json.loads(refused.stdout)["refusal"]["why"]


def test_a_report_that_is_not_kept_is_said_to_be_missing(folder: Path) -> None:
    done = run(folder, "cite", "--report", "99", "--report", "1", "--offline")
    assert done.exit_code == 1
    assert "99" in done.stderr
    assert "Halloran" in done.stdout


def test_nothing_named_is_wrong_usage(folder: Path) -> None:
    assert run(folder, "cite").exit_code == 2
    assert run(folder, "cite", "--links", str(folder / "none.txt")).exit_code == 1


def test_the_citation_report_tells_each_address_apart(folder: Path) -> None:
    told = (folder / "links.out").read_text("utf-8")
    assert told.startswith("repost          http://127.0.0.1")
    assert "cite instead:\n                {{cite news |last=Halloran" in told
    assert "\nsound           http://127.0.0.1" in told
    assert "nothing earlier found\n" in told
    assert told.endswith("2 cited addresses looked at: 1 repost, 1 sound.\n")


def test_the_citation_report_is_bounded(folder: Path) -> None:
    [line] = (folder / "json.out").read_text("utf-8").splitlines()
    assert json.loads(line)["repost"] is True
    assert "1 more addresses were not looked at" in (folder / "json.err").read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on PATH: apt-get install chromium")
def test_a_report_is_printed(folder: Path, tmp_path: Path) -> None:
    done = run(folder, "report", "1", "-f", "pdf", f"--output={tmp_path}")
    assert done.exit_code == 0, done.output
    [path] = tmp_path.iterdir()
    assert path.suffix == ".pdf"
    assert path.read_bytes().startswith(b"%PDF-")


def test_without_a_browser_there_is_one_clear_line(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(folder, "report", "1", "-f", "pdf", f"--output={tmp_path / 'out'}")
    assert done.exit_code == 1
    [line] = done.stderr.splitlines()
    assert "needs Chromium" in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("script", "said"), [("exec sleep 60", "within 0.2 s"), ("exit 1", "did not print")]
)
def test_a_browser_that_hangs_or_fails_is_ended(
    script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "chromium"
    browser.write_text(f"#!/bin/sh\n{script}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    with pytest.raises(SettingsError, match=said):
        pdf.pdf(RENDERED["html"][1](measured()), seconds=0.2 if "60" in script else 30)
