"""Evidence -> Verdict: weighed facts, who was first, and the answer."""

from provenance.judge.coverage import is_exhausted
from provenance.judge.ledger import copied, substantial, weigh
from provenance.judge.older import complete
from provenance.judge.verdict import judge
from provenance.judge.weights import SUBSTANTIAL

__all__ = ["SUBSTANTIAL", "complete", "copied", "is_exhausted", "judge", "substantial", "weigh"]
