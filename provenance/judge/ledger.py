"""The ledger: every fact about one candidate as a named, weighed Score with its sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.direction import settle, testimonies
from provenance.judge.weights import COPYING, SUBSTANTIAL
from provenance.model import Direction, Finding, Score
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from provenance.model import Evidence, Reuse

# What the log-odds of who was first add to a share when findings are ranked, and at most.
_ODDS_WORTH, _MOST_ODDS = 0.05, 6.0


def weigh(evidence: Evidence) -> Evidence:
    """The evidence with each finding's scores, the best finding first; equal ones by address."""
    weighed = [(_weighed(evidence, finding), finding) for finding in evidence.findings]
    ranked = sorted(
        (replace(finding, scores=scores) for scores, finding in weighed),
        key=lambda finding: (-worth(finding), finding.candidate.url),
    )
    return replace(evidence, findings=tuple(ranked))


def worth(finding: Finding) -> float:
    """What a weighed finding is worth beside others: the share copied, and who was first."""
    if finding.reuse is None:
        return 0.0
    odds = sum(score.value * score.weight for score in finding.scores)
    lead = _ODDS_WORTH * max(-_MOST_ODDS, min(odds, _MOST_ODDS))
    return COPYING[finding.reuse.likeness] * share(finding) + lead


def share(finding: Finding) -> float:
    """How much of either text is copied, 0..1, the page under test counting a little more."""
    reuse = finding.reuse
    return max(reuse.suspect_containment, 0.8 * reuse.source_containment) if reuse else 0.0


def copied(finding: Finding) -> bool:
    """Whether the texts were compared and one was made from the other."""
    return finding.reuse is not None and finding.reuse.likeness.is_copy


def substantial(finding: Finding) -> bool:
    """Whether so much of either text was copied that a verdict may be about it."""
    reuse = finding.reuse
    if reuse is None or not copied(finding):
        return False
    return max(reuse.suspect_containment, reuse.source_containment) >= SUBSTANTIAL


def _weighed(evidence: Evidence, finding: Finding) -> tuple[Score, ...]:
    reuse = finding.reuse
    if reuse is None:
        return ()
    said = testimonies(evidence, finding)
    first = settle(said) is Direction.FROM_SOURCE
    copying = Score(
        name="copying",
        value=COPYING[reuse.likeness],
        weight=0.0,
        why=_copying(reuse, first=first),
    )
    orders = (
        Score(name=t.kind, value=1.0 if t.weight > 0 else -1.0, weight=abs(t.weight), why=t.why)
        for t in said
    )
    if reuse.headline is None or reuse.headline < 0.8:
        return (copying, *orders)
    alike = Score(name="headline", value=0.0, weight=0.0, why="The headlines agree.")
    return (copying, *orders, alike)


def _copying(reuse: Reuse, *, first: bool) -> str:
    """Both shares in words; the other page is called a source only where it was ``first``."""
    there, theirs = ("in the source", "the source's") if first else ("there", "the other page's")
    shares = (
        f"{percent(reuse.suspect_containment)} of this page's words stand {there}, "
        f"{percent(reuse.source_containment)} of {theirs} words stand here"
    )
    if not reuse.runs:
        return f"{shares}."
    passages = "passage" if reuse.runs == 1 else "passages"
    return f"{shares}, in {reuse.runs} {passages}; the longest run is {reuse.longest} words."
