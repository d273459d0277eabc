"""Reports kept, written again, reviewed, and verified against the kept evidence."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from provenance.demo.sites import demo_world
from provenance.model import Report
from provenance.model.plain import revive
from provenance.world.store import Store


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's page checked once and its sites gone: ``kept.db`` and a report."""
    folder = tmp_path_factory.mktemp("checked")
    with demo_world() as demo:
        done = CliRunner().invoke(
            main,
            [
                "check",
                demo.repost_url,
                "--allow-private",
                "--follow-private",
                "-f",
                "json",
                "-f",
                "html",
                f"--archive=demo=cdx:{demo.archive.base_url}",
                f"--db={folder / 'kept.db'}",
                f"--output={folder / 'first'}",
            ],
        )
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def kept(checked: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(checked, tmp_path / "kept"))


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, f"--db={folder / 'kept.db'}"])


def test_a_kept_report_is_written_again_byte_for_byte(kept: Path) -> None:
    again = run(kept, "report", "1", "-f", "json", "-f", "html", f"--output={kept / 'again'}")
    assert again.exit_code == 0, again.output
    for path in (kept / "first").iterdir():
        assert (kept / "again" / path.name).read_bytes() == path.read_bytes()


def test_the_list_names_each_report_once(kept: Path) -> None:
    listed = run(kept, "report", "--json")
    [entry] = [json.loads(line) for line in listed.stdout.splitlines()]
    assert entry["id"] == 1
    assert entry["kind"] == "repost"


def test_a_persons_verdict_is_shown_from_then_on(kept: Path) -> None:
    said = run(kept, "review", "1", "--disagree", "--note", "They hold a licence.")
    assert said.exit_code == 0, said.output
    run(kept, "report", "1", "-f", "json", "-f", "html", f"--output={kept / 'again'}")
    [plain] = (kept / "again").glob("*.json")
    assert json.loads(plain.read_text())["review"]["stance"] == "disagree"
    [page] = (kept / "again").glob("*.html")
    assert "They hold a licence." in page.read_text()


@pytest.mark.parametrize("words", [("report", "9"), ("review", "9", "--agree")])
def test_a_number_that_is_not_kept_is_one_line(kept: Path, words: tuple[str, ...]) -> None:
    result = run(kept, *words)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "9" in result.stderr


def test_a_review_must_say_what_it_thinks(kept: Path) -> None:
    assert run(kept, "review", "1").exit_code == 2


def test_every_claim_holds_when_the_sites_are_gone(kept: Path) -> None:
    [report] = (kept / "first").glob("*.json")
    verified = run(kept, "verify", str(report), "--offline", "--json")
    claims = [json.loads(line) for line in verified.stdout.splitlines()]
    assert verified.exit_code == 0, verified.output
    assert len(claims) >= 3
    assert {claim["holds"] for claim in claims} == {True}
    assert any("words stand in" in claim["claim"] for claim in claims)


def test_an_altered_report_is_caught(kept: Path) -> None:
    [path] = (kept / "first").glob("*.json")
    report = json.loads(path.read_text())
    report["findings"][0]["reuse"]["suspect_containment"] = 0.4
    path.write_text(json.dumps(report))
    verified = run(kept, "verify", str(path), "--offline")
    assert verified.exit_code == 1
    assert "FAILS" in verified.stdout


def test_altered_evidence_is_caught(kept: Path) -> None:
    [path] = (kept / "first").glob("*.json")
    with sqlite3.connect(kept / "kept.db") as database:
        database.execute("UPDATE bodies SET gzip = x'00'")
    database.close()
    verified = run(kept, "verify", str(path), "--offline")
    assert verified.exit_code == 1
    assert "FAILS" in verified.stdout


def test_live_says_that_a_page_which_is_gone_cannot_be_looked_at(kept: Path) -> None:
    [path] = (kept / "first").glob("*.json")
    verified = run(
        kept,
        "verify",
        str(path),
        "--live",
        "--allow-private",
        "--follow-private",
        "--refresh",
        "--json",
    )
    claims = [json.loads(line) for line in verified.stdout.splitlines()]
    assert [c["holds"] for c in claims if "shows the text" in c["claim"]] == [None, None]


def first_form(path: Path) -> str:
    """A report as it was written before its verdict had a kind and an answer."""
    report = json.loads(path.read_text())
    report["schema"] = 1
    for name in ("kind", "answer", "seen"):
        del report["verdict"][name]
    return json.dumps(report)


def test_a_kept_report_of_the_first_form_is_still_shown_and_verified(kept: Path) -> None:
    [path] = (kept / "first").glob("*.json")
    path.write_text(first_form(path))
    assert run(kept, "verify", str(path), "--offline").exit_code == 0
    with Store.open(str(kept / "kept.db")) as store:
        number = store.reports.keep(revive(Report, json.loads(path.read_text())))
    again = run(kept, "report", str(number), "-f", "json", "-f", "md", f"--output={kept / 'old'}")
    assert again.exit_code == 0, again.output
    [told] = (kept / "old").glob("*.json")
    verdict = json.loads(told.read_text())["verdict"]
    assert (verdict["kind"], verdict["answer"]) == ("repost", 0)
    [page] = (kept / "old").glob("*.md")
    assert "Repost" in page.read_text()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"target": 1}', "\x00", "[" * 100_000])
def test_what_is_no_report_is_one_line(kept: Path, content: str) -> None:
    (kept / "not.json").write_text(content)
    result = run(kept, "verify", str(kept / "not.json"))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "is JSON, but no report of provenance; make one with: provenance check"),
        ("[1]", "is JSON, but no report of provenance"),
        ('{"listings": [], "shares": [], "rows": []}', "is the report of an audit, and verify"),
        ('{"suspect": {}, "verdict": {}, "findings": []}', "is a report of provenance that was"),
        ("Boats", "is no JSON file; make one with"),
    ],
)
def test_what_is_no_report_is_told_in_a_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["verify", str(path), f"--db={tmp_path / 'kept.db'}"])
    assert (done.exit_code, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert line.startswith(f"provenance: {path}: {said}")
