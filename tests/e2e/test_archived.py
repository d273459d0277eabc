"""The whole way over real HTTP: an aggregator, its source, and a real pywb that holds both."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from provenance.demo.sites import demo_world
from tests.servers.pywb import Page, fill, serve_pywb, utc

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any], str]:
    """One check of the aggregator's page: the folder, the JSON report, the words."""
    folder = tmp_path_factory.mktemp("archived")
    with demo_world() as demo:
        original, repost = demo.pages["courier"], demo.pages["feed"]
        announced = "<html><body><h1>Soon: Ines Halloran on the last bus</h1></body></html>"
        held = (
            Page(url=demo.original_url, at=utc(2026, 3, 2, 8, 0), body=announced),
            Page(url=demo.original_url, at=utc(2026, 3, 3, 9, 12, 4), body=original),
            Page(url=demo.repost_url, at=utc(2026, 3, 5, 18, 40, 31), body=repost),
        )
        fill(folder, {"news": held})
        with serve_pywb(folder) as pywb:
            options = [
                demo.repost_url,
                "--allow-private",
                "--follow-private",
                f"--archive=pywb=cdx:{pywb.collection('news')}",
                f"--db={folder / 'kept.db'}",
                f"--output={folder / 'out'}",
            ]
            words = CliRunner().invoke(main, ["check", *options])
        offline = CliRunner().invoke(main, ["check", *options, "--offline", "--json"])
        assert words.exit_code == offline.exit_code == 0, words.output + offline.output
        report = {**json.loads(offline.stdout), "original_url": demo.original_url}
    return folder, report, words.stdout


def test_the_verdict_names_the_source_and_is_sure(
    checked: tuple[Path, dict[str, Any], str],
) -> None:
    _, report, _ = checked
    verdict = report["verdict"]
    assert verdict["derivation"] == "wholly"
    assert verdict["basis"] == "measured"
    assert verdict["direction"] == "from_source"
    assert verdict["attribution"] == "bare_link"
    assert verdict["kind"] == "repost"
    assert verdict["origin"]["url"] == report["original_url"]
    assert verdict["origin"]["publisher"] == "The Selwick Courier"


def test_both_shares_are_measured_and_whole(checked: tuple[Path, dict[str, Any], str]) -> None:
    _, report, _ = checked
    reuse = report["findings"][0]["reuse"]
    assert reuse["suspect_containment"] == 1.0
    assert reuse["source_containment"] == 1.0


def test_the_archive_says_who_was_first_by_the_text_and_not_by_the_first_capture(
    checked: tuple[Path, dict[str, Any], str],
) -> None:
    _, report, _ = checked
    there = [s for s in report["findings"][0]["sightings"] if s["witness"] == "archive"]
    here = [s for s in report["sightings"] if s["witness"] == "archive"]
    assert [(s["at"], s["holds_text"]) for s in there] == [
        ("2026-03-02T08:00:00Z", False),
        ("2026-03-03T09:12:04Z", True),
    ]
    assert [(s["at"], s["holds_text"]) for s in here] == [("2026-03-05T18:40:31Z", True)]
    assert all("id_/" in s["memento"] for s in (*there, *here))


def test_a_person_reads_it_in_words(checked: tuple[Path, dict[str, Any], str]) -> None:
    folder, _, words = checked
    assert words.startswith("Repost (confidence: strong)")
    assert "The Selwick Courier" in words
    assert "linked, not named" in words
    assert "2 days earlier" in " ".join(words.split())
    assert len(list((folder / "out").glob("*.html"))) == 1


def test_the_furniture_is_no_part_of_the_measure(
    checked: tuple[Path, dict[str, Any], str],
) -> None:
    _, report, _ = checked
    story = report["suspect"]["text"]
    for stray in ("Telegram", "Readers online", "Northern Gold", "Join our channel", "Source link"):
        assert stray not in story
    assert {s["quote"] for s in report["signals"] if s["family"] == "furniture"}


def test_the_same_kept_data_give_the_same_bytes(
    checked: tuple[Path, dict[str, Any], str],
) -> None:
    folder, report, _ = checked
    files = []
    for name in ("a", "b"):
        done = CliRunner().invoke(
            main,
            [
                "check",
                report["target"],
                "--offline",
                f"--db={folder / 'kept.db'}",
                "-f",
                "html",
                "-f",
                "json",
                "-f",
                "md",
                f"--output={folder / name}",
                "--archive=pywb=cdx:http://127.0.0.1:9/news",
            ],
        )
        assert done.exit_code == 0, done.output
        files.append({p.name: p.read_bytes() for p in sorted((folder / name).iterdir())})
    assert files[0] == files[1]
    assert len(files[0]) == 3


def test_a_page_that_is_gone_is_checked_as_a_real_archive_keeps_it(tmp_path: Path) -> None:
    with demo_world() as demo:
        gone, repost = f"{demo.repost_url}-gone", demo.pages["feed"]
        lost = "<html><title>Not found</title><body><h1>404</h1><p>Not found.</p></body></html>"
        held = (
            Page(url=gone, at=utc(2026, 3, 5, 18, 40, 31), body=repost),
            Page(url=gone, at=utc(2026, 4, 5, 18, 40, 31), body=repost),
            Page(url=gone, at=utc(2026, 5, 5), body=lost),
        )
        fill(tmp_path, {"news": held})
        with serve_pywb(tmp_path) as pywb:
            archive = f"--archive=pywb=cdx:{pywb.collection('news')}"
            options = [
                gone,
                "--allow-private",
                "--follow-private",
                archive,
                f"--db={tmp_path / 'kept.db'}",
            ]
            done = CliRunner().invoke(main, [*options, f"--output={tmp_path / 'out'}"])
    lines = done.stdout.splitlines()
    assert lines[0] == "Repost (confidence: strong), of the page as archived on 5 Apr 2026"
    assert lines[1].startswith("The live page could not be read: there is no such page (HTTP 404)")
