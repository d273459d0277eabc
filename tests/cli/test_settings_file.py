"""Where settings come from, which of them wins, and the line a wrong one ends in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from provenance import world
from provenance.cli import check as checking
from provenance.cli.main import main
from provenance.world import open_world

if TYPE_CHECKING:
    from provenance.model import Settings

PAGE = "<html><body><p>The lock at Dunmarrow is shut until the crack is filled.</p></body></html>"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    return tmp_path


def check(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", "page.html", *words])


def write(text: str, where: str = "provenance.toml") -> None:
    path = Path(where)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings that reach the check, which is made offline and keeps nothing."""
    seen: list[Settings] = []

    def noting(settings: Settings, **more: Any) -> Any:
        seen.append(settings)
        return open_world(replace(settings, offline=True, database=None), **more)

    monkeypatch.setattr(world, "open_world", noting)
    return seen


def test_without_settings_the_internet_archive_is_asked(chosen: list[Settings]) -> None:
    assert check().exit_code == 0
    [found] = chosen
    assert [spec.name for spec in found.archives] == ["internet-archive"]
    assert [spec.name for spec in found.searches] == ["gdelt"]
    assert not found.allow_private
    assert not found.offline
    assert found.database is not None
    assert Path(found.database).parent.is_dir()


@pytest.mark.parametrize(
    ("file", "words", "names"),
    [
        ("", ["--search", "none"], []),
        ('search = ["none"]\n', [], []),
        ("search = []\n", [], []),
        ('search = ["bing"]\n', [], ["bing"]),
        ('search = ["bing"]\n', ["--search", "none"], []),
        ("", ["--search", "googlenews", "--search", "bingnews"], ["googlenews", "bingnews"]),
    ],
)
def test_the_free_search_of_news_is_switched_off(
    chosen: list[Settings], file: str, words: list[str], names: list[str]
) -> None:
    write(file)
    assert check(*words).exit_code == 0
    assert [spec.name for spec in chosen[0].searches] == names


def test_none_and_a_search_together_are_one_line() -> None:
    done = check("--search", "none", "--search", "gdelt")
    assert (done.exit_code, done.stderr) == (
        1,
        "provenance: search: 'none' stands alone; leave it out, or the others\n",
    )


