"""A list of pages of several sites: every copy is found, nobody is accused who was first."""

from __future__ import annotations

import json
import random
import shlex
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from tests.scenarios import listed
from tests.scenarios.stage import PROGRAM, audited
from tests.servers.loopback import serve
from tests.servers.magazine import Magazine

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_copies_between_the_sites_of_a_list_are_found(tmp_path: Path) -> None:
    pages = listed.planted(48, 6, 12)
    with listed.served(pages) as there:
        urls = [f"{there[page.site].base}{page.path}" for page in pages]
        (tmp_path / "list.txt").write_text("\n".join(urls), "utf-8")
        report = audited(str(tmp_path / "list.txt"), tmp_path)
        outcome = listed.judged(report, pages, there)
    assert outcome == listed.Outcome(copies=12, found=12, missed=0, wrong=0, accused=0, ends=48)
    assert dict(report["fates"])["done"] == 48
    assert report["site_count"] == 6
    assert sum(site["checked"] for site in report["sites"]) == 48
    between = {(pair["site"], pair["source"]) for pair in report["pairs"]}
    for page in pages:
        if page.original is not None:
            hosts = (there[at].base.partition("//")[2] for at in (page.site, page.original.site))
            assert tuple(hosts) in between


def checked(folder: Path, *more: str, typed: str | None = None) -> Result:
    kept = ("--allow-private", "--rate", "0", "--workers", "1", "--db", str(folder / "k.db"))
    words = ["check", *kept, "-o", str(folder / "out"), *more]
    return CliRunner().invoke(main, words, input=typed)


def test_a_list_comes_back_as_one_table_with_its_own_columns(tmp_path: Path) -> None:
    with serve(Magazine(stories=4, reposts=frozenset({1}))) as site:
        text = (
            "nr;verdict;url\r\n"
            + "".join(f"{n};mine;{site.base}/story/{n}\r\n" for n in (2, 1, 0, 9))
            + f'5;"a;b";nothing\r\n6;again;{site.base}/story/1\r\n'
        )
        (tmp_path / "list.csv").write_text(text, "utf-8")
        for name in ("out.csv", "out.jsonl", "out.parquet"):
            done = checked(
                tmp_path, "--from", str(tmp_path / "list.csv"), "--table", str(tmp_path / name)
            )
            assert done.exit_code == 0, done.output
        assert site.asked.count("/story/1") == 1
    assert "4 pages of 1 host to check: about" in done.stderr
    rows = listed.table(tmp_path)
    assert [row["nr"] for row in rows] == ["2", "1", "0", "9", "5", "6"]
    assert [row["list_verdict"] for row in rows] == [*["mine"] * 4, "a;b", "again"]
    outcomes = [row["outcome"] for row in rows]
    assert outcomes == ["done", "done", "done", "refused", "skipped", "done"]
    assert rows[4]["reason"] == "its row in the list names no web address"
    assert [row["verdict"] for row in rows if row["nr"] in "16"] == ["declared"] * 2
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    as_json = [json.loads(line) for line in lines]
    assert [row["nr"] for row in as_json] == [row["nr"] for row in rows]
    assert list(as_json[0]) == list(rows[0])
    parquet = pytest.importorskip("pyarrow.parquet")
    found = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["words"] for row in found] == [row["words"] for row in as_json]


def test_a_pipe_is_a_list_and_brief_json_is_its_rows(tmp_path: Path) -> None:
    with serve(Magazine(stories=2)) as site:
        typed = f"{site.base}/story/0\n{site.base}/story/1\n"
        brief = checked(tmp_path, "--from", "-", "--json=brief", typed=typed)
        full = checked(tmp_path, "--from", "-", "--json", typed=typed)
    rows = [json.loads(line) for line in brief.stdout.splitlines()]
    assert [row["page_url"] for row in rows] == typed.split()
    assert None not in rows[0].values()
    assert max(map(len, brief.stdout.splitlines())) < 2000
    reports = [json.loads(line) for line in full.stdout.splitlines()]
    assert [report["suspect"]["url"] for report in reports] == typed.split()


