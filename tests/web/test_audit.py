"""The dashboard of an audit, and two audits compared, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from provenance.jobs.audit.site_change import compare_audits
from provenance.render.audit import CHANGE_FORMATS, FORMATS
from tests.render.audit import site
from tests.render.hostile import TEXTS
from tests.web.conftest import too_wide, visiting

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def dashboard(report: Any) -> str:
    return "".join(FORMATS["html"][1](report))


PAGES = {
    "whole": lambda: dashboard(site.whole()),
    "drawn": lambda: dashboard(site.drawn()),
    "empty": lambda: dashboard(site.empty()),
    "compared": lambda: "".join(
        CHANGE_FORMATS["html"][1](compare_audits(site.whole(), site.later()))
    ),
    "unlike": lambda: "".join(
        CHANGE_FORMATS["html"][1](compare_audits(site.empty(), site.drawn()))
    ),
}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    file = tmp_path / "whole.html"
    file.write_text(PAGES["whole"](), "utf-8")
    return file


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_does_nothing(browser: Any, tmp_path: Path, name: str) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(dashboard(site.hostile(TEXTS[name])), "utf-8")
    with visiting(browser, file, width=390) as visit:
        visit.page.fill("#find", "a")
        visit.page.evaluate("document.querySelectorAll('th button').forEach(b => b.click())")
        assert visit.requested == [file.as_uri()]
        assert visit.said == []
        assert too_wide(visit.page) == []


def column(page: Any, number: int) -> list[str]:
    """What the rows that are shown are sorted by, from the top."""
    found: list[str] = page.evaluate(
        """n => [...document.querySelectorAll('.pages tbody tr:not([hidden])')]
            .map(r => r.cells[n].dataset.v ?? r.cells[n].textContent.trim().toLowerCase())""",
        number,
    )
    return found


def test_every_column_sorts_both_ways_by_keyboard(browser: Any, whole: Path) -> None:
    with visiting(browser, whole) as visit:
        page = visit.page
        buttons = page.locator(".pages th button")
        assert buttons.count() == 8
        before = sorted(column(page, 7))
        for number in range(8):
            ways = []
            for _ in range(2):
                buttons.nth(number).focus()
                page.keyboard.press("Enter")
                head = page.locator(".pages th").nth(number)
                ways.append(head.get_attribute("aria-sort"))
                assert page.locator(".pages th[aria-sort]").count() == 1
                assert_sorted(column(page, number), ways[-1])
            assert set(ways) == {"ascending", "descending"}
        assert sorted(column(page, 7)) == before


def assert_sorted(cells: list[str], way: str) -> None:
    """The cells in order, those without a value last whichever the way."""
    filled = [cell for cell in cells if cell]
    assert cells == filled + [""] * (len(cells) - len(filled))
    try:
        keys: list[Any] = [float(cell) for cell in filled]
    except ValueError:
        keys = list(filled)
    ordered = sorted(keys, reverse=way == "descending")
    if all(isinstance(key, float) or key.isascii() for key in keys):
        assert keys == ordered


def test_rows_are_sifted_by_kind_credit_and_words(browser: Any, whole: Path) -> None:
    def shown(page: Any) -> int:
        return int(page.locator(".pages tbody tr:not([hidden])").count())

    report = site.whole()
    results = [row.result for row in report.rows if row.result]
    with visiting(browser, whole) as visit:
        page = visit.page
        assert shown(page) == len(results)
        page.select_option("#kind", "partial")
        partial = [r for r in results if r.kind.value == "partial"]
        assert shown(page) == len(partial)
        assert page.inner_text("#count") == f"{len(partial)} of {len(results)} pages"
        page.select_option("#grade", "none")
        assert shown(page) == sum(r.attribution.value == "none" for r in partial)
        page.select_option("#kind", "")
        page.select_option("#grade", "")
        page.fill("#find", "ferry ECHO")
        assert shown(page) == sum(
            bool(r.origin and r.origin.publisher == "The Ferry Echo") for r in results
        )
        page.fill("#find", "no such words")
        assert shown(page) == 0


def test_fifty_rows_are_shown_at_a_time(browser: Any, whole: Path) -> None:
    results = sum(share.count for _, share in site.whole().shares)
    with visiting(browser, whole) as visit:
        page = visit.page
        rows = page.locator(".pages tbody tr:visible")
        first = rows.first.inner_text()
        assert rows.count() == 50
        assert page.get_by_role("button", name="Previous 50").is_disabled()
        seen = 50
        while page.get_by_role("button", name="Next 50").is_enabled():
            page.get_by_role("button", name="Next 50").click()
            seen += rows.count()
            assert rows.first.inner_text() != first
        assert seen == results
        assert page.inner_text(".pager output").endswith(f" to {results} of {results}")
        page.select_option("#kind", "first")
        assert rows.count() == sum(
            row.result.kind.value == "first" for row in site.whole().rows if row.result
        )
        assert not page.locator(".pager").is_visible()
        page.select_option("#kind", "")
        page.emulate_media(media="print")
        assert rows.count() == results


def test_a_phone_sorts_by_a_list(browser: Any, whole: Path) -> None:
    with visiting(browser, whole, width=390) as visit:
        assert not visit.page.locator(".pages thead").is_visible()
        visit.page.select_option("#order", label="Share of page")
        assert_sorted(column(visit.page, 4), "descending")
        visit.page.select_option("#order", label="as written")
        assert column(visit.page, 2) == sorted(column(visit.page, 2), key=int)


def test_without_script_all_is_there_and_kinds_can_be_chosen(browser: Any, whole: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(whole.as_uri())
    rows = page.locator(".pages tbody tr")
    assert rows.count() == sum(share.count for _, share in site.whole().shares)
    assert not page.locator(".sift").is_visible()
    page.locator(".filter .taken").check()
    assert page.locator("tr.taken").first.is_visible()
    assert not page.locator("tr.other").first.is_visible()
    context.close()


def test_pages_that_differ_are_sifted_by_change(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "compared.html"
    file.write_text(PAGES["compared"](), "utf-8")
    counts = compare_audits(site.whole(), site.later()).counts
    with visiting(browser, file) as visit:
        for change, count in counts:
            if count:
                visit.page.select_option("#change", change.value)
                rows = visit.page.locator(".pages tbody tr:not([hidden])")
                assert rows.count() == count


def test_print_is_whole(browser: Any, whole: Path) -> None:
    with visiting(browser, whole) as visit:
        assert visit.page.pdf(format="A4").startswith(b"%PDF")
        visit.page.emulate_media(media="print")
        assert not visit.page.locator(".sift").is_visible()
        assert visit.page.locator(".pages tbody tr").last.is_visible()
        assert visit.page.locator(".columns").is_visible()
