"""The ledger: every fact about one candidate as a named, weighed Score with its sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.direction import settle, testimonies
from provenance.judge.weights import COPYING, WEIGHTS
from provenance.model import Direction, Finding, Likeness, Score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Document, Reuse, Sighting, Signal

_COPIED = {Likeness.COPIED, Likeness.PARTLY, Likeness.REWRITTEN}


def weigh(
    suspect: Document,
    signals: Iterable[Signal],
    sightings: Iterable[Sighting],
    findings: Iterable[Finding],
) -> tuple[Finding, ...]:
    """The findings with their scores, best first; equal ones by address."""
    signals, sightings = tuple(signals), tuple(sightings)
    weighed = [
        replace(finding, scores=_scores(suspect, signals, sightings, finding))
        for finding in findings
    ]
    return tuple(sorted(weighed, key=lambda found: (-total(found), found.candidate.url)))


def total(finding: Finding) -> float:
    """What a finding's scores sum to, 0..1."""
    return sum(score.value * score.weight for score in finding.scores)


def copied(finding: Finding) -> bool:
    """Whether the texts were compared and one was made from the other."""
    return finding.reuse is not None and finding.reuse.likeness in _COPIED


def direction(
    suspect: Document,
    signals: Iterable[Signal],
    sightings: Iterable[Sighting],
    finding: Finding,
) -> Direction:
    """Who was first of the suspect and one source, as far as independent kinds agree."""
    return settle(testimonies(suspect, signals, sightings, finding))


def _scores(
    suspect: Document,
    signals: tuple[Signal, ...],
    sightings: tuple[Sighting, ...],
    finding: Finding,
) -> tuple[Score, ...]:
    reuse = finding.reuse
    if reuse is None:
        return ()
    said = testimonies(suspect, signals, sightings, finding)
    first = settle(said) is Direction.FROM_SOURCE
    scores = [_score("copying", COPYING[reuse.likeness], _copying(reuse, first=first))]
    for spoken in said:
        # Evidence that this page was first is no evidence that it copied: it counts nothing here.
        value = spoken.value if spoken.says is Direction.FROM_SOURCE else 0.0
        scores.append(_score(spoken.kind, value, spoken.why))
    if reuse.headline is not None and reuse.headline >= 0.8:
        scores.append(_score("headline", reuse.headline, "The headlines agree."))
    return tuple(scores)


def _score(name: str, value: float, why: str) -> Score:
    return Score(name=name, value=value, weight=WEIGHTS.get(name, 0.0), why=why)


def _copying(reuse: Reuse, *, first: bool) -> str:
    """Both shares in words; the other page is called a source only where it was ``first``."""
    there, theirs = ("in the source", "the source's") if first else ("there", "the other page's")
    shares = (
        f"{percent(reuse.suspect_containment)} of this page's words stand {there}, "
        f"{percent(reuse.source_containment)} of {theirs} on this page"
    )
    if not reuse.runs:
        return f"{shares}."
    passages = "passage" if reuse.runs == 1 else "passages"
    return f"{shares}: {reuse.runs} {passages}, the longest run {reuse.longest} words."


def percent(share: float) -> str:
    """A share in whole percent, never rounding up to all nor down to nothing."""
    if 0 < share < 0.01:
        return "under 1 %"
    if 0.99 < share < 1:
        return "over 99 %"
    return f"{share:.0%}".replace("%", " %")
