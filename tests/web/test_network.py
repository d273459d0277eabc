"""The page of a network in a real browser: nothing loaded, nothing out of place, for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from provenance.render.network import html
from tests.render.network import network
from tests.web.conftest import WIDTHS, too_wide, violations, visiting

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["whole", "empty", "hostile"])
@pytest.mark.parametrize("width", WIDTHS.values())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_whole_and_accessible(
    browser: Any, tmp_path: Path, name: str, width: int, scheme: str
) -> None:
    file = tmp_path / "network.html"
    file.write_text("".join(html.render(network.REPORTS[name])), "utf-8")
    with visiting(browser, file, width=width, scheme=scheme) as visit:
        assert violations(visit.page) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        # The matrix may be wider than a phone: it scrolls in its own frame, the page does not.
        visit.page.evaluate("document.querySelectorAll('.scroll *').forEach(e => e.remove())")
        assert too_wide(visit.page) == []
        assert visit.said == []
        assert visit.requested == [file.as_uri()]
