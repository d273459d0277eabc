"""Two audits compared: their rows walked side by side by address, none of them held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from math import hypot
from typing import TYPE_CHECKING

from provenance.jobs.audit.audit_counts import bounds, wilson
from provenance.model import VERSION
from provenance.model.audit import (
    Share,
)
from provenance.model.audit_change import (
    AuditComparison,
    AuditHead,
    Change,
    PageChange,
    ShareChange,
    SourceChange,
)
from provenance.model.ending import AddressOutcome, EndReason
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditReport, AuditRow, PageResult, Rows

_MOST_SOURCES = 100
_BY_CHOICE = frozenset({EndReason.NOT_DRAWN, EndReason.BEYOND_LIMIT})


@dataclass(frozen=True, slots=True)
class Changes:
    """The addresses that two audits differ in, found anew at each walk."""

    old: Rows
    new: Rows

    def __iter__(self) -> Iterator[PageChange]:
        """Each that differs."""
        for old, new in side_by_side(self.old, self.new):
            changes = _changes(old, new)
            row = new or old
            if changes and row is not None:
                yield PageChange(url=row.url, changes=changes, old=old, new=new)


@dataclass(slots=True)
class _Count:
    """What is counted in one walk over both audits."""

    both: int = 0
    became: int = 0
    ceased: int = 0
    changed: int = 0
    changes: Counter[Change] = field(default_factory=Counter)

    def add(self, old: AuditRow | None, new: AuditRow | None) -> None:
        found = _changes(old, new)
        self.changed += bool(found)
        self.changes.update(found)
        then, now = old and old.result, new and new.result
        if then and now:
            self.both += 1
            self.became += now.kind.reused and not then.kind.reused
            self.ceased += then.kind.reused and not now.kind.reused


def compare_audits(old: AuditReport, new: AuditReport) -> AuditComparison:
    """What changed from one audit to another, of the same site or not."""
    count = _Count()
    for pair in side_by_side(old.rows, new.rows):
        count.add(*pair)
    drawn = old.drawn and new.drawn
    return AuditComparison(
        old=_head(old),
        new=_head(new),
        reused=share_change(old.reused, new.reused, drawn=drawn),
        shares=tuple(
            (kind, share_change(then, now, drawn=drawn))
            for (kind, then), (_, now) in zip(old.shares, new.shares, strict=True)
        ),
        sources=_sources(old, new, drawn=drawn),
        both=count.both,
        became=count.became,
        ceased=count.ceased,
        counts=tuple((change, count.changes[change]) for change in Change),
        changed=count.changed,
        notes=tuple(_notes(old, new)),
        version=VERSION,
        pages=Changes(old.rows, new.rows),
    )


def side_by_side(
    old: Iterable[AuditRow], new: Iterable[AuditRow]
) -> Iterator[tuple[AuditRow | None, AuditRow | None]]:
    """The rows of two audits by address: a merge, for both are in the order of their keys."""
    lefts, rights = iter(old), iter(new)
    left, right = next(lefts, None), next(rights, None)
    while left is not None or right is not None:
        here = None if left is None else normalise(left.url)
        there = None if right is None else normalise(right.url)
        if there is None or (here is not None and here < there):
            yield left, None
            left = next(lefts, None)
        elif here is None or there < here:
            yield None, right
            right = next(rights, None)
        else:
            yield left, right
            left, right = next(lefts, None), next(rights, None)


def share_change(old: Share, new: Share, *, drawn: bool) -> ShareChange:
    """A share then and now, with the interval of the difference.

    Two samples: Newcombe, "Interval estimation for the difference between independent
    proportions", Statistics in Medicine 17 (1998), method 10, from the Wilson intervals of both.
    Samples with the same seed share most of their pages, so that it is rather too wide.
    """
    if not old.of or not new.of:
        return ShareChange(old=old, new=new, low=-1.0, high=1.0)
    if not drawn:
        return ShareChange(old=old, new=new, low=new.low - old.high, high=new.high - old.low)
    value = new.value - old.value
    down = hypot(new.value - new.low, old.high - old.value)
    up = hypot(new.high - new.value, old.value - old.low)
    return ShareChange(old=old, new=new, low=value - down, high=value + up)


def _changes(old: AuditRow | None, new: AuditRow | None) -> tuple[Change, ...]:
    if old is None or new is None:
        row = new or old
        if row is None or row.fate is not AddressOutcome.DONE:
            return ()
        return (Change.NEW,) if old is None else (Change.GONE,)
    if old.result is not None and new.result is not None:
        return tuple(_turned(old.result, new.result))
    if old.result is not None and not _left_out(new):
        return (Change.UNCHECKED,)
    if new.result is not None and not _left_out(old):
        return (Change.CHECKED,)
    return ()


def _left_out(row: AuditRow) -> bool:
    """Whether an address was not looked at by choice."""
    return row.reason in _BY_CHOICE


def _turned(old: PageResult, new: PageResult) -> Iterator[Change]:
    if old.kind is not new.kind:
        yield Change.KIND
    if old.attribution is not new.attribution and (old.kind.reused or new.kind.reused):
        yield Change.ATTRIBUTION
    if _origin(old) != _origin(new):
        yield Change.ORIGIN


def _origin(result: PageResult) -> str:
    """What tells one origin from another: its address, else its name."""
    origin = result.origin
    if origin is None:
        return ""
    return normalise(origin.url) if origin.url else (origin.publisher or "")


def _head(report: AuditReport) -> AuditHead:
    return AuditHead(
        number=report.number,
        target=report.target,
        options=report.options,
        drawn=report.drawn,
        found=len(report.rows),
        checked=dict(report.fates)[AddressOutcome.DONE],
        checked_at=report.checked_at,
    )


def _sources(old: AuditReport, new: AuditReport, *, drawn: bool) -> tuple[SourceChange, ...]:
    """Those that either audit names, unless they may stand below the end of the other's list."""
    then = {source.name: source.pages for source in old.sources}
    now = {source.name: source.pages for source in new.sources}
    names = set(then) | set(now)
    if old.named > len(then):
        names &= set(then)
    if new.named > len(now):
        names &= set(now)
    found = [
        SourceChange(
            name=name,
            share=share_change(
                _part(then.get(name, 0), old), _part(now.get(name, 0), new), drawn=drawn
            ),
        )
        for name in names
    ]
    moved = [source for source in found if source.share.value]
    return tuple(sorted(moved, key=lambda s: (-abs(s.share.value), s.name))[:_MOST_SOURCES])


