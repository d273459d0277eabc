from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.errors import InputError, ProviderError, Refused, Unavailable
from provenance.jobs.check.page import check
from provenance.jobs.check.stand_in import fetch_or_newest
from provenance.model import Capture, Settings, Sighting, Via
from provenance.render.report import terminal
from tests.build import capture, sighting
from tests.jobs.check.test_page import STORY, page
from tests.jobs.world import FakeArchive, FakeWeb, FakeWorld

URL = "https://gone.example/story"
LOST = "<html><title>Not found</title><body><h1>404</h1><p>Page not found.</p></body></html>"


def memento(day: int) -> str:
    return f"https://archive.example/web/202603{day:02}000000id_/{URL}"


def archive(*states: tuple[int, str, str], fault: ProviderError | None = None) -> FakeArchive:
    """An archive with a capture for each (day of March, bytes, digest)."""
    listed: list[Sighting] = []
    kept: dict[str, Capture] = {}
    for day, body, digest in states:
        seen = sighting(day, url=URL, memento=memento(day), status=200, digest=digest)
        listed.append(seen)
        kept[memento(day)] = replace(
            capture(body, URL), via=Via.ARCHIVE, memento=memento(day), captured_at=seen.at
        )
    return FakeArchive(captures={URL: tuple(listed)}, mementos=kept, fault=fault)


def gone(status: int | None = 404) -> ProviderError:
    return Refused("web", URL, f"there is no such page (HTTP {status})", status=status)


ARTICLE = page(STORY, "The road nobody mends")


@pytest.mark.parametrize(
    "fault",
    [
        gone(),
        gone(410),
        gone(403),
        Unavailable("web", URL, "no whole answer within 45 s"),
        Unavailable("web", URL, "the host name 'gone.example' does not resolve"),
    ],
)
def test_the_newest_snapshot_stands_for_a_page_that_is_gone(fault: ProviderError) -> None:
    world = FakeWorld(
        web=FakeWeb({URL: fault}),
        archives=(archive((3, ARTICLE, "A"), (9, ARTICLE, "A"), (12, LOST, "B")),),
    )
    found = fetch_or_newest(URL, world, Settings())
    assert (found.memento, found.live_fault) == (memento(9), fault.why)


def test_the_verdict_begins_with_what_was_checked() -> None:
    world = FakeWorld(web=FakeWeb({URL: gone()}), archives=(archive((9, ARTICLE, "A")),))
    report = check(URL, fetch_or_newest(URL, world, Settings()), world, Settings())
    lines = terminal.render(report, width=200).splitlines()
    assert lines[0] == "Could not tell, of the page as archived on 9 Mar 2026"
    assert lines[1].startswith(
        "The live page could not be read: there is no such page (HTTP 404). Checked instead: its "
        "newest readable snapshot, of 9 Mar 2026"
    )
    assert report.stand_in is not None
    assert report.stand_in.memento == memento(9)


def test_a_page_that_is_there_has_no_stand_in() -> None:
    world = FakeWorld(web=FakeWeb({URL: capture(ARTICLE, URL)}), archives=(archive(),))
    assert check(URL, fetch_or_newest(URL, world, Settings()), world, Settings()).stand_in is None


@pytest.mark.parametrize(
    ("archives", "told"),
    [
        ((archive((9, LOST, "A")),), "the archives asked hold no article at this address"),
        ((archive(),), "the archives asked hold no article at this address"),
        ((), "no archive is configured"),
        (
            (archive(fault=Unavailable("test-archive", URL, "it asked for patience")),),
            r"whether it is archived could not be told \(test-archive: it asked for patience\)",
        ),
    ],
)
def test_without_a_snapshot_both_are_told(archives: tuple[FakeArchive, ...], told: str) -> None:
    world = FakeWorld(web=FakeWeb({URL: gone()}), archives=archives)
    with pytest.raises(InputError, match=rf"HTTP 404.*; {told}"):
        fetch_or_newest(URL, world, Settings())


def test_an_address_that_nobody_may_ask_is_not_told_to_archives() -> None:
    barred = Refused("web", URL, "not asked: 10.0.0.1 is a private or reserved address")
    world = FakeWorld(web=FakeWeb({URL: barred}), archives=(archive((9, ARTICLE, "A")),))
    with pytest.raises(Refused, match="private"):
        fetch_or_newest(URL, world, Settings())
