"""What every form of a site report says: its figures in words, and its rows in their order."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

from provenance.model import Attribution, VerdictKind
from provenance.model.ending import AddressOutcome
from provenance.render.text.plain import plain
from provenance.render.text.wording import counted, percent
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditReport, AuditRow, Delays, PageResult, Share

KINDS = {
    VerdictKind.REPOST: "Repost",
    VerdictKind.PARTIAL: "Partial repost",
    VerdictKind.DECLARED: "Declared repost, not compared",
    VerdictKind.ELSEWHERE: "Same text elsewhere",
    VerdictKind.COMMON: "Common source",
    VerdictKind.FIRST: "This site was first",
    VerdictKind.NONE_FOUND: "No source found",
    VerdictKind.UNKNOWN: "Could not tell",
}
CREDITS = {
    Attribution.CREDITED: "credited: named and linked",
    Attribution.NAMED: "named, not linked",
    Attribution.BARE_LINK: "a bare link that names nobody",
    Attribution.MISATTRIBUTED: "credited to somebody else",
    Attribution.NONE: "not credited",
}
SHORT_CREDITS = {
    Attribution.CREDITED: "credited",
    Attribution.NAMED: "named, no link",
    Attribution.BARE_LINK: "bare link",
    Attribution.MISATTRIBUTED: "somebody else",
    Attribution.NONE: "not credited",
}
FATES = {
    AddressOutcome.DONE: "checked",
    AddressOutcome.FAILED: "failed",
    AddressOutcome.REFUSED: "refused",
    AddressOutcome.SKIPPED: "skipped",
}
NOT_NAMED = "not named"
# The kinds of pages that somebody may want to look at, or to write to.
FINDINGS = frozenset(VerdictKind) - {VerdictKind.NONE_FOUND, VerdictKind.UNKNOWN}
_ORDER = {kind: number for number, kind in enumerate(VerdictKind)}
_STEPS = ("before the original", "within an hour", "within a day", "within two days",
          "within a week", "within a month", "within a year", "later")  # fmt: skip


def interval(share: Share) -> str:
    """``8 % to 17 %``; nothing where both ends are the share itself."""
    if not share.of or share.low == share.high:
        return ""
    return f"{percent(share.low)} to {percent(share.high)}"


def headline(report: AuditReport) -> str:
    """The whole answer in one sentence."""
    share, ways = report.reused, dict(report.fates)
    if not share.of:
        return f"No page of {plain(report.target)} could be checked."
    told = sum(s.count for kind, s in report.shares if kind is not VerdictKind.UNKNOWN)
    between = interval(share)
    if report.drawn:
        opening = f"Of {counted(share.of, 'page')} drawn at random, {share.count:,}"
        sure = f"; for the site that is {between} (95 % interval)" if between else ""
    else:
        opening = f"Of {counted(share.of, 'page')} checked, {share.count:,}"
        missing = ways[AddressOutcome.FAILED]
        sure = f"; {between} counting {counted(missing, 'page')} that failed" if between else ""
    verb = "has" if share.count == 1 else "have"
    silent = "" if told else "; of none could it be told where its text is from"
    return (
        f"{opening} ({percent(share.value)}) {verb} text of somebody else, "
        f"compared or by their own word{sure}{silent}."
    )


def caveat(report: AuditReport) -> str:
    """What the figures do not say."""
    if report.options.lookups:
        return "A page without a source found is not proved to be own work."
    return (
        "Nobody outside was asked (--lookups): pages were compared with each other and with the "
        "corpus alone, so that the share is the least it can be."
    )


def accounting(report: AuditReport) -> str:
    """``120 addresses: 90 checked, 3 failed, 2 refused, 25 skipped``."""
    parts = ", ".join(f"{count:,} {FATES[fate]}" for fate, count in report.fates)
    return f"{counted(len(report.rows), 'address', 'addresses')}: {parts}"


def checked(report: AuditReport) -> int:
    """How many addresses were checked."""
    return dict(report.fates)[AddressOutcome.DONE]


def first_pages(rows: Iterable[AuditRow], most: int) -> list[PageResult]:
    """At most so many pages: the surest kind first, then the greatest share, then by address."""
    results = (row.result for row in rows if row.result is not None)
    return heapq.nsmallest(most, results, key=_weight)


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
    """The time between original and repost, by their own dates, in a sentence; '' for none."""
    if found is None:
        return ""
    if found.count == 1:
        return f"one pair of dates, {span(found.middle)} apart"
    return (
        f"{counted(found.count, 'pair')} of dates: half between {span(found.lower)} and "
        f"{span(found.upper)}, the middle one {span(found.middle)}; "
        f"{span(found.least)} to {span(found.most)} in all"
    )


def steps(found: Delays | None) -> list[tuple[str, int]]:
    """(size in words, pairs of dates), the shortest first."""
    if found is None:
        return []
    return [(name, count) for name, (_, count) in zip(_STEPS, found.steps, strict=True)]


def span(days: float) -> str:
    """A number of days as a person says it."""
    sign = "-" if days < 0 else ""
    minutes = round(abs(days) * 1440)
    if minutes < 60:
        return f"{sign if minutes else ''}{minutes} min"
    if abs(days) < 1:
        return f"{sign}{round(abs(days) * 24)} h"
    return f"{days:,.0f} {'day' if round(abs(days)) == 1 else 'days'}"


def _weight(result: PageResult) -> tuple[int, float, str]:
    return _ORDER[result.kind], -(result.share or 0.0), result.page.url or ""
