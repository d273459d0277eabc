from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from provenance.jobs.check.lookup_log import LookupLog
from provenance.jobs.check.timeline import MOST_INDEX_CALLS, addresses, appearances, shared_out
from provenance.model import Capture, Reply, Settings, Sighting
from tests.build import NOON, document
from tests.jobs.world import FakeWorld

URLS = ("a", "b", "c", "d")


@pytest.mark.parametrize(
    ("archives", "shares"),
    [
        (0, ()),
        (1, ("abcd",)),
        (2, ("ab", "ab")),
        (3, ("ab", "a", "a")),
        (4, ("a", "a", "a", "a")),
        (6, ("a", "a", "a", "a", "a", "a")),
    ],
)
def test_each_archive_is_asked_for_the_page_and_for_more_while_it_lasts(
    archives: int, shares: tuple[str, ...]
) -> None:
    assert shared_out(URLS, archives) == tuple(tuple(share) for share in shares)


def test_a_page_without_an_address_shares_out_nothing() -> None:
    assert shared_out((), 3) == ((), (), ())


@dataclass
class Counting:
    name: str
    asked: list[str] = field(default_factory=list)

    def sightings(self, url: str) -> Reply[Sighting]:
        self.asked.append(url)
        return Reply(items=(), at=NOON)

    def replay(self, sighting: Sighting) -> Capture:
        raise NotImplementedError


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_no_page_costs_more_index_calls_than_it_may(count: int) -> None:
    url = "https://amp.post.example/amp/story/index.html?utm_source=x&id=1"
    page = document(url=url, canonical="https://post.example/story", alternates=())
    assert len(addresses(page)) == 4
    archives = [Counting(f"archive {number}") for number in range(count)]
    inquiry = LookupLog(FakeWorld(), Settings(), NOON, lambda _: None)
    appearances(inquiry, archives, page, lambda _: False)
    assert sum(len(archive.asked) for archive in archives) == MOST_INDEX_CALLS
    assert all(archive.asked[0] == url for archive in archives)
