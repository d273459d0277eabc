"""What archives know of one address over time, and where its text changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model.evidence import Lookup, Miss
    from provenance.model.sighting import Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of a page: when and where it was seen, and what it showed.

    ``title`` and ``words`` are None when the state was not, or could not be, read. ``remains`` is
    the share of the words of the state read before it that stand here too, None for the first;
    ``gained`` the share of this state's words that did not stand there.
    """

    sighting: Sighting
    title: str | None = None
    words: int | None = None
    remains: float | None = None
    gained: float | None = None

    @property
    def changed(self) -> bool:
        """Whether the text differs from the state before."""
        lost = self.remains is not None and self.remains < 1.0
        return lost or bool(self.gained)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The states of one address, oldest first; the live page last, where it could be asked.

    ``captures`` is how many captures the archives list in all. ``deviated`` is whether the live
    page shows another text than the last state read before it, None where that is not known.
    """

    url: str
    captures: int
    states: tuple[State, ...]
    deviated: bool | None
    misses: tuple[Miss, ...]
    lookups: tuple[Lookup, ...]
    checked_at: datetime
