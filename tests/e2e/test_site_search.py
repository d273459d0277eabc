"""A page that gives only the home page of its source, and a real WordPress site behind that."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from tests.servers.newsroom import NEWSPAPER, PUBLISHED, ROAD
from tests.servers.wordpress import missing, serve_wordpress

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

# Its front page shows ten newer posts: the article is found by asking, or not at all.
OLD = PUBLISHED - timedelta(days=300)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report on the page, and another made offline, when the site is gone."""
    if absent := missing():
        pytest.skip(absent)
    folder: Path = tmp_path_factory.mktemp("door")
    posts = (replace(ROAD, at=OLD), *NEWSPAPER.posts[1:])
    with serve_wordpress(folder / "sites", {"post": replace(NEWSPAPER, posts=posts)}) as bases:
        home = bases["post"]
        page = folder / "page.html"
        page.write_text(
            f"<html><head><title>{ROAD.title}</title><meta property='article:published_time' "
            f"content='2026-03-01T08:00:00Z'></head><body><article><h1>{ROAD.title}</h1>"
            f"{ROAD.body}<p>Source: <a href='{home}/'>Harbour Post</a></p></article></body></html>",
            "utf-8",
        )
        options = ["check", str(page), "--url", "https://mirror-daily.example/2026/road"]
        options += [
            "--allow-private",
            "--follow-private",
            "--db",
            str(folder / "k.db"),
            "-o",
            str(folder),
            "--json",
        ]
        options += [f"--archive=none=cdx:{home}/no-archive"]
        live = CliRunner().invoke(main, options)
    offline = CliRunner().invoke(main, [*options, "--offline"])
    assert (live.exit_code, offline.exit_code) == (0, 0), live.output + offline.output
    return {**json.loads(live.stdout), "home": home, "offline": json.loads(offline.stdout)}


def test_the_article_is_found_by_the_sites_own_search(checked: dict[str, Any]) -> None:
    origin = checked["verdict"]["origin"]
    assert origin["url"].startswith(f"{checked['home']}/2025/")
    assert origin["url"].endswith(f"/{ROAD.slug}/")
    assert checked["verdict"]["attribution"] == "credited"
    best = checked["findings"][0]
    assert best["reuse"]["suspect_containment"] > 0.95
    assert best["candidate"]["leads"][0]["found_by"] == "search of 127.0.0.1"


def test_one_question_was_enough(checked: dict[str, Any]) -> None:
    asked = [look for look in checked["lookups"] if look["provider"] == "search of 127.0.0.1"]
    assert [(look["answer"], look["asked"]) for look in asked] == [("found", ROAD.title)]


def test_what_was_found_is_kept_and_found_offline(checked: dict[str, Any]) -> None:
    offline = checked["offline"]
    assert offline["verdict"]["origin"] == checked["verdict"]["origin"]
    assert offline["findings"][0]["candidate"]["leads"][0]["found_by"] == "corpus"
