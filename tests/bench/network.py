"""A network over the invented press: what is found, in what time and memory, beside other ways.

    python -m tests.bench.network [--sizes 10000,100000] [--spark] [--memory 2GB] [--folder DIR]

CPU seconds and memory are those of all processes of the command, read from /proc. "alone" are the
marks of every text and the comparison of every pair, with nothing between them, by the same code.
Up to 10,000 texts MinHash LSH (datasketch, 14 bands of 8, as is usual for deduplication; and 20
bands of 5) and FTS5 (the twelve rarest words of each copy) are asked for the same copies. Where the
labelled data stand beside the project their English texts are among the originals.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb
import pyarrow.parquet as pq

from provenance.network.batches import Align, Marks
from tests.bench.compare import SHARED
from tests.network.collection import recall, write_parquet
from tests.network.press import Planted, Press

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_TICKS = os.sysconf("SC_CLK_TCK")
_OTHER_WAYS = 10_000
_SAMPLE_TEXTS, _SAMPLE_PAIRS = 4_000, 2_000


class Cost(NamedTuple):
    """Seconds by the wall and of all cores, and the most memory of all processes in bytes."""

    wall: float
    cpu: float
    memory: int


def real_texts() -> list[str]:
    """English texts of the labelled data, none where they are absent."""
    file = SHARED / "translated-dev" / "docs.jsonl.gz"
    if not file.exists():
        return []
    return [json.loads(line)["text"] for line in gzip.open(file, "rt", encoding="utf-8")]


def watch(command: list[str]) -> Cost:
    """Runs a command in a session of its own; CalledProcessError where it fails."""
    begun, cpu, most = time.monotonic(), dict[int, float](), 0
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        now = dict(_processes(process.pid))
        cpu |= {number: seconds for number, (seconds, _) in now.items()}
        most = max(most, sum(memory for _, memory in now.values()))
        time.sleep(0.2)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.monotonic() - begun, sum(cpu.values()), most)


def _processes(session: int) -> Iterator[tuple[int, tuple[float, int]]]:
    """The processes of a session with their CPU seconds and own memory (PSS) in bytes."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                cells = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(cells[3]) != session:
                    continue
                pss = (folder / "smaps_rollup").read_text().split("Pss:", 1)[1].split(None, 1)[0]
            except (OSError, IndexError):
                continue
            yield int(folder.name), ((int(cells[11]) + int(cells[12])) / _TICKS, int(pss) << 10)


def alone(stages: Path, texts: int) -> float:
    """CPU seconds of the marks and comparisons of a whole run alone, from a sample of both."""
    db = duckdb.connect(config={"threads": 1})
    [[pairs]] = db.sql(f"SELECT count(*) FROM '{stages}/pairs/*.parquet'").fetchall()
    some = db.sql(
        f"SELECT piece, text FROM '{stages}/texts/*.parquet'"
        f" USING SAMPLE {_SAMPLE_TEXTS} (reservoir, 1)"
    ).to_arrow_table()
    both = db.sql(
        f"SELECT p.a, p.b, p.shared, x.text, y.text FROM (SELECT * FROM '{stages}/pairs/*.parquet'"
        f" USING SAMPLE {_SAMPLE_PAIRS} (reservoir, 1)) AS p"
        f" JOIN '{stages}/texts/*.parquet' AS x ON x.piece = p.a"
        f" JOIN '{stages}/texts/*.parquet' AS y ON y.piece = p.b ORDER BY p.b"
    ).to_arrow_table()
    found = db.sql(f"SELECT h FROM '{stages}/furniture/*.parquet' ORDER BY h").fetchall()
    furniture = tuple(h for (h,) in found)
    seconds = 0.0
    for rows, work, whole in ((some, Marks(), texts), (both, Align(furniture), pairs)):
        begun = time.process_time()
        for batch in rows.to_batches(250):
            work(batch)
        seconds += (time.process_time() - begun) * whole / max(rows.num_rows, 1)
    return seconds


def links(stages: Path, table: str) -> list[tuple[str, str]]:
    """The names of texts that are pairs of pieces (with those of equal letters), or edges."""
    if table == "edges":
        rows = pq.read_table(stages / "edges", columns=["copy", "source"]).to_pylist()
        return [(row["copy"], row["source"]) for row in rows]
    return duckdb.sql(
        f"WITH d AS (SELECT id, name FROM '{stages}/docs/*.parquet'), l AS ("
        f" SELECT s.id AS a, p.b >> 6 AS b FROM '{stages}/pairs/*.parquet' AS p"
        f" JOIN '{stages}/same/*.parquet' AS s ON s.first = p.a >> 6"
        f" UNION SELECT id, first FROM '{stages}/same/*.parquet' WHERE id <> first)"
        " SELECT x.name, y.name FROM l JOIN d AS x ON x.id = l.a JOIN d AS y ON y.id = l.b"
    ).fetchall()


def show(name: str, planted: list[Planted], found: Iterable[tuple[str, str]]) -> None:
    """One line: the share of each kind that is linked to its family, and to its source."""
    cells = [f"{f:.3f}/{s:.3f}" for _, f, s in recall(planted, found).values()]
    print(f"  {name:<24}" + "".join(f"{cell:>18}" for cell in cells), flush=True)


