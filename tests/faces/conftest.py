from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def badinput() -> Path:
    """The folder of hostile inputs beside the project."""
    beside = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("PROVENANCE_SHARED", beside)) / "badinput-dev"
    if not folder.is_dir():
        pytest.skip(f"{folder}: the shared hostile inputs are not here")
    return folder
