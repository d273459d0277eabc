"""When a text first stood at an address, found in few fetches of what an archive holds.

The first capture is not the first appearance: it may be a redirect, an error, an announcement, or
another page's text. So captures are narrowed to pages with distinct bytes and bisected: the text is
taken to stay once it is there, which the neighbours of the result then confirm or refute.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.model import Precision, Sighting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from provenance.model import Capture

_PAGES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
# After so many captures in a row that the archive lists and does not give, it is left alone.
_MOST_UNREADABLE = 3
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What one archive shows of when a text first stood at an address.

    ``seen`` is the earliest capture whatever it answered, ``answered`` the earliest with status
    200, ``matching`` the earliest that was fetched and holds the text. ``without`` is the latest
    before ``matching`` that was fetched and does not hold it: the text appeared between the two.
    ``looked`` are all that were fetched, oldest first. ``settled`` is False when captures that
    could have changed the result were not, or could not be, looked at.
    """

    seen: Sighting | None
    answered: Sighting | None
    matching: Sighting | None
    without: Sighting | None
    looked: tuple[Sighting, ...]
    settled: bool

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """The telling ones, oldest first: first seen, first answered, and all looked at."""
        known = {sighting.memento for sighting in self.looked}
        bare = [s for s in (self.seen, self.answered) if s is not None and s.memento not in known]
        return tuple(sorted(dict.fromkeys((*bare, *self.looked)), key=lambda s: s.at))


def first_matching(
    captures: Sequence[Sighting],
    read: Callable[[Sighting], Capture | None],
    holds: Callable[[Capture], bool],
    *,
    most: int | None = None,
) -> Appearance:
    """The first of ``captures`` (oldest first) whose content holds the text, by bisection.

    ``read`` fetches the archived page, None when it cannot be had; ``holds`` compares it. At most
    ``most`` captures are read: by default floor(log2 n) + 3 of n states with distinct bytes.
    """
    search = _Search(states(captures), read, holds, most)
    believed = [capture for capture in captures if capture.trusted] or captures
    return Appearance(
        seen=believed[0] if believed else None,
        answered=next((s for s in believed if s.status == 200), None),
        matching=search.first(),
        without=search.last_without(),
        looked=search.looked(),
        settled=search.settled,
    )


def states(captures: Sequence[Sighting]) -> tuple[Sighting, ...]:
    """The captures that may hold a text, each distinct content once, at its first capture."""
    found: dict[str, Sighting] = {}
    for number, capture in enumerate(captures):
        media = (capture.media_type or "text/html").partition(";")[0]
        if capture.trusted and capture.status in {None, 200} and media in _PAGES:
            found.setdefault(capture.digest or f"capture {number}", capture)
    return tuple(found.values())


class _Search:
    """One bisection over states; every state is read at most once."""

    def __init__(
        self,
        found: tuple[Sighting, ...],
        read: Callable[[Sighting], Capture | None],
        holds: Callable[[Capture], bool],
        most: int | None,
    ) -> None:
        self._states = found
        self._read = read
        self._holds = holds
        self._left = len(found).bit_length() + 2 if most is None else most
        self._unreadable = 0
        self._known: dict[int, Sighting | None] = {}
        self._first = self._bisect() if found else None

    @property
    def settled(self) -> bool:
        """Whether nothing unread could have changed the result."""
        if self._first is None:
            return all(self._known.get(at) is not None for at in range(len(self._states)))
        before = self._first - 1
        return before < 0 or self._known.get(before) is not None

    def first(self) -> Sighting | None:
        """The earliest state known to hold the text."""
        return None if self._first is None else self._known[self._first]

    def last_without(self) -> Sighting | None:
        """The latest state before that is known not to hold it."""
        if self._first is None:
            return None
        before = [self._known[at] for at in sorted(self._known) if at < self._first]
        return next((s for s in reversed(before) if s is not None), None)

    def looked(self) -> tuple[Sighting, ...]:
        """All states read, oldest first."""
        read = (sighting for sighting in self._known.values() if sighting is not None)
        return tuple(sorted(read, key=lambda sighting: sighting.at))

    def _bisect(self) -> int | None:
        if self._look(0):
            return 0
        high = self._narrow(0, len(self._states))
        for _ in range(_NEIGHBOURS):
            neighbour = next((at for at in range(high - 1, 0, -1) if at not in self._known), None)
            if high == len(self._states) or neighbour is None:
                break
            if self._look(neighbour):
                low = max(at for at in self._known if at < neighbour)
                high = self._narrow(low, neighbour)
        return None if high == len(self._states) else high

    def _narrow(self, low: int, high: int) -> int:
        """The first state in (low, high] that holds, if what holds once holds on."""
        while high - low > 1:
            middle = self._readable(low, high)
            if middle is None:
                break
            if self._look(middle):
                high = middle
            else:
                low = middle
        return high

    def _readable(self, low: int, high: int) -> int | None:
        """The state nearest the middle that can be read; None when there is none or no more may."""
        middle = (low + high) // 2
        for at in sorted(range(low + 1, high), key=lambda at: (abs(at - middle), at)):
            if at not in self._known:
                self._look(at)
            if self._known.get(at) is not None:
                return at
            if self._left <= 0 or self._unreadable >= _MOST_UNREADABLE:
                return None
        return None

    def _look(self, at: int) -> bool:
        """Whether the state holds the text; False too when it cannot be read."""
        if at not in self._known:
            if self._left <= 0 or self._unreadable >= _MOST_UNREADABLE:
                return False
            self._left -= 1
            self._known[at] = self._told(self._states[at])
            self._unreadable = 0 if self._known[at] is not None else self._unreadable + 1
        known = self._known[at]
        return known is not None and bool(known.holds_text)

    def _told(self, state: Sighting) -> Sighting | None:
        """The state with what its content says; dated by what the archive served, not was asked."""
        capture = self._read(state)
        if capture is None:
            return None
        exact = state.precision is Precision.SECOND and state.at == capture.captured_at
        told = (
            state
            if exact
            else replace(
                state,
                at=capture.captured_at,
                precision=Precision.SECOND,
                memento=capture.memento or state.memento,
            )
        )
        held = capture.status in {None, 200} and self._holds(capture)
        return replace(told, holds_text=held)
