"""Reports of version 0.1.0, which do not say what their verdict is about: it is added once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.answer import seen_of
from provenance.judge.coverage import is_exhausted
from provenance.judge.ledger import copied
from provenance.model import Basis, Derivation, Direction, PageState, VerdictKind
from provenance.text.publishers import same_house
from provenance.text.urls import normalise

if TYPE_CHECKING:
    from provenance.model import Report, Verdict

# The first form of reports whose verdict carries its kind and its answer.
_COMPLETE = 2
_CLAIMS = {Derivation.WHOLLY, Derivation.PARTIALLY}


def complete(report: Report) -> Report:
    """The report with the kind, the answer and the first sightings in its verdict.

    A report that has them comes back as it is; what an older one says is not judged anew.
    """
    if report.schema >= _COMPLETE:
        return report
    answer = _answer(report)
    other = None if answer is None else report.findings[answer].sightings
    verdict = replace(
        report.verdict,
        kind=_kind(report.verdict, found=answer is not None, exhausted=_exhausted(report)),
        answer=answer,
        seen=seen_of(report.sightings, other or ()),
    )
    return replace(report, verdict=verdict)


def _answer(report: Report) -> int | None:
    """The origin's place among the findings, else that of the best copy on another site."""
    own = report.suspect.url or ""
    copies = [
        at
        for at, finding in enumerate(report.findings)
        if copied(finding) and not same_house(own, finding.candidate.url)
    ]
    origin = report.verdict.origin
    if report.verdict.basis is not Basis.MEASURED or not copies:
        return None
    wanted = normalise(origin.url) if origin and origin.url else None
    there = (at for at in copies if normalise(report.findings[at].candidate.url) == wanted)
    return next(there, copies[0])


def _exhausted(report: Report) -> bool:
    """Whether a search answered and nobody failed to, about a page that was served whole."""
    whole = report.suspect.state in {PageState.ARTICLE, PageState.LISTING}
    return whole and is_exhausted(report.settings, report.lookups, report.misses)


def _kind(verdict: Verdict, *, found: bool, exhausted: bool) -> VerdictKind:
    if verdict.direction is Direction.COMMON_SOURCE:
        return VerdictKind.COMMON
    if verdict.direction is Direction.TO_SOURCE:
        return VerdictKind.FIRST
    if verdict.basis is Basis.MEASURED and verdict.direction is Direction.UNDETERMINED:
        return VerdictKind.ELSEWHERE if found else VerdictKind.UNKNOWN
    if verdict.derivation not in _CLAIMS:
        return VerdictKind.NONE_FOUND if exhausted else VerdictKind.UNKNOWN
    if verdict.basis is not Basis.MEASURED:
        return VerdictKind.DECLARED
    whole = verdict.derivation is Derivation.WHOLLY
    return VerdictKind.REPOST if whole else VerdictKind.PARTIAL
