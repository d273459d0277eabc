"""Two real WordPress sites: a newspaper with rewritten addresses, a mirror without."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers import newsroom
from tests.servers.wordpress import missing, serve_wordpress

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The base addresses of ``post`` and ``mirror``; skips where WordPress is not installed."""
    absent = missing()
    if absent:
        pytest.skip(absent)
    with serve_wordpress(tmp_path_factory.mktemp("wp") / "sites", newsroom.SITES) as bases:
        yield bases
