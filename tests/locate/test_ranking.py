from __future__ import annotations

import pytest

from provenance.locate import Hints, candidates, ranked
from provenance.model import Lead, Sighting, Witness
from tests.build import document, sighting

STORY = (
    "Every October the council rediscovers the harbour road, walks along it for an hour in bright "
    "jackets and promises that this time the potholes will be gone."
)
TITLE = "The road nobody mends"
PAGE = document(
    url="https://mirror-daily.example/x",
    title=TITLE,
    text=STORY,
    dates=(sighting(10, Witness.SELF),),
)
ON_IT = "… walks along it for an hour in bright jackets and promises …"
BESIDE = "The council of Oxbow met for an hour about its weir and its bright new library."


def lead(
    host: str,
    *,
    by: str = "a",
    title: str = "",
    snippet: str = "",
    rank: int = 0,
    seen: Sighting | None = None,
) -> Lead:
    return Lead(
        url=f"https://{host}/road",
        found_by=by,
        reason="",
        rank=rank,
        title=title,
        snippet=snippet,
        sighting=seen,
    )


def order(*found: Lead, sites: tuple[str, ...] = (), **indexes: str) -> list[str]:
    hints = Hints(indexes=indexes, sites=sites)
    promises = ranked(PAGE, candidates(PAGE, found), hints)
    assert [p.worth for p in promises] == sorted((p.worth for p in promises), reverse=True)
    return [promise.candidate.url.split("/")[2] for promise in promises]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (lead("b.example", title=TITLE), lead("a.example", title="The weir nobody opens")),
        (lead("b.example", snippet=ON_IT), lead("a.example", snippet=BESIDE)),
        (lead("b.example", snippet=ON_IT, rank=9), lead("a.example", snippet=BESIDE)),
        (lead("b.example", title=TITLE), lead("a.example", snippet=BESIDE)),
        (
            lead("b.example", title=TITLE, snippet=ON_IT),
            lead("a.example", title=TITLE, snippet=BESIDE),
        ),
        (
            lead("b.example", title=TITLE, seen=sighting(9, Witness.INDEX)),
            lead("a.example", title=TITLE),
        ),
        (
            lead("b.example", title=TITLE),
            lead("a.example", title=TITLE, seen=sighting(20, Witness.INDEX)),
        ),
        (lead("b.example", rank=1), lead("a.example", rank=2)),
    ],
    ids=["title", "snippet", "rank", "either", "both", "before", "after", "order"],
)
def test_the_more_promising_is_looked_at_first(better: Lead, worse: Lead) -> None:
    assert order(worse, better) == ["b.example", "a.example"]


def test_a_day_later_by_another_calendar_is_not_later() -> None:
    same_day = lead("b.example", title=TITLE, seen=sighting(11, Witness.INDEX))
    assert order(lead("a.example", title=TITLE), same_day) == ["a.example", "b.example"]


def test_a_site_that_the_page_names_is_promising() -> None:
    found = (lead("a.example", title=TITLE), lead("news.b.example", title=TITLE))
    assert order(*found, sites=("https://b.example/",)) == ["news.b.example", "a.example"]


def test_a_known_paper_comes_before_a_portal_that_shows_others() -> None:
    assert order(lead("www.yahoo.com"), lead("a.example"), lead("www.nytimes.com")) == [
        "www.nytimes.com",
        "a.example",
        "www.yahoo.com",
    ]


def test_two_services_over_one_index_are_one_voice() -> None:
    one_index = (lead("a.example", by="x"), lead("a.example", by="y"))
    two = (lead("b.example", by="x"), lead("b.example", by="z"))
    found = (*one_index, *two)
    assert order(*found, x="Brave", y="Brave", z="GDELT") == ["b.example", "a.example"]
    assert order(*found, x="Brave", y="Mojeek", z="GDELT") == ["a.example", "b.example"]


def test_nothing_known_keeps_the_order() -> None:
    assert order(lead("c.example"), lead("a.example"), lead("b.example")) == [
        "c.example",
        "a.example",
        "b.example",
    ]
