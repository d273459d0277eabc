from __future__ import annotations

import re
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.publishers import (
    Kind,
    agencies,
    agencies_named,
    agency_named,
    agency_pattern,
    directory_of,
    is_ambiguous,
    name_key,
    parse_agencies,
    parse_publishers,
    publisher_of,
    publishers,
    publishers_named,
    same_house,
    same_owner,
    self_names,
)

HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
COUNTRY = re.compile(r"[A-Z]{2}")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("AP", "Associated Press"),
        ("(AP)", "Associated Press"),
        ("The Associated Press", "Associated Press"),
        ("ASSOCIATED PRESS", "Associated Press"),
        ("Reuters Staff", "Reuters"),
        ("(dpa)", "Deutsche Presse-Agentur"),
        ("dpa/lby", "Deutsche Presse-Agentur"),
        ("/ritzau/", "Ritzau"),
        ("--IANS", "Indo-Asian News Service"),
        ("新华社", "Xinhua"),
        ("（中央社）", "Central News Agency"),
        ("【共同】", None),
        ("연합뉴스", "Yonhap News Agency"),
        ("/ТАСС/", "TASS"),
        ("РИА «Новости»", "RIA Novosti"),
        ("واس", "Saudi Press Agency"),
        ("وكالة الأنباء السعودية", "Saudi Press Agency"),
        ("AGÊNCIA BRASIL", "Agência Brasil"),
        ("Telam", "Télam"),
        ("ΑΠΕ-ΜΠΕ", "Athens-Macedonian News Agency"),
        ("PR Newswire", "PR Newswire"),
        ("Beta", "Beta"),
        ("beta", None),
        ("ap", None),
        ("uni", None),
        ("By AP", None),
        ("Getty Images", None),
        ("AP Physics", None),
        ("", None),
        ("...", None),
    ],
)
def test_an_agency_is_named_by_its_whole_name(text: str, name: str | None) -> None:
    found = agency_named(text)
    assert (found.name if found else None) == name


def test_initials_may_belong_to_several_agencies() -> None:
    assert [agency.country for agency in agencies_named("APA")] == ["AT", "AZ", "SN"]


def test_forms_that_mean_other_things_are_known() -> None:
    forms = ("(ANP)", "PTI", "Beta", "dpa", "Reuters", "新华社")
    assert [form for form in forms if is_ambiguous(form)] == ["(ANP)", "PTI", "Beta"]


@pytest.mark.parametrize(
    ("text", "plain", "with_doubtful"),
    [
        ("LONDON (AP) — Rain", [], ["AP"]),
        ("he told the associated press on", ["the associated press"], ["the associated press"]),
        ("新华社北京11月24日电", ["新华社"], ["新华社"]),
        ("(서울=연합뉴스)", ["연합뉴스"], ["연합뉴스"]),
        ("dpa and DPA, dpas", ["dpa"], ["dpa", "DPA"]),
        ("an apple, apa, afpx, xdpa", [], []),
        ("Dow  Jones Newswires; Kyodo\nNews", ["Kyodo\nNews"], ["Kyodo\nNews"]),
    ],
)
def test_the_pattern_finds_names_standing_as_words(
    text: str, plain: list[str], with_doubtful: list[str]
) -> None:
    assert agency_pattern().findall(text) == plain
    assert agency_pattern(ambiguous=True).findall(text) == with_doubtful


def test_what_the_pattern_finds_is_an_agency() -> None:
    for agency in agencies():
        for form in agency.names:
            found = agency_pattern(ambiguous=True).search(f"x ({form}) y")
            assert found is not None, form
            assert agencies_named(found[0]), form


def test_the_agencies_table_is_sound() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    hosts: list[str] = []
    for agency in agencies():
        assert COUNTRY.fullmatch(agency.country), agency.name
        assert set(agency.ambiguous) <= {*agency.names, *agency.bylines}, agency.name
        cells = (agency.aliases, agency.initials, agency.datelines, agency.tails)
        for form in (agency.name, *(form for cell in cells for form in cell)):
            assert form, agency.name
            assert form == form.strip(), agency.name
        hosts += agency.domains
        for form in agency.names:
            owners[form].add(agency.name)
    assert len(agencies()) >= 80
    assert len(hosts) == len(set(hosts))
    assert [name for name in hosts if not HOST.fullmatch(name)] == []
    shared = {form for form, names in owners.items() if len(names) > 1}
    assert {form for form in shared if not is_ambiguous(form)} == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour Post", "harbour post"),
        ("Harbour-Post.com", "harbourpost"),
        ("www.harbour.example", "harbour.example"),
        ("Télé Port", "TELE PORT"),
        ("Salt & Tide", "Salt and Tide"),
        ("أخبار الميناء", "اخبار الميناء"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one.removeprefix("The ")) == name_key(other)


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    publishers_named(text)
    agencies_named(text)
    publisher_of(text)
    assert name_key(name_key(text)) == name_key(text)
    assert not same_house("", text)


