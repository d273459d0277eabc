from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.world.evil import EvilServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def evil() -> Iterator[EvilServer]:
    server = EvilServer()
    yield server
    server.close()
