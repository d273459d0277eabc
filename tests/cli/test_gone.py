"""A page that is gone, in the commands whose output is no report: a real archive goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from tests.servers.loopback import Answer, serve
from tests.servers.pywb import Page, fill, serve_pywb, utc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
PAGE = "<html><head><title>Boats</title></head><body><article><h1>Boats</h1>{}</article></body>"
STORY = "".join(
    f"<p>On day {n} the lock-keeper of Dunmarrow counted {n} boats and one goose.</p>"
    for n in range(40)
)


@pytest.fixture(scope="module")
def gone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a page that answers 410, and the archive that holds it."""
    folder = tmp_path_factory.mktemp("gone")
    with serve(lambda _: Answer(status=410)) as site:
        url = f"{site.base}/boats"
        held = Page(url=url, at=utc(2026, 3, 2, 8, 0), body=PAGE.format(STORY))
        fill(folder, {"news": (held,)})
        with serve_pywb(folder) as pywb:
            yield url, f"--archive=pywb=cdx:{pywb.collection('news')}"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--allow-private", f"--db={folder / 'kept.db'}"])


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["read"], "one goose"),
        (["detect"], "names no source"),
        (["save", "--json"], '"captures": 1'),
        (["compare"], "100%"),
    ],
)
def test_a_page_that_is_gone_goes_on_as_its_newest_snapshot(
    gone: tuple[str, str], tmp_path: Path, words: list[str], shown: str
) -> None:
    url, archive = gone
    again = [url] if words == ["compare"] else []
    output = [f"--output={tmp_path}"] if words[0] == "save" else []
    done = run(tmp_path, *words, url, *again, archive, *output)
    assert done.exit_code == 0, done.output
    assert shown in done.stdout
    told = [line for line in done.stderr.splitlines() if line.startswith("provenance: ")]
    assert told
    for line in told:
        assert line.startswith(f"provenance: {url}: ")
        assert "HTTP 410" in line
        assert "read instead: its newest readable snapshot, of 2 Mar 2026 08:00 UTC: http" in line
        assert "id_/" not in line


def test_a_page_that_no_archive_holds_is_one_line(gone: tuple[str, str], tmp_path: Path) -> None:
    url, archive = gone
    done = run(tmp_path, "read", f"{url}/none", archive)
    assert (done.exit_code, done.stdout) == (1, "")
    [line] = done.stderr.splitlines()
    assert "the archives asked hold no article at this address" in line
