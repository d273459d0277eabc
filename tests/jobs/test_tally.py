"""Shares and their uncertainty."""

from __future__ import annotations

import random

import pytest

from provenance.jobs.tally import bounds, shares, wilson
from provenance.model.audit import AuditRow, Fate


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (5, 10, 0.2366, 0.7634)],
)
def test_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    assert wilson(count, of) == pytest.approx((low, high), abs=1e-4)


def test_the_interval_holds_the_truth_of_generated_sites() -> None:
    covered = 0
    for seed in range(50):
        dice = random.Random(seed)
        site = [dice.random() < dice.choice((0.02, 0.1, 0.3, 0.6, 0.9)) for _ in range(800)]
        low, high = wilson(sum(dice.sample(site, 80)), 80)
        covered += low <= sum(site) / len(site) <= high
    assert covered >= 0.93 * 50


def test_what_failed_may_be_anything() -> None:
    assert bounds(3, 8, 2) == (0.3, 0.5)
    assert bounds(3, 8, 0) == (3 / 8, 3 / 8)
    assert bounds(0, 0, 0) == (0, 1)


def test_rows_that_were_not_done_count_as_no_page() -> None:
    rows = [AuditRow(url=f"u{n}", found_by="list", fate=fate) for n, fate in enumerate(Fate)]
    each, reused = shares(rows, drawn=False)
    assert {share.of for _, share in each} == {0}
    assert (reused.low, reused.high) == (0, 1)
