"""A real pywb for the archive tests, filled with invented pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.servers.pywb import Pywb, block, fill, serve_pywb
from tests.world.archives import pages

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pywb]:
    """pywb with the collection ``news``; one of its pages may not be replayed."""
    folder = tmp_path_factory.mktemp("pywb")
    fill(folder, {"news": pages.NEWS, "spellings": pages.SPELLINGS, "empty": ()})
    block(folder, "news", pages.TAKEN_DOWN)
    with serve_pywb(folder) as running:
        yield running
