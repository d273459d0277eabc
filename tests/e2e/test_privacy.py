"""Which text goes where: what README promises, held against the requests that are made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from tests.jobs.check.test_page import STORY, page
from tests.servers.loopback import Answer, Loopback, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BODY = page(STORY, "The road nobody mends", published="2026-11-27")
JSON = {"Content-Type": "application/json"}


def empty(path: str) -> Answer:
    return Answer(b"[]" if "/cdx/" in path else b"{}", headers=JSON)


@pytest.fixture
def servers() -> Iterator[tuple[Loopback, Loopback, Loopback]]:
    """A page, an archive and GDELT; the two know nothing."""
    with (
        serve(lambda _: Answer(BODY.encode())) as site,
        serve(empty) as archive,
        serve(empty) as gdelt,
    ):
        yield site, archive, gdelt


def check(folder: Path, target: str, *words: str) -> Result:
    more = [f"--db={folder / 'kept.db'}", f"--output={folder / 'out'}", "--allow-private"]
    return CliRunner().invoke(main, ["check", target, *more, *words])


def test_archives_get_addresses_and_news_searches_a_few_words(
    servers: tuple[Loopback, Loopback, Loopback], tmp_path: Path
) -> None:
    site, archive, gdelt = servers
    target = f"{site.base}/road"
    asked = [f"--archive=a=cdx:{archive.base}", f"--search=gdelt=gdelt:{gdelt.base}"]
    done = check(tmp_path, target, *asked)
    assert done.exit_code == 0, done.output
    assert "first run: gdelt is asked for a few words" in done.stderr
    assert site.asked == ["/road"]
    assert archive.asked
    for path in archive.asked:
        told = parse_qs(urlsplit(path).query)
        assert told["url"][0].startswith(site.base)
        assert "drain" not in path
    assert 1 <= len(gdelt.asked) <= 2
    story = set(re.findall(r"[a-z]+", re.sub("<[^>]+>", " ", BODY).lower()))
    for path in gdelt.asked:
        (question,) = parse_qs(urlsplit(path).query)["query"]
        words = [word for word in re.findall(r"[A-Za-z]+", question) if word != "OR"]
        assert 1 <= len(words) <= 12
        assert {word.lower() for word in words} <= story
        assert site.base not in path

    again = check(tmp_path, target, *asked, "--refresh")
    assert "first run" not in again.stderr


@pytest.mark.parametrize("words", [["--search=none"], ["--offline"]])
def test_nobody_is_searched_who_is_switched_off(
    servers: tuple[Loopback, Loopback, Loopback], tmp_path: Path, words: list[str]
) -> None:
    site, archive, gdelt = servers
    (tmp_path / "page.html").write_text(BODY, "utf-8")
    asked = [f"--archive=a=cdx:{archive.base}"]
    if "--offline" in words:
        asked.append(f"--search=gdelt=gdelt:{gdelt.base}")
    target = str(tmp_path / "page.html")
    done = check(tmp_path, target, f"--url={site.base}/road", *asked, *words)
    assert done.exit_code == 0, done.output
    assert "first run" not in done.stderr
    assert gdelt.asked == []
    assert bool(archive.asked) == ("--offline" not in words)
