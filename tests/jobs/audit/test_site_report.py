"""The rows of an audit counted in one pass."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import median

import pytest

from provenance.model import Attribution, Basis, Confidence, VerdictKind
from provenance.model.audit import AuditOptions, AuditRow, PageResult, PageSide
from provenance.model.ending import AddressOutcome, EndReason
from tests.build import NOON
from tests.render.audit.site import Made, drawn, empty, report_of

PAGE = PageResult(
    kind=VerdictKind.REPOST,
    basis=Basis.MEASURED,
    attribution=Attribution.NAMED,
    confidence=Confidence.STRONG,
    page=PageSide(url="https://a.example/1", published=NOON),
    origin=PageSide(url="https://paper.example/1", publisher="The Ferry Echo", published=NOON),
    share=1.0,
    share_of_source=1.0,
    words=300,
    report=1,
    digest="0" * 64,
)


def done(number: int, result: PageResult) -> AuditRow:
    return AuditRow(
        url=f"https://a.example/{number:03}",
        found_by="list",
        fate=AddressOutcome.DONE,
        result=result,
    )


def test_every_address_is_in_the_account_once() -> None:
    rows = Made(300)
    report = report_of(rows)
    assert dict(report.fates) == {
        fate: Counter(r.fate for r in rows)[fate] for fate in AddressOutcome
    }
    by_reason = Counter[AddressOutcome]()
    for reason in report.reasons:
        by_reason[reason.fate] += reason.count
    assert sum(by_reason.values()) == sum(
        n for fate, n in report.fates if fate is not AddressOutcome.DONE
    )
    assert sum(share.count for _, share in report.shares) == dict(report.fates)[AddressOutcome.DONE]


def test_more_reasons_than_are_told_apart_are_still_counted() -> None:
    rows = tuple(
        AuditRow(
            url=f"u{n:03}",
            found_by="list",
            fate=AddressOutcome.FAILED,
            reason=EndReason.FAULT,
            detail=f"fault {n}",
        )
        for n in range(90)
    )
    report = report_of(rows)
    assert len(report.reasons) == 41
    assert sum(reason.count for reason in report.reasons) == 90


def test_what_only_one_address_has_is_no_reason_of_its_own() -> None:
    rows = tuple(
        AuditRow(
            url=f"u{n}",
            found_by="l",
            fate=AddressOutcome.SKIPPED,
            reason=EndReason.SAME_TEXT,
            detail=f"u{n + 1}",
        )
        for n in range(3)
    )
    [reason] = report_of(rows).reasons
    assert (reason.reason, reason.detail, reason.count) == (EndReason.SAME_TEXT, "", 3)


def test_sources_are_counted_by_the_pages_taken_from_them() -> None:
    rows = Made(400)
    report = report_of(rows)
    taken = [row.result for row in rows if row.result and row.result.kind.reused]
    expected = Counter(result.origin.publisher for result in taken if result.origin)
    assert {source.name: source.pages for source in report.sources} == dict(expected)
    assert [s.pages for s in report.sources] == sorted(expected.values(), reverse=True)
    first = report.sources[0]
    delays = [r.delay for r in taken if r.origin and r.origin.publisher == first.name and r.delay]
    assert first.delay == pytest.approx(median(delays))
    named = {Attribution.CREDITED, Attribution.NAMED}
    assert first.credited == sum(
        r.attribution in named for r in taken if r.origin and r.origin.publisher == first.name
    )


def test_delays_are_told_by_size_and_by_rank() -> None:
    days = (-0.5, 0.01, 0.5, 1.5, 3, 20, 100, 900)
    rows = []
    for number, day in enumerate(days):
        before = NOON.fromtimestamp(NOON.timestamp() - day * 86400, tz=NOON.tzinfo)
        origin = PageSide(url="https://paper.example/1", published=before)
        rows.append(done(number, replace(PAGE, origin=origin)))
    found = report_of(tuple(rows)).delays
    assert found is not None
    assert [count for _, count in found.steps] == [1] * 8
    assert found.least == pytest.approx(-0.5)
    assert (found.middle, found.most) == (pytest.approx(2.25), pytest.approx(900))


def test_months_hold_every_page_with_a_date() -> None:
    undated = replace(PAGE, page=PageSide(url="https://a.example/2"), kind=VerdictKind.UNKNOWN)
    report = report_of((done(1, PAGE), done(2, undated)))
    assert [(m.month, m.pages, m.taken) for m in report.months] == [("2026-03", 1, 1)]


def test_a_sample_is_one_only_where_pages_were_left_out() -> None:
    assert drawn().drawn
    asked = AuditOptions(sample=500)
    assert not report_of(Made(20), options=asked).drawn


def test_nothing_checked_leaves_nothing_to_show() -> None:
    report = empty()
    assert (report.sources, report.credits, report.delays, report.months) == ((), (), None, ())
    assert (report.reused.low, report.reused.high) == (0, 1)


def test_the_rows_are_walked_once() -> None:
    walks = []

    class Watched(Made):
        def __iter__(self):  # type: ignore[no-untyped-def]
            walks.append(1)
            return super().__iter__()

    report_of(Watched(10))
    assert walks == [1]
