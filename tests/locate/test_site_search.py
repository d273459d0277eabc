from __future__ import annotations

import pytest

from provenance.locate import site_queries, sites
from provenance.model import Family, Match, Signal
from tests.build import document, signal

PAGE = document(url="https://mirror-daily.example/2026/road")
STORY = (
    "The crew of the Marigold walked along the harbour road for an hour in bright jackets. "
    "Ottilie Quist sold tyres to Bramwell until Ottilie and Bramwell closed Lanternhill."
)


@pytest.mark.parametrize(
    ("found", "homes"),
    [
        (signal(names=("New York Post",), target=None), ["https://nypost.com/"]),
        (signal(names=("nypost.com",), target=None), ["https://nypost.com/"]),
        (signal(target="https://harbourpost.example/"), ["https://harbourpost.example/"]),
        (
            signal(target="https://harbourpost.example/2026/road?x=1"),
            ["https://harbourpost.example/"],
        ),
        (
            signal(target="https://web.archive.org/web/2026/https://harbourpost.example/road"),
            ["https://harbourpost.example/"],
        ),
        (signal(names=("harbourpost.example",), target=None), ["https://harbourpost.example/"]),
        (signal(names=("A Paper Nobody Knows",), target=None), []),
        (signal(names=("Yahoo News",), target=None), []),
        (signal(target="https://www.mirror-daily.example/about"), []),
        (signal(target="javascript:alert(1)"), []),
        (signal(names=("New York Post",), silenced_by="photo_credit"), []),
        (signal(names=("New York Post",), family=Family.FURNITURE), []),
    ],
)
def test_where_to_knock(found: Signal, homes: list[str]) -> None:
    assert list(sites(PAGE, (found,))) == homes


def test_each_house_once_and_the_surest_first() -> None:
    found = (
        signal(family=Family.MARKUP, target="https://other.example/x"),
        signal(names=("New York Post",), target="https://nypost.com/2026/03/01/road/"),
        signal(family=Family.TRACE, names=("nypost.com",), target=None),
    )
    assert sites(PAGE, found) == ("https://nypost.com/", "https://other.example/")


def test_a_site_is_asked_for_headline_phrase_and_names() -> None:
    found = tuple(site_queries(document(title="The road – nobody’s road", text=STORY)))
    assert [query.match for query in found] == [Match.ALL, Match.PHRASE, Match.ALL]
    assert found[0].phrase == "The road nobody s road"
    assert found[1].phrase in STORY


def test_a_page_without_title_and_text_gives_nothing_to_ask() -> None:
    assert tuple(site_queries(document())) == ()
