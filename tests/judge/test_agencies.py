"""Which agency's text a page carries, and when two pages have theirs from one agency."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.judge.agencies import agencies_of, is_agency_page, shared_agency
from provenance.model import Attribution, Basis, Declaration, Derivation, Finding, Hop, Origin
from tests.build import declaration, document, finding, reuse

PAGE = "https://mirror-daily.example/harbour-road"
OTHER = "https://third-paper.example/road"
AP, REUTERS, UNNAMED = "Associated Press", "Reuters", "a news agency"


def says(agency: str) -> Declaration:
    """What a page that names an agency as its source says of itself."""
    return declaration(
        derivation=Derivation.WHOLLY,
        attribution=Attribution.NAMED,
        origin=Origin(url=None, publisher=agency, basis=Basis.DECLARED),
        chain=(Hop(url=None, publisher=agency, why=""),),
    )


@pytest.mark.parametrize(
    ("path", "agencies"),
    [
        ("wires/pa/road", ("PA Media",)),
        ("Wires/PA/road", ("PA Media",)),
        ("aponline/2026/road", (AP,)),
        ("apwire/pa/road", (AP, "PA Media")),
        ("apwire/road", (AP,)),
        ("wires/ap/road", (AP,)),
        ("wireStory/road-7", (UNNAMED,)),
        ("newswire/road", (UNNAMED,)),
        ("agencias/efe/road", ("Agencia EFE",)),
        ("agences/belga/road", ("Belga",)),
        ("reuters/road", (REUTERS,)),
        ("world/reuters/road", (REUTERS,)),
        # "pa", "ap" and "us" are other things too: they need a folder that says "wire".
        ("pa/road", ()),
        ("ap/road", ()),
        ("us/road", ()),
        # The last part is the article's own name, and a part of a word is no mark.
        ("world/reuters", ()),
        ("reuters-wins-a-prize/road", ()),
        ("wireless/road", ()),
        ("talent-agencies/road", ()),
        ("", ()),
    ],
)
def test_whole_folders_of_an_address_name_an_agency(path: str, agencies: tuple[str, ...]) -> None:
    assert agencies_of(document(url=f"https://paper.example/{path}"), None) == agencies


@pytest.mark.parametrize("url", [None, "kept:777", "file:///wires/pa/road", "::"])
def test_an_address_that_is_none_names_nobody(url: str | None) -> None:
    assert agencies_of(document(url=url), None) == ()


@pytest.mark.parametrize(
    ("fields", "agencies"),
    [
        ({"byline": (REUTERS,)}, (REUTERS,)),
        ({"byline": ("Ada Wick", "AP")}, (AP,)),
        ({"agency": "AFP"}, ("Agence France-Presse",)),
        ({"credit_line": "(dpa)"}, ("Deutsche Presse-Agentur",)),
        ({"byline": ("Ada Wick",), "credit_line": "The Harbour Post"}, ()),
    ],
)
def test_the_fields_of_a_page_name_an_agency(
    fields: dict[str, Any], agencies: tuple[str, ...]
) -> None:
    assert agencies_of(document(url=PAGE, **fields), None) == agencies


def test_the_pages_own_word_comes_first_and_a_name_sets_aside_the_unnamed_one() -> None:
    page = document(url="https://paper.example/wires/road", byline=(REUTERS,))
    assert agencies_of(page, says("AP")) == (AP, REUTERS)
    assert agencies_of(page, None) == (REUTERS,)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://apnews.com/article/road", True),
        ("https://www.reuters.com/world/road", True),
        ("https://www.prnewswire.com/news/road", True),
        ("https://www.bbc.co.uk/news/road", False),
        (PAGE, False),
        (None, False),
    ],
)
def test_on_its_own_site_an_agency_prints_nobody_elses_text(url: str | None, own: bool) -> None:
    assert is_agency_page(url) is own
    assert agencies_of(document(url=url), says("AP")) == (() if own else (AP,))


def copy(share: float, *marks: str, url: str = OTHER, **fields: Any) -> Finding:
    """A copy on a page that says, or shows by its address, whose text it carries."""
    declared = says(marks[0]) if marks else declaration()
    return finding(url, share, source=document(url=url), declared=declared, **fields)


@pytest.mark.parametrize(
    ("ours", "theirs", "share", "agency"),
    [
        # Both name the same one: how much is copied does not matter.
        ((AP,), (AP,), 0.97, AP),
        ((AP,), (AP,), 0.4, AP),
        # One of the two left the mark out: only where the copy is nearly whole.
        ((AP,), (), 0.97, AP),
        ((), (AP,), 0.97, AP),
        ((AP,), (), 0.4, None),
        ((), (AP,), 0.4, None),
        ((AP,), (), 0.75, AP),
        ((AP,), (), 0.74, None),
        ((UNNAMED,), (), 0.97, UNNAMED),
        # Two different agencies: neither page wrote the text; one that is unnamed has the name.
        ((AP,), (REUTERS,), 0.97, UNNAMED),
        ((AP,), (REUTERS,), 0.4, None),
        ((UNNAMED,), (AP,), 0.97, AP),
        ((), (), 1.0, None),
    ],
)
def test_marks_of_one_agency_make_a_common_source(
    ours: tuple[str, ...], theirs: tuple[str, ...], share: float, agency: str | None
) -> None:
    assert shared_agency(copy(share, *theirs), ours, PAGE) == agency


def test_a_copy_that_is_nearly_whole_of_either_text_is_enough() -> None:
    measure = replace(reuse(0.2), source_containment=0.9)
    assert shared_agency(copy(0.2, reuse=measure), (AP,), PAGE) == AP


@pytest.mark.parametrize(
    ("here", "there"),
    [(PAGE, "https://apnews.com/article/road"), ("https://apnews.com/article/road", OTHER)],
)
def test_the_agencys_own_page_is_the_source_and_no_third_party(here: str, there: str) -> None:
    assert shared_agency(copy(0.97, url=there), (AP,), here) is None


def test_a_text_that_was_not_measured_and_a_page_that_moved_to_an_agency_share_none() -> None:
    assert shared_agency(replace(copy(0.97, AP), reuse=None), (AP,), PAGE) is None
    moved = document(url="https://apnews.com/article/road")
    assert shared_agency(replace(copy(0.97, AP), source=moved), (AP,), PAGE) is None


def test_an_origin_that_is_named_is_enough() -> None:
    said = replace(says("AP"), chain=())
    assert agencies_of(document(url=PAGE), said) == (AP,)


def test_a_page_that_could_not_be_read_shows_no_agency() -> None:
    assert shared_agency(finding(OTHER, 0.0, source=None, reuse=None), (AP,), PAGE) is None
