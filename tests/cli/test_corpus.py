"""A corpus of one's own: what was added is found by check, with nobody asked."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

from provenance.cli.main import main
from provenance.demo.sites import demo_world

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of texts of one's own, and a copy of one of them that links nowhere."""
    with demo_world() as demo:
        original, repost = demo.pages["courier"], demo.pages["feed"]
    own = tmp_path / "own"
    own.mkdir()
    (own / "original.html").write_text(original, "utf-8")
    (own / "notes.txt").write_text(
        "Minutes of the harbour board\n\nThe board met, heard the pilot, and adjourned.\n",
        "utf-8",
    )
    (own / "broken.html").write_bytes(b"")
    (tmp_path / "copy.html").write_text(repost.replace("Source link", ""), "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--db", str(folder / "kept.db")])


def test_a_folder_is_added_and_what_cannot_be_read_is_told(folder: Path) -> None:
    added = run(folder, "corpus", "add", str(folder / "own"))
    assert added.exit_code == 1
    assert "2 added, 1 not read" in added.stdout
    assert "broken.html" in added.stderr
    again = run(folder, "corpus", "add", str(folder / "own" / "notes.txt"))
    assert again.exit_code == 0
    assert "0 added, 1 already there, 0 not read" in again.stdout
    assert "2 texts" in run(folder, "corpus", "stats").stdout


def story(seed: int) -> str:
    names = [f"{a}{b}" for a in ("bel", "dor", "fen", "gar", "kul") for b in ("ta", "mor", "vik")]
    drawn = random.Random(seed)
    return " ".join(f"{' '.join(drawn.choices(names, k=11)).capitalize()}." for _ in range(20))


def test_a_collection_is_added_line_by_line_and_bad_lines_are_told(folder: Path) -> None:
    lines = [
        json.dumps({"text": story(1), "url": "https://paper.example/one", "title": "One"}),
        "{",
        "",
        json.dumps({"title": "nothing else"}),
        json.dumps({"body": story(2), "headline": "Two", "date": "2026-02-03"}),
    ]
    path = folder / "texts.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    added = run(folder, "corpus", "add", str(path))
    assert added.exit_code == 1
    assert "2 added, 2 not read" in added.stdout
    assert "line 2: it is no JSON" in added.stderr
    assert "line 4: it has no text" in added.stderr
    (folder / "packed.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
    assert "0 added" in run(folder, "corpus", "add", str(folder / "packed.jsonl.gz")).stdout
    rebuilt = run(folder, "corpus", "rebuild")
    assert rebuilt.exit_code == 0
    assert "2 texts read anew, 0 not" in rebuilt.stdout


def test_a_cut_collection_gives_what_stands_before_the_cut(folder: Path) -> None:
    lines = "".join(json.dumps({"text": story(n)}) + "\n" for n in range(40))
    path = folder / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(lines.encode())[:-2000])
    added = run(folder, "corpus", "add", str(path))
    assert added.exit_code == 1
    assert "cut gzip file" in added.stderr
    assert 0 < int(added.stdout.split()[0]) < 40


