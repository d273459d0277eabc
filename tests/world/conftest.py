from __future__ import annotations

import os
from pathlib import Path
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


@pytest.fixture(scope="session")
def badinput() -> Path:
    """The folder of hostile inputs beside the project."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("PROVENANCE_SHARED", beside)) / "badinput-dev"
    if not folder.is_dir():
        pytest.skip(f"{folder}: the shared hostile inputs are not here")
    return folder
