"""``provenance network`` on every form of collection, and on what is none."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from provenance.cli.main import main
from provenance.network import collections
from provenance.network.collections import Columns, read_table
from tests.network.collection import write_lines
from tests.network.press import Writer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

WRITER = Writer(11, 3_000)
TEXTS = [WRITER.spell(WRITER.codes(120)) for _ in range(3)]
ROWS: list[dict[str, Any]] = [
    {"id": "a", "url": "https://echo.example/a", "date": "2024-05-01", "text": TEXTS[0]},
    {"id": "b", "url": "https://post.example/b", "date": "2024-05-04", "text": f"{TEXTS[0]} End."},
    {"id": "c", "url": "https://post.example/c", "date": "2024-05-05", "text": TEXTS[1]},
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["network", *arguments])


def edges_of(output: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(output / "edges.parquet").to_pylist()
    return found


def as_parquet(folder: Path) -> Path:
    dated = [{**row, "date": date.fromisoformat(row["date"])} for row in ROWS]
    pq.write_table(pa.Table.from_pylist(dated), folder / "docs.parquet")
    return folder / "docs.parquet"


def as_moments(folder: Path) -> Path:
    dated = [
        {**row, "id": n, "date": datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)}
        for n, row in enumerate(ROWS)
    ]
    table = pa.Table.from_pylist(dated)
    texts = table.column("text").dictionary_encode()
    table = table.set_column(table.schema.get_field_index("text"), "text", texts)
    pq.write_table(table, folder / "moments.parquet")
    return folder / "moments.parquet"


def as_lines(folder: Path) -> Path:
    write_lines(ROWS, folder / "docs.jsonl")
    (folder / "docs.jsonl.gz").write_bytes(gzip.compress((folder / "docs.jsonl").read_bytes()))
    (folder / "docs.jsonl").unlink()
    return folder / "docs.jsonl.gz"


def as_csv(folder: Path) -> Path:
    import csv

    with (folder / "docs.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ("id", "url", "published", "body"))
        writer.writeheader()
        writer.writerows(
            {"id": r["id"], "url": r["url"], "published": r["date"], "body": r["text"]}
            for r in ROWS
        )
    return folder / "docs.csv"


def page_of(row: dict[str, Any]) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in row["text"].split("\n"))
    return (
        f"<html><head><title>{row['id']}</title><meta property='article:published_time' "
        f"content='{row['date']}'></head><body><article><h1>{row['id']}</h1>{paragraphs}"
        "</article></body></html>"
    ).encode()


def record(kind: str, url: str, block: bytes, media: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-06-01T00:00:00Z\r\nContent-Type: {media}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{abs(hash(url)) % 10**12:012}>\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def as_warc(folder: Path) -> Path:
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    media = "application/http; msgtype=response"
    records = [record("response", r["url"], http + page_of(r), media) for r in ROWS]
    (folder / "crawl.warc").write_bytes(b"".join(records))
    return folder / "crawl.warc"


def as_wet(folder: Path) -> Path:
    records = [record("conversion", r["url"], r["text"].encode(), "text/plain") for r in ROWS]
    (folder / "crawl.warc.wet.gz").write_bytes(b"".join(map(gzip.compress, records)))
    return folder / "crawl.warc.wet.gz"


def as_corpus(folder: Path) -> Path:
    write_lines(ROWS, folder / "docs.jsonl")
    added = CliRunner().invoke(
        main, ["corpus", "add", str(folder / "docs.jsonl"), "--db", str(folder / "kept.db")]
    )
    assert added.exit_code == 0
    return folder / "kept.db"


def as_folder(folder: Path) -> Path:
    (folder / "docs").mkdir()
    for row in ROWS:
        write_lines([row], folder / "docs" / f"{row['id']}.ndjson")
    return folder / "docs"


@pytest.mark.slow
@pytest.mark.parametrize(
    "make", [as_parquet, as_moments, as_lines, as_csv, as_warc, as_wet, as_corpus, as_folder]
)
def test_every_form_of_collection_is_read(make: Callable[[Path], Path], tmp_path: Path) -> None:
    done = run(str(make(tmp_path)), "-o", str(tmp_path / "out"))
    assert (done.exit_code, done.stderr) == (0, "")
    [edge] = edges_of(tmp_path / "out")
    assert {edge["copy_url"], edge["source_url"]} == {ROWS[0]["url"], ROWS[1]["url"]}
    if make is not as_wet:  # which knows no date
        assert (edge["copy_url"], edge["direction"]) == (ROWS[1]["url"], "from_source")
        assert edge["days"] == 3


@pytest.mark.slow
def test_all_files_are_written_and_an_edge_gives_a_whole_report(tmp_path: Path) -> None:
    given, output, stages = as_lines(tmp_path), tmp_path / "out", tmp_path / "stages"
    done = run(str(given), "-o", str(output), "-f", "csv", "--json", "--workdir", str(stages))
    assert done.exit_code == 0
    account = json.loads(done.stdout)
    assert account == json.loads((output / "run.json").read_text("utf-8"))
    assert (account["texts"], account["copied"], account["given"]) == (3, 1, ["docs.jsonl.gz"])
    assert sorted(file.name for file in output.iterdir()) == [
        *("clusters.csv", "edges.csv", "network.graphml", "network.html", "run.json"),
        "texts.parquet",
    ]
    assert '"b","a"' in (output / "edges.csv").read_text("utf-8")
    assert '<edge source="b" target="a">' in (output / "network.graphml").read_text("utf-8")
    assert (stages / "pairs" / "part-00000.parquet").exists()
    report = run(str(output), "--report", "b", "a")
    assert (report.exit_code, "https://echo.example/a" in report.stdout) == (0, True), report
    assert len(list(output.glob("*.html"))) == 2
    nobody = run(str(output), "--report", "b", "z")
    assert (nobody.exit_code, "no text named z" in nobody.stderr) == (1, True)


def table(folder: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), folder / "docs.parquet")
    return folder / "docs.parquet"


def file(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize(
    ("make", "line"),
    [
        (lambda f: f / "none.parquet", "none.parquet: is not there"),
        (lambda f: file(f, "a.parquet", b"no"), "a.parquet: cannot be read as Parquet"),
        (lambda f: table(f, text=[1, 2]), "column text holds int64, not text"),
        (lambda f: table(f, text=[["a"]]), "column text holds list"),
        (lambda f: table(f, text=["a"], date=[5]), "column date holds int64, not dates as text"),
        (lambda f: table(f, text=["a"], url=[1.5]), "column url holds double, not text"),
        (lambda f: table(f, a=["x"], b=["y"]), "no column named text, body or content; there are"),
        (lambda f: table(f, text=["", None]), "no text in it that can be compared"),
        (lambda f: file(f, "a.csv", b"x,y\n1,2\n"), "no column named text"),
        (lambda f: file(f, "a.csv", b'text\n"' + b"x" * 40_000), "longer than"),
        (lambda f: file(f, "a.jsonl.gz", gzip.compress(b"{}")[:-9]), "damaged or cut gzip file"),
        (lambda f: file(f, "a.jsonl", b""), "no text in it that can be compared"),
    ],
)
def test_what_is_no_collection_is_refused_in_one_line(
    make: Callable[[Path], Path], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collections, "LINE", 30_000)
    done = run(str(make(tmp_path)), "-o", str(tmp_path / "out"))
    assert (done.exit_code, line in done.stderr) == (1, True), done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--memory", "10MB"), "at least 512MB are needed"),
        (("--memory", "much"), "much is no size"),
        (("--from", "yesterday"), "yesterday is no day"),
        (("--text", "story"), "no column named story; there are: date, id, text, url"),
    ],
)
def test_options_that_cannot_be_are_told(
    options: tuple[str, str], line: str, tmp_path: Path
) -> None:
    pq.write_table(
        pa.Table.from_pylist(ROWS).select(["date", "id", "text", "url"]), tmp_path / "d.pq"
    )
    done = run(str(tmp_path / "d.pq"), "-o", str(tmp_path / "out"), *options)
    assert done.exit_code in {1, 2}
    assert line in done.stderr


def test_a_workdir_with_other_files_or_another_run_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "thesis.txt").write_text("mine")
    given = as_lines(tmp_path)
    where = ("-o", str(tmp_path / "out"), "--workdir", str(tmp_path / "w"))
    done = run(str(given), *where)
    assert (done.exit_code, "holds other files" in done.stderr) == (1, True)
    assert (tmp_path / "w" / "thesis.txt").read_text() == "mine"


def test_lines_that_are_no_texts_are_told_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collections, "LINE", 30_000)
    lines = [
        *(b'{"text": "one"}', b"no json", b"[1]", b'{"text": 5}', b'{"title": "x"}'),
        b'{"text": "' + b"x" * 100_000 + b'"}',
        b"[" * 20_000,
        b'{"text": "two", "date": 5, "id": 7}',
        b"",
    ]
    given = file(tmp_path, "mixed.jsonl", b"\n".join(lines))
    told: list[str] = []
    kept = [row for b in read_table(str(given), Columns(), told.append) for row in b.to_pylist()]
    assert [(row["name"], row["text"]) for row in kept] == [
        (f"{given}:1", "one"),
        ("7", "two"),
    ]
    assert [line.split(": ", 1)[0].rsplit(" ", 1)[1] for line in told] == list("234567")
    assert all("\n" not in line for line in told)


def test_a_date_that_no_calendar_has_is_unknown(tmp_path: Path) -> None:
    far = pa.array([2**62, 0], pa.timestamp("us"))
    given = table(tmp_path, text=["a", "b"], date=far)
    [batch] = read_table(str(given), Columns(), pytest.fail)
    assert batch.column("date").to_pylist()[1].startswith("1970-01-01")


def test_without_java_spark_says_what_to_install(tmp_path: Path) -> None:
    given = as_lines(tmp_path)
    command = [sys.executable, "-m", "provenance", "network", str(given), "-o", str(tmp_path / "o")]
    command += ["--engine", "spark"]
    environment = {**os.environ, "PATH": str(tmp_path), "JAVA_HOME": ""}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert "apt-get install openjdk-17-jre-headless" in done.stderr
    assert done.stderr.count("\n") == 1


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from provenance.cli.main import main; "
        "assert CliRunner().invoke(main, ['network', '--help']).exit_code == 0; "
        "print([m for m in ('pyarrow', 'duckdb', 'pyspark', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
