"""What a check tells while it runs, for a person who waits; put into words by ``render``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from provenance.model.sighting import Sighting


class StepState(StrEnum):
    """How far a question is: put, answered, or without an answer."""

    ASKED = "asked"
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One question to somebody; the step that ends it follows the one that put it.

    ``found`` is how many things an answer named, ``ms`` how many milliseconds it took, ``why``
    one clause where there was no answer. A question that was not put at all is told once, failed.
    """

    provider: str
    asked: str
    state: StepState
    found: int = 0
    ms: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """The page under test, as it was read; ``published`` is its own claim."""

    url: str | None
    title: str | None
    publisher: str | None
    published: Sighting | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCompared:
    """One candidate that was looked at.

    Both shares are 0..1 as in ``Reuse``, None where it could not be read; ``why`` says why not.
    """

    url: str
    title: str | None
    publisher: str | None
    suspect_containment: float | None
    source_containment: float | None
    why: str


class CheckState(StrEnum):
    """Where a check stands; INTERRUPTED: the process that had it in hand is gone."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"

    @property
    def ended(self) -> bool:
        """Whether nothing more comes of it."""
        return self not in {CheckState.WAITING, CheckState.RUNNING}


Happening: TypeAlias = Step | PageRead | CandidateCompared
# What a job tells of its course; it may raise, which ends the job.
Tell: TypeAlias = Callable[[Happening], None]
