"""What reports that are shared say of the machine they were made on: names of files alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from provenance.cli.targets import complete_address
from tests.world.evil import EvilServer, reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STORY = " ".join(f"The ferry to island number {n} stopped on day {n}." for n in range(40))
LOGIN = "me:hunter22"


@pytest.fixture
def server() -> Iterator[EvilServer]:
    found = EvilServer()
    yield found
    found.close()


@pytest.mark.parametrize("form", ["html", "md", "json", "csv", "prov", "jsonld"])
def test_no_folder_stands_in_a_report(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "private-folder"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY, "utf-8")
    words = [
        *("check", str(folder / "story.txt"), "--offline", "--json", "-f", form),
        *("--db", str(folder / "kept.db"), "-o", str(tmp_path / "out")),
    ]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0
    [path] = (tmp_path / "out").iterdir()
    assert "private-folder" not in path.read_text("utf-8") + done.stdout
    told = json.loads(done.stdout)
    assert (told["target"], told["settings"]["database"]) == ("story.txt", "kept.db")


@pytest.mark.parametrize(
    "words", [("{login}/story",), ("story.html", "--url", "{login}/story")], ids=["live", "saved"]
)
def test_a_password_goes_nowhere(
    words: tuple[str, ...],
    tmp_path: Path,
    server: EvilServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    page = f"<html><body><article><p>{STORY}</p></article></body></html>"
    (tmp_path / "story.html").write_text(page, "utf-8")
    server.first = reply(page.encode())
    login = server.base.replace("://", f"://{LOGIN}@")
    done = CliRunner().invoke(
        main,
        [
            *("check", *(word.format(login=login) for word in words), "--allow-private"),
            *("--json", "-f", "html", "--db", "kept.db", "-o", "out"),
            *("--archive", f"own=cdx:{server.base}"),
        ],
    )
    assert done.exit_code == 0, done.output
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert b"hunter22" not in b"".join(kept)
    assert "hunter22" not in done.output + "".join(server.requests)
    assert any("/cdx" in path for path in server.asked)


def test_a_password_in_the_address_of_a_service_is_an_error_that_does_not_tell_it() -> None:
    words = ["check", "x.txt", "--archive", f"own=cdx:http://{LOGIN}@127.0.0.1/"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1
    assert "own: its address holds a user name or a password" in done.stderr
    assert "hunter22" not in done.stderr


def test_the_login_of_an_address_is_taken_out_at_the_door() -> None:
    assert complete_address("https://me:pw@paper.example/a@b?c") == "https://paper.example/a@b?c"
    assert complete_address("https://paper.example/@someone") == "https://paper.example/@someone"
