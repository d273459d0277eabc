"""Damage, locks, full disks, other programs' files: one clear line each, and nothing lost."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from provenance.errors import StoreError
from provenance.world.store import Store
from tests.build import NOON, capture

ROOT = Path(__file__).parents[3]
URL = "https://post.example/harbour"


def filled(path: Path, pages: int = 40) -> Path:
    with Store.open(str(path)) as store:
        for number in range(pages):
            body = os.urandom(4000) + b"page %d" % number
            store.fetches.keep(capture(body, f"{URL}/{number}"))
    return path


def test_it_is_made_in_wal_mode_and_opens_again(tmp_path: Path) -> None:
    path = filled(tmp_path / "new.db", 3)
    with Store.open(str(path)) as store:
        assert store.fetches.count() == 3
        assert store.connection.check() == "ok"
        with store.connection.reading() as db:
            assert db.journal_mode == "wal"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda data: b"this is a letter, not a database" * 40, "no database"),
        (lambda data: b"\0" * 4096 + data[4096:], "no database"),
        (lambda data: data[:100], "damaged"),
        (lambda data: data[:5000], "damaged"),
    ],
    ids=["letter", "zeroed-head", "head-only", "cut"],
)
def test_damage_is_one_clear_line(damage: object, words: str, tmp_path: Path) -> None:
    path = filled(tmp_path / "kept.db")
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(StoreError, match=words) as caught, Store.open(str(path)) as store:
        store.fetches.keep(capture("new", URL))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_damage_in_the_middle_is_found_by_the_check(tmp_path: Path) -> None:
    path = filled(tmp_path / "kept.db")
    data = bytearray(path.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = os.urandom(4096)
    path.write_bytes(bytes(data))
    with Store.open(str(path)) as store:
        assert store.connection.check() != "ok"


@pytest.mark.parametrize("seed", range(25))
def test_flipped_bytes_give_the_truth_or_one_line(seed: int, tmp_path: Path) -> None:
    path = filled(tmp_path / "kept.db", 6)
    with Store.open(str(path)) as store:
        before = [store.fetches.latest(f"{URL}/{number}") for number in range(6)]
    dice = random.Random(seed)
    data = bytearray(path.read_bytes())
    for _ in range(dice.choice([1, 20, 400])):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path.write_bytes(bytes(data))
    after = []
    with suppress(StoreError), Store.open(str(path)) as store:
        for number in range(6):
            with suppress(StoreError):
                after.append(store.fetches.latest(f"{URL}/{number}"))
    bodies = {page.body for page in before if page is not None}
    assert all(page is None or page.body in bodies for page in after)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("no/such/folder/kept.db", "folder that exists"),
        ("", "cannot be opened"),
        ("a\0b", "cannot be opened"),
    ],
)
def test_a_path_that_cannot_be_a_database(name: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=words):
        Store.open(str(tmp_path / name))


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE fetches (id INTEGER PRIMARY KEY, what TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program's database"):
        Store.open(str(path))
    assert path.read_bytes() == before


def test_a_newer_database_is_left_alone(tmp_path: Path) -> None:
    path = filled(tmp_path / "kept.db", 1)
    with sqlite3.connect(path) as newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('provenance.fetches', 'from_the_future', '2030-01-01')"
        )
    newer.close()
    with pytest.raises(StoreError, match="newer provenance"):
        Store.open(str(path))


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    path = filled(tmp_path / "kept.db", 1)
    with Store.open(str(path)) as store:
        with store.connection.reading() as db:
            db.execute("PRAGMA query_only = ON")
        with pytest.raises(StoreError, match="cannot be written"):
            store.fetches.keep(capture("new", URL))


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path / "kept.db", 2)
    with Store.open(str(path)) as store:
        with store.connection.reading() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages}")
        large = capture(os.urandom(900_000), f"{URL}/large")
        with pytest.raises(StoreError, match="disk is full"):
            store.fetches.keep(large)
        assert store.fetches.of_digest(large.digest) is None
        assert store.connection.check() == "ok"
        assert store.fetches.latest(f"{URL}/0") is not None


def test_a_transaction_that_fails_leaves_no_trace(tmp_path: Path) -> None:
    twice = "INSERT INTO bodies (sha256, size, gzip) VALUES ('x', 0, x''), ('x', 0, x'')"
    with Store.open(str(tmp_path / "kept.db")) as store:
        with pytest.raises(StoreError, match="UNIQUE"), store.connection.transaction() as db:
            db.execute(twice)
        with store.connection.reading() as db:
            assert db.table("bodies").count == 0
        store.fetches.keep(capture("the next one", URL))


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from provenance.world.store import Store
from tests.build import NOON, capture

path, name, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
with Store.open(path) as store:
    print("open", flush=True)
    for number in range(many):
        page = capture(f"{name} {number}", f"https://{name}.example/{number}")
        store.fetches.keep(page)
        with store.connection.transaction() as db:
            count = db.execute("SELECT size FROM bodies WHERE sha256 = 'counter'").fetchone()[0]
            db.execute("UPDATE bodies SET size = ? WHERE sha256 = 'counter'", (count + 1,))
        print(number, flush=True)
"""