def test_the_command_line_wins_then_the_environment_then_the_file(
    chosen: list[Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    write('db = "of-the-file.db"\noffline = true\n[limits]\nhops = 5\n')
    check()
    monkeypatch.setenv("PROVENANCE_DB", "of-the-environment.db")
    monkeypatch.setenv("PROVENANCE_ARCHIVE", "a=cdx:http://127.0.0.1:1 b=cdx:http://127.0.0.1:2")
    check()
    check("--db", "of-the-line.db", "--archive", "c=timemap:http://127.0.0.1:3")
    assert [found.database for found in chosen] == [
        "of-the-file.db",
        "of-the-environment.db",
        "of-the-line.db",
    ]
    names = [[spec.name for spec in found.archives] for found in chosen]
    assert names == [["internet-archive"], ["a", "b"], ["c"]]
    assert all(found.offline and found.hops == 5 for found in chosen)


def test_sites_that_may_reprint_are_hosts_and_stand_in_no_report(chosen: list[Settings]) -> None:
    write('licensed = ["www.Paper.example", "https://herald.example/news", "paper.example"]')
    done = check("--json")
    assert done.exit_code == 0, done.output
    [found] = chosen
    assert found.licensed == ("paper.example", "herald.example")
    assert "herald.example" not in done.stdout


def test_the_file_beside_the_work_hides_the_users_own(chosen: list[Settings]) -> None:
    write("[limits]\nhops = 7\n", "config/provenance/provenance.toml")
    check()
    write("[limits]\npace = 0.5\n")
    check()
    assert [(found.hops, found.pace) for found in chosen] == [(7, 1.0), (2, 0.5)]


def test_every_command_that_keeps_data_takes_the_database_of_the_file() -> None:
    write('db = "kept.db"\noffline = true\n')
    for words in (
        ["check", "page.html"],
        ["corpus", "add", "page.html"],
        ["corpus", "search", "Dunmarrow"],
        ["report"],
        ["review", "1", "--agree"],
    ):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 0, done.output
        assert done.stdout, words
    assert Path("kept.db").is_file()
    assert not list(Path("data").rglob("*.db"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = ", "cannot be read as settings"),
        ('licensed = "paper.example"', "licensed must be a list of texts"),
        ('licensed = ["a paper"]', "licensed: 'a paper' is no site"),
        ("nosuch = 1", "unknown setting 'nosuch'"),
        ("db = 5", "db must be a text"),
        ("output = 5", "output must be a text"),
        ('offline = "yes"', "offline must be true or false"),
        ("quiet = 2", "quiet must be true or false"),
        ("[limits]\nhops = 9999999", "hops must be a whole number, 0 or more and at most 100"),
        ("[limits]\nmax_bytes = 100000000000000000000", "at most 2,000,000,000"),
        ("[limits]\ndeadline = 1e300", "at most 604,800"),
        ("[limits]\ndeadline = inf", "at most 604,800"),
        ('allow-private = "no"', "allow_private must be true or false"),
        ('archive = "a=cdx:http://127.0.0.1:9"', "archive must be a list of texts"),
        ("search = [1]", "search must be a list of texts"),
        ('archive = ["nonsense"]', "write NAME=KIND:BASE_URL"),
        ("limits = 3", "[limits] must be a table"),
        ("[limits]\nnosuch = 1", "unknown setting 'nosuch'"),
        ("[limits]\npace = -1", "[limits] pace must be a number, 0 or more"),
        ('[limits]\npace = "x"', "[limits] pace must be a number, 0 or more"),
        ("[limits]\nbudget = nan", "[limits] budget must be a number, 0 or more"),
        ("[limits]\nbudget = inf", "[limits] budget must be a number, 0 or more"),
        ("[limits]\nread_timeout = 0", "[limits] read_timeout must be a number, above 0"),
        ("[limits]\nmax_bytes = 1.5", "[limits] max_bytes must be a whole number, above 0"),
        ("[limits]\nhops = true", "[limits] hops must be a whole number, 0 or more"),
        ("[limits]\nmax_queries = -3", "[limits] max_queries must be a whole number, 0 or more"),
        ('[limits]\ncontact = "a\\nb"', "[limits] contact must be a text of one line"),
    ],
)
def test_a_wrong_setting_is_one_line(text: str, said: str) -> None:
    write(text)
    done = check("--offline")
    assert done.exit_code == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("provenance: ")
    assert said in line
    assert done.stdout == ""


def test_a_settings_file_that_is_no_text_is_one_line() -> None:
    Path("provenance.toml").write_bytes(b"\xff\xfe\x00")
    done = check()
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize("charset", ["latin-1", "cp1252", "ascii"])
def test_a_terminal_that_lacks_our_letters_is_no_failure(charset: str) -> None:
    Path("page.html").write_text(f"<h1>“Ĳ” 🔴 港</h1>{PAGE}", "utf-8")
    done = CliRunner(charset=charset).invoke(main, ["check", "page.html", "--offline", "-v"])
    assert done.exit_code == 0, done.output
    assert "Could not tell" in done.stdout


def test_an_output_that_is_full_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*report: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(checking, "emit", full)
    done = check("--offline")
    assert done.exit_code == 1
    assert done.stderr == "provenance: the output cannot be written: No space left on device\n"


def test_a_run_that_is_stopped_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(*report: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(checking, "emit", stopping)
    done = check("--offline")
    assert done.exit_code == 130
    assert done.stderr == "provenance: stopped\n"


@pytest.mark.parametrize("words", [["review", "1"], ["corpus", "stats"], ["audit", "--status"]])
def test_every_command_takes_its_defaults_from_the_file(words: list[str]) -> None:
    write('db = "no-such-folder/kept.db"\n')
    done = CliRunner().invoke(main, [*words, *(["--agree"] if "review" in words else [])])
    assert done.exit_code == 1
    assert "no-such-folder/kept.db: cannot be opened" in done.stderr


TABLES = """
[search.own]
url = "http://127.0.0.1:9/find?q={query}"
results = "hits.hits"
link = "_source.url"
key_header = "X-Key"
[search.searx]
kind = "searxng"
url = "http://127.0.0.1:8888"
"""


def test_services_are_described_in_the_file_or_named_on_the_line(chosen: list[Settings]) -> None:
    write(TABLES)
    check()
    check("--search", "gdelt", "--search", "post=wordpress:https://harbourpost.example")
    described, named = (found.searches for found in chosen)
    assert [(spec.name, spec.kind) for spec in described] == [("own", "json"), ("searx", "searxng")]
    assert dict(described[0].fields)["link"] == "_source.url"
    assert [(spec.name, spec.kind) for spec in named] == [("gdelt", "gdelt"), ("post", "wordpress")]
    assert named[0].base_url.startswith("https://")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[search.own]\nresults = "x"\n', "[search.own]: url is missing"),
        ("[search.own]\nurl = 7\n", "tables [search.NAME] of texts"),
        ("search = { own = 7 }\n", "tables [search.NAME] of texts"),
    ],
)
def test_a_service_described_wrongly_ends_in_one_line(text: str, said: str) -> None:
    write(text)
    done = check()
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_service_of_no_known_name_lists_those_there_are() -> None:
    done = check("--search", "altavista")
    assert done.exit_code == 1
    assert "known are arquivo, bing, bingnews, brave, gdelt, googlenews, marginalia" in done.stderr


def test_doctor_names_services_and_keys_and_never_shows_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(TABLES)
    monkeypatch.setenv("PROVENANCE_OWN_KEY", "s3cret")
    done = CliRunner().invoke(main, ["doctor", "--offline"])
    assert done.exit_code == 0, done.output
    assert "PROVENANCE_OWN_KEY: set" in done.stdout
    assert "PROVENANCE_BRAVE_KEY: not set" in done.stdout
    assert "own: not asked (--offline)" in done.stdout
    assert "s3cret" not in done.output
