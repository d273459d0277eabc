"""Real answers of search services, kept beside the project; tests skip where they are not."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.world.archives.build import answer

if TYPE_CHECKING:
    from provenance.model import Capture

FOLDER = Path(os.environ.get("PROVENANCE_SHARED", Path(__file__).parents[4] / "shared")).joinpath(
    "recorded", "search"
)


def recorded(folder: str, name: str) -> Capture:
    """One recorded answer; skips the test where the recordings are not."""
    if not FOLDER.is_dir():
        pytest.skip(f"{FOLDER}: the recorded search answers are not here")
    first, *lines = (FOLDER / folder / f"{name}.headers.txt").read_text("utf-8").splitlines()
    headers = tuple(
        (key.strip().lower(), value.strip())
        for key, colon, value in (line.partition(":") for line in lines)
        if colon
    )
    declared = next((value for key, value in headers if key == "content-type"), "")
    said = answer((FOLDER / folder / f"{name}.body").read_bytes(), int(first.split(" ")[1]))
    return replace(said, headers=headers, media_type=declared.partition(";")[0].strip())
