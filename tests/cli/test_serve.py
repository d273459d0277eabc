"""``serve`` refuses a place that is not safe before it listens anywhere."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from provenance.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def refusal(*words: str) -> str:
    done = CliRunner().invoke(main, ["serve", "--no-open", *words])
    assert done.exit_code == 1, done.output
    return done.output


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "paper.example"])
def test_a_place_that_others_reach_wants_a_password_file(host: str) -> None:
    assert "name a --password-file" in refusal(f"--host={host}")


def test_a_password_has_some_length_and_private_pages_are_not_for_guests(tmp_path: Path) -> None:
    file = tmp_path / "pass.txt"
    place = ("--host=0.0.0.0", f"--password-file={file}", f"--db={tmp_path / 'kept.db'}")
    assert "cannot be read" in refusal(*place)
    file.write_text("short\n", "utf-8")
    assert "12 letters" in refusal(*place)
    file.write_text("a long enough password\n", "utf-8")
    assert "this machine alone" in refusal(*place, "--allow-private")


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = refusal(f"--port={port}", f"--db={tmp_path / 'kept.db'}")
    assert f"port {port}" in told
    assert "--port" in told
