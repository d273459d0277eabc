"""Floors of reading, on a pinned state of the labelled pages."""

from __future__ import annotations

import pytest

from tests.bench import detect
from tests.bench import read as bench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(not bench.DATA.is_dir(), reason=f"no labelled pages at {bench.DATA}"),
]

DIGEST = "faa63cabb808517ea2e98c7e531ffe9771827ea69277a79436e5bc5b7c79c1bc"


@pytest.fixture(scope="module")
def figures() -> bench.Figures:
    return bench.measure(bench.extract)


def test_the_data_are_the_ones_the_floors_were_set_on() -> None:
    assert detect.digest("extraction-dev") == DIGEST


def test_main_text(figures: bench.Figures) -> None:
    assert figures.shingle_f1 >= 0.956
    assert figures.snippet_f1 >= 0.935


@pytest.mark.parametrize(
    ("name", "floor"),
    [("title", 0.855), ("author", 0.745), ("date", 0.925), ("canonical", 0.995)],
)
def test_fields(figures: bench.Figures, name: str, floor: float) -> None:
    assert figures.share(name) >= floor


def test_nobody_is_invented(figures: bench.Figures) -> None:
    assert figures.share("author invented") <= 0.135
