from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from provenance.render import comparison
from provenance.render.report.html import render
from provenance.render.text.links import passage_href
from tests.render import frozen, pages
from tests.render.hostile import TEXTS, hostile
from tests.render.large import large
from tests.web.conftest import WIDTHS, too_wide, visiting

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


PAGES = {
    **{
        name: (lambda build=frozen.ALL[name]: render(build()))
        for name in ("reviewed", "declared", "unknown", "partial")
    },
    "large": lambda: render(large()),
    "compared": lambda: comparison.html(*frozen.pair()),
}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_does_nothing(browser: Any, tmp_path: Path, name: str, width: str) -> None:
    file = tmp_path / "hostile.html"
    file.write_text(render(hostile(TEXTS[name])), "utf-8")
    with visiting(browser, file, width=WIDTHS[width]) as visit:
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert visit.requested == [file.as_uri()]
        assert visit.said == []
        assert visit.page.url == file.as_uri()
        assert too_wide(visit.page) == []


@pytest.fixture
def measured(tmp_path: Path) -> Path:
    file = tmp_path / "measured.html"
    file.write_text(render(frozen.measured()), "utf-8")
    return file


def test_a_passage_leads_to_its_twin_by_keyboard(browser: Any, measured: Path) -> None:
    with visiting(browser, measured) as visit:
        for _ in range(80):
            visit.page.keyboard.press("Tab")
            if visit.page.evaluate("document.activeElement.getAttribute('href')") == "#s1-3b":
                break
        visit.page.keyboard.press("Enter")
        assert visit.page.url.endswith("#s1-3b")
        assert visit.page.evaluate("document.querySelector(':target').id") == "s1-3b"


def test_exclusions_work_by_keyboard_and_without_script(browser: Any, measured: Path) -> None:
    def marked(visit: Any) -> list[bool]:
        """Whether a quotation, a reworded passage, its kept words and an exact one are marked."""
        return [
            visit.page.evaluate(
                f"getComputedStyle(document.querySelector('{mark}')).backgroundColor"
            )
            != "rgba(0, 0, 0, 0)"
            for mark in ("#s1-3a", "#s1-4a", "#s1-4a b", "#s1-1a")
        ]

    with visiting(browser, measured) as visit:
        assert marked(visit) == [True, True, True, True]
        visit.page.focus("input.all")
        visit.page.keyboard.press("ArrowDown")
        assert marked(visit) == [False, True, True, True]
        visit.page.keyboard.press("ArrowDown")
        assert marked(visit) == [True, False, True, True]


def test_kinds_are_told_without_colour(browser: Any, measured: Path) -> None:
    with visiting(browser, measured) as visit:
        styles = [
            visit.page.evaluate(
                f"getComputedStyle(document.querySelector('#{mark}')).textDecorationStyle"
            )
            for mark in ("s1-1a", "s1-4a", "s1-6a")
        ]
        assert styles == ["solid", "dashed", "dotted"]


def test_twins_stand_side_by_side_on_a_desk_and_under_each_other_on_a_phone(
    browser: Any, measured: Path
) -> None:
    for width, beside in ((1280, True), (390, False)):
        with visiting(browser, measured, width=width) as visit:
            here, there = (
                visit.page.locator(f"#s1-1{side}").bounding_box()["y"] for side in ("a", "b")
            )
            assert (abs(here - there) < 2) is beside


def test_print_is_whole(browser: Any, measured: Path) -> None:
    with visiting(browser, measured) as visit:
        assert visit.page.pdf(format="A4").startswith(b"%PDF")
        visit.page.emulate_media(media="print")
        assert not visit.page.locator("nav").is_visible()
        assert visit.page.locator("#s1-9b").is_visible()


def test_a_passage_link_opens_the_live_page_there(browser: Any, tmp_path: Path) -> None:
    """The browser finds every passage of the source by its first and last words."""
    story = "".join(f"<p>{line}</p>" for line in pages.ORIGINAL_TEXT.split("\n\n"))
    room = f"<p>{'filler ' * 2000}</p>"
    (tmp_path / "live.html").write_text(
        f"<!doctype html><meta charset=utf-8>{room}{story}{room}", "utf-8"
    )
    handler = partial(QuietHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/live.html"
        for passage in pages.MEASURE.passages:
            page = browser.new_page()
            page.goto(passage_href(url, pages.ORIGINAL_TEXT, passage.source))
            page.wait_for_function("scrollY > 0")
            page.close()
        server.shutdown()
