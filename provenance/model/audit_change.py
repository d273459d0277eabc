"""Two audits side by side: what a site's pages were then and are now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from provenance.model import VerdictKind
from provenance.model.audit import AuditOptions, AuditRow, Share

if TYPE_CHECKING:
    from collections.abc import Iterable


class Change(StrEnum):
    """What came of a page between two audits.

    NEW and GONE are addresses that one of the audits did not find at all; CHECKED and UNCHECKED
    those that both found and one checked, which says nothing of the page itself.
    """

    NEW = "new"
    GONE = "gone"
    KIND = "kind"
    ATTRIBUTION = "attribution"
    ORIGIN = "origin"
    CHECKED = "checked"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageChange:
    """One address that differs; a row is None where that audit did not find it."""

    url: str
    changes: tuple[Change, ...]
    old: AuditRow | None
    new: AuditRow | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareChange:
    """A share then and now; ``low`` to ``high`` is the interval of the difference, -1..1.

    For two samples it is the 95 % interval of Newcombe's (1998) method 10; else what the pages
    that failed may make of the difference.
    """

    old: Share
    new: Share
    low: float
    high: float

    @property
    def value(self) -> float:
        """How much the share has risen, -1..1."""
        return self.new.value - self.old.value

    @property
    def certain(self) -> bool:
        """Whether the difference is larger than its uncertainty."""
        return bool(self.low > 0 or self.high < 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """A publisher's part in the pages checked, then and now."""

    name: str
    share: ShareChange


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditHead:
    """Which audit: what it is of, what was asked, how many addresses it found and checked."""

    number: int
    target: str
    options: AuditOptions
    drawn: bool
    found: int
    checked: int
    checked_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditComparison:
    """What changed from the ``old`` audit to the ``new`` one.

    Of the pages in ``both``, which were checked twice, ``became`` have text of somebody else now
    and had not, ``ceased`` the reverse. ``counts`` are all changes, in their order; a page may
    count for several. ``sources`` are those with the greatest difference first. ``notes`` say
    what else differs between the audits and may be the cause. ``pages`` are the addresses that
    differ, ``changed`` in number, in their order, read when they are asked for.
    """

    old: AuditHead
    new: AuditHead
    reused: ShareChange
    shares: tuple[tuple[VerdictKind, ShareChange], ...]
    sources: tuple[SourceChange, ...]
    both: int
    became: int
    ceased: int
    counts: tuple[tuple[Change, int], ...]
    changed: int
    notes: tuple[str, ...]
    version: str
    pages: Iterable[PageChange]
