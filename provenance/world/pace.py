"""Politeness: the least time between two requests to one host, and what Retry-After asks for."""

from __future__ import annotations

import threading
import time
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

LONGEST_RETRY_AFTER = 120.0


class Pace:
    """Turns at each host, ``gap`` seconds apart; safe under threads.

    ``clock`` is monotonic seconds and ``sleep`` waits; both can be handed in.
    """

    def __init__(
        self,
        gap: float,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._held: dict[str, float] = {}

    def held(self, host: str) -> float:
        """Seconds for which the host has asked to be left alone; 0 when it has not."""
        with self._lock:
            return max(self._held.get(host, 0.0) - self._clock(), 0.0)

    def hold(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long, as it asked."""
        with self._lock:
            self._held[host] = self._clock() + seconds

    def wait(self, host: str) -> None:
        """Waits until it is this caller's turn at the host."""
        with self._lock:
            now = self._clock()
            turn = max(now, self._next.get(host, now), self._held.get(host, now))
            self._next[host] = turn + self._gap
        if turn > now:
            self._sleep(turn - now)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait, 0 to 120; None where it says nothing usable.

    RFC 9110 10.2.3: whole seconds or an HTTP date. Longer waits are cut to 120 s: who is asked
    for more is better asked another day.
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
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER)
