from __future__ import annotations

from provenance.locate import candidates, leads
from provenance.model import Family, Lead, Strength
from tests.build import document, signal

PAGE = "https://mirror-daily.example/2026/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road"


def test_the_pages_own_statement_comes_before_its_markup_and_its_traces() -> None:
    found = leads(
        document(url=PAGE),
        (
            signal(rule="hot_linked", family=Family.TRACE, target="https://cdn.harbour.example/a"),
            signal(rule="canonical", family=Family.MARKUP, target="https://other.example/x"),
            signal(rule="source_link", target=ORIGIN),
        ),
    )
    assert [lead.found_by for lead in found] == ["source_link", "canonical", "hot_linked"]
    assert found[0].url == ORIGIN
    assert "Source link" in found[0].reason
    assert [lead.rank for lead in found] == [0, 1, 2]


def test_silenced_furniture_and_own_addresses_give_no_lead() -> None:
    found = leads(
        document(url=PAGE),
        (
            signal(target=ORIGIN, silenced_by="photo_credit"),
            signal(family=Family.FURNITURE, target="https://t.example/channel"),
            signal(target="https://www.mirror-daily.example/about"),
            signal(target=None, strength=Strength.REPOST),
            signal(target="javascript:alert(1)"),
        ),
    )
    assert found == ()


def test_spellings_of_one_address_are_one_candidate() -> None:
    found = candidates(
        document(url=PAGE),
        (
            Lead(
                url="http://www.harbourpost.example/opinion/road/?utm_source=x",
                found_by="a",
                reason="",
            ),
            Lead(url=ORIGIN, found_by="b", reason=""),
            Lead(url=f"https://web.archive.org/web/2026/{ORIGIN}", found_by="c", reason=""),
            Lead(url=PAGE + "/", found_by="d", reason=""),
        ),
    )
    assert len(found) == 1
    assert [lead.found_by for lead in found[0].leads] == ["a", "b", "c"]


def test_a_canonical_on_another_site_stays_a_candidate() -> None:
    page = document(url=PAGE, canonical=ORIGIN, alternates=(PAGE + "?amp=1",))
    found = candidates(page, (Lead(url=ORIGIN, found_by="canonical", reason=""),))
    assert [candidate.url for candidate in found] == [ORIGIN]
