"""The exact wordings by which an agency marks its copy: its datelines and its tails."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from provenance.text.literals import Literals
from provenance.text.publishers import agencies

if TYPE_CHECKING:
    from provenance.text.literals import Stretches
    from provenance.text.publishers import Agency

_SHORTEST = 5


@cache
def wordings_of(place: str) -> dict[str, Agency]:
    """The exact wordings of one place on the page ("datelines", "tails") with their agencies."""
    found: dict[str, Agency] = {}
    for agency in agencies():
        for form in getattr(agency, place):
            if len(form) >= _SHORTEST or form[0] in "（【" or form[-1] == "】":
                found.setdefault(form, agency)
    return found


@cache
def _literals(place: str) -> Literals:
    return Literals(wordings_of(place))


def wordings_in(stretches: Stretches) -> dict[str, list[str]]:
    """The exact wordings of each place that stand in a text."""
    return {place: _literals(place).standing_in(stretches) for place in ("datelines", "tails")}