def _part(pages: int, report: AuditReport) -> Share:
    """A source's part in all pages of an audit that were checked."""
    of, failed = report.reused.of, dict(report.fates)[AddressOutcome.FAILED]
    low, high = wilson(pages, of) if report.drawn else bounds(pages, of, failed)
    return Share(count=pages, of=of, low=low, high=high)


def _notes(old: AuditReport, new: AuditReport) -> Iterator[str]:
    """What differs between the audits themselves."""
    then, now = old.options, new.options
    if old.target != new.target:
        yield f"the audits are of {old.target} and of {new.target}"
    if old.checked_at > new.checked_at:
        yield f"audit {old.number} is the later one: what is called now was before"
    if then.lookups != now.lookups:
        asked = new.number if now.lookups else old.number
        yield (
            f"only audit {asked} asked sources, archives and searches (--lookups): "
            "more may have been found for that alone"
        )
    if (then.sample, then.seed) != (now.sample, now.seed):
        yield (
            f"audit {old.number} checked {_drawn_by(old)}, audit {new.number} {_drawn_by(new)}: "
            "pages that one of them left out by choice are not listed as changes"
        )
    if then.most != now.most:
        yield f"audit {old.number} looked at {then.most:,} addresses at most, {_and(new)}"
    if then.since != now.since:
        yield "the audits leave out pages from before different days (--since)"
    for one, other in ((old, new), (new, old)):
        gave = {listing.url for listing in other.listings if listing.found}
        lost = [each for each in one.listings if each.why and each.url in gave]
        if lost:
            yield (
                f"audit {one.number} could not read {lost[0].url} ({lost[0].why}): "
                "pages that stand there alone are missing from it"
            )


def _drawn_by(report: AuditReport) -> str:
    asked = report.options
    if asked.sample is None:
        return "every page"
    return f"a sample of {asked.sample:,} (seed {asked.seed})"


def _and(report: AuditReport) -> str:
    return f"audit {report.number} at {report.options.most:,}"
