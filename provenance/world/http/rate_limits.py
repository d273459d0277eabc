"""Politeness to services: an allowance a minute, and a circuit that opens when they refuse.

Each host has one token bucket for its index (CDX and TimeMap share it, since the Wayback Machine
counts them together) and one for replay. A bucket has room for a sixth of a minute's allowance and
fills with the rest in a minute, so no window of sixty seconds ever sees more than the allowance.
After a 429 the circuit of the host is open (no service asks it) for as long as it says, or for a
minute; after a second 429 in a row for a quarter of an hour; after a 429 and a refused connection
for an hour, because the Wayback Machine bans clients that ignore its 429 for longer each time
(edgi/wayback #137). After three failures in a row (no answer, or 5xx) it is open for two minutes,
so that an archive that is down does not take the time of every page.
All of it is in the host's record in the store, so all processes on one database share it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

from provenance.errors import ProviderError, Refused, Unavailable
from provenance.text.urls import split
from provenance.world.http.throttle import PATIENCE, parse_retry_after
from provenance.world.store.hosts import LONGEST_WAIT, HostRecord, host_key, left_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture
    from provenance.world.store.hosts import Hosts

_MINUTE = 60.0
_BURST_SHARE = 6.0
_SHORT, _LONG, _BANNED = 60.0, 900.0, 3600.0
_MOST_FAILURES, _DOWN = 3, 120.0


class Purpose(StrEnum):
    """What a request is for; each has its own allowance at a host."""

    INDEX = "index"
    REPLAY = "replay"
    SAVE = "save"


class Session(Protocol):
    """What a provider needs of the web session."""

    def ask(
        self,
        provider: str,
        url: str,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        turn: Callable[[], float | None] | None = None,
    ) -> Capture:
        """One GET, redirects not followed, from the store when younger than ``max_age``."""
        ...


def is_own(url: str) -> bool:
    """Whether an address lies on this machine or its own network, where no politeness is needed."""
    name = split(url).hostname or ""
    try:
        return ip_address(name).is_private
    except ValueError:
        return name == "localhost"


class RateLimiter:
    """What services may be asked, and when; safe under threads and across processes.

    ``now`` is the wall clock, since processes share no other; ``sleep`` waits for a turn.
    ``patience`` is the longest wait for one, in seconds: a longer one is Unavailable instead.
    """

    def __init__(
        self,
        hosts: Hosts,
        now: Callable[[], datetime],
        *,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = 20.0,
    ) -> None:
        self._hosts = hosts
        self._now = now
        self._sleep = sleep
        self._patience = patience

    def wait(
        self,
        provider: str,
        url: str,
        purpose: Purpose,
        per_minute: float,
        at_once: float = float("inf"),
    ) -> None:
        """Returns when one request to ``url`` may go out; ``at_once`` bounds how many together.

        Unavailable when the host is to be left alone, or its turn is further off than patience.
        """
        if is_own(url):
            return
        host = host_key(url)
        record, now = self._hosts.record(host), self._seconds()
        left, deferred = left_of(record.open_until, now), left_of(record.deferred_until, now)
        if deferred > PATIENCE:
            left = max(left, deferred)
        if left > 0:
            why = f"left alone for {left:.0f} s, since it refused or failed"
            raise Unavailable(provider, url, why, retry_after=left)
        if per_minute == float("inf"):
            return
        pause = self._draw(host, purpose, per_minute, min(at_once, per_minute / _BURST_SHARE))
        if pause > self._patience:
            why = f"its {per_minute:g} requests a minute are used up"
            raise Unavailable(provider, url, why, retry_after=pause)
        if pause > 0:
            self._sleep(pause)

    def record_answer(self, url: str, answer: Capture) -> None:
        """Counts an answer: 429 and 5xx may open the circuit, any other closes it."""
        status = answer.status or 0
        if status == 429:
            asked = parse_retry_after(answer.header("retry-after"), answer.captured_at)
            self.record_refusal(url, asked)
        elif status >= 500:
            self._record_silence(url)
        elif (record := self._hosts.record(host_key(url))) != _close_circuit(record):
            self._hosts.change(host_key(url), _close_circuit)

    def record_refusal(self, url: str, asked: float | None) -> None:
        """Counts a 429, or an answer that means one; ``asked`` is the wait it wants, in seconds."""
        now = self._seconds()

        def count_refusal(before: HostRecord) -> HostRecord:
            pause = max(_LONG, asked or 0.0) if before.refusals else (asked or _SHORT)
            return replace(before, refusals=before.refusals + 1, open_until=now + pause)

        self._hosts.change(host_key(url), count_refusal)

    def record_failure(self, url: str, error: ProviderError) -> None:
        """Counts a missing answer; a connection refused after a 429 is taken for a ban."""
        host = host_key(url)
        if self._hosts.record(host).refusals and _is_refused(error):
            until = self._seconds() + _BANNED
            self._hosts.change(host, lambda before: replace(before, open_until=until))
        elif isinstance(error, Unavailable):
            self._record_silence(url)

    def _record_silence(self, url: str) -> None:
        now = self._seconds()

        def count_failure(before: HostRecord) -> HostRecord:
            failures = before.failures + 1
            until = now + left_of(before.open_until, now)
            if failures >= _MOST_FAILURES:
                until = max(until, now + _DOWN)
            return replace(before, failures=failures, open_until=until)

        self._hosts.change(host_key(url), count_failure)

    def _draw(self, host: str, purpose: Purpose, per_minute: float, at_once: float) -> float:
        """Seconds until the next turn, which is then taken unless it is beyond patience.

        Each turn takes one of ``burst`` tokens, which come back at ``rate`` a second; all that is
        kept is when all of them will be back.
        """
        now = self._seconds()
        burst = max(at_once, 1.0)
        rate = max(per_minute - burst, per_minute / _BURST_SHARE) / _MINUTE
        pause = 0.0

        def draw(before: HostRecord) -> HostRecord:
            nonlocal pause
            missing = max(before.allowances.get(purpose, now) - now, 0.0)
            # A time further ahead than that was noted by a clock that has since been set back.
            missing = missing if missing <= LONGEST_WAIT + burst / rate else 0.0
            pause = max(missing - (burst - 1.0) / rate, 0.0)
            if pause > self._patience:
                return before
            whole_at = {str(purpose): now + missing + 1.0 / rate}
            return replace(before, allowances={**before.allowances, **whole_at})

        self._hosts.change(host, draw)
        return pause

    def _seconds(self) -> float:
        return self._now().timestamp()


def _close_circuit(before: HostRecord) -> HostRecord:
    """The record of a host that answers."""
    return replace(before, refusals=0, failures=0, open_until=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderClient:
    """One provider asked through the one web session, within its limits (None: no limits).

    ``now`` is the wall clock; an answer older than the request came from the store. ``headers``
    are sent with every request and never kept: keys are in them. ``barred`` is the reason why
    only kept answers may be used, '' where there is none. ``within`` is how many seconds an answer
    may take, where that is less than usual.
    """

    provider: str
    web: Session
    now: Callable[[], datetime]
    limits: RateLimiter | None = None
    index_per_minute: float = float("inf")
    replay_per_minute: float = float("inf")
    at_once: float = float("inf")
    headers: tuple[tuple[str, str], ...] = ()
    barred: str = ""
    within: float | None = None

    def ask(
        self,
        url: str,
        purpose: Purpose,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        named: str = "",
    ) -> tuple[Capture, bool]:
        """The answer to one GET, and whether it came from the store.

        ``named`` is the name the answer is kept under, where it is not the provider's.
        """
        started, limits = self.now(), self.limits
        sent = False

        def turn() -> float | None:
            nonlocal sent
            if self.barred:
                raise Refused(self.provider, url, self.barred)
            if limits is not None:
                limits.wait(self.provider, url, purpose, self._allowance(purpose), self.at_once)
            sent = True
            return self.within

        try:
            capture = self.web.ask(
                named or self.provider,
                url,
                max_age=max_age,
                headers=(*self.headers, *headers),
                turn=turn,
            )
        except ProviderError as error:
            if sent and limits is not None:
                limits.record_failure(url, error)
            error.provider = self.provider
            raise
        if sent and limits is not None:
            limits.record_answer(url, capture)
        return capture, capture.captured_at < started

    def record_refusal(self, url: str, seconds: float) -> None:
        """Counts an answer that asks in words, not by its status, to be left alone for so long."""
        if self.limits is not None:
            self.limits.record_refusal(url, seconds)

    def _allowance(self, purpose: Purpose) -> float:
        return self.index_per_minute if purpose is Purpose.INDEX else self.replay_per_minute


def _is_refused(error: BaseException) -> bool:
    """Whether a refused connection stands behind an error, however it was wrapped."""
    waiting, seen = [error], set[int]()
    while waiting:
        cause = waiting.pop()
        if isinstance(cause, ConnectionRefusedError):
            return True
        if id(cause) in seen:
            continue
        seen.add(id(cause))
        inner = (*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__)
        waiting.extend(wrapped for wrapped in inner if isinstance(wrapped, BaseException))
    return False
