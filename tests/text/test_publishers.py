from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.names import name_key, table
from provenance.text.publishers import (
    AgencyKind,
    Directory,
    agencies_named,
    parse_publishers,
    publisher_of,
    publishers,
    publishers_named,
    same_house,
    same_owner,
    self_names,
)
from provenance.text.urls import host

HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
COUNTRY = re.compile(r"[A-Z]{2}")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour Post", "harbour post"),
        ("Harbour-Post.com", "harbourpost"),
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
The Tide\tpaper\tGB\ttide.example tide.co.example\tTide Daily|Die Flut\t\tSalt Group
Tide Sport\tsite\tGB\tsport.tide.example\t\t\tSalt Group
Die Tide\tpaper\tDE\ttide-de.example
Shore Times\tpaper\tUS\tshore.example\t\ttide.example\t\tno-archive
Pebbles\tportal\tUS\tpebbles.example\t\t\t\thosts-others
""".splitlines()


def test_rows_become_outlets() -> None:
    tide, sport, german, shore, pebbles = parse_publishers(OURS)
    assert tide.domains == ("tide.example", "tide.co.example")
    assert tide.names == ("The Tide", "Tide Daily", "Die Flut")
    assert (tide.house, tide.owner, german.owner) == ("tide.example", "Salt Group", "")
    assert (sport.kind, sport.agency) == (AgencyKind.SITE, False)
    assert (shore.house, shore.excludes_archives) == ("tide.example", True)
    assert [site for site in (tide, shore, pebbles) if site.hosts_others] == [pebbles]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://tide.example/a", "The Tide"),
        ("http://www.TIDE.example:8080/a", "The Tide"),
        ("https://sport.tide.example/a", "Tide Sport"),
        ("https://live.sport.tide.example/a", "Tide Sport"),
        ("https://www.pebbles.example/a", "Pebbles"),
        ("https://somebody.pebbles.example/a", None),
        ("https://lowtide.example/a", None),
        ("https://example/a", None),
        ("not an address", None),
    ],
)
def test_the_nearest_listed_host_decides(url: str, name: str | None) -> None:
    found = Directory(OURS).at(host(url))
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
    directory = Directory(OURS)
    assert [publisher.name for publisher in directory.named(name)] == found


def test_added_rows_win() -> None:
    mine = "Mine\tsite\tFR\ttide.example"
    assert Directory([*OURS, mine]).at("tide.example") in parse_publishers([mine])


@pytest.mark.parametrize("row", ["Tide\tpaper\tGB", "Tide\tpamphlet\tGB\ttide.example", "\tsite"])
def test_a_broken_row_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match=r"needs|Kind"):
        list(parse_publishers([row]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "https://news.harbour.example/b"),
        ("https://www.ap.org/a", "https://apnews.com/b"),
        ("https://nyti.ms/a", "https://www.nytimes.com/b"),
        ("https://www.bbc.co.uk/a", "https://www.bbc.com/b"),
        ("https://www.buzzfeed.com/a", "https://www.buzzfeednews.com/b"),
        ("https://www.businessinsider.com/a", "https://www.businessinsider.de/b"),
        ("https://a.substack.com/x", "https://a.substack.com/y"),
    ],
)
def test_one_house(one: str, other: str) -> None:
    assert same_house(one, other)
    assert same_owner(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://nypost.com/a", "https://www.wsj.com/b"),
        ("https://www.mercurynews.com/a", "https://www.eastbaytimes.com/b"),
        ("https://oglobo.globo.com/a", "https://extra.globo.com/b"),
    ],
)
def test_sister_titles(one: str, other: str) -> None:
    assert not same_house(one, other)
    assert same_owner(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://harbour.example/a", "https://tide.example/b"),
        ("https://apnews.com/a", "https://upi.com/b"),
        ("https://www.independent.co.uk/a", "https://www.independent.ie/b"),
        ("https://a.substack.com/x", "https://b.substack.com/y"),
        ("https://a.substack.com/x", "https://substack.com/y"),
        ("", ""),
    ],
)
def test_strangers(one: str, other: str) -> None:
    assert not same_house(one, other)
    assert not same_owner(one, other)


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("New York Post", "nypost.com"),
        ("The New York Post", "nypost.com"),
        ("nypost.com", "nypost.com"),
        ("www.nypost.com", "nypost.com"),
        ("SPIEGEL ONLINE", "spiegel.de"),
        ("faz.net", "faz.net"),
        ("Le Monde", "lemonde.fr"),
        ("El Pais", "elpais.com"),
        ("澎湃新闻", "thepaper.cn"),
        ("日本経済新聞", "nikkei.com"),
        ("조선일보", "chosun.com"),
        ("Українська правда", "pravda.com.ua"),
        ("اليوم السابع", "youm7.com"),
        ("दैनिक भास्कर", "bhaskar.com"),
        ("Η Καθημερινή", "kathimerini.gr"),
        ("הארץ", "haaretz.co.il"),
        ("Associated Press", "apnews.com"),
        ("뉴스타파 (Newstapa)", "newstapa.org"),
        ("Something Else (ZEIT ONLINE)", "zeit.de"),
    ],
)
def test_a_name_leads_to_its_paper(name: str, domain: str) -> None:
    assert domain in {known for paper in publishers_named(name) for known in paper.domains}


@pytest.mark.parametrize(
    ("name", "countries"),
    [("La Presse", {"CA", "TN"}), ("Die Presse", {"AT"}), ("The Irish Times", {"IE"})],
)
def test_an_article_tells_papers_apart(name: str, countries: set[str]) -> None:
    assert {paper.country for paper in publishers_named(name)} == countries


def test_two_letters_are_a_name_in_their_own_case() -> None:
    assert "ad.nl" in {paper.domains[0] for paper in publishers_named("AD")}
    assert [publishers_named(word) for word in ("ad", "is", "As I", "E", "!")] == [()] * 5


def test_a_page_knows_its_own_names() -> None:
    assert self_names("https://news.harbour.example/x") == ("harbour.example", "news")
    assert self_names("https://www.harbour.example/x") == ("harbour.example", "harbour")
    assert self_names("") == ()
    assert {"Associated Press", "AP", "apnews.com", "apnews"} <= set(
        self_names("https://apnews.com/")
    )


def test_agencies_are_outlets_too() -> None:
    found = publisher_of("https://www.presseportal.de/pm/1")
    assert found is not None
    assert (found.kind, found.agency) == (AgencyKind.RELEASE, True)
    assert found in publishers()


def test_the_outlets_table_is_sound() -> None:
    hosts = Counter(name for outlet in publishers() for name in outlet.domains)
    assert len(publishers()) >= 2_000
    assert [name for name, times in hosts.items() if times > 1] == []
    assert [name for name in hosts if not HOST.fullmatch(name)] == []
    for outlet in publishers():
        assert COUNTRY.fullmatch(outlet.country), outlet.name
        assert outlet.house in hosts, outlet.name
        for form in outlet.names:
            assert form, outlet.name
            assert form == form.strip(), outlet.name
            assert name_key(form), form
        assert len(outlet.names) == len(set(outlet.names)), outlet.name
        assert not any(
            one != other and one.endswith(f".{other}")
            for one in outlet.domains
            for other in outlet.domains
        ), outlet.name


def test_the_outlets_table_is_sorted_and_has_no_ragged_rows() -> None:
    rows = [row.split("\t") for row in table("publishers.tsv")]
    assert rows == sorted(rows, key=lambda cells: (cells[0].casefold(), cells[3].split(" ")[0]))
    assert {len(cells) for cells in rows} <= set(range(4, 9))
    assert [cells for cells in rows if not cells[-1]] == []
    assert {cells[7] for cells in rows if len(cells) == 8} == {"no-archive", "hosts-others"}


def test_who_keeps_archives_out_is_known() -> None:
    assert {
        outlet.name
        for url in ("https://www.nytimes.com/x", "https://www.theguardian.com/x")
        if (outlet := publisher_of(url)) and outlet.excludes_archives
    } == {"New York Times", "Guardian"}
