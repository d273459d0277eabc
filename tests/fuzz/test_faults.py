"""The disk fails at every place where something is written: what was kept before is still there."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import resource
import sqlite3
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from provenance.errors import InputError, ProvenanceError, StoreError
from provenance.model import Notice, NoticeState, Review, Stance
from provenance.model.audit import (
    AuditOptions,
    CheckOutcome,
    Claim,
    FoundAddress,
    Listing,
    ReadOutcome,
)
from provenance.model.ending import Ending, EndReason
from provenance.model.steps import CheckState
from provenance.world import store as store_rooms
from provenance.world.saved.writing import write, write_pieces
from provenance.world.store import Store
from provenance.world.store.connection import Connection
from provenance.world.store.corpus import CorpusText
from provenance.world.store.forgetting import Forgetting
from tests.build import NOON, capture, sighting
from tests.render.frozen import declared, reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

PAGE, OTHER = "https://paper.example/a", "https://paper.example/b"
LONG = " ".join(f"the ferry number {n} stopped at noon" for n in range(2000))


def text(number: int) -> CorpusText:
    return CorpusText(digest=f"{number:064x}", url=None, title="t", text=LONG, published_at=NOON)


def claim(number: int = 1) -> Claim:
    return Claim(id=number, audit=1, url=PAGE, found_by="list", depth=0, tries=0, digest=None)


def gone(_: str) -> bool:
    return True


# Every write of the store by its method; those of LARGE are broken off at each step.
WRITES: dict[str, Callable[[Store], object]] = {
    "Fetches.keep": lambda store: store.fetches.keep(capture(LONG, OTHER)),
    "Reports.keep": lambda store: store.reports.keep(reviewed()),
    "Reports.review": lambda store: store.reports.review(
        1, Review(stance=Stance.AGREE, note=LONG, at=NOON)
    ),
    "Reports.note": lambda store: store.reports.note(
        1, Notice(state=NoticeState.SENT, note=LONG, at=NOON)
    ),
    "CorpusStore.add_marked": lambda store: store.corpus.add([text(2), text(3)], NOON),
    "CorpusStore.mark_given": lambda store: store.corpus.mark_given(
        [f"{n:064x}" for n in range(9)]
    ),
    "CorpusStore.replace": lambda store: store.corpus.replace([[text(2)], [text(3)]], NOON),
    "FactStore.keep_vectors": lambda store: store.facts.keep_vectors(f"{1:064x}", "m", b"v" * 9000),
    "Saved.keep": lambda store: store.saved.keep(
        sighting(2, url=OTHER, memento=f"https://a/{LONG}")
    ),
    "CheckRecords.begin": lambda store: store.checks.begin(LONG, "1", NOON),
    "CheckRecords.end": lambda store: store.checks.end(1, CheckState.FAILED, why=LONG),
    "CheckRecords.release_dead": lambda store: store.checks.release_dead(gone),
    "Hosts.take": lambda store: store.hosts.take(LONG, 0.0, pace=1.0, owner="1"),
    "Hosts.change": lambda store: store.hosts.change(LONG, lambda r: replace(r, failures=7)),
    "Hosts.release": lambda store: store.hosts.release("other.example", 5.0, owner="1"),
    "Hosts.release_dead": lambda store: store.hosts.release_dead(gone),
    "Frontier.begin": lambda store: store.frontier.begin(LONG, AuditOptions(), NOON),
    "Frontier.enter": lambda store: store.frontier.enter(
        1, [FoundAddress(url=f"{PAGE}/{n}", by="list") for n in range(200)], lambda _: None
    ),
    "Frontier.record_listing": lambda store: store.frontier.record_listing(
        1, Listing(url=PAGE, kind="feed", found=3, why=LONG)
    ),
    "Frontier.close_discovery": lambda store: store.frontier.close_discovery(1),
    "Frontier.claim": lambda store: store.frontier.claim(1, "waiting", LONG, 1e6, pace=None),
    "Frontier.claims": lambda store: store.frontier.claims(1, "waiting", LONG, 0.0, 5),
    "Frontier.record_fetch": lambda store: store.frontier.record_fetch(claim(), "0" * 64),
    "Frontier.record_failure": lambda store: store.frontier.record_failure(claim()),
    "Frontier.settle": lambda store: store.frontier.settle(
        claim(), Ending(reason=EndReason.FAULT, detail=LONG)
    ),
    "Frontier.record_read": lambda store: store.frontier.record_read(
        [ReadOutcome(claim=claim(), digest="0" * 64, mark="1")], lambda _: None, 9
    ),
    "Frontier.merge_duplicates": lambda store: store.frontier.merge_duplicates(1),
    "Frontier.record_checks": lambda store: store.frontier.record_checks(
        [CheckOutcome(claim=claim(), ended=Ending(reason=EndReason.FAULT, detail=LONG))]
    ),
    "Frontier.requeue": lambda store: store.frontier.requeue(claim(), 7.0),
    "Frontier.give_up": lambda store: store.frontier.give_up(
        1, "waiting", Ending(reason=EndReason.OTHER, detail=LONG)
    ),
    "Frontier.end": lambda store: store.frontier.end(2, NOON),
    "Frontier.release_dead": lambda store: store.frontier.release_dead(gone),
    "Manifests.append": lambda store: store.manifests.append([("report.html", "0" * 64)]),
    "Forgetting.named": lambda store: Forgetting(store).named([PAGE, 1]),
    "Forgetting.older_than": lambda store: Forgetting(store).older_than(NOON.replace(year=2100)),
}
LARGE = {"Fetches.keep", "Reports.keep", "CorpusStore.add_marked", "CorpusStore.replace"}


def writers() -> Iterator[str]:
    """The methods of the store that open a transaction."""
    for module in pkgutil.iter_modules(store_rooms.__path__, f"{store_rooms.__name__}."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and kind is not Connection:
                for name, method in inspect.getmembers(kind, inspect.isfunction):
                    with suppress(OSError):  # made by a dataclass: there is no source
                        if "transaction()" not in inspect.getsource(method):
                            continue
                        yield f"{kind.__name__}.{name}"


def test_every_write_of_the_store_is_broken_here() -> None:
    assert set(writers()) == set(WRITES)


def filled(path: Path) -> None:
    with Store.open(str(path)) as store:
        store.fetches.keep(capture("<p>The ferry stopped.</p>", PAGE))
        store.reports.keep(declared())
        store.corpus.add([text(1)], NOON)
        store.saved.keep(sighting(1, url=PAGE, memento="https://a/1"))
        store.checks.begin(PAGE, "1", NOON)
        store.hosts.take("other.example", 0.0, pace=1.0, owner="1")
        audit = store.frontier.begin(PAGE, AuditOptions(), NOON)
        store.frontier.enter(
            audit, [FoundAddress(url=url, by="list") for url in (PAGE, OTHER)], lambda _: None
        )
        store.frontier.claims(audit, "waiting", "1", 0.0, 1)
        store.frontier.begin(OTHER, AuditOptions(), NOON)


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


def count_failures(name: str, path: Path, fault: Any, most: float) -> int:
    """How often a write failed under ever weaker faults, until one of them was borne.

    After each all is as it was, or written whole: SQLite may say that it failed when the last
    thing had been done.
    """
    filled(path)
    write_, failed, strength = WRITES[name], 0, 0
    before, whole = contents(path), contents_after(WRITES[name], path)
    while True:
        with Store.open(str(path)) as store:
            try:
                with fault(store, strength):
                    write_(store)
            except StoreError:
                failed += 1
            else:
                return failed
            assert store.connection.check() == "ok"
        found = contents(path)
        assert found in (before, whole)
        if found == whole != before:
            return failed
        strength = strength + 1 if strength < most else int(strength * 1.5) + 1


@pytest.mark.parametrize("name", WRITES)
def test_a_write_that_is_broken_off_anywhere_changes_nothing(name: str, tmp_path: Path) -> None:
    most = 40 if name in LARGE else 2
    assert count_failures(name, tmp_path / "kept.db", interrupted, most) > 2


@pytest.mark.parametrize("name", WRITES)
def test_a_disk_that_is_full_at_any_page_changes_nothing(name: str, tmp_path: Path) -> None:
    count_failures(name, tmp_path / "kept.db", full, 8 if name in LARGE else 2)


@pytest.mark.parametrize("name", WRITES)
def test_a_disk_that_fails_at_any_byte_changes_nothing(name: str, tmp_path: Path) -> None:
    """SQLITE_IOERR: no byte is written beyond a place, that of the log or that of the database."""

    def failing(_: Store, strength: int) -> AbstractContextManager[None]:
        return room_for(strength * 512)

    failed = count_failures(name, tmp_path / "kept.db", failing, 18 if name in LARGE else 2)
    assert failed > 0 or name == "Frontier.merge_duplicates"  # which had nothing to write


def test_a_database_that_cannot_be_made_is_made_when_the_disk_is_mended(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    for size in (0, 100, 512, 4096, 10_000, 40_000):
        with pytest.raises(StoreError, match="disk"), room_for(size):
            Store.open(str(path)).close()
    filled(path)
    with Store.open(str(path)) as store:
        assert store.connection.check() == "ok"


def test_a_database_that_cannot_be_written_anew_stays(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    filled(path)
    before = contents(path)
    for size in (0, 5_000, 50_000):
        with (
            Store.open(str(path)) as store,
            pytest.raises(StoreError, match="disk"),
            room_for(size),
        ):
            store.connection.compact()
        assert contents(path) == before


def test_a_locked_database_is_a_store_error_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    filled(path)
    before = contents(path)
    with Store.open(str(path)) as store, sqlite3.connect(path, isolation_level=None) as other:
        with store.connection.reading() as db:
            db.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        for name, each in WRITES.items():
            with pytest.raises(StoreError, match="in use by another program"):
                each(store)
            assert contents(path) == before, name
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
