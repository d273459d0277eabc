"""The local page in a real browser: watched, stopped, read, by keyboard, without script, small."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from provenance.cli.audit_run import Load
from provenance.demo.sites import demo_world
from provenance.model import Settings
from provenance.model.audit import AuditOptions
from tests.render.hostile import TEXTS
from tests.serve.test_audits import begin, fast, paper
from tests.serve.test_checks import STORY, held, plain, report_number
from tests.servers.serving import demo_settings, serving
from tests.web.conftest import WIDTHS, Visit, listen_to, too_wide, violations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from provenance.demo.sites import DemoWorld
    from tests.servers.serving import Running

pytestmark = pytest.mark.slow
_SMALL = 320  # a phone, or a desk at 400 %


@contextmanager
def browsing(
    browser: Any, site: Running, *, width: int = 1280, scheme: str = "light", script: bool = True
) -> Iterator[Visit]:
    """A window that was let in, listened to from before it loads."""
    context = browser.new_context(
        viewport={"width": width, "height": 900 if width > 500 else 844},
        color_scheme=scheme,
        java_script_enabled=script,
        base_url=site.base,
    )
    visit = listen_to(context.new_page())
    visit.page.goto(site.key_address())
    try:
        yield visit
    finally:
        context.close()


@dataclass
class Full:
    """A server with something on every screen."""

    site: Running
    demo: DemoWorld
    report: int
    held: str


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Full]:
    folder = tmp_path_factory.mktemp("full")
    with (
        paper(2) as (base, free),
        demo_world() as demo,
        serving(demo_settings(demo, folder)) as site,
    ):
        free.set()
        site.server.audits.load = Load(rate=1000, workers=2)
        for most in ("10", "20"):
            path = begin(site, base, 2, most=most)
            assert site.follow(f"{path}/events")[-1][2]["go"] == path
        frontier = site.server.world.store.frontier
        frontier.begin("https://ostrey.example/", AuditOptions(), site.server.now())
        number = report_number(site, {"text": demo.repost_url})
        report_number(site, {"text": STORY, "url": "https://ostrey.example/ferry"})
        records = site.server.world.store.checks
        interrupted = records.begin("https://ostrey.example/late", "0", site.server.now())
        records.release_dead(lambda owner: owner == "0")
        yield Full(site=site, demo=demo, report=number, held=f"/checks/{interrupted}")


SCREENS = {
    "home": "/",
    "interrupted": "{held}",
    "report": "/reports/{report}",
    "kept": "/reports",
    "nothing-kept": "/reports?q=zeppelin",
    "review": "/review",
    "cite": "/reports/{report}/cite",
    "forget": "/reports/{report}/forget",
    "audits": "/audits",
    "audit": "/audits/1",
    "audit-not-running": "/audits/3",
    "audits-compared": "/audits/compare?old=1&new=2",
    "settings": "/settings",
    "button": "/button",
    "login": "/login",
    "nowhere": "/nowhere",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [*WIDTHS.values(), _SMALL])
def test_every_screen_is_quiet_fits_and_is_accessible(
    browser: Any, full: Full, width: int, scheme: str
) -> None:
    with browsing(browser, full.site, width=width, scheme=scheme) as visit:
        for name, path in SCREENS.items():
            visit.page.goto(path.format(report=full.report, held=full.held))
            assert too_wide(visit.page) == [], name
            visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert too_wide(visit.page) == [], name
            assert violations(visit.page) == [], name
            assert visit.page.locator("h1").count() == 1, name
        assert [said for said in visit.said if "404" not in said] == []
        assert all(url.startswith(full.site.base) for url in visit.requested)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, _SMALL])
def test_a_running_check_is_accessible(
    browser: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    with (
        held(plain(tmp_path)) as (site, base, _),
        browsing(browser, site, width=width, scheme=scheme) as visit,
    ):
        for number in range(3):
            site.post("/checks", {"text": f"{base}/story-{number}"})
        for path in ("/checks/1", "/checks/3", "/"):
            visit.page.goto(path)
            if path == "/checks/1":
                visit.page.wait_for_selector(".steps li")
            assert violations(visit.page) == []
            assert too_wide(visit.page) == []
        assert visit.said == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_running_audit_is_watched_and_stopped(browser: Any, tmp_path: Path, scheme: str) -> None:
    with (
        paper() as (base, free),
        fast(tmp_path) as site,
        browsing(browser, site, width=_SMALL, scheme=scheme) as visit,
    ):
        page = visit.page
        page.goto(begin(site, base))
        page.wait_for_selector("#standing dd:text-is('4')")
        assert violations(page) == []
        assert too_wide(page) == []
        page.click("text=Stop")
        free.set()
        page.wait_for_selector("h1:text-is('Not running')")
        page.click("text=Go on")
        page.wait_for_selector("text=Audit of one site")
        assert visit.said == []


def test_from_paste_to_report_by_keyboard_alone(browser: Any, full: Full) -> None:
    with browsing(browser, full.site) as visit:
        page = visit.page
        page.keyboard.insert_text(full.demo.repost_url)
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/reports/\d+#verdict"))
        assert page.inner_text("h1").startswith("This page is a repost of")
        assert page.evaluate("document.querySelector(':target').id") == "verdict"
        assert page.evaluate("scrollY") == 0
        for _ in range(40):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("document.activeElement.textContent") == "Cite":
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/cite")
        assert visit.said == []


def test_steps_and_candidates_are_shown_as_they_come(browser: Any, full: Full) -> None:
    with browsing(browser, full.site) as visit:
        page = visit.page
        page.add_init_script(
            """addEventListener('pagehide', () => {
                if (!location.pathname.startsWith('/checks')) return;
                sessionStorage.seen = ['.steps li', '[data-list=candidate] li',
                    '[data-list=candidate] svg'].map(
                        (each) => document.querySelectorAll(each).length).join(); })"""
        )
        for _ in range(5):  # on a slow machine a check may end before its page is loaded
            page.goto("/")
            page.fill("#text", full.demo.repost_url)
            page.click("button:text('Check')")
            page.wait_for_url(re.compile(r"/reports/\d+"))
            if page.evaluate("sessionStorage.seen"):
                break
        steps, candidates, bars = map(int, page.evaluate("sessionStorage.seen").split(","))
        assert steps >= 3
        assert candidates >= 1
        assert bars == 2 * candidates


def test_without_script_all_of_it_works(browser: Any, full: Full) -> None:
    with browsing(browser, full.site, script=False) as visit:
        page = visit.page
        page.fill("#text", full.demo.repost_url)
        page.click("button:text('Check')")
        for _ in range(100):
            if "/reports/" in page.url:
                break
            page.click("text=Show the result")
        assert page.inner_text("h1").startswith("This page is a repost of")
        page.click("summary:text('Review')")
        page.check("input[value=agree]")
        page.fill("input[name=note]", "as I see it")
        page.click("text=Record")
        assert "as I see it" in page.inner_text("#verdict")


def test_a_reload_and_a_second_tab_see_the_same_check(browser: Any, tmp_path: Path) -> None:
    with held(plain(tmp_path)) as (site, base, free), browsing(browser, site) as visit:
        page = visit.page
        page.fill("#text", f"{base}/story")
        page.keyboard.press("Enter")
        page.wait_for_selector(".steps .asked")
        second = page.context.new_page()
        second.goto(page.url)
        assert second.locator(".steps li").count() == 1
        page.reload()
        assert page.locator(".steps li").count() == 1
        free.set()
        for each in (page, second):
            each.wait_for_url(re.compile(r"/reports/\d+#verdict"))
        assert page.url == second.url
        assert visit.said == []


def test_a_check_is_stopped_by_a_button(browser: Any, tmp_path: Path) -> None:
    with held(plain(tmp_path)) as (site, base, _), browsing(browser, site) as visit:
        page = visit.page
        page.fill("#text", f"{base}/story")
        page.keyboard.press("Enter")
        page.wait_for_selector(".steps .asked")
        page.click("text=Stop")
        page.wait_for_function("document.querySelector('h1').textContent === 'Stopped'")
        assert page.title() == "Stopped · provenance"
        assert page.locator("text=Check again").count() == 1


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that asks nobody."""
    kept = str(tmp_path_factory.mktemp("alone") / "kept.db")
    with serving(Settings(archives=(), database=kept, offline=True)) as site:
        yield site


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_texts_do_nothing_while_they_are_watched(
    browser: Any, alone: Running, name: str
) -> None:
    text = TEXTS[name].encode("utf-8", "replace").decode()
    with browsing(browser, alone, width=390) as visit:
        page = visit.page
        for pasted in (f"{STORY}\n{text}", f"<title>{text}</title><h1>{text}</h1><p>{STORY}</p>"):
            page.goto("/")
            page.fill("#text", pasted)
            page.click("button:text('Check')")
            page.wait_for_url(re.compile(r"/reports/\d+#verdict"))
            assert too_wide(page) == []
        page.goto("/")
        page.set_input_files(
            "input[type=file]",
            {"name": text[:200], "mimeType": "text/html", "buffer": f"<p>{STORY}</p>".encode()},
        )
        page.click("button:text('Check')")
        page.wait_for_url(re.compile(r"/reports/\d+#verdict"))
        for path in ("/", "/reports", "/review"):
            page.goto(path)
            assert too_wide(page) == []
        assert visit.said == []
        assert all(url.startswith(alone.base) for url in visit.requested)


