"""What is kept on this machine: listed, reviewed for good, and deleted."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from provenance.cli.report import KINDS
from provenance.model import VerdictKind
from tests.jobs.check.test_page import STORY, page

SECRET = "marmalade"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two savings of one page and another page, in a folder of their own."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    story = STORY.replace("ducks", f"ducks for {SECRET}")
    write("one.html", page(story, "The road nobody mends"))
    write("two.html", page(story, "The road nobody mends", after="<!-- saved again -->"))
    write("other.html", page("<p>The weir at Oxbow is shut until the spring.</p>" * 9, "Weir"))
    return tmp_path


def write(name: str, text: str) -> None:
    Path(name).write_text(text, "utf-8")


def run(*words: str) -> Result:
    done = CliRunner().invoke(main, [*words, "--db", "kept.db"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def check(*words: str) -> Result:
    return run("check", "--offline", *words)


def lines(*words: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in run("report", "--json", *words).stdout.splitlines()]


def test_one_page_saved_twice_is_not_the_same_text_elsewhere() -> None:
    check("one.html")
    assert check("two.html").stdout.startswith("Could not tell")
    write("reprint.html", page(STORY.replace("ducks", f"ducks for {SECRET}"), "Another headline"))
    done = check("reprint.html")
    assert done.stdout.startswith("Same text elsewhere")
    assert "among your own kept pages" in done.stdout


def test_a_review_belongs_to_the_page_and_its_text() -> None:
    check("one.html")
    run("review", "1", "--disagree", "--note", "They hold a licence.")
    write(
        "one.html",
        page(STORY.replace("ducks", f"ducks for {SECRET}"), "The road nobody mends") + "\n",
    )
    again = check("one.html")
    said = " ".join(again.stdout.split())
    assert "a person disagrees with this verdict" in said
    assert "on report 1 of the same page and text: They hold a licence." in said
    assert "They hold a licence." in next(Path("reports").glob("*one*.html")).read_text("utf-8")
    write("one.html", page(STORY, "The road nobody mends"))
    assert "disagrees" not in check("one.html").stdout
    assert [entry["reviewed"] for entry in lines()] == ["disagree", "disagree", None]


def test_the_state_of_a_matter_belongs_to_the_page_and_its_text() -> None:
    check("one.html")
    check("other.html")
    run("review", "1", "2", "--state", "sent", "--note", "By letter.")
    run("review", "2", "--state", "answered", "--agree")
    write(
        "one.html",
        page(STORY.replace("ducks", f"ducks for {SECRET}"), "The road nobody mends") + "\n",
    )
    again = " ".join(check("one.html").stdout.split())
    assert "state notice sent" in again
    assert again.count("By letter.") == 1
    assert [(each["notice"], each["reviewed"]) for each in lines()] == [
        ("sent", None),
        ("answered", "agree"),
        ("sent", None),
    ]
    assert "(notice sent)" in run("report").stdout
    run("forget", "1", "2", "3")
    with sqlite3.connect("kept.db") as db:
        assert db.execute("SELECT count(*) FROM notices").fetchone() == (0,)


def test_the_answer_comes_before_a_file_that_cannot_be_written() -> None:
    write("blocked", "a file")
    done = check("one.html", "-o", "blocked")
    assert done.exit_code == 1
    assert done.stdout.startswith("Could not tell")
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


def test_a_list_is_chosen_by_verdict_day_and_site() -> None:
    assert {str(kind) for kind in VerdictKind} == set(KINDS)
    check("one.html", "--url", "https://news.mirror.example/road")
    check("other.html", "--url", "https://weir.example/shut")
    assert [entry["title"] for entry in lines()] == ["The road nobody mends", "Weir"]
    assert [entry["site"] for entry in lines("--site", "mirror.example")] == ["news.mirror.example"]
    assert [entry["id"] for entry in lines("--site", "https://weir.example/x")] == [2]
    assert lines("--site", "irror.example") == []
    assert len(lines("--kind", "unknown", "--kind", "repost")) == 2
    assert lines("--kind", "repost") == []
    assert len(lines("--since", "2020-01-01")) == 2
    assert lines("--since", "2999-01-01") == []
    assert "Weir" in run("report").stdout
    both = run("report", "1", "--kind", "repost")
    assert (both.exit_code, both.stderr.count("\n")) == (2, 1)


def test_the_database_has_views_for_people() -> None:
    check("one.html")
    with sqlite3.connect("kept.db") as db:
        assert db.execute("SELECT verdict, title FROM checked_pages").fetchall() == [
            ("unknown", "The road nobody mends")
        ]
        assert db.execute("SELECT * FROM reposts").fetchall() == []


@pytest.mark.parametrize(
    "words", [("one.html", "two.html"), ("1", "two.html"), ("--older-than", "0")]
)
def test_what_is_forgotten_is_in_no_part_of_the_database(words: tuple[str, ...]) -> None:
    check("one.html")
    check("two.html")
    check("other.html")
    run("review", "1", "--agree")
    assert run("corpus", "search", SECRET).stdout
    assert run("forget", *words).exit_code == 0
    assert run("corpus", "search", SECRET).stdout == ""
    left = "other.html" if "--older-than" not in words else None
    assert [entry["target"] for entry in lines()] == ([left] if left else [])
    assert bool(run("corpus", "search", "oxbow").stdout) == bool(left)
    assert SECRET.encode() not in Path("kept.db").read_bytes()
    assert not Path("kept.db-wal").exists() or not Path("kept.db-wal").read_bytes()
    with sqlite3.connect("kept.db") as db:
        assert db.execute("SELECT count(*) FROM bodies").fetchone() == (1 if left else 0,)
        assert db.execute("SELECT count(*) FROM reviews").fetchone() == (0,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_texts_that_a_person_added_stay_until_they_are_named() -> None:
    run("corpus", "add", "one.html", "--offline")
    assert run("forget", "--older-than", "0").exit_code == 0
    assert run("corpus", "search", SECRET).stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("nothing.html",), 1, "nothing of that name is kept"),
        (("99",), 1, "nothing of that name is kept"),
        (("https://gone.example/x",), 1, "nothing of that name is kept"),
        ((), 2, "name what to forget"),
        (("1", "--older-than", "3"), 2, "name what to forget"),
        (("--older-than", "-1"), 2, ""),
    ],
)
def test_what_cannot_be_forgotten_is_told_and_nothing_is_lost(
    words: tuple[str, ...], code: int, said: str
) -> None:
    check("one.html")
    done = run("forget", *words)
    assert done.exit_code == code
    assert said in done.stderr
    assert len(lines()) == 1


def test_a_check_that_keeps_nothing_leaves_nothing() -> None:
    check("one.html")
    before = Path("kept.db").read_bytes()
    done = check("two.html", "--no-keep")
    assert done.exit_code == 0
    assert "Report    reports/" in done.stdout
    assert Path("kept.db").read_bytes() == before
    assert len(lines()) == 1
