"""How sure a verdict is: how often verdicts of its kind were right on labelled pages.

A verdict is right where derivation, direction and origin are. The figures are shares of labelled
verdicts, drawn towards one half by one right and one wrong one more, so that a kind met seldom
claims little; ``python -m tests.bench.judge`` prints them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import VerdictKind

if TYPE_CHECKING:
    from provenance.model import Declaration, Verdict

# What the page says of its source, a page that speaks against itself, or a house that sells texts.
_CONCLUSIVE = frozenset({"links_page", "names_source", "points_back", "wholesale"})
# Those of them by which one page itself leads to the other.
_LINKED = _CONCLUSIVE - {"wholesale"}

# Measured verdicts, on whole cases: a conclusive witness and another kind that agrees, a conclusive
# one alone, and dates or traces only.
_AGREEING, _ALONE, _INDIRECT = 0.97, 0.92, 0.78
_COMMON = 0.90
# Declared verdicts of which the signs give no probability.
_DECLARED = 0.79
# The page that was named was read and does not hold the text.
_REFUTED = 0.40


def probability(verdict: Verdict, kind: VerdictKind, said: Declaration) -> float | None:
    """The probability (0..1) that a verdict of that kind is right; None where it claims nothing."""
    if kind is VerdictKind.DECLARED:
        return _declared(verdict, said)
    if kind is VerdictKind.COMMON:
        return _COMMON
    if kind in {VerdictKind.REPOST, VerdictKind.PARTIAL, VerdictKind.FIRST}:
        return _measured(verdict, kind)
    return None


def _measured(verdict: Verdict, kind: VerdictKind) -> float:
    side = -1 if kind is VerdictKind.FIRST else 1
    spoken = {score.name for score in verdict.scores if side * score.value * score.weight > 0}
    if not spoken & _CONCLUSIVE or (_is_by_sentences(verdict) and not spoken & _LINKED):
        return _INDIRECT
    return _AGREEING if len(spoken) > 1 else _ALONE


def _is_by_sentences(verdict: Verdict) -> bool:
    """Whether it rests on what sentences say, which two reports may come to say alike."""
    return any(score.name == "sentences" for score in verdict.scores)


def _declared(verdict: Verdict, said: Declaration) -> float:
    if any(score.name == "refuted" for score in verdict.scores):
        return _REFUTED
    return _DECLARED if said.probability is None else said.probability
