"""Floors of the measure of copying, on a pinned state of the labelled data."""

from __future__ import annotations

import pytest

from tests.bench import compare as bench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(
        not bench.folder("reuse-dev").is_dir(), reason=f"no labelled data at {bench.SHARED}"
    ),
]

DIGESTS = {
    "reposts": "163b583ed077414df62a623bd5b60fd9c8a50b3457474c952140022ebdd57543",
    "pan13-verbatim": "c7c96a81e13ceb43b80cbd3fe0966cd79c70f09e1bab5242c326f012969fa226",
    "clough-stevenson": "f387edceba32d4982a1f104856c33b9197b8527fd3c7d9b61a45eea8aa51d637",
}


@pytest.mark.parametrize("name", list(bench.SETS))
def test_the_data_are_the_ones_the_floors_were_set_on(name: str) -> None:
    assert bench.digest(name) == DIGESTS[name]


def test_reposts() -> None:
    figures = bench.figures(bench.ours, bench.pairs("reposts"))
    assert figures["plagdet"] >= 0.98
    assert figures["micro_f1"] >= 0.995
    assert figures["share_error"] <= 0.004
    assert figures["false_pairs"] <= 0.01
    assert figures["quotations"] <= 3
    assert figures["auc"] >= 0.9975
    weakest = {
        label: bench.figures(bench.ours, bench.pairs("reposts", label))["plagdet"]
        for label in bench.COPIED
    }
    assert min(weakest.values()) >= 0.955, weakest


def test_web_pages_with_verbatim_parts() -> None:
    figures = bench.figures(bench.ours, bench.pairs("pan13-verbatim"))
    assert figures["plagdet"] >= 0.97
    assert figures["micro_f1"] >= 0.985
    assert figures["auc"] >= 0.999


def test_short_answers() -> None:
    figures = bench.figures(bench.ours, bench.pairs("clough-stevenson"))
    assert figures["auc"] >= 0.975


def test_real_pages() -> None:
    found = bench.likenesses()
    assert found["recall"] >= 0.97
    assert found["false"] <= 0.02


def test_disguised_reposts_are_recognised() -> None:
    assert bench.disguised() >= 0.95
