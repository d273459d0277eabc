from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.render.snapshots import FOLDER, renderings

if TYPE_CHECKING:
    from collections.abc import Callable

RENDERINGS = dict(renderings())


@pytest.mark.parametrize("name", RENDERINGS)
def test_rendering_is_as_committed(name: str) -> None:
    make: Callable[[], str] = RENDERINGS[name]
    assert make() == (FOLDER / name).read_text("utf-8")


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(RENDERINGS)
