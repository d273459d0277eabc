"""The HTTP client within the throttle: each request waits for its turn at the host."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from provenance.errors import ProviderError, SettingsError, Unavailable
from provenance.model import VERSION
from provenance.text.urls import split
from provenance.world.http.throttle import LONGEST_DEFERRAL, PATIENCE, parse_retry_after
from provenance.world.store.fetches import WEB
from provenance.world.store.hosts import host_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from provenance.model import Settings
    from provenance.world.http.client import Bounds, Form, HttpAnswer, HttpClient
    from provenance.world.http.guard import Guard
    from provenance.world.http.secrets import Secrets
    from provenance.world.http.throttle import HostThrottle


@dataclass(slots=True)
class TimeLimit:
    """When an answer must be complete, in monotonic seconds; waiting for a turn moves it."""

    end: float

    @property
    def left(self) -> float:
        """Seconds until then."""
        return self.end - time.monotonic()


class ThrottledClient:
    """One guarded session that asks each host as often as it may be; safe under threads."""

    def __init__(
        self,
        settings: Settings,
        throttle: HostThrottle,
        now: Callable[[], datetime],
        secrets: Secrets,
    ) -> None:
        self._settings = settings
        self._throttle = throttle
        self._now = now
        self._secrets = secrets
        self._client: HttpClient | None = None

    def begin(self, within: float | None = None) -> TimeLimit:
        """The time limit of a new page, which begins now: ``settings.deadline``, or less.

        The cookies of the page before are dropped.
        """
        self._open().forget()
        seconds = self._settings.deadline
        return TimeLimit(time.monotonic() + min(seconds, within or seconds))

    def get(
        self,
        provider: str,
        url: str,
        limit: TimeLimit,
        guard: Guard,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> HttpAnswer:
        """One GET, repeated once where the server says to come back in a moment.

        A header whose name begins with "?" is a key, sent as a parameter of the address. No
        secret is left in answer or error. Unavailable where the host is to be left alone.
        """
        keys = [(name[1:], value) for name, value in headers if name.startswith("?")]
        plain = tuple(pair for pair in headers if not pair[0].startswith("?"))
        full = f"{url}{'&' if split(url).query else '?'}{urlencode(keys)}" if keys else url
        with self._blotted():
            answer = self._get_once(provider, full, limit, guard, plain)
            pause = _pause(answer, self._now())
            if pause is not None and pause <= min(PATIENCE, limit.left):
                answer = self._get_once(provider, full, limit, guard, plain)
        answer = self._secrets.blot_answer(answer) if provider != WEB else answer
        return replace(answer, url=url) if keys else answer

    def post(
        self,
        provider: str,
        url: str,
        form: Form,
        guard: Guard,
        headers: tuple[tuple[str, str], ...],
    ) -> HttpAnswer:
        """One POST, never repeated; errors as for ``get``."""
        left = self._wait(provider, url, self.begin())
        try:
            with self._blotted():
                answer = self._open().post(provider, url, form, _bounds(left, guard), headers)
        finally:
            self._throttle.release(host_key(url))
        return self._secrets.blot_answer(answer)

    @contextmanager
    def _blotted(self) -> Iterator[None]:
        try:
            yield
        except ProviderError as error:
            self._secrets.blot_error(error)
            raise

    def _get_once(
        self,
        provider: str,
        url: str,
        limit: TimeLimit,
        guard: Guard,
        headers: tuple[tuple[str, str], ...],
    ) -> HttpAnswer:
        left = self._wait(provider, url, limit)
        try:
            answer = self._open().get(provider, url, _bounds(left, guard), headers)
        finally:
            self._throttle.release(host_key(url))
        pause = _pause(answer, self._now())
        if pause is not None:
            self._throttle.defer(host_key(url), pause)
        return answer

    def _wait(self, provider: str, url: str, limit: TimeLimit) -> float:
        """Seconds left for a request once it is its turn at the host."""
        host = host_key(url)
        deferred = self._throttle.deferred_for(host)
        if deferred > PATIENCE:
            why = f"it asked to be left alone for {deferred:.0f} s more"
            raise Unavailable(provider, url, why, retry_after=deferred)
        limit.end += self._throttle.wait(host)
        if limit.left <= 0:
            self._throttle.release(host)
            why = f"no whole answer within {self._settings.deadline:g} s"
            raise Unavailable(provider, url, why)
        return limit.left

    def _open(self) -> HttpClient:
        if self._client is None:
            from provenance.world.http.client import HttpClient

            if not (self._settings.contact.isascii() and self._settings.contact.isprintable()):
                raise SettingsError("contact: may hold only plain ASCII characters")
            agent = f"provenance/{VERSION} (+{self._settings.contact})"
            self._client = HttpClient(self._settings, agent)
        return self._client


def _bounds(seconds: float, guard: Guard) -> Bounds:
    from provenance.world.http.client import Bounds

    return Bounds(seconds=seconds, guard=guard)


def _pause(answer: HttpAnswer, now: datetime) -> float | None:
    """How long a busy server asks to wait; None when it is not busy or does not say."""
    if answer.status not in {429, 503}:
        return None
    value = next((value for name, value in answer.headers if name == "retry-after"), None)
    return parse_retry_after(value, now, LONGEST_DEFERRAL)
