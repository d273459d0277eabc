"""The disk fails at every place where something is written: what was kept before is still there."""

from __future__ import annotations

import resource
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import InputError, ProvenanceError, StoreError
from provenance.model import Review, Stance
from provenance.model.audit import AuditOptions, FoundAddress
from provenance.world.saved.writing import write, write_pieces
from provenance.world.store import Store
from provenance.world.store.corpus import CorpusText
from tests.build import NOON, capture, sighting
from tests.render.frozen import declared, reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE, OTHER = "https://paper.example/a", "https://paper.example/b"
LONG = " ".join(f"the ferry number {n} stopped at noon" for n in range(2000))


def text(number: int) -> CorpusText:
    return CorpusText(digest=f"{number:064x}", url=None, title="t", text=LONG, published_at=NOON)


WRITES: dict[str, Callable[[Store], object]] = {
    "fetch": lambda store: store.fetches.keep(capture(LONG, OTHER)),
    "report": lambda store: store.reports.keep(reviewed()),
    "review": lambda store: store.reports.review(
        1, Review(stance=Stance.AGREE, note=LONG, at=NOON)
    ),
    "corpus": lambda store: store.corpus.add([text(2), text(3)], NOON),
    "rebuild": lambda store: store.corpus.replace([[text(2)], [text(3)]], NOON),
    "saved": lambda store: store.saved.keep(sighting(2, url=OTHER, memento=f"https://a/{LONG}")),
    "turn": lambda store: store.hosts.take(LONG, 0.0, pace=1.0, owner="1"),
    "audit": lambda store: store.frontier.begin(LONG, AuditOptions(), NOON),
    "addresses": lambda store: store.frontier.enter(
        1, [FoundAddress(url=f"{PAGE}/{n}", by="list") for n in range(200)], lambda _: None
    ),
}


def filled(path: Path) -> None:
    with Store.open(str(path)) as store:
        store.fetches.keep(capture("<p>The ferry stopped.</p>", PAGE))
        store.reports.keep(declared())
        store.corpus.add([text(1)], NOON)
        store.saved.keep(sighting(1, url=PAGE, memento="https://a/1"))
        store.frontier.begin(PAGE, AuditOptions(), NOON)


def contents(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, as another program reads them."""
    with sqlite3.connect(path) as db:
        names = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
            for (name,) in names
            if not name.startswith(("sqlite_", "words"))
        }


def contents_after(write_: Callable[[Store], object], path: Path) -> dict[str, list[Any]]:
    copy = path.with_name("whole.db")
    copy.unlink(missing_ok=True)
    with sqlite3.connect(path) as original, sqlite3.connect(copy) as db:
        original.backup(db)
    with Store.open(str(copy)) as store:
        write_(store)
    return contents(copy)


@contextmanager
def interrupted(store: Store, steps: int) -> Iterator[None]:
    """SQLite gives up after so many steps of its machine, wherever that is."""
    left = [steps]

    def count() -> int:
        left[0] -= 1
        return left[0] < 0

    with store.connection.reading() as db:
        db.conn.set_progress_handler(count, 1)
        try:
            yield
        finally:
            db.conn.set_progress_handler(None, 0)


@contextmanager
def full(store: Store, pages: int) -> Iterator[None]:
    """The disk has room for so many pages more."""
    with store.connection.reading() as db:
        now = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {now + pages}")
    yield


def fails(write_: Callable[[Store], object], path: Path, fault: Any) -> bool:
    """Whether it failed under the fault; then all is as it was, or written whole.

    SQLite may say that it failed when the last thing had been done.
    """
    before, whole = contents(path), contents_after(write_, path)
    with Store.open(str(path)) as store:
        try:
            with fault(store):
                write_(store)
        except StoreError:
            failed = True
        else:
            failed = False
        assert store.connection.check() == "ok"
    if failed:
        assert contents(path) in (before, whole)
    return failed


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_is_broken_off_anywhere_changes_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    filled(path)
    steps, broken = 0, 0
    while fails(WRITES[name], path, lambda store: interrupted(store, steps)):  # noqa: B023
        broken += 1
        steps = steps + 1 if steps < 40 else int(steps * 1.5)
    assert broken > 5


@pytest.mark.parametrize("name", sorted(set(WRITES) - {"turn"}))
def test_a_disk_that_is_full_at_any_page_changes_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    filled(path)
    pages = 0
    while fails(WRITES[name], path, lambda store: full(store, pages)):  # noqa: B023
        pages = pages + 1 if pages < 8 else pages * 2


def test_a_locked_database_is_a_store_error_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    filled(path)
    before = contents(path)
    with Store.open(str(path)) as store, sqlite3.connect(path, isolation_level=None) as other:
        with store.connection.reading() as db:
            db.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        for each in WRITES.values():
            with pytest.raises(StoreError, match="in use by another program"):
                each(store)
        other.execute("ROLLBACK")
    other.close()
    assert contents(path) == before


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


REPORT = "é The ferry stopped at noon.\n" * 12


@pytest.mark.parametrize("pieces", [False, True], ids=["whole", "pieces"])
def test_a_report_is_written_whole_or_not_at_all(pieces: bool, tmp_path: Path) -> None:
    path = tmp_path / "report.md"
    path.write_text("old", "utf-8")
    data = REPORT.encode()
    for size in range(len(data)):
        with pytest.raises(InputError, match="cannot be written"), room_for(size):
            write_pieces(path, REPORT.splitlines(keepends=True)) if pieces else write(path, REPORT)
        assert [each.name for each in tmp_path.iterdir()] == ["report.md"]
        assert path.read_text("utf-8") == "old"
    with room_for(len(data)):
        write(path, REPORT)
    assert path.read_bytes() == data


def test_a_report_whose_making_fails_leaves_no_file(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise ProvenanceError("no more")

    with pytest.raises(ProvenanceError):
        write_pieces(tmp_path / "new" / "report.md", broken())
    assert list((tmp_path / "new").iterdir()) == []
