"""A press of 2,000 texts through every stage: what is found, kept, gone on with, and on Spark."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest

from provenance.library.networks import NetworkChoice, run_network
from provenance.network.outputs import rows
from tests.network.collection import recall, write_lines, write_parquet
from tests.network.press import Press

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.model.network import NetworkReport

pytestmark = pytest.mark.slow
FILES = ("clusters.parquet", "edges.parquet", "network.graphml", "texts.parquet")


class Made:
    """A press, the files of its network, and the report of the run."""

    def __init__(self, folder: Path, size: int) -> None:
        self.press = Press(size)
        self.given = folder / "press.parquet"
        write_parquet(self.press, self.given)
        self.output = folder / "out"
        self.report = run(self.given, self.output)
        self.edges = list(rows(self.output / "edges.parquet"))


def run(given: Path, output: Path, **choices: Any) -> NetworkReport:
    choice = NetworkChoice(directory=str(output), memory=1 << 30, **choices)
    return run_network([str(given)], choice, lambda *_: None, pytest.fail)


def run_lines(folder: Path, *texts: dict[str, Any]) -> list[dict[str, Any]]:
    """The edges among a few texts."""
    given = folder / "few.jsonl"
    write_lines(texts, given)
    run(given, folder / "few")
    return list(rows(folder / "few" / "edges.parquet"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("network"), 2_000)


def test_the_planted_families_are_found_with_their_sources(made: Made) -> None:
    found = recall(made.press.planted, ((edge["copy"], edge["source"]) for edge in made.edges))
    for kind, (_, family, source) in found.items():
        least = 0.9 if kind == "edited 30 %" else 0.99
        assert (kind, family >= least, source >= least) == (kind, True, True), found


def test_no_edge_joins_texts_of_two_families(made: Made) -> None:
    family = {each.copy: each.family for each in made.press.planted}
    family |= {each.source: each.family for each in made.press.planted}
    assert [e for e in made.edges if family.get(e["copy"], -1) != family.get(e["source"], -2)] == []


def test_the_source_has_the_earlier_date_and_notices_are_furniture(made: Made) -> None:
    for edge in made.edges:
        later = edge["copy_date"] > edge["source_date"]
        assert later or edge["direction"] == "undetermined"
        assert edge["days"] == (edge["copy_date"] - edge["source_date"]).days >= 0
    assert len([e for e in made.edges if e["best"]]) == len(
        {e["copy"] for e in made.edges if e["kind"] != "passage"}
    )
    assert len(made.report.furniture) == 2
    assert made.report.copied > 300
    assert made.report.stories[0].first


def test_a_story_printed_400_times_is_one_cluster_with_its_first(made: Made) -> None:
    members = list(rows(made.output / "clusters.parquet"))
    printed = {p.copy for p in made.press.planted if p.kind == "printed 400 times"}
    [first] = {p.source for p in made.press.planted if p.kind == "printed 400 times"}
    assert {m["document"] for m in members if m["cluster"] == 1} == printed | {first}
    assert [m["document"] for m in members if m["cluster"] == 1 and m["first"]] == [first]
    assert not (made.output / "work").exists()


@pytest.mark.timeout(900)
def test_a_run_killed_again_and_again_ends_with_the_same_bytes(made: Made, tmp_path: Path) -> None:
    output = tmp_path / "out"
    command = [sys.executable, "-m", "provenance", "network", str(made.given), "-o", str(output)]
    command += ["--memory", "1GB", "--resume"]
    killed = 0
    for wait in range(1, 40):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            _, said = process.communicate(timeout=wait * 1.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1
        else:
            assert (process.returncode, said) == (0, b"")
            break
    assert killed >= 1
    for name in FILES:
        assert (output / name).read_bytes() == (made.output / name).read_bytes(), name


WITHOUT_JAVA = pytest.mark.skipif(
    not (os.environ.get("JAVA_HOME") or shutil.which("java")),
    reason="no Java on PATH: apt-get install openjdk-17-jre-headless",
)
OWN_SESSION = """
import sys
from provenance.network.engines.spark import find_edges, open_session

