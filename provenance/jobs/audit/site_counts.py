"""The rows of an audit by site: how many pages of each, and which has text from whom."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from provenance.model import VerdictKind
from provenance.model.audit import SiteCount, SitePair
from provenance.model.ending import EndReason
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from provenance.model.audit import AuditRow, PageResult

_MOST_SITES, _MOST_PAIRS = 1000, 5000
# What is kept apart while counting: a site or a pair beyond it is not listed.
_MOST_KEPT = 50_000
# Both pages have the text, and neither is told to have it from the other.
_SHARED = frozenset({VerdictKind.ELSEWHERE, VerdictKind.COMMON})
# Addresses that listings give beyond the site that is audited.
_BEYOND = EndReason.OTHER_SITE


class SiteTally:
    """Sites and pairs while the rows go by."""

    def __init__(self) -> None:
        self._addresses: Counter[str] = Counter()
        self._kinds: Counter[tuple[str, VerdictKind]] = Counter()
        self._pairs: dict[tuple[str, str], list[int]] = {}

    @property
    def count(self) -> int:
        """How many sites there are."""
        return len(self._addresses)

    def add(self, row: AuditRow) -> None:
        """Counts a row."""
        site = registrable(row.url)
        if row.reason is _BEYOND or not site:
            return
        if site not in self._addresses and len(self._addresses) >= _MOST_KEPT:
            return
        self._addresses[site] += 1
        if row.result is not None:
            self._kinds[site, row.result.kind] += 1
            self._add_pair(site, row.result)

    def _add_pair(self, site: str, result: PageResult) -> None:
        source = _site_of_origin(result)
        shared = result.kind in _SHARED
        if source in {"", site} or not (shared or result.kind.reused):
            return
        if (site, source) in self._pairs or len(self._pairs) < _MOST_KEPT:
            self._pairs.setdefault((site, source), [0, 0])[shared] += 1

    def sites(self) -> tuple[SiteCount, ...]:
        """The sites, those with most pages from another source first."""
        found = (self._site(name) for name in self._addresses)
        order = sorted(found, key=lambda s: (-s.reused, -s.elsewhere, -s.addresses, s.name))
        return tuple(order[:_MOST_SITES])

    def _site(self, name: str) -> SiteCount:
        kinds = {kind: self._kinds[name, kind] for kind in VerdictKind}
        return SiteCount(
            name=name,
            addresses=self._addresses[name],
            checked=sum(kinds.values()),
            reused=sum(count for kind, count in kinds.items() if kind.reused),
            elsewhere=kinds[VerdictKind.ELSEWHERE],
            first=kinds[VerdictKind.FIRST],
        )

    def pairs(self) -> tuple[SitePair, ...]:
        """Which site has text from whom, most pages first."""
        found = (
            SitePair(site=site, source=source, pages=pages, shared=shared)
            for (site, source), (pages, shared) in self._pairs.items()
        )
        order = sorted(found, key=lambda p: (-p.pages, -p.shared, p.site, p.source))
        return tuple(order[:_MOST_PAIRS])


def _site_of_origin(result: PageResult) -> str:
    """The site that the other page is on, the publisher where it has no address."""
    origin = result.origin
    if origin is None:
        return ""
    return registrable(origin.url or "") or origin.publisher or ""
