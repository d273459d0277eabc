"""The ledger: every fact about one candidate as a named, weighed Score with its sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.judge.direction import settle, testimonies
from provenance.judge.weights import COPYING, SUBSTANTIAL
from provenance.model import Direction, Finding, Incomparable, Likeness, Score
from provenance.text.numbers import percent
from provenance.text.shared_words import count_facts, count_sentences

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
    return max(reuse.suspect_share, 0.8 * reuse.source_share) if reuse else 0.0


def copied(finding: Finding) -> bool:
    """Whether the texts were compared and one was made from the other."""
    return finding.reuse is not None and finding.reuse.likeness.is_copy


def substantial(finding: Finding) -> bool:
    """Whether so much of either text was copied that a verdict may be about it."""
    reuse = finding.reuse
    if reuse is None or not copied(finding):
        return False
    return max(reuse.suspect_share, reuse.source_share) >= SUBSTANTIAL


def _weighed(evidence: Evidence, finding: Finding) -> tuple[Score, ...]:
    reuse = finding.reuse
    if reuse is None:
        return ()
    said = testimonies(evidence, finding)
    first = settle(said) is Direction.FROM_SOURCE
    copying = _copying(reuse, first=first)
    orders = (
        Score(name=t.kind, value=1.0 if t.weight > 0 else -1.0, weight=abs(t.weight), why=t.why)
        for t in said
    )
    if reuse.headline is None or reuse.headline < 0.8:
        return (copying, *orders)
    alike = Score(name="headline", value=0.0, weight=0.0, why="The headlines agree.")
    return (copying, *orders, alike)


def _copying(reuse: Reuse, *, first: bool) -> Score:
    """What was measured of two texts: what share of their words, or of what they say."""
    told, sure = reuse.by_sentences, COPYING[reuse.likeness]
    asked = reuse.correspondence is not None or reuse.incomparable is not None
    if told is None and (reuse.runs or not asked):
        return Score(name="copying", value=sure, weight=0.0, why=_shares(reuse, first=first))
    facts = count_facts(reuse.facts) if reuse.facts else ""
    if told is None:
        why = _alike_only(reuse, facts)
    else:
        same = ", and ".join(filter(None, (count_sentences(told), facts)))
        why = f"The same statements stand in the same order: {same}."
    return Score(name="sentences", value=sure, weight=0.0, why=why)


def _alike_only(reuse: Reuse, facts: str) -> str:
    """Why two pages that state the same are not called a translation or a retelling."""
    if reuse.incomparable is not None:
        why = _INCOMPARABLE[reuse.incomparable]
        return f"The sentences of the two pages could not be compared: {why}."
    if reuse.likeness is Likeness.SAME_EVENT and facts:
        return f"The same facts in another order ({facts}): both may report the same event."
    return "The two pages do not make the same statements."


_INCOMPARABLE = {
    Incomparable.NOT_INSTALLED: "the extra “languages” is not installed",
    Incomparable.UNKNOWN_LANGUAGE: "the model was not made for one of their languages",
}


def _shares(reuse: Reuse, *, first: bool) -> str:
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