def test_the_queue_is_worked_by_keys(browser: Any, tmp_path: Path) -> None:
    with demo_world() as demo, serving(demo_settings(demo, tmp_path)) as site:
        number = report_number(site, {"text": demo.repost_url})
        with browsing(browser, site) as visit:
            page = visit.page
            page.goto("/review")
            page.fill("input[name=note]", "a")
            page.focus("body")
            page.evaluate("document.activeElement.blur()")
            page.keyboard.press("d")
            page.wait_for_selector("text=Nothing to review")
            assert "disagrees" in site.get(f"/reports/{number}").text


def test_what_another_site_may_and_may_not_begin(browser: Any, full: Full) -> None:
    """A page of an origin of its own: its link fills the field, its forms are refused or asked."""
    base = full.site.base
    with browsing(browser, full.site) as visit:
        page = visit.page
        page.goto(f"data:text/html,<a id=go href='{base}/?url=https://paper.example/a'>go</a>")
        page.click("#go")
        page.wait_for_url(re.compile(r"/\?url="))
        page.wait_for_selector("#text")
        assert page.input_value("#text") == "https://paper.example/a"
        form = f"<form method=post action='{base}/%s' enctype=multipart/form-data>"
        fields = "<input name=url value='https://paper.example/a'><textarea name=html>x</textarea>"
        for path, words in (("checks", "Another site sent this form"), ("incoming", "Check this")):
            page.goto(f"data:text/html,{form % path}{fields}<button id=go>go</button></form>")
            page.click("#go")
            page.wait_for_selector(f"h1:has-text('{words}')")
        assert full.site.server.checks.open == []


