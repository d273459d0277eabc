"""Politeness: the least time between two requests to one host, and what Retry-After asks for."""

from __future__ import annotations

import threading
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST_RETRY_AFTER = 120.0
# A host that asks for more than this is asked again after it.
LONGEST_HELD = 3600.0


class HostThrottle:
    """Turns at each host, ``gap`` seconds apart or as far as it asks; safe under threads.

    ``clock`` is monotonic seconds and ``sleep`` waits; both can be handed in.
    """

    def __init__(
        self,
        gap: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.gap = gap
        self.clock = clock
        self.sleep = sleep
        self._gaps: dict[str, float] = {}
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}

    def slow(self, host: str, gap: float) -> None:
        """Asks the host no more often than each ``gap`` seconds, where that is slower."""
        self._gaps[host] = gap

    def gap_at(self, host: str) -> float:
        """Seconds between two requests to the host."""
        return max(self.gap, self._gaps.get(host, 0.0))

    def held(self, host: str) -> float:
        """Seconds for which the host has asked to be left alone; 0 when it has not."""
        with self._lock:
            return max(self._held.get(host, 0.0) - self.clock(), 0.0)

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long, as it asked."""
        with self._lock:
            self._held[host] = self.clock() + seconds

    def wait(self, host: str) -> float:
        """Waits until it is this caller's turn at the host: for how many seconds."""
        with self._lock:
            now = self.clock()
            turn = max(now, self._next.get(host, now), self._held.get(host, now))
            self._next[host] = turn + self.gap_at(host)
        if turn <= now:
            return 0.0
        self.sleep(turn - now)
        return turn - now

    def done(self, host: str) -> None:
        """Notes that the host has answered, or did not."""


class HostSlots(Protocol):
    """Who asks each host, and when it was asked, kept for all processes: in epoch seconds."""

    def take(self, host: str, now: float, gap: float) -> float:
        """Seconds until the host may be asked; 0 when it may, and is then this caller's."""
        ...

    def give(self, host: str, now: float) -> None:
        """Gives the host free that was asked until now."""
        ...

    def hold(self, host: str, until: float) -> None:
        """Leaves the host alone until then."""
        ...

    def held(self, host: str, now: float) -> float:
        """Seconds for which the host is left alone."""
        ...


class SharedHostThrottle(HostThrottle):
    """One request at a time to each host by all processes, ``gap`` seconds after the last answer.

    So no two requests can reach it within the gap, however long they are on their way. ``clock``
    is epoch seconds. Without a gap nobody is spared who does not ask for it.
    """

    def __init__(
        self,
        gap: float,
        turns: HostSlots,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        super().__init__(gap, clock=clock, sleep=sleep)
        self._turns = turns

    def held(self, host: str) -> float:
        """Seconds for which the host has asked to be left alone; 0 when it has not."""
        return self._turns.held(host, self.clock())

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long, as it asked."""
        self._turns.hold(host, self.clock() + seconds)

    def wait(self, host: str) -> float:
        """Waits until the host may be asked, by this caller alone: for how many seconds."""
        begun = self.clock()
        while (left := self._left(host)) > 0:
            self.sleep(left)
        return max(self.clock() - begun, 0.0)

    def done(self, host: str) -> None:
        """Notes that the host has answered, or did not."""
        if self.gap_at(host):
            self._turns.give(host, self.clock())

    def _left(self, host: str) -> float:
        gap = self.gap_at(host)
        return self._turns.take(host, self.clock(), gap) if gap else self.held(host)


def retry_after(
    value: str | None, now: datetime, most: float = LONGEST_RETRY_AFTER
) -> float | None:
    """Seconds that a Retry-After header asks to wait, 0 to ``most``; None where it says none.

    RFC 9110 10.2.3: whole seconds or an HTTP date. Longer waits are cut: who is asked for more is
    better asked another day.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        try:
            date = parsedate_to_datetime(text)
            # HTTP dates are GMT, whether they say so or not.
            date = date if date.tzinfo else date.replace(tzinfo=UTC)
            seconds = (date - now).total_seconds()
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return min(max(seconds, 0.0), most)
