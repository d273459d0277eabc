from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.model import Attribution, Image, Place, Report, Statement
from provenance.render.report.checklist import CheckMark, checklist
from tests.render import frozen, pages
from tests.render.measured import SOURCE_LINK


def marks(report: Report) -> dict[str, CheckMark]:
    return {point.name: point.mark for point in checklist(report)}


def page(**fields: object) -> Report:
    report = frozen.measured()
    return replace(report, suspect=replace(report.suspect, **fields))  # type: ignore[arg-type]


def test_a_bare_link_credits_by_address_alone() -> None:
    assert marks(frozen.measured()) == {
        "Publisher named": CheckMark.NO,
        "Article linked": CheckMark.YES,
        "Link open to search engines": CheckMark.NO,
        "Author kept": CheckMark.NO,
        "Original date kept": CheckMark.NO,
        "Canonical address points home": CheckMark.NO,
        "Licence or permission stated": CheckMark.NO,
        "Photo credits kept": CheckMark.NO,
    }


@pytest.mark.parametrize(
    ("fields", "point"),
    [
        ({"byline": ("Maren Holt",)}, "Author kept"),
        ({"tail": "Words by maren holt."}, "Author kept"),
        ({"canonical": pages.ORIGINAL + "/"}, "Canonical address points home"),
        ({"dates": pages.original_page().dates}, "Original date kept"),
        ({"tail": "Republished with permission."}, "Licence or permission stated"),
        (
            {"statements": (Statement(key="json_ld:license", value="CC BY", place=Place.JSON_LD),)},
            "Licence or permission stated",
        ),
        (
            {"images": (Image(url="x", host="x", credit="Photograph: Elio Brandt"),)},
            "Photo credits kept",
        ),
    ],
)
def test_what_is_kept_is_seen(fields: dict[str, object], point: str) -> None:
    assert marks(page(**fields))[point] is CheckMark.YES


def test_a_copyright_line_is_no_permission() -> None:
    assert marks(page(tail="© 2026 TideWire"))["Licence or permission stated"] is CheckMark.NO


def test_a_named_publisher_is_seen() -> None:
    report = frozen.measured()
    signal = replace(SOURCE_LINK, names=("the harbour post",))
    assert marks(replace(report, signals=(signal,)))["Publisher named"] is CheckMark.YES


def test_a_wrong_name_is_no_credit() -> None:
    report = frozen.measured()
    signal = replace(SOURCE_LINK, names=("Relay",), target="https://relay.example/")
    wrong = replace(
        report,
        signals=(signal,),
        verdict=replace(report.verdict, attribution=Attribution.MISATTRIBUTED),
    )
    found = marks(wrong)
    assert found["Publisher named"] is CheckMark.NO
    assert found["Article linked"] is CheckMark.NO


def test_what_was_not_read_is_not_known() -> None:
    found = marks(frozen.declared())
    assert found["Article linked"] is CheckMark.UNKNOWN
    assert found["Author kept"] is CheckMark.UNKNOWN
    assert found["Original date kept"] is CheckMark.UNKNOWN
    assert "Photo credits kept" not in found


@pytest.mark.parametrize("report", [frozen.unknown(), frozen.nothing(), frozen.first()])
def test_a_page_that_took_nothing_owes_no_credit(report: Report) -> None:
    assert checklist(report) == ()