_LOOKS = """() => [...document.querySelectorAll('main *:not(.pages td *)')].map((each) => {
    const style = getComputedStyle(each);
    return [each.tagName, style.font, style.color, style.padding, style.margin, style.display,
        style.backgroundColor, style.border].join(' '); })"""


@pytest.mark.parametrize("path", ["/reports/{report}", "/audits/1"])
def test_the_bars_styles_change_nothing_below_it(browser: Any, full: Full, path: str) -> None:
    address = path.format(report=full.report)
    with browsing(browser, full.site) as visit:
        visit.page.goto(address)
        served = visit.page.evaluate(_LOOKS)
        written = full.site.get(f"{address}.html").text.replace("http-equiv", "data-was")
        visit.page.goto("about:blank")
        visit.page.set_content(written)
        for one, other in zip(served, visit.page.evaluate(_LOOKS), strict=True):
            assert one == other


def test_a_report_is_printed_without_its_bar(browser: Any, full: Full) -> None:
    with browsing(browser, full.site) as visit:
        page = visit.page
        page.goto(f"/reports/{full.report}")
        assert page.pdf(format="A4").startswith(b"%PDF")
        page.emulate_media(media="print")
        assert not page.locator("nav.site").is_visible()
        assert not page.locator(".actions").is_visible()
        assert page.locator("h1").is_visible()
