"""Rows counted: what share of a site is of which kind, with its uncertainty."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from provenance.model import (
    Derivation,
    PageState,
    Strength,
    VerdictKind,
)
from provenance.model.audit import PageResult, PageSide, Share
from provenance.text.dates import first_claim
from provenance.text.urls import is_web_url
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from provenance.model import Document, Finding, Report, Sighting

# The 97.5 % quantile of the normal distribution: two-sided 95 %.
_Z = 1.959963984540054
# Letters of a page's own words for its source that a row holds.
_MOST_SAID = 300
_STRENGTHS = tuple(Strength)
_WHOLE = frozenset({PageState.ARTICLE, PageState.LISTING})


def wilson(count: int, of: int) -> tuple[float, float]:
    """The 95 % interval of a share by its score (Wilson 1927); 0 to 1 where nothing was drawn."""
    if not of:
        return 0.0, 1.0
    share, square = count / of, _Z * _Z
    middle = share + square / (2 * of)
    spread = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    low, high = (middle - spread) / (1 + square / of), (middle + spread) / (1 + square / of)
    return (0.0 if count == 0 else low), (1.0 if count == of else high)


def bounds(count: int, of: int, missing: int) -> tuple[float, float]:
    """What a share of all pages can be when ``missing`` of them could not be read."""
    whole = of + missing
    return (count / whole, (count + missing) / whole) if whole else (0.0, 1.0)


def shares(
    kinds: Mapping[VerdictKind, int], missing: int, *, drawn: bool
) -> tuple[tuple[tuple[VerdictKind, Share], ...], Share]:
    """The share of each kind among the pages done, and of those that are somebody else's text.

    A random sample has Wilson's interval; where all pages were asked for, the interval says what
    the ``missing`` ones, which could not be read, may change.
    """
    of = sum(kinds.values())

    def share(count: int) -> Share:
        low, high = wilson(count, of) if drawn else bounds(count, of, missing)
        return Share(count=count, of=of, low=low, high=high)

    each = tuple((kind, share(kinds.get(kind, 0))) for kind in VerdictKind)
    return each, share(sum(count for kind, count in kinds.items() if kind.reused))


def result_of(report: Report, number: int, file: str | None) -> PageResult:
    """A report in one row."""
    verdict = report.verdict
    finding = report.answer
    reuse = finding.reuse if finding else None
    return PageResult(
        kind=verdict.kind,
        basis=verdict.basis,
        attribution=verdict.attribution,
        confidence=verdict.confidence,
        page=_side(report.suspect, report.suspect.url, report.sightings, verdict.seen.page),
        origin=_origin(report),
        share=reuse.suspect_containment if reuse else None,
        share_of_source=reuse.source_containment if reuse else None,
        words=reuse.suspect_words if reuse else len(words(report.suspect.text)),
        report=number,
        digest=report.suspect.digest,
        file=file,
        misses=tuple(dict.fromkeys(f"{miss.provider}: {miss.why}" for miss in report.misses)),
        longest=reuse.longest if reuse else None,
        says=_says(report),
        checked_at=report.checked_at,
    )


def _says(report: Report) -> str | None:
    """The words in which the page names its source, the strongest of the signs that count."""
    signs = [
        signal
        for signal in report.signals
        if signal.silenced_by is None
        and signal.claims in {Derivation.WHOLLY, Derivation.PARTIALLY}
        and signal.quote.strip()
    ]
    first = min(signs, key=lambda signal: _STRENGTHS.index(signal.strength), default=None)
    return " ".join(first.quote.split())[:_MOST_SAID] if first else None


def _origin(report: Report) -> PageSide | None:
    finding, origin = report.answer, report.verdict.origin
    if finding is not None and finding.source is not None:
        url = _address(finding.source, finding)
        return _side(finding.source, url, finding.sightings, report.verdict.seen.other)
    return PageSide(url=origin.url, publisher=origin.publisher) if origin else None


def _address(source: Document, finding: Finding) -> str | None:
    """Where a notice finds the source: its address, else the one that a kept file gives itself."""
    found = (finding.candidate.url, source.canonical)
    return next((url for url in found if url and is_web_url(url)), None)


def _side(
    page: Document, url: str | None, sightings: Iterable[Sighting], first: Sighting | None
) -> PageSide:
    own = first_claim(sightings)
    return PageSide(
        url=url,
        title=page.title,
        publisher=page.publisher,
        published=own.at if own else None,
        first_seen=first.at if first else None,
        memento=first.memento if first else None,
        published_by=own.basis if own else None,
        seen_by=first.basis if first else None,
        byline=page.byline,
        digest=page.digest,
    )
