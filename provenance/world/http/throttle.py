"""Politeness: the least time between two requests to one host, and what Retry-After asks for."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.text.dates import mail_time
from provenance.world.store.hosts import left_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.world.store.hosts import Hosts

LONGEST_RETRY_AFTER = 120.0
# A host that asks for more than this is asked again after it.
LONGEST_DEFERRAL = 3600.0
# A shorter deferral is waited for on the spot, a longer one is left to the caller; in seconds.
PATIENCE = 3.0


class HostThrottle:
    """Turns at each host, ``pace`` seconds apart or as far as it wants; safe under threads.

    The record of a host is in ``hosts``, so all processes on one database share it. With an
    ``owner`` only one process asks a host at a time, and the gap begins at the answer: no two
    requests can reach the host within the gap, however slow the network is. Without an owner the
    gap lies between the beginnings of two requests. ``now`` is the wall clock, ``sleep`` waits.
    """

    def __init__(
        self,
        hosts: Hosts,
        now: Callable[[], datetime],
        *,
        pace: float,
        owner: str | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._hosts = hosts
        self._now = now
        self._pace = pace
        self._owner = owner
        self._sleep = sleep

    def set_gap(self, host: str, gap: float) -> None:
        """Notes that the host wants ``gap`` seconds between two requests."""
        if self._hosts.record(host).gap != gap:
            self._hosts.change(host, lambda record: replace(record, gap=gap))

    def defer(self, host: str, seconds: float) -> None:
        """Leaves the host alone for so long, as it asked."""
        until = self._seconds() + seconds
        self._hosts.change(host, lambda record: replace(record, deferred_until=until))

    def deferred_for(self, host: str) -> float:
        """Seconds for which the host has asked to be left alone; 0 when it has not."""
        return left_of(self._hosts.record(host).deferred_until, self._seconds())

    def wait(self, host: str) -> float:
        """Waits until it is this caller's turn at the host: for how many seconds."""
        waited = 0.0
        while (left := self._take(host)) > 0:
            self._sleep(left)
            waited += left
            if self._owner is None:
                break
        return waited

    def release(self, host: str) -> None:
        """Ends this caller's turn: the host has answered, or did not."""
        if self._owner is not None and self._is_spared(host):
            self._hosts.release(host, self._seconds(), owner=self._owner)

    def _take(self, host: str) -> float:
        if not self._is_spared(host):
            return self.deferred_for(host)
        return self._hosts.take(host, self._seconds(), pace=self._pace, owner=self._owner)

    def _is_spared(self, host: str) -> bool:
        """Whether there is a gap to keep; without one, only a deferral is waited for."""
        return self._pace > 0 or self._hosts.record(host).gap > 0

    def _seconds(self) -> float:
        return self._now().timestamp()


def parse_retry_after(
    value: str | None, now: datetime, most: float = LONGEST_RETRY_AFTER
) -> float | None:
    """Seconds that a Retry-After header asks to wait, 0 to ``most``; None where it says none.

    RFC 9110 10.2.3: whole seconds or an HTTP date. A longer wait is cut to ``most``.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:9])
    else:
        date = mail_time(text)  # HTTP dates are GMT, whether they say so or not
        if date is None:
            return None
        seconds = (date - now).total_seconds()
    return min(max(seconds, 0.0), most)
