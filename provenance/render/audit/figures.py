"""What every form of a site report says: its figures in words, and its rows in their order."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from provenance.model import VerdictKind
from provenance.model.ending import AddressOutcome
from provenance.render.text.plain import plain
from provenance.render.text.wording import counted
from provenance.text.numbers import percent
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditReport, AuditRow, Delays, PageResult, Share

OUTCOME = {
    AddressOutcome.DONE: "checked",
    AddressOutcome.FAILED: "failed",
    AddressOutcome.REFUSED: "refused",
    AddressOutcome.SKIPPED: "skipped",
}
NOT_NAMED = "no name known"
# The kinds of pages that somebody may want to look at, or to write to.
FINDINGS = frozenset(VerdictKind) - {VerdictKind.NONE_FOUND, VerdictKind.UNKNOWN}
_ORDER = {kind: number for number, kind in enumerate(VerdictKind)}
_STEPS = ("before the source", "within an hour", "within a day", "within two days",
          "within a week", "within a month", "within a year", "later")  # fmt: skip


def interval(share: Share) -> str:
    """``8% to 17%``; nothing where both ends are the share itself."""
    if not share.of or share.low == share.high:
        return ""
    return f"{percent(share.low)} to {percent(share.high)}"


def name(report: AuditReport) -> str:
    """What was audited: its address, or ``150 pages of 10 sites``."""
    if not report.is_list:
        return plain(report.target)
    return f"{counted(checked(report), 'page')} of {counted(report.site_count, 'site')}"


def headline(report: AuditReport) -> str:
    """The whole answer in one sentence, and what limits it in others."""
    share, outcomes = report.reused, dict(report.fates)
    if not share.of:
        return f"No page of {plain(report.target)} could be checked."
    kinds = {kind: each.count for kind, each in report.shares}
    drawn = "drawn at random" if report.drawn else "checked"
    if report.is_list:
        drawn = f"of {counted(report.site_count, 'site')} {drawn}"
    verb = "carries" if share.count == 1 else "carry"
    parts = [
        f"Of {counted(share.of, 'page')} {drawn}, {share.count:,} ({percent(share.value)}) "
        f"{verb} text from another source, as measured or as the page itself says."
    ]
    if between := interval(share):
        failed = counted(outcomes[AddressOutcome.FAILED], "page")
        parts.append(
            f"For the whole {'list' if report.is_list else 'site'} the share is {between} "
            "(95% interval)."
            if report.drawn
            else f"With the {failed} that failed, the share may be {between}."
        )
    open_order = kinds.get(VerdictKind.ELSEWHERE, 0)
    if report.is_list and open_order:
        parts.append(
            f"The text of {counted(open_order, 'more page')} also stands on another page, and who "
            "was first could not be told."
        )
    if kinds.get(VerdictKind.UNKNOWN, 0) == share.of:
        parts.append("For none of them could it be told where the text is from.")
    return " ".join(parts)


def caveat(report: AuditReport) -> str:
    """What the figures do not say."""
    if report.options.lookups:
        return "A page without a known source is not proved to be the site's own work."
    return (
        "No site, archive or search service was asked about sources (--lookups): the pages were "
        "compared with each other and with the kept corpus only. The true share may be higher."
    )


def accounting(report: AuditReport) -> str:
    """``120 addresses: 90 checked, 3 failed, 2 refused, 25 skipped``."""
    parts = ", ".join(f"{count:,} {OUTCOME[fate]}" for fate, count in report.fates)
    return f"{counted(len(report.rows), 'address', 'addresses')}: {parts}"


def checked(report: AuditReport) -> int:
    """How many addresses were checked."""
    return dict(report.fates)[AddressOutcome.DONE]


def first_pages(rows: Iterable[AuditRow], most: int) -> list[tuple[AuditRow, PageResult]]:
    """At most so many pages: the surest kind first, then the greatest share, then by address."""
    results = ((row, row.result) for row in rows if row.result is not None)
    return heapq.nsmallest(most, results, key=lambda pair: _weight(pair[1]))


def unread(rows: Iterable[AuditRow]) -> Iterator[AuditRow]:
    """The addresses that were not checked."""
    return (row for row in rows if row.result is None)


def source_name(result: PageResult) -> str:
    """The publisher of a page's origin, its site where it has no name."""
    origin = result.origin
    if origin is None:
        return NOT_NAMED
    return plain(origin.publisher or registrable(origin.url or "") or origin.url or NOT_NAMED)


def delays(found: Delays | None) -> str:
    """The time between source and page, by their own dates, in a sentence; '' for none."""
    if found is None:
        return ""
    if found.count == 1:
        return f"{span(found.middle)} (one page)"
    return (
        f"median {span(found.middle)}; half of {counted(found.count, 'page')} between "
        f"{span(found.lower)} and {span(found.upper)}; all between {span(found.least)} and "
        f"{span(found.most)}"
    )


def steps(found: Delays | None) -> list[tuple[str, int]]:
    """(size in words, pairs of dates), the shortest first."""
    if found is None:
        return []
    return [(name, count) for name, (_, count) in zip(_STEPS, found.steps, strict=True)]


def span(days: float | None) -> str:
    """A number of days as a person says it; '' for None."""
    if days is None:
        return ""
    sign = "-" if days < 0 else ""
    minutes = round(abs(days) * 1440)
    if minutes < 60:
        return f"{sign if minutes else ''}{minutes} min"
    if abs(days) < 1:
        return f"{sign}{round(abs(days) * 24)} h"
    return f"{days:,.0f} {'day' if round(abs(days)) == 1 else 'days'}"


def _weight(result: PageResult) -> tuple[int, float, str]:
    return _ORDER[result.kind], -(result.share or 0.0), result.page.url or ""