OURS = """\
# a comment
The Tide\tpaper\tGB\ttide.example tide.co.example\tTide Daily|Die Flut\t\tSalt Group
Tide Sport\tsite\tGB\tsport.tide.example\t\t\tSalt Group
Die Tide\tpaper\tDE\ttide-de.example
Shore Times\tpaper\tUS\tshore.example\t\tThe Tide\t\tno-archive
""".splitlines()


def test_rows_become_outlets() -> None:
    tide, sport, german, shore = parse_publishers(OURS)
    assert tide.domains == ("tide.example", "tide.co.example")
    assert tide.names == ("The Tide", "Tide Daily", "Die Flut")
    assert (tide.house, tide.owner, german.owner) == ("The Tide", "Salt Group", "")
    assert (sport.kind, sport.agency) == (Kind.SITE, False)
    assert (shore.house, shore.excludes_archives) == ("The Tide", True)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://tide.example/a", "The Tide"),
        ("http://www.TIDE.example:8080/a", "The Tide"),
        ("https://sport.tide.example/a", "Tide Sport"),
        ("https://live.sport.tide.example/a", "Tide Sport"),
        ("https://lowtide.example/a", None),
        ("https://example/a", None),
        ("not an address", None),
    ],
)
def test_the_nearest_listed_host_decides(url: str, name: str | None) -> None:
    found = directory_of(parse_publishers(OURS)).at(url)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("the tide", ["The Tide"]),
        ("Die Tide", ["Die Tide"]),
        ("Tide", ["The Tide", "Die Tide"]),
        ("Flut", ["The Tide"]),
        ("tide.co.example", ["The Tide"]),
        ("Tide Weekly", []),
        ("", []),
    ],
)
def test_an_article_matters_only_between_two(name: str, found: list[str]) -> None:
    directory = directory_of(parse_publishers(OURS))
    assert [publisher.name for publisher in directory.named(name)] == found


def test_added_rows_win() -> None:
    mine = list(parse_publishers(["Mine\tsite\tFR\ttide.example"]))
    found = directory_of([*parse_publishers(OURS), *mine]).at("https://tide.example/")
    assert found == mine[0]


@pytest.mark.parametrize("row", ["Tide\tpaper\tGB", "Tide\tpamphlet\tGB\ttide.example", "\tsite"])
def test_a_broken_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"needs|Kind"):
        list(parse_publishers([row]))


def test_brackets_and_names_are_forms_without_being_listed() -> None:
    (agency,) = parse_agencies(["Salt Wire\tagency\tGB\t-\tSalzdraht\tSW\tSW\t\tSalt Staff\t/sw/"])
    assert agency.domains == ()
    assert agency.datelines == ("(SW)",)
    assert agency.bylines == ("Salt Wire", "Salzdraht", "SW", "Salt Staff")
    assert agency.tails == ("(SW)", "/sw/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "https://news.harbour.example/b"),
        ("https://www.ap.org/a", "https://apnews.com/b"),
    ],
)
def test_one_house(one: str, other: str) -> None:
    assert same_house(one, other)
    assert same_owner(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "https://tide.example/b"),
        ("https://apnews.com/a", "https://upi.com/b"),
        ("", ""),
    ],
)
def test_two_houses(one: str, other: str) -> None:
    assert not same_house(one, other)
    assert not same_owner(one, other)


def test_a_page_knows_its_own_names() -> None:
    assert self_names("https://news.harbour.example/x") == ("harbour.example", "harbour")
    assert self_names("") == ()
    assert {"Associated Press", "apnews.com", "apnews"} <= set(self_names("https://apnews.com/"))


def test_agencies_are_outlets_too() -> None:
    found = publisher_of("https://www.presseportal.de/pm/1")
    assert found is not None
    assert (found.kind, found.agency) == (Kind.RELEASE, True)
    assert found in publishers()
