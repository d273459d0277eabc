"""Keeping and finding replies."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import StoreError
from provenance.model import Exhibit, Via
from provenance.world.store import Store
from tests.build import NOON, capture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.model import Capture

URL = "https://post.example/harbour"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def test_what_was_kept_comes_back_whole(store: Store) -> None:
    kept = capture(
        b"\x00\xff caf\xc3\xa9",
        URL,
        responded_url=URL + "?b",
        headers=(("content-type", "text/html"), ("x", "caf\u00e9 \u202e"), ("x", "")),
        memento="https://archive.example/20260301120000id_/x",
        via=Via.ARCHIVE,
    )
    store.fetches.keep(kept, asked_by="archive-x")
    assert store.fetches.latest(URL, asked_by="archive-x") == kept
    assert store.fetches.of_digest(kept.digest) == kept


def test_the_newest_wins_whatever_order_it_was_kept_in(store: Store) -> None:
    for day, body in ((2, "b"), (3, "c"), (1, "a")):
        store.fetches.keep(capture(body, URL, captured_at=NOON.replace(day=day)))
    found = store.fetches.latest(URL)
    assert found is not None
    assert found.body == b"c"


def test_time_order_holds_across_zones_and_fractions(store: Store) -> None:
    east = timezone(timedelta(hours=9))
    store.fetches.keep(capture("late", URL, captured_at=datetime(2026, 3, 1, 12, 0, 1, tzinfo=UTC)))
    store.fetches.keep(capture("early", URL, captured_at=datetime(2026, 3, 1, 20, tzinfo=east)))
    store.fetches.keep(capture("mid", URL, captured_at=NOON + timedelta(microseconds=5)))
    found = store.fetches.latest(URL)
    assert found is not None
    assert (found.body, found.captured_at.tzinfo) == (b"late", UTC)


def test_keeping_the_same_again_changes_nothing(store: Store) -> None:
    for _ in range(3):
        store.fetches.keep(capture("a", URL))
        store.fetches.keep(capture("a", None, via=Via.FILE), asked_by="file")
    assert store.fetches.count() == 2


def test_one_body_is_stored_once(store: Store) -> None:
    for number in range(5):
        store.fetches.keep(capture("same", f"{URL}/{number}"))
    with store.connection.reading() as db:
        assert db.table("bodies").count == 1


@pytest.mark.parametrize(("status", "web", "provider"), [
    (200, True, True), (204, True, True), (302, False, True), (404, False, True),
    (403, False, False), (429, False, False), (503, False, False),
])  # fmt: skip
def test_what_counts_as_an_answer(status: int, web: bool, provider: bool, store: Store) -> None:
    for asked_by in ("web", "archive-x"):
        store.fetches.keep(capture("a", URL, status=status), asked_by=asked_by)
    assert (store.fetches.latest(URL) is not None) == web
    assert (store.fetches.latest(URL, asked_by="archive-x") is not None) == provider
    assert store.fetches.latest(URL, failures=True) is not None


def test_the_first_time_bytes_came_one_way(store: Store) -> None:
    page = capture("piped", None, via=Via.STDIN, captured_at=NOON)
    assert store.fetches.first_kept(page.digest, Via.STDIN) is None
    for day in (5, 1, 3):
        store.fetches.keep(replace(page, captured_at=NOON.replace(day=day)), asked_by="file")
    assert store.fetches.first_kept(page.digest, Via.STDIN) == NOON.replace(day=1)
    assert store.fetches.first_kept(page.digest, Via.FILE) is None


@settings(deadline=None)
@given(st.text(), st.text(), st.binary(max_size=300))
def test_no_text_breaks_the_store(url: str, header: str, body: bytes) -> None:
    hostile = "\ud800" + url + "\0"
    with Store.open(None) as store:
        store.fetches.keep(capture(body, hostile, headers=((header, hostile),), media_type=header))
        found = store.fetches.latest(hostile)
    assert found is not None
    assert found.body == body
    assert "\ud800" not in found.headers[0][1]
    assert "\0" not in found.headers[0][1]


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    with Store.open(str(path)) as store:
        store.fetches.keep(capture("a" * 200, URL))
    with sqlite3.connect(path) as raw:
        other = capture("b" * 200).body
        import gzip

        raw.execute("UPDATE bodies SET gzip = ?", (gzip.compress(other),))
    raw.close()
    with Store.open(str(path)) as store:
        with pytest.raises(StoreError, match="have changed on disk"):
            store.fetches.latest(URL)
        with pytest.raises(StoreError, match="have changed on disk"):
            store.fetches.of_digest(capture("a" * 200).digest)


def exhibit(page: Capture, **fields: object) -> Exhibit:
    told = {
        name: getattr(page, name)
        for name in ("url", "responded_url", "status", "media_type", "captured_at", "via")
    }
    given: dict[str, object] = {
        **told,
        "memento": page.memento,
        "digest": page.digest,
        "size": len(page.body),
        **fields,
    }
    return Exhibit(**given)  # type: ignore[arg-type]


def test_an_exhibit_is_found_at_its_own_address_among_the_same_bytes(store: Store) -> None:
    replayed = "https://archive.example/web/20260301120000id_/https://post.example/a"
    pages = [capture("same", url, status=200) for url in (URL, replayed, "https://c.example/")]
    for page in pages:
        store.fetches.keep(page)
    assert store.fetches.of_exhibit(exhibit(pages[2])) == pages[2]
    told = exhibit(pages[0], memento=replayed, via=Via.ARCHIVE)
    assert store.fetches.of_exhibit(told) == pages[1]


def test_bytes_from_elsewhere_are_given_as_the_report_has_them(store: Store) -> None:
    store.fetches.keep(capture("same", URL, headers=(("server", "a"),)))
    asked = capture("same", "https://c.example/", status=203, captured_at=NOON.replace(day=2))
    found = store.fetches.of_exhibit(exhibit(asked))
    assert found == replace(asked, headers=())


def test_an_exhibit_whose_bytes_are_not_kept_is_none(store: Store) -> None:
    assert store.fetches.of_exhibit(exhibit(capture("never", URL))) is None
