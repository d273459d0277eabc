"""Captures that were asked for from here, beside what an archive lists."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from provenance.errors import ProviderError, Refused, StoreError, Unavailable
from provenance.model import Precision, ProviderSpec, Sighting
from provenance.world.saved.saved import WithSaved
from provenance.world.store import Store
from tests.build import NOON, capture, sighting
from tests.jobs.world import FakeArchive

if TYPE_CHECKING:
    from collections.abc import Iterator

URL = "https://post.example/lock"
SPEC = ProviderSpec(name="ia", kind="cdx", base_url="https://archive.example")


def seen(day: int, place: str = "archive.example", **fields: object) -> Sighting:
    address = f"https://{place}/web/2026030{day}120000id_/{URL}"
    given: dict[str, object] = {"url": URL, "memento": address, "holds_text": None, **fields}
    return sighting(day, precision=Precision.SECOND, **given)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None) as opened:
        yield opened


def listed(store: Store, archive: FakeArchive, url: str = URL) -> tuple[Sighting, ...]:
    return WithSaved(archive, SPEC, store.saved).sightings(url).items


def test_without_anything_saved_the_answer_is_the_archives_own(store: Store) -> None:
    archive = FakeArchive(captures={URL: (seen(2),)})
    wrapped = WithSaved(archive, SPEC, store.saved)
    assert wrapped.sightings(URL) == archive.sightings(URL)
    assert wrapped.name == archive.name


def test_what_was_saved_stands_among_what_is_listed_once_and_in_order(store: Store) -> None:
    for day in (3, 1, 2, 3):
        store.saved.keep(seen(day))
    archive = FakeArchive(captures={URL: (seen(2), seen(4))})
    assert listed(store, archive) == (seen(1), seen(2), seen(3), seen(4))


def test_other_spellings_of_the_address_find_it_and_other_pages_do_not(store: Store) -> None:
    store.saved.keep(seen(1))
    assert listed(store, FakeArchive(), "http://www.post.example/lock/") == (seen(1),)
    assert listed(store, FakeArchive(), "https://post.example/other") == ()


def test_a_capture_stands_only_in_the_archive_that_made_it(store: Store) -> None:
    store.saved.keep(seen(1, "archive.example:8080"))
    store.saved.keep(seen(2, "another.example"))
    assert listed(store, FakeArchive()) == ()


@pytest.mark.parametrize(
    "fault", [Unavailable("ia", URL, "it is down"), Refused("ia", URL, "it is excluded")]
)
def test_an_index_that_does_not_answer_does_not_hide_it(store: Store, fault: ProviderError) -> None:
    with pytest.raises(type(fault)):
        listed(store, FakeArchive(fault=fault))
    store.saved.keep(seen(1))
    reply = WithSaved(FakeArchive(fault=fault), SPEC, store.saved).sightings(URL)
    assert reply.items == (seen(1),)
    assert reply.at == seen(1).at
    assert fault.why in reply.notes[0]


def test_it_is_replayed_by_the_archive(store: Store) -> None:
    page = capture("a", URL, captured_at=NOON + timedelta(hours=1))
    archive = FakeArchive(mementos={seen(1).memento or "": page})
    assert WithSaved(archive, SPEC, store.saved).replay(seen(1)) == page


def test_what_cannot_be_read_any_more_is_said(store: Store) -> None:
    store.saved.keep(seen(1))
    with store.connection.transaction() as db:
        db.execute("UPDATE saved SET json = '{}'")
    with pytest.raises(StoreError, match="cannot be read"):
        store.saved.of(URL)
