from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.errors import Unavailable
from provenance.jobs.history import history
from provenance.model import Capture, Settings, Sighting
from tests.build import NOON, capture, sighting
from tests.jobs.world import FakeArchive, FakeWeb, FakeWorld

URL = "https://harbourpost.example/opinion/road"
FIRST = "The road was promised to be mended before the winter and it was not mended at all. "
SECOND = "Then the mayor came with a shovel, a photographer, and a speech about asphalt. "


def page(*paragraphs: str) -> Capture:
    body = "".join(f"<p>{text * 3}</p>" for text in paragraphs)
    return capture(f"<html><body><article><h1>The road</h1>{body}</article></body></html>", URL)


def archive(*pages: Capture) -> FakeArchive:
    """An archive that captured these pages on successive days; equal bytes have equal digests."""
    seen = tuple(
        sighting(day, url=URL, memento=f"m{day}", digest=held.digest, status=200, holds_text=None)
        for day, held in enumerate(pages, 1)
    )
    mementos = {f"m{day}": replace(held, memento=f"m{day}") for day, held in enumerate(pages, 1)}
    return FakeArchive(captures={URL: seen}, mementos=mementos)


def told(*pages: Capture, live: Capture | None = None, most: int = 10) -> list[float | None]:
    web = FakeWeb({URL: live} if live else {})
    world = FakeWorld(web=web, archives=(archive(*pages),))
    return [state.remains for state in history(URL, world, Settings(max_downloads=most)).states]


def test_equal_captures_are_one_state_and_a_change_is_measured() -> None:
    assert told(page(FIRST), page(FIRST), page(SECOND)) == [None, 0.0]


def test_a_text_that_grew_keeps_its_words_and_gains_new_ones() -> None:
    world = FakeWorld(archives=(archive(page(FIRST), page(FIRST, SECOND)),))
    _, grown = history(URL, world, Settings()).states
    assert grown.remains == 1.0
    assert grown.gained is not None
    assert 0.4 < grown.gained < 0.6
    assert grown.changed


@pytest.mark.parametrize(
    ("live", "deviated"), [(page(FIRST), False), (page(SECOND), True), (None, None)]
)
def test_the_live_page_is_set_against_the_last_state(
    live: Capture | None, deviated: bool | None
) -> None:
    web = FakeWeb({URL: live} if live else {})
    world = FakeWorld(web=web, archives=(archive(page(FIRST)),))
    assert history(URL, world, Settings()).deviated is deviated


def test_of_many_states_some_are_read_the_first_and_the_last_among_them() -> None:
    pages = [page(FIRST + f"Day {number} passed. ") for number in range(12)]
    world = FakeWorld(archives=(archive(*pages),))
    states = history(URL, world, Settings(max_downloads=4)).states
    assert len(states) == 12
    assert [n for n, state in enumerate(states) if state.words is not None] == [0, 4, 7, 11]


def test_an_archive_that_does_not_answer_is_a_miss() -> None:
    silent = FakeArchive(fault=Unavailable("test-archive", URL, "it answered 503"))
    found = history(URL, FakeWorld(archives=(silent,)), Settings())
    assert found.states == ()
    assert {miss.provider for miss in found.misses} == {"test-archive", "web"}
    assert found.deviated is None


def test_sightings_keep_their_mementos() -> None:
    world = FakeWorld(archives=(archive(page(FIRST)),))
    [state] = history(URL, world, Settings()).states
    assert isinstance(state.sighting, Sighting)
    assert state.sighting.memento == "m1"
    assert state.sighting.at == NOON.replace(day=1)


def test_no_change_is_counted_from_or_to_a_page_without_words() -> None:
    shell = capture("<html><head><title>The road</title></head><body><p></p></body></html>", URL)
    other = capture("<html><head><title>Road</title></head><body><div></div></body></html>", URL)
    assert told(shell, other) == [None, None]
    assert told(page(FIRST), shell, page(SECOND)) == [None, None, 0.0]


def test_archives_are_asked_for_what_a_page_calls_itself_and_for_no_fragment() -> None:
    canonical = "https://harbourpost.example/opinion/road-2026"
    live = capture(
        f'<html><head><link rel="canonical" href="{canonical}"></head><body><article>'
        f"<h1>The road</h1><p>{FIRST * 3}</p></article></body></html>",
        URL,
    )
    held = archive(page(FIRST))
    asked = f"{URL}#comments"
    world = FakeWorld(web=FakeWeb({asked: live}), archives=(held,))
    found = history(asked, world, Settings())
    questions = [lookup.asked for lookup in found.lookups if lookup.provider == held.name]
    assert questions[:2] == [f"captures of {URL}", f"captures of {canonical}"]
    assert found.captures == 1
