"""Evidence -> Verdict: a ledger of weighed facts, who was first, and the answer."""

from provenance.judge.ledger import copied, weigh
from provenance.judge.verdict import judge

__all__ = ["copied", "judge", "weigh"]
