"""Politeness to providers: an allowance a minute, and a breaker that opens when they refuse.

Each host has one bucket of tokens for its index (CDX and TimeMap share it, as the Wayback Machine
counts them together) and one for replay. A bucket holds a sixth of a minute's allowance and fills
with the rest in a minute, so that no window of sixty seconds ever sees more than the allowance.
After a 429 the host is left alone for as long as it says, else for a minute; after a second in a
row for a quarter of an hour; and for an hour when it shuts the door (refused connection) after a
429, because whoever ignores its 429 is shut out for longer each time (edgi/wayback #137). A host
that fails three times in a row (no answer, or 5xx) is left alone for two minutes, lest an archive
that is down takes the time of every page.
Buckets and breakers lie in the store, so all processes on one database share them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from provenance.errors import ProviderError, Refused, Unavailable
from provenance.world.http.throttle import retry_after
from provenance.world.store.allowances import Bucket, CircuitBreaker

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture
    from provenance.world.store.allowances import RateLimits

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
        turn: Callable[[], None] | None = None,
    ) -> Capture:
        """One GET, redirects not followed, from the store when younger than ``max_age``."""
        ...


def is_own(url: str) -> bool:
    """Whether an address lies on this machine or its own network, where nobody need be spared."""
    name = urlsplit(url).hostname or ""
    try:
        return ip_address(name).is_private
    except ValueError:
        return name == "localhost"


class RateLimiter:
    """What providers may be asked, and when; safe under threads and across processes.

    ``now`` is the wall clock, since processes share no other; ``sleep`` waits for a turn.
    ``patience`` is the longest wait for one, in seconds: a longer one is Unavailable instead.
    """

    def __init__(
        self,
        kept: RateLimits,
        now: Callable[[], datetime],
        *,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = 20.0,
    ) -> None:
        self._kept = kept
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
        host = urlsplit(url).netloc
        now = self._seconds()
        closed = self._kept.breaker(host).until - now
        if closed > 0:
            why = f"left alone for {closed:.0f} s, since it refused or failed"
            raise Unavailable(provider, url, why, retry_after=closed)
        if per_minute == float("inf"):
            return
        pause = self._turn(f"{host} {purpose}", per_minute, min(at_once, per_minute / _BURST_SHARE))
        if pause > self._patience:
            why = f"its {per_minute:g} requests a minute are used up"
            raise Unavailable(provider, url, why, retry_after=pause)
        if pause > 0:
            self._sleep(pause)

    def heard(self, url: str, answer: Capture) -> None:
        """Takes note of an answer: 429 and 5xx trip the breaker, any other resets it."""
        host = urlsplit(url).netloc
        status = answer.status or 0
        if status == 429:
            self._strike(host, retry_after(answer.header("retry-after"), answer.captured_at))
        elif status >= 500:
            self._fail(host)
        elif self._kept.breaker(host) != CircuitBreaker():
            self._kept.trip(host, lambda _: CircuitBreaker())

    def throttled(self, url: str, seconds: float) -> None:
        """Takes note of an answer that says in words what 429 says in a number."""
        self._strike(urlsplit(url).netloc, seconds)

    def failed(self, url: str, error: ProviderError) -> None:
        """Takes note of no answer: a connection refused after a 429 means shut out."""
        host = urlsplit(url).netloc
        if self._kept.breaker(host).strikes and _refused(error):
            until = self._seconds() + _BANNED
            self._kept.trip(host, lambda before: replace(before, until=until))
        elif isinstance(error, Unavailable):
            self._fail(host)

    def _strike(self, host: str, asked: float | None) -> None:
        now = self._seconds()

        def strike(before: CircuitBreaker) -> CircuitBreaker:
            pause = max(_LONG, asked or 0.0) if before.strikes else (asked or _SHORT)
            return replace(before, strikes=before.strikes + 1, until=now + pause)

        self._kept.trip(host, strike)

    def _fail(self, host: str) -> None:
        now = self._seconds()

        def fail(before: CircuitBreaker) -> CircuitBreaker:
            failures = before.failures + 1
            until = now + _DOWN if failures >= _MOST_FAILURES else before.until
            return replace(before, failures=failures, until=max(until, before.until))

        self._kept.trip(host, fail)

    def _turn(self, name: str, per_minute: float, at_once: float) -> float:
        """Seconds until the next turn, which is then taken unless it is beyond patience."""
        now = self._seconds()
        burst = max(at_once, 1.0)
        rate = max(per_minute - burst, per_minute / _BURST_SHARE) / _MINUTE
        pause = 0.0

        def draw(before: Bucket | None) -> Bucket | None:
            nonlocal pause
            held, at = (burst, now) if before is None else (before.tokens, before.at)
            # A clock that was set back must not stop the bucket from filling.
            held = min(burst, held + max(now - at, 0.0) * rate)
            pause = max((1.0 - held) / rate, 0.0)
            return None if pause > self._patience else Bucket(tokens=held - 1.0, at=now)

        self._kept.draw(name, draw)
        return pause

    def _seconds(self) -> float:
        return self._now().timestamp()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderClient:
    """One provider asked through the one web session, within its limits (None: no limits).

    ``now`` is the wall clock; an answer older than the question came from the store. ``headers``
    are sent with every question and never kept: keys are in them. ``barred`` says why only kept
    answers may be had.
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

    def ask(
        self,
        url: str,
        purpose: Purpose,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        named: str = "",
    ) -> tuple[Capture, bool]:
        """The answer to one GET, and whether it was kept from before.

        ``named`` is the name the answer is kept under, where it is not the provider's.
        """
        started, limits = self.now(), self.limits
        sent = False

        def turn() -> None:
            nonlocal sent
            if self.barred:
                raise Refused(self.provider, url, self.barred)
            if limits is not None:
                limits.wait(self.provider, url, purpose, self._allowed(purpose), self.at_once)
            sent = True

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
                limits.failed(url, error)
            error.provider = self.provider
            raise
        if sent and limits is not None:
            limits.heard(url, capture)
        return capture, capture.captured_at < started

    def throttled(self, url: str, seconds: float) -> None:
        """The answer asks in its own words to be left alone for so long."""
        if self.limits is not None:
            self.limits.throttled(url, seconds)

    def _allowed(self, purpose: Purpose) -> float:
        return self.index_per_minute if purpose is Purpose.INDEX else self.replay_per_minute


def _refused(error: BaseException) -> bool:
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
