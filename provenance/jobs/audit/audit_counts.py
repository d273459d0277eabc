"""Rows counted: what share of a site is of which kind, with its uncertainty."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from provenance.judge import copied
from provenance.model import (
    Answer,
    Basis,
    Derivation,
    Direction,
    PageState,
    Strength,
    Witness,
)
from provenance.model.audit import PageResult, PageSide, Share, VerdictKind
from provenance.text.dates import first_claim
from provenance.text.publishers import same_house
from provenance.text.urls import is_web_url, normalise
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


def kind_of(report: Report) -> VerdictKind:
    """What the verdict on a page makes it."""
    verdict = report.verdict
    if verdict.direction is Direction.COMMON_SOURCE:
        return VerdictKind.COMMON
    if verdict.direction is Direction.TO_SOURCE:
        return VerdictKind.FIRST
    if verdict.derivation in {Derivation.WHOLLY, Derivation.PARTIALLY}:
        if verdict.basis is not Basis.MEASURED:
            return VerdictKind.DECLARED
        return (
            VerdictKind.REPOST if verdict.derivation is Derivation.WHOLLY else VerdictKind.PARTIAL
        )
    if any(_elsewhere(report, finding) for finding in report.findings):
        return VerdictKind.ELSEWHERE
    asked = {spec.name for spec in report.settings.searches}
    searched = any(
        lookup.provider in asked and lookup.answer in {Answer.FOUND, Answer.NONE}
        for lookup in report.lookups
    )
    settled = searched and not report.misses and report.suspect.state in _WHOLE
    return (
        VerdictKind.NONE_FOUND
        if settled or verdict.derivation is Derivation.NOT
        else VerdictKind.UNKNOWN
    )


def result_of(report: Report, number: int, file: str | None) -> PageResult:
    """A report in one row."""
    finding = origin_of(report)
    reuse = finding.reuse if finding else None
    verdict = report.verdict
    return PageResult(
        kind=kind_of(report),
        basis=verdict.basis,
        attribution=verdict.attribution,
        confidence=verdict.confidence,
        page=_trace(report.suspect, report.suspect.url, report.sightings),
        origin=_origin(report, finding),
        share=reuse.suspect_containment if reuse else None,
        share_of_source=reuse.source_containment if reuse else None,
        words=reuse.suspect_words if reuse else len(words(report.suspect.text)),
        report=number,
        digest=report.suspect.digest,
        file=file,
        misses=tuple(dict.fromkeys(f"{miss.provider}: {miss.why}" for miss in report.misses)),
        longest=reuse.longest if reuse else None,
        says=_says(report),
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


def origin_of(report: Report) -> Finding | None:
    """The page that the verdict is about: its origin, else the first other site with the text."""
    others = [finding for finding in report.findings if _elsewhere(report, finding)]
    origin = report.verdict.origin
    if origin is not None and origin.url:
        wanted = normalise(origin.url)
        for finding in others:
            if normalise(finding.candidate.url) == wanted:
                return finding
        if report.verdict.basis is not Basis.MEASURED:
            return None
    return others[0] if others else None


def _elsewhere(report: Report, finding: Finding) -> bool:
    own = report.suspect.url or ""
    return copied(finding) and not same_house(own, finding.candidate.url)


def _origin(report: Report, finding: Finding | None) -> PageSide | None:
    if finding is not None and finding.source is not None:
        return _trace(finding.source, _address(finding.source, finding), finding.sightings)
    origin = report.verdict.origin
    if origin is None:
        return None
    return PageSide(url=origin.url, publisher=origin.publisher)


def _address(source: Document, finding: Finding) -> str | None:
    """Where a notice finds the source: its address, else the one that a kept file gives itself."""
    found = (finding.candidate.url, source.canonical)
    return next((url for url in found if url and is_web_url(url)), None)


def _trace(page: Document, url: str | None, sightings: Iterable[Sighting]) -> PageSide:
    sightings = tuple(sightings)
    seen = [
        s
        for s in sightings
        if s.witness is not Witness.SELF and s.trusted and s.holds_text is not False
    ]
    first = min(seen, key=lambda s: s.at, default=None)
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
    )
