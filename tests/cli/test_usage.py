"""How commands are called: their help, mistyped names, addresses without a scheme, completion."""

from __future__ import annotations

import io
import re
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from provenance.cli.console import takes_colour
from provenance.cli.main import main
from provenance.cli.targets import complete_address

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "Boats of the week\n\nThe lock-keeper counted forty boats on Monday and none on Tuesday.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    return tmp_path


def run(*words: str, **more: str) -> Result:
    return CliRunner().invoke(main, words, env=more)


def all_commands(
    group: click.Group, *names: str
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*names, name), command
        if isinstance(command, click.Group):
            yield from all_commands(command, *names, name)


COMMANDS = dict(all_commands(main))


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_examples_that_can_be_typed(names: tuple[str, ...]) -> None:
    done = run(*names, "--help")
    lines = [line.strip() for line in done.stdout.partition("Examples:")[2].splitlines()]
    shown = [line for line in lines if line]
    assert shown
    for line in shown:
        program, *words = shlex.split(re.split(" [<>] ", line)[0])
        assert program == "provenance"
        assert tuple(words[: len(names)]) == names
        command: click.Command = main
        while isinstance(command, click.Group):
            command = command.commands[words.pop(0)]
        command.make_context(line, words)  # raises for an option that is none


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], "No such command 'chek'. Did you mean 'check'?"),
        (["histroy", "https://a.example/"], "No such command 'histroy'. Did you mean 'history'?"),
        (["corpus", "serch", "x"], "No such command 'serch'."),
        (["--offline", "chek", "page.txt"], "No such command 'chek'. Did you mean 'check'?"),
    ],
)
def test_a_mistyped_command_is_named(words: list[str], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--offline", "check", "page.txt"],
        ["--offline", "--db", "check", "page.txt"],
        ["--offline", "read", "page.txt"],
        ["--db", "kept.db", "--offline", "--json", "detect", "page.txt"],
    ],
)
def test_options_may_stand_before_the_command(words: list[str]) -> None:
    assert run(*words).exit_code == 0


@pytest.mark.parametrize("target", ["chek", "./chek", "chek.txt"])
def test_a_file_of_a_name_like_a_command_is_checked(target: str) -> None:
    Path(target).write_text(PAGE, "utf-8")
    done = run(target, "--offline")
    assert done.exit_code == 0, done.output
    assert "Could not tell" in done.stdout


def test_a_word_that_is_like_no_command_is_a_target() -> None:
    assert "dunmarrow: no such file" in run("dunmarrow").stderr


@pytest.mark.parametrize(
    ("target", "completed"),
    [
        ("example.org/story", "https://example.org/story"),
        ("example.org", "https://example.org"),
        (" www.example.co.uk/a?b=c#d ", "https://www.example.co.uk/a?b=c#d"),
        ("example.org:8080/story.html", "https://example.org:8080/story.html"),
        ("bücher.example/ü", "https://bücher.example/ü"),
        ("http://example.org/", "http://example.org/"),
        ("ftp://example.org/", "ftp://example.org/"),
        ("page.html", "page.html"),
        ("crawl.warc.gz", "crawl.warc.gz"),
        ("page.txt", "page.txt"),
        ("folder/page.html", "folder/page.html"),
        ("./example.org", "./example.org"),
        ("there.example", "there.example"),
        ("there.example/page", "there.example/page"),
        ("user@example.org", "user@example.org"),
        ("-", "-"),
        ("", ""),
        ("a." * 5000, "a." * 5000),
        ("nul\0.example", "nul\0.example"),
    ],
)
def test_an_address_without_a_scheme_means_https(target: str, completed: str) -> None:
    Path("there.example").mkdir()
    assert complete_address(target) == completed


@pytest.mark.parametrize("words", [["check"], ["read"], ["history"], ["audit"], []])
def test_commands_take_an_address_without_a_scheme(words: list[str]) -> None:
    done = run(*words, "selwick-courier.example/story", "--offline")
    address = "selwick-courier.example/story"
    told = f"provenance: {address}: no such file here; https://{address} is meant"
    assert done.stderr.splitlines()[0] == told
    assert done.output.count(f"https://{address}") > 1


