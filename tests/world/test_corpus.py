"""Which kept texts are leads, where a site has many that are like a page."""

from __future__ import annotations

import random

from provenance.model import Settings
from provenance.text.page_facts import page_facts
from provenance.world import open_world
from tests.build import document
from tests.world.evil import NOON

SERIES = " ".join(f"The {n}th ferry of the {n + 20}th line left pier {n + 40}." for n in range(20))
STORY = " ".join(f"Captain Orlo counted {n * 37 + 1_000} crates in {1900 + n}." for n in range(20))


def test_the_own_pages_of_a_site_take_no_place_from_another_sites() -> None:
    rng = random.Random(4)
    own = [
        document(
            text=f"{SERIES} {' '.join(str(rng.random()) for _ in range(40))}",
            url=f"https://reprints.example/{number}",
            digest=f"{number:064x}",
        )
        for number in range(30)
    ]
    source = document(text=STORY, url="https://gazette.example/crates", digest=f"{99:064x}")
    page = document(
        text=f"{SERIES} {STORY[:500]}", url="https://reprints.example/new", digest=f"{77:064x}"
    )
    with open_world(Settings(offline=True), now=lambda: NOON) as world:
        world.corpus.add(*own, source)
        by_passages = [lead.url for lead in world.corpus.find(page)]
        by_facts = [lead.url for lead in world.corpus.find_by_facts(page, page_facts(page))]
    assert by_passages.count("https://gazette.example/crates") == 1
    assert len(by_passages) == 11
    assert by_facts == ["https://gazette.example/crates"]
