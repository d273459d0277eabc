"""Shares and their uncertainty."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from provenance.jobs.audit.audit_counts import bounds, result_of, shares, wilson
from provenance.model import VerdictKind
from tests.render import frozen


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


def test_the_pages_done_are_what_shares_are_of() -> None:
    each, reused = shares(
        {VerdictKind.REPOST: 1, VerdictKind.FIRST: 2, VerdictKind.COMMON: 1}, 0, drawn=False
    )
    assert [(kind, share.count, share.of) for kind, share in each if share.count] == [
        (VerdictKind.REPOST, 1, 4),
        (VerdictKind.COMMON, 1, 4),
        (VerdictKind.FIRST, 2, 4),
    ]
    assert (reused.count, reused.low, reused.high) == (2, 0.5, 0.5)


def test_no_page_done_leaves_everything_open() -> None:
    each, reused = shares({}, 3, drawn=False)
    assert {share.of for _, share in each} == {0}
    assert (reused.low, reused.high) == (0, 1)


def test_a_row_says_who_says_so() -> None:
    result = result_of(frozen.measured(), 7, None)
    assert result.origin is not None
    assert result.origin.published_by is not None
    assert result.origin.seen_by is not None
    assert result.origin.memento is not None
    assert result.longest == frozen.measured().findings[0].reuse.longest  # type: ignore[union-attr]


def test_a_source_kept_without_an_address_has_the_one_it_gives_itself() -> None:
    report = frozen.measured()
    first, *rest = report.findings
    assert first.source is not None
    kept = replace(
        first,
        candidate=replace(first.candidate, url="kept:0123"),
        source=replace(first.source, url=None, canonical="https://paper.example/1"),
    )
    origin = replace(report.verdict.origin, url="kept:0123")  # type: ignore[type-var]
    verdict = replace(report.verdict, origin=origin)
    found = result_of(replace(report, findings=(kept, *rest), verdict=verdict), 1, None)
    assert found.origin is not None
    assert found.origin.url == "https://paper.example/1"
