"""Leads from the page itself: the shortest way to a source, since they cost no query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Family, Lead, Strength
from provenance.text.shorten import shorten
from provenance.text.urls import is_web_url, normalise, same_site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Signal

_LONGEST_QUOTE = 80
# A page's own words about its source are worth more than what its template says, and both more
# than a link it merely left in.
_ORDER = {Family.STATEMENT: 0, Family.MARKUP: 1, Family.AGENCY: 2, Family.TRACE: 3}


def leads(document: Document, signals: Iterable[Signal]) -> tuple[Lead, ...]:
    """One lead for each address that a counting signal gives, surest first.

    Addresses of the page itself and of its own site are left out: a page is not its own source.
    """
    pointing = [
        signal
        for signal in counting(signals)
        if signal.target is not None
        and is_web_url(signal.target)
        and not _own(document, signal.target)
    ]
    return tuple(
        Lead(
            url=signal.target or "",
            found_by=signal.rule,
            reason=f"the page says “{shorten(signal.quote, _LONGEST_QUOTE)}”",
            rank=rank,
        )
        for rank, signal in enumerate(pointing)
    )


def counting(signals: Iterable[Signal]) -> list[Signal]:
    """The signals that may lead to a source, surest first."""
    found = [s for s in signals if s.silenced_by is None and s.family in _ORDER]
    return sorted(found, key=lambda signal: (_ORDER[signal.family], _rank(signal)))


def _rank(signal: Signal) -> int:
    return list(Strength).index(signal.strength)


def _own(document: Document, url: str) -> bool:
    addresses = [address for address in (document.url,) if address]
    return any(same_site(url, own) or normalise(url) == normalise(own) for own in addresses)
