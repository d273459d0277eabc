from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.agencies import (
    agencies,
    agencies_named,
    agency_named,
    agency_pattern,
    find_agencies,
    is_ambiguous,
    may_name_agency,
    parse_agencies,
)

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_brackets_and_names_are_forms_without_being_listed() -> None:
    (agency,) = parse_agencies(["Salt Wire\tagency\tGB\t-\tSalzdraht\tSW\tSW\t\tSalt Staff\t/sw/"])
    assert agency.domains == ()
    assert agency.datelines == ("(SW)",)
    assert agency.bylines == ("Salt Wire", "Salzdraht", "SW", "Salt Staff")
    assert agency.tails == ("(SW)", "/sw/")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("APA/sda/dpa", ["Austria Presse Agentur", "Keystone-SDA", "Deutsche Presse-Agentur"]),
        ("AFP et Reuters", ["Agence France-Presse", "Reuters"]),
        ("(AP, AFP)", ["Associated Press", "Agence France-Presse"]),
        ("Ann Harbour/AP", []),
        ("dpa/xy", []),
        ("AP/", ["Associated Press"]),
        ("/".join(["AP"] * 60), []),
    ],
)
def test_a_line_of_agencies_names_each(text: str, names: list[str]) -> None:
    assert [agency.name for agency in agencies_named(text)] == names


@pytest.mark.parametrize("start", ["the associated pres ", "agence ", "新华", "(", "ａ", "d"])
def test_hostile_text_is_read_once(start: str) -> None:
    assert agency_pattern(ambiguous=True).search(start * 100_000) is None


FORMS = sorted({form for agency in agencies() for form in agency.names})


@given(
    form=st.sampled_from(FORMS),
    spelt=st.sampled_from([str, str.lower, str.upper, str.title, str.swapcase]),
    before=st.text(max_size=3),
    after=st.text(max_size=3),
)
def test_agencies_are_found_as_the_whole_pattern_finds_them(
    form: str, spelt: Callable[[str], str], before: str, after: str
) -> None:
    for text in (f"{before}{spelt(form)}{after}", spelt(form)):
        found = [match.span() for match in find_agencies(text)]
        assert found == [match.span() for match in agency_pattern(ambiguous=True).finditer(text)]


@pytest.mark.parametrize(
    "text", ["", "The ferry left at dusk", "graphics", "tassel", "\u672b\u73ed"]
)
def test_the_quick_look_tells_texts_without_an_agency(text: str) -> None:
    assert not may_name_agency(text)