def run(size: int, folder: Path, options: argparse.Namespace) -> None:
    """One size: the press, the run, its figures, the other ways."""
    press, given, work = Press(size, real=real_texts()), folder / "press.parquet", folder / "work"
    write_parquet(press, given)
    command = [
        sys.executable,
        "-m",
        "provenance",
        "network",
        str(given),
        "--memory",
        options.memory,
    ]
    cost = watch([*command, "-o", str(folder / "out"), "--workdir", str(work)])
    account = json.loads((folder / "out" / "run.json").read_text("utf-8"))
    base = alone(work, size)
    print(
        f"{size:,} texts: {cost.wall:.0f} s, {cost.cpu:.1f} CPU s = {size / cost.cpu:,.0f} texts a "
        f"CPU second, {base / cost.cpu:.2f} of marks and comparisons alone ({base:.1f} CPU s); "
        f"{cost.memory / 2**30:.2f} GB with --memory {options.memory}"
    )
    print(f"  {account['rows']}")
    kinds = recall(press.planted, [])
    print(f"  {'family/source found':<24}" + "".join(f"{kind:>18}" for kind in kinds))
    show("compared", press.planted, links(work, "pairs"))
    show("edges", press.planted, links(work, "edges"))
    family = {p.copy: p.family for p in press.planted} | {p.source: p.family for p in press.planted}
    others = [
        pair for pair in links(work, "edges") if family.get(pair[0], -1) != family.get(pair[1], -2)
    ]
    print(f"  edges between texts that are no planted family: {len(others)}", flush=True)
    if size <= _OTHER_WAYS:
        texts = {row["id"]: row["text"] for row in pq.read_table(given).to_pylist()}
        for bands, rows in ((14, 8), (20, 5)):
            show(f"MinHash {bands} x {rows}", press.planted, minhash(texts, bands, rows))
        show("FTS5", press.planted, full_text(texts, press.planted))
    if options.spark:
        spark(command, folder, work)


def spark(command: list[str], folder: Path, work: Path) -> None:
    """The same collection on Spark, and how many rows differ."""
    there = folder / "spark"
    whole = ["--engine", "spark", "-o", str(folder / "out-spark"), "--workdir", str(there)]
    cost = watch([*command, *whole])
    print(f"  Spark: {cost.wall:.0f} s, {cost.cpu:.0f} CPU s, {cost.memory / 2**30:.2f} GB")
    for table in ("edges", "clusters"):
        one, other = (f"(FROM '{stages}/{table}/*.parquet')" for stages in (work, there))
        [[more]] = duckdb.sql(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchall()
        [[less]] = duckdb.sql(f"SELECT count(*) FROM ({other} EXCEPT ALL {one})").fetchall()
        print(f"  {table}: {more + less} rows differ", flush=True)


def minhash(texts: dict[str, str], bands: int, rows: int) -> list[tuple[str, str]]:
    """Pairs of one bucket or more, by MinHash over runs of five words."""
    from datasketch import MinHash, MinHashLSH

    begun = time.process_time()
    index, sketches = MinHashLSH(num_perm=bands * rows, params=(bands, rows)), dict[str, Any]()
    for name, text in texts.items():
        words = text.split()
        sketches[name] = MinHash(num_perm=bands * rows)
        sketches[name].update_batch(
            [" ".join(words[at : at + 5]).encode() for at in range(max(len(words) - 4, 1))]
        )
        index.insert(name, sketches[name])
    found = [
        (name, other)
        for name, sketch in sketches.items()
        for other in index.query(sketch)
        if other != name
    ]
    seconds = time.process_time() - begun
    print(f"  MinHash {bands} x {rows}: {len(found) // 2:,} pairs to look at, {seconds:.0f} CPU s")
    return found


def full_text(texts: dict[str, str], planted: list[Planted]) -> list[tuple[str, str]]:
    """The ten texts that FTS5 ranks first for the twelve rarest words of each copy."""
    begun = time.process_time()
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE words USING fts5(name UNINDEXED, text)")
    db.executemany("INSERT INTO words VALUES (?, ?)", texts.items())
    counts = Counter(word for text in texts.values() for word in set(_plain(text)))
    found = []
    for each in planted:
        rare = sorted(set(_plain(texts[each.copy])), key=lambda word: (counts[word], word))
        asked = " OR ".join([f'"{word}"' for word in rare if counts[word] > 1][:12])
        query = "SELECT name FROM words WHERE words MATCH ? ORDER BY rank LIMIT 11"
        found += [(each.copy, name) for (name,) in db.execute(query, (asked,)) if name != each.copy]
    print(f"  FTS5: {time.process_time() - begun:.0f} CPU s")
    return found


def _plain(text: str) -> list[str]:
    return [word for word in text.lower().replace(".", " ").split() if word.isalnum()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--folder", help="where the files are written, some 10 kB a text")
    options = parser.parse_args()
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            run(size, Path(folder), options)


if __name__ == "__main__":
    main()
