"""Kept data that changed on disk: every reader gives values or a StoreError, never a traceback."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.errors import InputError, ProvenanceError, StoreError
from provenance.model import Match, Report, Review, Stance, Via
from provenance.model.audit import AuditOptions, FoundAddress
from provenance.model.plain import revive, values
from provenance.world.store import Store
from provenance.world.store.corpus import CorpusText
from tests.build import NOON, capture, sighting
from tests.fuzz.hostile import assert_clean, documents, texts
from tests.render.frozen import declared, reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = "https://paper.example/a"
TEXT = " ".join(f"the ferry number {n} stopped at noon" for n in range(30))
OF_SQLITE = ("sqlite_", "_sqlite", "words")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with something in every table."""
    path = tmp_path_factory.mktemp("kept") / "kept.db"
    with Store.open(str(path)) as store:
        page = capture("<p>The ferry stopped.</p>", PAGE)
        store.fetches.keep(page)
        number = store.reports.keep(declared())
        store.reports.review(number, Review(stance=Stance.AGREE, note="x", at=NOON))
        store.corpus.add(
            [CorpusText(digest=page.digest, url=PAGE, title="t", text=TEXT, published_at=NOON)],
            NOON,
        )
        store.corpus.mark_given([page.digest])
        store.saved.keep(sighting(1, url=PAGE, memento=f"https://a.example/web/1/{PAGE}"))
        store.hosts.take("paper.example", 0.0, pace=1.0, owner="1")
        audit = store.frontier.begin(PAGE, AuditOptions(), NOON)
        store.frontier.enter(audit, [FoundAddress(url=PAGE, by="sitemap")], lambda _: None)
    return path


def columns(path: Path) -> Iterator[tuple[str, str]]:
    with sqlite3.connect(path) as db:
        for (table,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall():
            if not table.startswith(OF_SQLITE):
                for row in db.execute(f"PRAGMA table_info({table})").fetchall():
                    if row[2] in {"TEXT", "BLOB"}:
                        yield table, row[1]


def readers(store: Store) -> Iterator[Callable[[], object]]:
    page = capture("<p>The ferry stopped.</p>", PAGE)
    yield lambda: store.fetches.latest(PAGE)
    yield lambda: store.fetches.of_digest(page.digest)
    yield lambda: store.fetches.first_kept(page.digest, Via.LIVE)
    yield lambda: store.fetches.addresses(page.digest)
    yield lambda: store.reports.get(1)
    yield store.reports.entries
    yield lambda: store.corpus.containing(TEXT)
    yield lambda: store.corpus.search(["ferry"], Match.ALL)
    yield lambda: store.saved.of(PAGE)
    yield lambda: store.hosts.record("paper.example")
    yield lambda: store.frontier.options(1)
    yield lambda: store.frontier.progress(1)
    yield lambda: store.frontier.ended_at(1)
    yield lambda: store.frontier.listings(1)
    yield lambda: list(store.frontier.rows(1))
    yield lambda: store.frontier.claims(1, "waiting", "2", 0.0, 5)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_row_is_a_store_error(
    data: st.DataObject, database: Path, tmp_path: Path
) -> None:
    table, column = data.draw(st.sampled_from(sorted(columns(database))))
    put: Any = data.draw(st.one_of(texts.map(_storable), st.binary(max_size=30)))
    copy = tmp_path / "copy.db"
    with sqlite3.connect(database) as original, sqlite3.connect(copy) as db:
        original.backup(db)
        try:
            db.execute(f"UPDATE {table} SET {column} = ?", (put,))
            db.commit()
        except sqlite3.IntegrityError:  # a STRICT table takes no bytes for a text
            return
    with Store.open(str(copy)) as store:
        for read in readers(store):
            with suppress(ProvenanceError):
                read()


@pytest.mark.parametrize("put", ["", "x", "9" * 5000, b"\xff"])
def test_no_column_is_trusted(put: Any, database: Path, tmp_path: Path) -> None:
    for number, (table, column) in enumerate(sorted(columns(database))):
        copy = tmp_path / f"{number}.db"
        with sqlite3.connect(database) as original, sqlite3.connect(copy) as db:
            original.backup(db)
            with suppress(sqlite3.IntegrityError):
                db.execute(f"UPDATE {table} SET {column} = ?", (put,))
        with Store.open(str(copy)) as store:
            for read in readers(store):
                with suppress(ProvenanceError):
                    read()


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@pytest.mark.parametrize(
    ("owner", "name", "why"),
    [
        ("provenance.corpus", "of_next_year", "made by a newer provenance"),
        ("provenance.future", "first", "made by a newer provenance"),
        ("somebody.else", "first", "another program's database"),
    ],
)
def test_a_database_of_unknown_migrations_is_not_written(
    owner: str, name: str, why: str, database: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "newer.db"
    with sqlite3.connect(database) as original, sqlite3.connect(copy) as db:
        original.backup(db)
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, 'now')",
            (owner, name),
        )
        # One of ours is missing, so that there would be something to write.
        db.execute("DELETE FROM _sqlite_migrations WHERE migration_set = 'provenance.fetches'")
        db.commit()
        db.execute("PRAGMA journal_mode = DELETE")
    before = copy.read_bytes()
    with pytest.raises(StoreError, match=why):
        Store.open(str(copy))
    assert copy.read_bytes() == before


NAMES = (*values(declared()), "verdict", "url", "at", "digest", "reuse", "source")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_hostile_report_file_is_a_report_or_an_input_error(
    data: st.DataObject, tmp_path: Path
) -> None:
    from provenance.cli.verify import _load
    from provenance.jobs.verify import verify

    plain = values(data.draw(st.sampled_from((declared(), reviewed()))))
    put = data.draw(documents(NAMES, ("wholly", "2026-03-01T12:00:00", "0001-01-01T00:00:00Z")))
    place, key = data.draw(st.sampled_from(sorted(_places(plain), key=str)))
    _at(plain, place)[key] = put
    path = tmp_path / "report.json"
    path.write_text(json.dumps(plain), "utf-8")
    try:
        report = _load(str(path))
    except InputError:
        return
    with Store.open(None) as store:
        for found in verify(report, store.fetches):
            assert_clean(found)


def _places(plain: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain)
    for key, value in inner:
        yield here, key
        if isinstance(value, dict | list):
            yield from _places(value, (*here, key))


def _at(plain: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        plain = plain[key]
    return plain


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("checked_at", "2026-03-01T12:00:00", "time without a zone"),
        ("schema", 10**30, "too large"),
        ("schema", True, "bool where"),
        ("target", None, "NoneType where"),
    ],
)
def test_what_is_no_value_of_a_report_is_told_with_its_place(
    field: str, value: object, why: str
) -> None:
    with pytest.raises(ValueError, match=rf"^Report\.{field}: .*{why}"):
        revive(Report, {**values(declared()), field: value})