def test_pages_named_one_by_one_come_as_one_table_too(tmp_path: Path) -> None:
    with serve(Magazine(stories=1)) as site:
        pages = (f"{site.base}/story/0", f"{site.base}/none")
        table = ("--table", str(tmp_path / "out.csv"), "--json=brief", "--search", "none")
        done = checked_pages(tmp_path, *pages, *table, "--offline")
        assert done.exit_code == 1
        done = checked_pages(tmp_path, *pages, *table)
    rows = listed.table(tmp_path)
    assert [(row["page_url"], row["outcome"]) for row in rows] == [
        (pages[0], "done"),
        (pages[1], "failed"),
    ]
    [line] = done.stdout.splitlines()
    assert json.loads(line)["words"] == int(rows[0]["words"])


def checked_pages(folder: Path, *words: str) -> Result:
    kept = ("--allow-private", "--db", str(folder / "k.db"), "-o", str(folder / "out"))
    archive = ("--archive", "none.example=cdx:http://127.0.0.1:9/")
    return CliRunner().invoke(main, ["check", *kept, *archive, *words])


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--from", "{list}", "--column", "link"], "has no column 'link'; it has id, url (--col"),
        (["{list}"], "list.csv: is a list: use check --from"),
        (["--from", "{list}", "page.html"], "--from names the pages"),
        (["--from", "{list}", "--no-keep"], "--no-keep is for single pages"),
        (["--from", "{list}", "--url", "https://a.example/"], "--url is for single pages"),
        (["--from", "nowhere.csv"], "nowhere.csv: no such file"),
        (["--from", "{folder}"], "is not a file"),
        (["--from", "{long}"], "more than 200,000 rows; split it"),
        ([], "name a TARGET, or a list of addresses with --from"),
    ],
)
def test_a_bad_list_gets_one_line(words: list[str], why: str, tmp_path: Path) -> None:
    rows = "".join(f"{n},https://a.example/{n}\n" for n in range(5))
    (tmp_path / "list.csv").write_text(f"id,url\n{rows}", "utf-8")
    if "{long}" in words:
        (tmp_path / "long.csv").write_text("https://a.example/\n" * 1_000_000, "utf-8")
    named = {name: str(tmp_path / f"{name}.csv") for name in ("list", "long")}
    words = [word.format(**named, folder=tmp_path) for word in words]
    done = checked(tmp_path, *words)
    assert done.exit_code in {1, 2}
    [line] = done.stderr.splitlines()
    assert why in line
    assert not list(tmp_path.glob("out/*"))


def test_a_table_that_cannot_be_written_is_refused_at_once(tmp_path: Path) -> None:
    done = checked(tmp_path, "https://a.example/", "--table", "out.xlsx")
    assert done.exit_code == 2
    assert "written by its ending: .csv, .jsonl, .parquet" in done.stderr


def test_a_list_that_was_killed_goes_on_and_has_every_row_once(tmp_path: Path) -> None:
    pages = listed.planted(40, 5, 10)
    outcome = listed.killed_list(tmp_path / "k", pages, 4, random.Random(3), 6.0)
    assert outcome.right, outcome
    assert outcome.rows == 40


def test_a_named_pipe_is_read_as_a_list(tmp_path: Path) -> None:
    with serve(Magazine(stories=1)) as site:
        line = f"{site.base}/story/0"
        words = [
            *PROGRAM,
            "check",
            "--allow-private",
            "--rate",
            "0",
            "--db",
            "k.db",
            "--json=brief",
        ]
        piped = f"{shlex.join(words)} --from <(printf '{line}\\n{line}?a=1\\n')"
        done = subprocess.run(
            ["bash", "-c", piped], cwd=tmp_path, capture_output=True, check=False, text=True
        )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
