"""README is true: its commands run, and the output it shows is the output there is."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import provenance
from provenance.cli.cite import CITATION_FORMS
from provenance.cli.main import main
from provenance.cli.options import FORMATS
from provenance.cli.settings_file import option_defaults, settings
from provenance.demo.sites import demo_world
from provenance.world.archives import ARCHIVES
from provenance.world.searches import SEARCHES
from tests.cli.sample import SAMPLE, SHOWN

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
WHOLE = "\n".join(page.read_text("utf-8") for page in PAGES)
_PORT = re.compile(r"127\.0\.0\.1:\d+")


def blocks(language: str, mark: str = "<!-- run -->\n") -> list[str]:
    return re.findall(rf"{re.escape(mark)}```{language}\n(.*?)```", WHOLE, re.DOTALL)


def commands() -> list[str]:
    return [
        line.removeprefix("$ ")
        for block in blocks("console")
        for line in block.splitlines()
        if line.startswith("$ ")
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that README speaks of, where nothing else is set."""
    with demo_world() as demo:
        pages = {"page.html": demo.pages["feed"], "original.html": demo.pages["courier"]}
    for name, html in pages.items():
        (tmp_path / name).write_text(html, "utf-8")
    story = provenance.read_document(
        pages["page.html"].encode(), settings=provenance.Settings(offline=True)
    ).text
    (tmp_path / "story.txt").write_text(story, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_the_demo_prints_what_readme_shows(tmp_path: Path) -> None:
    shown = SHOWN.search(README)
    assert shown is not None
    done = CliRunner().invoke(main, ["demo", "-o", str(tmp_path)])
    assert done.exit_code == 0, done.output
    printed = done.stdout.replace(str(tmp_path), "reports")
    assert _words(shown[0]) == _words(printed), "run `make sample`"


def _words(text: str) -> str:
    """The text without its ports and line breaks: another port is wrapped otherwise."""
    return " ".join(_PORT.sub("127.0.0.1:PORT", text).split())


def test_the_sample_shows_the_same_verdict() -> None:
    shown = SHOWN.search(README)
    assert shown is not None
    sentence = _words(shown[0]).split(" source ")[0].partition(")")[2].strip()
    sample = SAMPLE.read_text("utf-8")
    assert "The Selwick Courier" in sentence
    for word in re.findall(r"“[^”]+”|\d+ days? earlier|\d+% of this page", sentence):
        assert word in sample, "run `make sample`"


def test_the_commands_run_in_the_order_shown(folder: Path) -> None:
    shown = commands()
    assert len(shown) > 5
    for command in shown:
        line, _, written = command.partition(" > ")
        name, *arguments = shlex.split(line)
        assert name == "provenance"
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, f"{command}\n{done.output}"
        assert done.stdout, command
        if written:
            (folder / written).write_text(done.stdout, "utf-8")
    assert (folder / "side-by-side.html").read_text("utf-8").startswith("<!doctype html>")
    assert {path.suffix for path in (folder / "out").iterdir()} == {".html", ".md", ".json"}
    assert any(path.suffix == ".csv" for path in (folder / "reports").iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("code", blocks("python"))
def test_the_library_is_used_as_shown(code: str, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "wholly" in done.stdout


def test_the_settings_shown_are_settings(folder: Path) -> None:
    [block] = blocks("toml", "")
    (folder / "provenance.toml").write_text(block, "utf-8")
    given = option_defaults()
    assert given["database"] == "kept.db"
    chosen = settings(
        database=None, archives=tuple(given["archives"]), searches=tuple(given["searches"])
    )
    assert [spec.kind for spec in chosen.archives] == ["cdx", "cdx"]
    assert (chosen.hops, chosen.contact) == (2, "https://newsroom.example/provenance")


def test_every_command_and_kind_is_named() -> None:
    for name in main.commands:
        assert f"`{name}" in WHOLE
    for kind in (*ARCHIVES, *SEARCHES):
        assert f"`{kind}`" in WHOLE
    for target in re.findall(r"make ([a-z-]+)", WHOLE):
        assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8")
    assert {*FORMATS, *CITATION_FORMS} >= set(re.findall(r"-f ([\w-]+)", WHOLE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page.read_text("utf-8")):
        name, _, heading = target.partition("#")
        there = page.parent / name if name else page
        assert there.is_file(), target
        headings = (
            re.findall(r"^#+ (.+)$", there.read_text("utf-8"), re.MULTILINE) if heading else []
        )
        assert not heading or heading in {
            re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings
        }


def test_every_command_line_shown_is_one() -> None:
    """Options and commands of all pages, those included that ask the web and are not run."""
    for line in re.findall(r"^\$ (provenance .+)$", WHOLE, re.MULTILINE):
        words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
        command: click.Command = main
        while isinstance(command, click.Group):
            named = words and words[0] in command.commands
            command = command.commands[words.pop(0) if named else "check"]
        with command.make_context(line, words):
            pass