spark = open_session(1 << 30)
texts = spark.read.json(sys.argv[1])
edges, clusters = find_edges(spark, texts, sys.argv[2])
print(sorted((row.copy, row.source, row.direction, row.days) for row in edges.collect()))
print(sorted((row.document, row.first) for row in clusters.collect()))
spark.stop()
"""


@WITHOUT_JAVA
@pytest.mark.timeout(900)
def test_a_session_of_ones_own_gives_tables(tmp_path: Path) -> None:
    where = "https://{}.example/story"
    texts = [
        {"id": "a", "text": story(21), "url": where.format("echo"), "date": "2024-05-01"},
        {"id": "b", "text": f"{story(21)} x", "url": where.format("post"), "date": "2024-05-09"},
        {"id": "c", "text": story(22), "url": where.format("weir"), "date": "2024-05-01"},
    ]
    write_lines([*texts, texts[0]], tmp_path / "few.jsonl")
    command = [sys.executable, "-c", OWN_SESSION, str(tmp_path / "few.jsonl"), str(tmp_path / "w")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == [
        "[('b', 'a', 'from_source', 8)]",
        "[('a', True), ('b', False)]",
    ]


@WITHOUT_JAVA
@pytest.mark.timeout(1_200)
def test_spark_gives_the_very_same_rows(made: Made, tmp_path: Path) -> None:
    output = tmp_path / "out"
    command = [sys.executable, "-m", "provenance", "network", str(made.given), "-o", str(output)]
    command += ["--engine", "spark", "--memory", "2GB"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    for name in FILES:
        if name.endswith("parquet"):
            ours, theirs = (pq.read_table(out / name) for out in (made.output, output))
            assert ours.schema.names == theirs.schema.names
            assert ours.to_pylist() == theirs.to_pylist(), name
        else:
            assert (output / name).read_bytes() == (made.output / name).read_bytes()


def story(seed: int, words: int = 150) -> str:
    from tests.network.press import Writer

    writer = Writer(seed, 3_000)
    return writer.spell(writer.codes(words))


def test_equal_days_and_missing_dates_leave_undetermined_who_was_first(tmp_path: Path) -> None:
    edges = run_lines(
        tmp_path,
        {"id": "a", "text": story(1), "site": "echo", "date": "2024-05-01"},
        {"id": "b", "text": f"{story(1)} more", "site": "post", "date": "2024-05-01"},
        {"id": "c", "text": story(2), "site": "echo", "date": "2024-05-01"},
        {"id": "d", "text": f"{story(2)} more", "site": "post"},
        {"id": "e", "text": story(3), "site": "echo", "date": "2024-05-02"},
        {"id": "f", "text": f"{story(3)} more", "site": "post", "date": "2024-05-01"},
    )
    said = {(e["copy"], e["source"], e["direction"], e["days"]) for e in edges}
    assert said == {
        ("b", "a", "undetermined", 0),
        ("d", "c", "undetermined", None),
        ("e", "f", "from_source", 1),
    }


def test_two_copies_of_an_agency_text_have_a_common_source(tmp_path: Path) -> None:
    text = story(4)
    edges = run_lines(
        tmp_path,
        {"id": "a", "text": f"BERLIN (dpa) - {text}", "site": "echo", "date": "2024-05-01"},
        {"id": "b", "text": text, "site": "post", "date": "2024-05-03"},
    )
    assert [(e["direction"], e["agency"]) for e in edges] == [
        ("common_source", "Deutsche Presse-Agentur")
    ]


def test_recrawls_are_left_out_and_exact_copies_linked_without_comparing(tmp_path: Path) -> None:
    text = story(5)
    given = tmp_path / "given.jsonl"
    many = [
        {"id": f"n{n}", "text": text, "url": f"https://s{n}.example/", "date": f"2024-01-{n:02}"}
        for n in range(1, 21)
    ]
    again = {
        "id": "r",
        "text": f"{text} x",
        "url": "https://www.s3.example/#top",
        "date": "2024-06-01",
    }
    write_lines([*many, again], given)
    report = run(given, tmp_path / "out")
    edges = list(rows(tmp_path / "out" / "edges.parquet"))
    assert (report.recrawls, report.exact, report.clusters) == (1, 19, 1)
    assert {(e["source"], e["copy_share"], e["exact"]) for e in edges} == {("n1", 1.0, True)}
    assert dict(report.rows)["pairs"] == 0


def test_a_book_is_compared_piece_by_piece(tmp_path: Path) -> None:
    book = "\n".join(story(seed, 3_000) for seed in range(100, 114))
    edges = run_lines(
        tmp_path,
        {"id": "book", "text": book, "site": "press", "date": "2020-01-01"},
        {"id": "chapter", "text": story(112, 3_000), "site": "post", "date": "2024-01-01"},
        {"id": "reprint", "text": f"Preface here. {book}", "site": "echo", "date": "2024-01-01"},
    )
    found = {(e["copy"], e["source"]): e for e in edges}
    assert len(book) > 200_000
    assert found["reprint", "book"]["copy_share"] > 0.99
    assert found["chapter", "book"]["copy_share"] > 0.99
    assert found["chapter", "book"]["source_share"] == pytest.approx(1 / 14, abs=0.01)
