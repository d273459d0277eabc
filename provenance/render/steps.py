"""What a running check tells, in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import PageRead, Step, StepState
from provenance.text.numbers import percent

if TYPE_CHECKING:
    from provenance.model import CandidateCompared, Happening


def line(happening: Happening) -> str:
    """One happening in words; text of strangers in it is as it came."""
    if isinstance(happening, Step):
        return _step(happening)
    if isinstance(happening, PageRead):
        return f"read: {happening.title or happening.url or 'a page without a title'}"
    return f"compared {happening.url}: {shares(happening)}"


def outcome(step: Step) -> str:
    """How a question ended, '' while it is open."""
    if step.state is StepState.FAILED:
        return step.why
    if step.state is StepState.ASKED:
        return ""
    if step.found == 1:
        return "found"
    return f"{step.found:,} found" if step.found else "nothing found"


def shares(candidate: CandidateCompared) -> str:
    """How much of each text stands in the other, or why that is not known."""
    here, there = candidate.suspect_containment, candidate.source_containment
    if here is None or there is None:
        return candidate.why
    return f"{percent(here)} of this page stands there, {percent(there)} of that page stands here"


def _step(step: Step) -> str:
    if step.state is StepState.ASKED:
        return f"asking {step.provider}: {step.asked}"
    return f"{step.provider}: {outcome(step)} ({step.asked})"