@pytest.mark.parametrize("command", ["check", "read", "detect", "cite", "save"])
def test_one_address_for_several_pages_is_one_line(command: str) -> None:
    done = run(command, "page.txt", "page.txt", "--url", "https://gazette.example/a")
    assert (done.exit_code, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("provenance: --url")


PRIVATE = ("allow-private", "follow-private")


@pytest.mark.parametrize(
    ("words", "without"),
    [
        (["report"], ["offline", "refresh", "archive", "search", "follow-private"]),
        (["review"], ["offline", "refresh", "archive", "search", *PRIVATE]),
        (["corpus", "stats"], ["offline", "refresh", "archive", "search", *PRIVATE]),
        (["corpus", "search"], ["offline", "refresh", "archive", "search", *PRIVATE]),
        (["corpus", "rebuild"], ["offline", "refresh", "archive", "search", *PRIVATE]),
        (["compare"], ["search"]),
        (["read"], ["search"]),
        (["verify"], ["archive", "search"]),
        (["history"], ["search"]),
        (["check"], []),
    ],
)
def test_options_stand_only_where_they_act(words: list[str], without: list[str]) -> None:
    shown = run(*words, "--help").stdout
    every = {"offline", "refresh", "db", "archive", "search", *PRIVATE}
    assert {name for name in every if f"--{name} " in shown} == every - set(without)


@pytest.mark.parametrize(
    ("shell", "mark"),
    [("bash", "complete -o nosort"), ("zsh", "compdef"), ("fish", "complete --no-files")],
)
def test_the_completion_script_is_printed(shell: str, mark: str) -> None:
    done = CliRunner().invoke(
        main, [], prog_name="provenance", env={"_PROVENANCE_COMPLETE": f"{shell}_source"}
    )
    assert done.exit_code == 0
    assert mark in done.stdout


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("provenance ch", "plain,check"),
        ("provenance corpus s", "plain,search\nplain,stats"),
        ("provenance check --off", "plain,--offline"),
        ("provenance check pa", "file,pa"),
        ("provenance page.html --off", "plain,--offline"),
    ],
)
def test_commands_options_and_files_are_completed(typed: str, offered: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1)}
    done = CliRunner().invoke(
        main, [], prog_name="provenance", env={"_PROVENANCE_COMPLETE": "bash_complete", **words}
    )
    assert done.stdout.strip() == offered


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm"}, True),
    ],
)
def test_colour_is_for_terminals_that_want_it(
    variables: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert takes_colour(Terminal()) is coloured
    assert not takes_colour(io.StringIO())


def test_closed_standard_input_is_one_line_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SystemExit) as ended:
        main(["check", "-", "page.txt", "--offline"])
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.err.count("\n") == 1
    assert "standard input is closed" in said.err
    assert "Could not tell" in said.out


def test_closed_standard_output_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(SystemExit) as ended:
        main(["check", "page.txt", "--offline"])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "provenance: standard output is closed\n"
    assert not Path("reports").exists()


def test_a_name_that_is_no_utf8_is_checked_like_any_other() -> None:
    name = b"b\xff.txt".decode("utf-8", "surrogateescape")
    Path(name).write_text(PAGE, "utf-8")
    for words in (["check", "--json"], ["cite", "--anyway"], ["read"], ["save"]):
        done = run(*words, name, "page.txt", "--offline")
        assert (done.exit_code, done.stderr) == (0, ""), words
        done.stdout.encode("utf-8")
    missing = run("check", f"x{name}", "page.txt", "--offline")
    assert missing.exit_code == 1
    assert missing.stderr.count("\n") == 1
    assert "Could not tell" in missing.stdout


@pytest.mark.parametrize("words", [["read"], ["detect"], ["compare", "page.txt"]])
@pytest.mark.parametrize(
    ("name", "content"),
    [("kept.db", "no database at all" * 100), ("provenance.toml", "[limits]\npace = -1\n")],
)
def test_an_unusable_database_or_setting_is_one_line(
    words: list[str], name: str, content: str
) -> None:
    Path(name).write_text(content, "utf-8")
    done = run(*words, "page.txt", "--db=kept.db")
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert name in done.stderr


def test_doctor_says_that_a_database_is_damaged() -> None:
    assert run("check", "page.txt", "--offline", "--db=kept.db").exit_code == 0
    assert run("doctor", "--offline", "--db=kept.db").exit_code == 0
    data = bytearray(Path("kept.db").read_bytes())
    for start in range(8 * 4096, len(data), 4096):
        data[start : start + 400] = bytes([7]) * 400
    Path("kept.db").write_bytes(data)
    done = run("doctor", "--offline", "--db=kept.db")
    assert done.exit_code == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.output


def test_a_malformed_listing_ends_with_1() -> None:
    Path("feed.xml").write_text("<?xml version='1.0'?><urlset><url><loc>", "utf-8")
    done = run("corpus", "add", "feed.xml", "--offline")
    assert done.exit_code == 1
    assert "no well-formed XML" in done.stderr
    assert "1 not read" in done.stdout


def test_a_fault_of_a_listing_takes_no_page_s_place() -> None:
    listed = "".join(f"<url><loc>https://gazette.example/{n}</loc></url>" for n in range(3))
    Path("sitemap.xml").write_text(f"<urlset>{listed}<url><loc>", "utf-8")
    done = run("corpus", "add", "sitemap.xml", "--offline", "--max=2")
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        "sitemap.xml",
        "https://gazette.example/0",
        "https://gazette.example/1",
    ]
