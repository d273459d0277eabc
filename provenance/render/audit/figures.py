"""What every form of a site report says: its figures in words and in rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from provenance.model import Attribution
from provenance.model.audit import Fate, Kind
from provenance.render.plain import plain
from provenance.render.wording import counted
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.audit import AuditReport, AuditRow, PageResult, Share

KINDS = {
    Kind.REPOST: "Repost",
    Kind.PARTIAL: "Partial repost",
    Kind.DECLARED: "Declared repost, not compared",
    Kind.ELSEWHERE: "Same text elsewhere",
    Kind.COMMON: "Common source",
    Kind.FIRST: "This site was first",
    Kind.NONE_FOUND: "No source found",
    Kind.UNKNOWN: "Could not tell",
}
CREDITS = {
    Attribution.CREDITED: "credited: named and linked",
    Attribution.NAMED: "named, not linked",
    Attribution.BARE_LINK: "a bare link that names nobody",
    Attribution.MISATTRIBUTED: "credited to somebody else",
    Attribution.NONE: "not credited",
}
FATES = {
    Fate.DONE: "checked",
    Fate.FAILED: "failed",
    Fate.REFUSED: "refused",
    Fate.SKIPPED: "skipped",
}
_FROM_ELSEWHERE = frozenset({Kind.REPOST, Kind.PARTIAL, Kind.DECLARED, Kind.COMMON})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One publisher that the site has texts of: how many, credited how often, days between."""

    name: str
    pages: int
    credited: int
    delay: float | None


def percent(value: float) -> str:
    """``12 %``; a share that is neither none nor all is never shown as such."""
    if 0 < value < 0.01:
        return "under 1 %"
    if 0.99 < value < 1:
        return "over 99 %"
    return f"{100 * value:.0f} %"


def interval(share: Share) -> str:
    """``(8 % to 17 %)``; nothing where both ends are the share itself."""
    if not share.of or share.low == share.high:
        return ""
    return f"{percent(share.low)} to {percent(share.high)}"


def headline(report: AuditReport) -> str:
    """The whole answer in one sentence."""
    share, ways = report.reused, fates(report)
    if not share.of:
        return f"No page of {plain(report.target)} could be checked."
    told = sum(s.count for kind, s in report.shares if kind is not Kind.UNKNOWN)
    between = interval(share)
    if report.drawn:
        opening = f"Of {counted(share.of, 'page')} drawn at random, {share.count}"
        sure = f"; for the site that is {between} (95 % interval)" if between else ""
    else:
        opening = f"Of {counted(share.of, 'page')} checked, {share.count}"
        missing = ways[Fate.FAILED]
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


def fates(report: AuditReport) -> Counter[Fate]:
    """How many addresses ended in each way."""
    return Counter(row.fate for row in report.rows)


def accounting(report: AuditReport) -> str:
    """``120 addresses: 90 checked, 3 failed, 2 refused, 25 skipped``."""
    ways = fates(report)
    parts = ", ".join(f"{ways[fate]:,} {word}" for fate, word in FATES.items())
    return f"{len(report.rows):,} addresses: {parts}"


def results(report: AuditReport) -> Iterator[PageResult]:
    """What came of each page that was checked."""
    return (row.result for row in report.rows if row.result is not None)


def taken(report: AuditReport) -> list[PageResult]:
    """The pages that have their text from somebody else."""
    return [result for result in results(report) if result.kind in _FROM_ELSEWHERE]


def sources(report: AuditReport) -> list[Source]:
    """Whose texts they are, those with most first."""
    pages: dict[str, list[PageResult]] = {}
    for result in taken(report):
        pages.setdefault(source_name(result), []).append(result)
    found = [
        Source(
            name=name,
            pages=len(group),
            credited=sum(r.attribution in {Attribution.CREDITED, Attribution.NAMED} for r in group),
            delay=_middle([r.delay for r in group if r.delay is not None]),
        )
        for name, group in pages.items()
    ]
    return sorted(found, key=lambda source: (-source.pages, source.name))


def source_name(result: PageResult) -> str:
    """The publisher of a page's origin, its site where it has no name."""
    origin = result.origin
    if origin is None:
        return "not named"
    return plain(origin.publisher or registrable(origin.url or "") or origin.url or "not named")


def credits_given(report: AuditReport) -> list[tuple[str, int]]:
    """How often each grade of attribution, best first, among the pages that owe one."""
    counts = Counter(result.attribution for result in taken(report))
    return [(CREDITS[grade], counts[grade]) for grade in Attribution if counts[grade]]


def delays(report: AuditReport) -> str:
    """The time between original and repost, by their own dates, in a sentence; '' for none."""
    days = sorted(d for r in taken(report) if (d := r.delay) is not None)
    if not days:
        return ""
    middle = _middle(days) or 0.0
    later = sum(day >= 0 for day in days)
    return (
        f"{counted(len(days), 'pair')} of dates: {span(days[0])} to {span(days[-1])}, "
        f"half within {span(middle)}; {later} of them later than the original"
    )


def span(days: float) -> str:
    """A number of days as a person says it."""
    if abs(days) < 1:
        hours = round(abs(days) * 24)
        return f"{'-' if days < 0 and hours else ''}{hours} h"
    return f"{days:.0f} {'day' if round(abs(days)) == 1 else 'days'}"


def months(report: AuditReport) -> list[tuple[str, int, int]]:
    """(month, pages with that date, of them somebody else's), oldest first."""
    every, theirs = Counter[str](), Counter[str]()
    for result in results(report):
        if result.page.published is not None:
            month = f"{result.page.published:%Y-%m}"
            every[month] += 1
            theirs[month] += result.kind in _FROM_ELSEWHERE
    return [(month, every[month], theirs[month]) for month in sorted(every)]


def reasons(report: AuditReport) -> list[tuple[str, str, int]]:
    """(fate, reason, how many) of the addresses that were not checked, the most frequent first."""
    counts = Counter(
        (FATES[row.fate], _general(row)) for row in report.rows if row.fate is not Fate.DONE
    )
    return [(fate, why, count) for (fate, why), count in counts.most_common(40)]


def _general(row: AuditRow) -> str:
    """A reason without the address that only its own row has."""
    for opening in ("the same text as ", "it leads to ", "not an article: "):
        if row.reason.startswith(opening):
            return plain(opening.strip().removesuffix(":") + " …")
    return plain(row.reason)


def _middle(days: list[float]) -> float | None:
    return median(days) if days else None
