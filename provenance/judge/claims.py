"""A page's own date set against what others saw: facts beside the verdict, never evidence in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.judge.direction import day, surely_before
from provenance.model import Score, Witness
from provenance.text.dates import first_claim
from provenance.text.witnesses import first_held

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta

    from provenance.model import Sighting

# News is archived within hours or months of its printing, where at all (notes of archive coverage
# give 132 minutes to 30 days); a claim that stands alone for longer is worth a second look.
_FAR_DAYS = 365


def contradictions(name: str, sightings: Iterable[Sighting]) -> tuple[Score, ...]:
    """What does not fit between a page's claimed date and the witnesses; ``name`` is the page's.

    A claim later than a capture that already holds the text is false. A claim long before anything
    else was seen may be true: nobody but the page vouches for it.
    """
    seen = tuple(sightings)
    claim, held = first_claim(seen), first_held(seen)
    if claim is None:
        return ()
    if held is not None and surely_before(held, claim):
        return (
            _note(
                "claim_too_late",
                f"{name} says it was published on {day(claim.at)}, but an archive held this text "
                f"there on {day(held.at)}.",
            ),
        )
    others = [s for s in seen if s.witness is not Witness.SELF and s.trusted]
    earliest = min(others, key=lambda s: s.at, default=None)
    if earliest is not None and _days(earliest.at - claim.at) > _FAR_DAYS:
        return (
            _note(
                "claim_unwitnessed",
                f"{name} says it was published on {day(claim.at)}; nobody else saw it before "
                f"{day(earliest.at)}.",
            ),
        )
    return ()


def _note(name: str, why: str) -> Score:
    return Score(name=name, value=0.0, weight=0.0, why=why)


def _days(gap: timedelta) -> float:
    return gap.total_seconds() / 86_400
