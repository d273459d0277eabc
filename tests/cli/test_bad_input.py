"""Each bad input: one clear line, the right exit code, nothing lost; the other targets are done."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from tests.servers.loopback import Answer, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GOOD = """<!doctype html>
<html lang="en"><head><title>Weir repairs begin</title></head><body><article>
<h1>Weir repairs begin</h1>
<p>The lock-keeper at Dunmarrow closed both gates on Monday for the divers
who were to look at the sill.</p>
<p>They found a shopping trolley, two bicycles and a crack as long as a rowing boat,
in that order.</p>
<p>Boats will be turned back until the crack is filled, which the keeper expects to
take nine days.</p>
</article></body></html>"""
HUGE = 200 * 1024 * 1024
BULK = b"<p>" + b"word " * 1_200_000


def _answer(path: str) -> Answer:
    """Paths that misbehave, each in its own way."""
    if path == "/huge":
        # Says how much is coming and sends a first part: it must be refused before the rest.
        return Answer(raw=f"HTTP/1.1 200 OK\r\nContent-Length: {HUGE}\r\n\r\n".encode() + BULK)
    return {
        "/loop": Answer(status=302, headers={"Location": "/loop2"}),
        "/loop2": Answer(status=302, headers={"Location": "/loop"}),
        "/empty": Answer(body=b"<html><body></body></html>"),
        "/down": Answer(status=503, body=b"down"),
    }.get(path, Answer(status=404, body=b"<h1>Not found</h1>"))


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serve(_answer) as running:
        yield running.base


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.html").write_text(GOOD, "utf-8")
    (tmp_path / "nothing").mkdir()
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "binary.html").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 400)
    (tmp_path / "blank.html").write_text("<html><body> </body></html>", "utf-8")
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(GOOD.encode() * 50)[:-40])
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(HUGE)
    return tmp_path


def run(folder: Path, *arguments: str, private: bool = True) -> Result:
    options = [
        "--db",
        str(folder / "kept.db"),
        "-o",
        str(folder / "out"),
        "--archive",
        "none=cdx:http://127.0.0.1:9",
    ]
    extra = ["--allow-private", "--follow-private"] if private else []
    return CliRunner().invoke(main, ["check", *arguments, *options, *extra])


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("{folder}/missing.html", "no such file"),
        ("{folder}/nothing", "is a folder without a page"),
        ("{folder}/empty.html", "empty"),
        ("{folder}/binary.html", "binary.html"),
        ("{folder}/picture.png", "image"),
        ("{folder}/blank.html", "no text"),
        ("{folder}/cut.html.gz", "cut off"),
        ("{folder}/huge.html", "bytes"),
        ("selwick-courier.pdf", "no such file"),
        ("ftp://selwick-courier.example/story", "http"),
        ("file:///etc/passwd", "http"),
        ("http://", "not a web address"),
        ("{site}/absent", "404"),
        ("{site}/loop", "circle"),
        ("{site}/huge", "bytes"),
        ("{site}/empty", "no text"),
        ("{site}/down", "503"),
        ("http://no-such-host.invalid/", "no-such-host.invalid"),
    ],
)
def test_each_says_what_where_and_ends_with_1(
    folder: Path, site: str, target: str, said: str
) -> None:
    named = target.format(folder=folder, site=site)
    result = run(folder, named)
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("provenance: ")
    assert said in lines[0]
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_private_address_is_refused_unless_allowed(folder: Path, site: str) -> None:
    result = run(folder, f"{site}/absent", private=False)
    assert result.exit_code == 1
    assert "--allow-private" in result.stderr


def test_with_several_targets_the_others_are_still_done(folder: Path) -> None:
    good = str(folder / "good.html")
    result = run(
        folder, "--offline", str(folder / "missing.html"), good, str(folder / "empty.html")
    )
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 2
    assert "Could not tell" in result.stdout
    assert len(list((folder / "out").glob("*.html"))) == 1


def test_what_was_kept_is_still_there_after_a_failure(folder: Path) -> None:
    good = str(folder / "good.html")
    before = run(folder, "--offline", "--json", good)
    run(folder, "--offline", str(folder / "binary.html"))
    after = run(folder, "--offline", "--json", good)
    assert before.exit_code == after.exit_code == 0
    assert before.stdout == after.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check"], 2),
        (["check", "--no-such-option"], 2),
        (["check", "x.html", "-f", "docx"], 2),
        (["compare", "only-one.txt"], 2),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], code: int) -> None:
    assert CliRunner().invoke(main, arguments).exit_code == code


@pytest.mark.parametrize(
    "spec",
    ["nonsense", "a=b", "a=nosuchkind:http://127.0.0.1:9", "a=cdx:not-a-url", "=cdx:http://x"],
)
def test_a_wrong_archive_is_one_line(folder: Path, spec: str) -> None:
    result = CliRunner().invoke(
        main, ["check", str(folder / "good.html"), "--archive", spec, "--db", str(folder / "k.db")]
    )
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_could_not_tell_is_4_only_when_asked_for(folder: Path) -> None:
    good = str(folder / "good.html")
    assert run(folder, "--offline", good).exit_code == 0
    assert run(folder, "--offline", "--exit-code", good).exit_code == 4


@pytest.mark.parametrize("words", [("verify",), ("audit",)])
def test_a_device_and_a_pipe_without_a_writer_are_not_waited_for(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for target in (str(pipe), "/dev/zero"):
        done = CliRunner().invoke(main, [*words, target, "--db", str(tmp_path / "kept.db")])
        assert (done.exit_code, done.stdout) == (1, "")
        [line] = done.stderr.splitlines()
        assert target in line


@pytest.mark.parametrize(
    "words",
    [
        ("report", "9" * 20),
        ("cite", "--report", "9" * 20),
        ("save", "--report", "9" * 20),
        ("audit", "--compare", "9" * 20, "1"),
        ("audit", "x.txt", "--max", "9" * 20),
        ("audit", "x.txt", "--sample", "9" * 20),
        ("audit", "x.txt", "--workers", "9" * 6),
        ("audit", "x.txt", "--rate", "nan"),
        ("audit", "x.txt", "--rate", "1e-300"),
        ("audit", "x.txt", "--rate", "1e300"),
    ],
)
def test_a_number_beyond_reason_is_wrong_usage(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "Invalid value" in done.stderr
