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


class Turns(Protocol):
    """Who may ask each host when, in the seconds of one clock; each change is whole."""

    def turn(self, host: str, now: float, gap: float) -> float:
        """Takes the next turn at the host: when it is."""
        ...

    def hold(self, host: str, until: float) -> None:
        """Leaves the host alone until then."""
        ...

    def held(self, host: str, now: float) -> float:
        """Seconds for which the host is left alone."""
        ...


class Own:
    """The turns of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked: dict[str, float] = {}
        self._held: dict[str, float] = {}

    def turn(self, host: str, now: float, gap: float) -> float:
        """Takes the next turn at the host: when it is."""
        with self._lock:
            asked = self._asked.get(host)
            turn = max(now, now if asked is None else asked + gap, self._held.get(host, now))
            self._asked[host] = turn
        return turn

    def hold(self, host: str, until: float) -> None:
        """Leaves the host alone until then."""
        with self._lock:
            self._held[host] = until

    def held(self, host: str, now: float) -> float:
        """Seconds for which the host is left alone."""
        with self._lock:
            return max(self._held.get(host, now) - now, 0.0)


class Pace:
    """Turns at each host, ``gap`` seconds apart or as far as it asks; safe under threads.

    ``turns`` may be shared by processes whose ``clock`` is one; its seconds are theirs. ``sleep``
    waits. No gap at all means that nobody is spared, but for who asks to be left alone.
    """

    def __init__(
        self,
        gap: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        turns: Turns | None = None,
    ) -> None:
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._turns = turns or Own()
        self._gaps: dict[str, float] = {}

    def slow(self, host: str, gap: float) -> None:
        """Asks the host no more often than each ``gap`` seconds, where that is slower."""
        self._gaps[host] = gap

    def held(self, host: str) -> float:
        """Seconds for which the host has asked to be left alone; 0 when it has not."""
        return self._turns.held(host, self._clock())

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long, as it asked."""
        self._turns.hold(host, self._clock() + seconds)

    def wait(self, host: str) -> float:
        """Waits until it is this caller's turn at the host: for how many seconds."""
        gap = max(self._gap, self._gaps.get(host, 0.0))
        now = self._clock()
        left = self._turns.turn(host, now, gap) - now if gap else self._turns.held(host, now)
        if left <= 0:
            return 0.0
        self._sleep(left)
        return left


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