def counting(path: Path) -> Path:
    """A database with a row that writers count up in."""
    with Store.open(str(path)) as store, store.connection.transaction() as db:
        db.execute("INSERT INTO bodies (sha256, size, gzip) VALUES ('counter', 0, x'')")
    return path


def writer(path: Path, name: str, many: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), name, str(many)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_four_processes_write_at_once_and_none_is_locked_out(tmp_path: Path) -> None:
    path = counting(tmp_path / "kept.db")
    writers = [writer(path, f"w{number}", 30) for number in range(4)]
    ended = [each.communicate(timeout=120) for each in writers]
    assert [each.returncode for each in writers] == [0, 0, 0, 0], [err for _, err in ended]
    with Store.open(str(path)) as store:
        assert store.fetches.count() == 120
        with store.connection.reading() as db:
            row = db.execute("SELECT size FROM bodies WHERE sha256 = 'counter'").fetchone()
        assert row[0] == 120


@pytest.mark.slow
def test_processes_may_make_the_database_at_once(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    opening = (
        "import sys; from provenance.world.store import Store; Store.open(sys.argv[1]).close()"
    )
    made = [
        subprocess.Popen(
            [sys.executable, "-c", opening, str(path)], stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    assert [(each.communicate(timeout=60)[1], each.returncode) for each in made] == [("", 0)] * 4
    with Store.open(str(path)) as store:
        assert store.connection.check() == "ok"


@pytest.mark.slow
@pytest.mark.parametrize("lines", [1, 4, 9])
def test_what_was_kept_before_a_kill_is_there_after_it(lines: int, tmp_path: Path) -> None:
    path = counting(tmp_path / "kept.db")
    killed = writer(path, "w", 100_000)
    assert killed.stdout is not None
    told = [killed.stdout.readline().strip() for _ in range(lines + 1)]
    killed.kill()
    killed.communicate()
    kept = int(told[-1]) + 1
    with Store.open(str(path)) as store:
        assert store.connection.check() == "ok"
        assert store.fetches.count() >= kept
        for number in range(kept):
            assert store.fetches.latest(f"https://w.example/{number}") is not None
        with store.connection.reading() as db:
            row = db.execute("SELECT size FROM bodies WHERE sha256 = 'counter'").fetchone()
        assert store.fetches.count() - row[0] in {0, 1}


def test_threads_share_one_store(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "kept.db")) as store:

        def keep(number: int) -> bool:
            page = capture(f"{number}", f"{URL}/{number}", captured_at=NOON)
            store.fetches.keep(page)
            return store.fetches.latest(f"{URL}/{number}") == page

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(keep, range(60)))


def test_pandas_is_not_read_with_the_store_and_can_be_read_after_it(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("print('pandas')")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import provenance.world.store"
    run = subprocess.run(
        [sys.executable, "-c", f"{code}; print('store'); import pandas"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout.split() == ["store", "pandas"]