def test_the_rows_of_a_parquet_file_are_texts(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra tables is not installed")
    table = pa.table(
        {
            "document": [1, 2, 3],
            "text": [story(1), story(2), None],
            "url": ["https://paper.example/one", None, None],
            "date": pa.array([19_700, 10**8, None], pa.date32()),
            "title": pa.array([b"One", b"\xff", b"Three"]),
            "marks": [[1], [2], [3]],
        }
    )
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(table, folder / "texts.parquet")
    added = run(folder, "corpus", "add", str(folder / "texts.parquet"))
    assert added.exit_code == 1
    assert "2 added, 1 not read" in added.stdout
    assert "texts.parquet, line 3: it has no text" in added.stderr
    found = run(folder, "corpus", "search", story(1).split()[0])
    assert "One\n    https://paper.example/one" in found.stdout
    assert "2 texts read anew, 0 not" in run(folder, "corpus", "rebuild").stdout
    (folder / "cut.parquet").write_bytes((folder / "texts.parquet").read_bytes()[:-20])
    cut = run(folder, "corpus", "add", str(folder / "cut.parquet"))
    assert cut.exit_code == 1
    assert "cut.parquet: cannot be read as Parquet" in cut.stderr
    assert len(cut.stderr.splitlines()) == 1


def test_many_bad_lines_are_told_in_few(folder: Path) -> None:
    (folder / "bad.jsonl").write_text("[]\n" * 50, "utf-8")
    added = run(folder, "corpus", "add", str(folder / "bad.jsonl"))
    assert "0 added, 50 not read" in added.stdout
    assert "40 more lines" in added.stderr
    assert len(added.stderr.splitlines()) == 11


def test_the_pages_of_a_feed_and_of_a_sitemap_are_fetched_up_to_a_number(folder: Path) -> None:
    with demo_world() as demo:
        urls = [demo.original_url, demo.repost_url]
        items = "".join(f"<item><link>{url}</link></item>" for url in urls)
        feed = f"<?xml version='1.0'?><rss><channel>{items}</channel></rss>"
        (folder / "feed.xml").write_text(feed, "utf-8")
        one = run(
            folder,
            "corpus",
            "add",
            str(folder / "feed.xml"),
            "--allow-private",
            "--follow-private",
            "--max=1",
        )
        assert "1 added, 0 not read" in one.stdout
        listed = "".join(f"<url><loc>{url}</loc></url>" for url in (*urls, urls[0] + "/gone"))
        (folder / "sitemap.xml").write_text(f"<urlset>{listed}</urlset>", "utf-8")
        both = run(
            folder,
            "corpus",
            "add",
            str(folder / "sitemap.xml"),
            "--allow-private",
            "--follow-private",
        )
    assert "1 added, 1 already there, 1 not read" in both.stdout
    assert "/gone" in both.stderr


def test_check_finds_the_original_with_nobody_asked(folder: Path) -> None:
    run(folder, "corpus", "add", str(folder / "own"))
    checked = run(
        folder,
        "check",
        str(folder / "copy.html"),
        "--offline",
        "--json",
        "--url",
        "https://feed.example/bed-at-nine",
    )
    report = json.loads(checked.stdout)
    [finding] = report["findings"]
    assert finding["source"]["publisher"] == "The Selwick Courier"
    assert finding["reuse"]["suspect_containment"] == 1.0
    assert {look["answer"] for look in report["lookups"] if look["provider"] == "corpus"} == {
        "found"
    }


def test_check_finds_a_text_of_which_a_third_stands_edited_on_the_page(folder: Path) -> None:
    records = ({"text": story(n), "url": f"https://paper.example/{n}"} for n in range(100, 160))
    path = folder / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, records)), "utf-8")
    run(folder, "corpus", "add", str(path))
    drawn = random.Random(5)
    words = story(123).split()[40:140]
    taken = [word if drawn.random() > 0.25 else f"other{n}" for n, word in enumerate(words)]
    page = f"{story(7)}\n\n{' '.join(taken)}.\n"
    (folder / "page.txt").write_text(page, "utf-8")
    checked = run(folder, "check", str(folder / "page.txt"), "--offline", "--json")
    best = json.loads(checked.stdout)["findings"][0]
    assert best["candidate"]["url"] == "https://paper.example/123"
    assert best["reuse"]["suspect_containment"] > 0.15


def test_an_original_without_an_address_is_named_and_gets_no_url(folder: Path) -> None:
    run(folder, "corpus", "add", str(folder / "own"))
    checked = run(folder, "check", str(folder / "copy.html"), "--offline", "--json")
    report = json.loads(checked.stdout)
    assert report["findings"][0]["candidate"]["url"].startswith("kept:")
    told = json.dumps([report["verdict"], report["citation"]])
    assert "kept:" not in told
    shown = run(folder, "check", str(folder / "copy.html"), "--offline")
    assert "The Selwick Courier" in shown.stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["timetable", "regatta"], True),
        (["matching supply to demand"], True),
        (["demand to supply matching"], False),
        (["nowhere-to-be-seen"], False),
        (['"', "*"], False),
    ],
)
def test_texts_are_found_by_words_and_by_phrase(
    folder: Path, words: list[str], found: bool
) -> None:
    run(folder, "corpus", "add", str(folder / "own"))
    result = run(folder, "corpus", "search", "--json", *words)
    assert result.exit_code == 0
    assert bool(result.stdout) is found


def verdict(folder: Path, *words: str) -> dict[str, Any]:
    [line] = run(folder, "check", *words, "--json", "--offline").stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def test_an_exact_copy_of_a_text_that_was_put_here_is_found(folder: Path) -> None:
    text, copy = folder / "a.txt", folder / "b.txt"
    text.write_text(story(3), "utf-8")
    copy.write_text(story(3), "utf-8")
    assert run(folder, "corpus", "add", str(text)).exit_code == 0
    [finding] = verdict(folder, str(copy))["findings"]
    assert finding["candidate"]["url"].startswith("kept:")
    assert finding["reuse"]["suspect_containment"] == 1.0


def test_a_text_that_was_only_checked_before_is_not_found_as_its_own_copy(folder: Path) -> None:
    text = folder / "a.txt"
    text.write_text(story(4), "utf-8")
    for _ in range(2):
        assert verdict(folder, str(text))["findings"] == []


def test_an_exact_mirror_on_another_site_is_found_from_both_sides(folder: Path) -> None:
    page = folder / "page.html"
    page.write_text(f"<html><body><article><p>{story(5)}</p></article></body></html>", "utf-8")
    first, mirror = "https://paper.example/news/1", "https://mirror.example/1"
    assert verdict(folder, str(page), "--url", first)["findings"] == []
    twin = "https://www.paper.example/print/1"
    assert verdict(folder, str(page), "--url", twin)["findings"] == []
    [finding] = verdict(folder, str(page), "--url", mirror)["findings"]
    assert finding["candidate"]["url"] == first
    assert finding["source"]["url"] == first
    [finding] = verdict(folder, str(page), "--url", first)["findings"]
    assert finding["candidate"]["url"] == finding["source"]["url"] == mirror
