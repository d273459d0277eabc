"""Two audits side by side: addresses merged, differences with their uncertainty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.jobs.audit.audit_counts import wilson
from provenance.jobs.audit.site_change import compare_audits, share_change, side_by_side
from provenance.model import Attribution, VerdictKind
from provenance.model.audit import AuditOptions, AuditRow, Listing, PageSide, Share
from provenance.model.audit_change import Change
from provenance.model.ending import AddressOutcome, EndReason
from provenance.text.urls import normalise
from tests.jobs.audit.test_site_report import PAGE, done
from tests.render.audit.site import Made, drawn, later, report_of, whole


def sampled(count: int, of: int) -> Share:
    low, high = wilson(count, of)
    return Share(count=count, of=of, low=low, high=high)


# Newcombe 1998, table II, method 10: 56/70 against 48/80, 9/10 against 3/10, 10/10 against 0/10.
@pytest.mark.parametrize(
    ("now", "then", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 10), 0.6075, 1.0000),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_newcombes_interval(
    now: tuple[int, int], then: tuple[int, int], low: float, high: float
) -> None:
    change = share_change(sampled(*then), sampled(*now), drawn=True)
    assert (change.low, change.high) == pytest.approx((low, high), abs=5e-5)


def test_a_difference_is_certain_only_outside_its_interval() -> None:
    assert share_change(sampled(48, 80), sampled(56, 70), drawn=True).certain
    assert not share_change(sampled(0, 29), sampled(5, 56), drawn=True).certain


def test_a_share_of_nothing_leaves_every_difference_open() -> None:
    nothing = Share(count=0, of=0, low=0, high=1)
    change = share_change(nothing, sampled(5, 10), drawn=False)
    assert (change.low, change.high, change.certain) == (-1, 1, False)


def test_whole_audits_differ_by_what_the_pages_that_failed_may_be() -> None:
    old = Share(count=2, of=10, low=0.2, high=0.25)
    new = Share(count=5, of=10, low=0.45, high=0.5)
    change = share_change(old, new, drawn=False)
    assert (change.low, change.high) == (pytest.approx(0.2), pytest.approx(0.3))


addresses = st.lists(st.integers(0, 40), unique=True).map(
    lambda found: sorted(
        (
            AuditRow(url=f"https://a.example/{n}", found_by="l", fate=AddressOutcome.SKIPPED)
            for n in found
        ),
        key=lambda row: normalise(row.url),
    )
)


@given(addresses, addresses)
def test_each_address_is_met_once_and_with_its_twin(
    old: list[AuditRow], new: list[AuditRow]
) -> None:
    pairs = list(side_by_side(old, new))
    assert [row for row, _ in pairs if row] == old
    assert [row for _, row in pairs if row] == new
    for left, right in pairs:
        assert left is None or right is None or left.url == right.url
    both = {row.url for row in old} & {row.url for row in new}
    assert sum(bool(left and right) for left, right in pairs) == len(both)


def row(number: int, reason: EndReason, detail: str = "") -> AuditRow:
    return replace(
        done(number, PAGE), fate=reason.outcome, reason=reason, detail=detail, result=None
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, done(1, PAGE), [Change.NEW]),
        (done(1, PAGE), None, [Change.GONE]),
        (row(1, EndReason.FAULT, "HTTP 500"), None, []),
        (done(1, PAGE), done(1, PAGE), []),
        (done(1, PAGE), done(1, replace(PAGE, kind=VerdictKind.PARTIAL)), [Change.KIND]),
        (
            done(1, PAGE),
            done(1, replace(PAGE, attribution=Attribution.NONE)),
            [Change.ATTRIBUTION],
        ),
        (
            done(1, PAGE),
            done(1, replace(PAGE, origin=PageSide(url="https://other.example/1"))),
            [Change.ORIGIN],
        ),
        (
            done(1, PAGE),
            done(1, replace(PAGE, origin=PageSide(url="http://paper.example/1#top"))),
            [],
        ),
        (
            done(1, replace(PAGE, kind=VerdictKind.UNKNOWN, attribution=Attribution.NAMED)),
            done(1, replace(PAGE, kind=VerdictKind.UNKNOWN, attribution=Attribution.NONE)),
            [],
        ),
        (done(1, PAGE), row(1, EndReason.FAULT, "HTTP 500"), [Change.UNCHECKED]),
        (row(1, EndReason.REFUSED, "robots.txt"), done(1, PAGE), [Change.CHECKED]),
        (done(1, PAGE), row(1, EndReason.NOT_DRAWN), []),
        (row(1, EndReason.BEYOND_LIMIT, "50"), done(1, PAGE), []),
        (row(1, EndReason.FAULT, "HTTP 500"), row(1, EndReason.FAULT, "HTTP 404"), []),
    ],
)
def test_what_changed_of_a_page(
    old: AuditRow | None, new: AuditRow | None, expected: list[Change]
) -> None:
    found = compare_audits(report_of(_only(old)), report_of(_only(new)))
    pages = list(found.pages)
    assert [change for page in pages for change in page.changes] == expected
    assert found.changed == len(pages)
    assert {change: n for change, n in found.counts if n} == dict.fromkeys(expected, 1)


def _only(found: AuditRow | None) -> tuple[AuditRow, ...]:
    return () if found is None else (found,)


def test_an_audit_beside_itself_shows_no_change() -> None:
    found = compare_audits(whole(), whole())
    assert (found.changed, found.became, found.ceased, found.notes) == (0, 0, 0, ())
    assert found.sources == ()
    assert found.reused.value == 0
    assert not found.reused.certain


def test_pages_checked_twice_are_counted_both_ways() -> None:
    found = compare_audits(whole(), later())
    olds = {r.url: r.result for r in Made(260) if r.result}
    news = {r.url: r.result for r in later().rows if r.result}
    both = olds.keys() & news.keys()
    assert found.both == len(both)
    turned = [(olds[url].kind.reused, news[url].kind.reused) for url in both]
    assert found.became == turned.count((False, True))
    assert found.ceased == turned.count((True, False))


def test_what_else_differs_between_the_audits_is_said() -> None:
    asked = AuditOptions(lookups=False, most=100)
    notes = compare_audits(drawn(), report_of(Made(20), options=asked, number=9)).notes
    text = " ".join(notes)
    assert "a sample of 200 (seed 1)" in text
    assert "every page" in text
    assert "only audit 3 asked" in text
    assert "at most, audit 9 at 100" in text


def test_a_listing_that_failed_may_explain_what_is_gone() -> None:
    old = whole()
    failed = (Listing(url=old.listings[0].url, kind="sitemap", found=0, why="HTTP 503"),)
    notes = compare_audits(old, replace(later(), listings=failed)).notes
    assert any("could not read https://lantern.example/sitemap.xml (HTTP 503)" in n for n in notes)


def test_a_source_below_the_end_of_a_list_is_not_called_new() -> None:
    old, new = whole(), later()
    cut = replace(old, sources=old.sources[:2])
    listed = {source.name for source in cut.sources}
    assert {s.name for s in compare_audits(cut, new).sources} <= listed
