"""A real Chromium for the pages we write; absent, the tests here are skipped with a clear line.

Debian: ``apt-get install chromium``. The accessibility rules are those of axe-core, which
axe-playwright-python brings along.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


WIDTHS = {"desktop": 1280, "phone": 390}


@dataclass(slots=True)
class Visit:
    """One page open in the browser, and whatever it did that it should not have done."""

    page: Any
    said: list[str] = field(default_factory=list)
    requested: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("no chromium on PATH: apt-get install chromium")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


def listen_to(page: Any) -> Visit:
    """A page of which all that it says and asks for is noted."""
    visit = Visit(page=page)
    page.on("console", lambda message: visit.said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: visit.said.append(f"error: {error}"))
    page.on("popup", lambda popup: visit.said.append(f"popup: {popup.url}"))
    page.on("request", lambda request: visit.requested.append(request.url))

    def dismiss(dialog: Any) -> None:
        visit.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    return visit


@contextmanager
def visiting(
    browser: Any, path: Path, *, width: int = 1280, scheme: str = "light"
) -> Iterator[Visit]:
    """The file at ``path`` in a window of its own, listened to from before it loads."""
    context = browser.new_context(
        viewport={"width": width, "height": 900 if width > 500 else 844}, color_scheme=scheme
    )
    visit = listen_to(context.new_page())
    visit.page.goto(path.as_uri())
    try:
        yield visit
    finally:
        context.close()


def violations(page: Any) -> list[str]:
    """What axe-core finds wrong, one line each: the rule, how often, the first place."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    # The rows of a long table are all alike.
    found = page.evaluate(
        """axe.run({exclude: ['tbody tr:nth-child(n+21)']}, {resultTypes: ['violations']})"""
    )["violations"]
    return [
        f"{rule['id']} x{len(rule['nodes'])}: {rule['nodes'][0]['html'][:160]} "
        f"{rule['nodes'][0]['failureSummary'][:200]}"
        for rule in found
    ]


def too_wide(page: Any) -> list[str]:
    """Whatever sticks out of the window to the right."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter(e => !e.closest('.hide, .skip') && !e.closest('svg')
                && e.getBoundingClientRect().right > innerWidth + 0.5)
            .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
    )
    whole = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["the page"] if whole else [])]
