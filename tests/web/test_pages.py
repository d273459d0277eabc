"""What holds for every page we write: it is quiet, loads nothing, fits, and axe-core is content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.web import test_audit, test_report
from tests.web.conftest import WIDTHS, too_wide, violations, visiting

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
PAGES = {
    **{f"report-{name}": make for name, make in test_report.PAGES.items()},
    **{f"audit-{name}": make for name, make in test_audit.PAGES.items()},
}


@pytest.fixture(scope="module", params=PAGES)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    file.write_text(PAGES[request.param](), "utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_quiet_alone_and_accessible(
    browser: Any, path: Path, width: str, scheme: str
) -> None:
    with visiting(browser, path, width=WIDTHS[width], scheme=scheme) as visit:
        assert visit.requested == [path.as_uri()]
        assert visit.said == []
        assert too_wide(visit.page) == []
        visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert violations(visit.page) == []
