"""The live web, asked politely: every reply is kept, and kept replies are asked first."""

from __future__ import annotations

import copy
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import Garbled, Offline, Refused, Unavailable
from provenance.model import GONE, Capture, Via
from provenance.text.scrub import scrub
from provenance.text.urls import at_root
from provenance.world.http.address import next_address, web_address
from provenance.world.http.cache import ReplyCache, validators
from provenance.world.http.secrets import Secrets
from provenance.world.http.throttle import HostThrottle, parse_retry_after
from provenance.world.http.throttled_client import ThrottledClient
from provenance.world.store.fetches import WEB
from provenance.world.store.hosts import host_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Settings
    from provenance.world.http.client import Form, HttpAnswer
    from provenance.world.http.guard import Guard
    from provenance.world.store import Store

_CLOSED = {401: "wants a log-in", 403: "forbids it", 451: "is barred from showing it by law"}

_EMPTY = frozenset({204, 205})


def _refuse_nothing(_: str) -> str:
    return ""


class PoliteWeb:
    """The session of a run: kept replies are asked first, then servers, each in its turn.

    Redirects are followed here, one by one. ``now`` is the wall clock.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime],
        *,
        throttle: HostThrottle | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._settings = settings
        self._now = now
        self._throttle = throttle or HostThrottle(store.hosts, now, pace=settings.pace)
        self._cache = ReplyCache(settings, store.fetches, now)
        self._guard = guard
        self.secrets = Secrets()
        self._client = ThrottledClient(settings, self._throttle, now, self.secrets)
        self._targets = set[str]()
        self._service = ""
        self.refusal: Callable[[str], str] = _refuse_nothing

    def under(self, refusal: Callable[[str], str]) -> PoliteWeb:
        """The same session, never redirected to where ``refusal`` says why not; '' lets it pass."""
        web = copy.copy(self)
        web.refusal = refusal
        return web

    def of_service(self, base_url: str) -> PoliteWeb:
        """The same session, for a service that the person named: its host is theirs to choose."""
        web = copy.copy(self)
        web._service = host_key(base_url)  # noqa: SLF001 - its own kind
        return web

    def name_target(self, url: str) -> None:
        """Notes that the person named an address: it and its robots.txt are theirs to choose."""
        with suppress(Refused):
            address = web_address(WEB, url)
            self._targets |= {address, at_root(address, "/robots.txt")}

    def set_gap(self, url: str, gap: float) -> None:
        """Notes that the host of an address wants ``gap`` seconds between two requests."""
        self._throttle.set_gap(host_key(url), gap)

    def fetch(self, url: str, *, within: float | None = None) -> Capture:
        """The page at ``url`` after redirects, from the store when it is offline or fresh there.

        ``within`` is how many seconds it may take, where that is less than ``settings.deadline``.

        Unavailable: no answer, 429 or 5xx. Offline: nobody was asked, and it is not kept.
        Refused: 401, 403, 404, 410, 451, a private address, a scheme or port that is not the
        web's. Garbled: not HTTP, over the limits, or a redirect that leads nowhere.
        """
        address = web_address(WEB, url)
        kept = self._cache.find(WEB, address, self._settings.max_age)
        if kept is not None:
            return _accept(kept, self._now())
        if self._settings.offline:
            raise Offline(WEB, address, "offline and not kept")
        capture = self._follow(address, self._cache.find_validated(address), within)
        self._cache.keep(capture, asked_by=WEB)
        return _accept(capture, self._now())

    def ask(
        self,
        provider: str,
        url: str,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        turn: Callable[[], float | None] | None = None,
    ) -> Capture:
        """One GET to an archive or a search service, redirects not followed.

        Whatever status comes back is a Capture; Unavailable, Refused or Garbled, in the name of
        ``provider``, only when no reply came. A kept reply below 400, or a 404, that is younger
        than ``max_age`` seconds is given instead, when offline one of any age. ``headers`` are
        sent, but neither kept nor shown in an error; one whose name begins with "?" is sent as a
        parameter of the address instead, for services that take their key only there. ``turn``
        is called when a request is about to go out; it may wait or raise, and gives the seconds
        that the answer may take, None for the usual time.
        """
        address = web_address(provider, url)
        kept = self._cache.find(provider, address, max_age)
        if kept is not None:
            return kept
        if self._settings.offline:
            raise Offline(provider, address, "offline and not kept")
        within = turn() if turn is not None else None
        guard = self._guard_for(address, for_service=True)
        answer = self._client.get(provider, address, self._client.begin(within), guard, headers)
        capture = self._capture(address, answer)
        self._cache.keep(capture, asked_by=provider)
        return capture

    def post(
        self,
        provider: str,
        url: str,
        form: Form,
        *,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Capture:
        """One POST of a form, never repeated, redirects not followed; errors as for ``ask``.

        Neither question nor answer is kept: a question that changes something is no evidence, and
        its ``headers`` may hold keys.
        """
        address = web_address(provider, url)
        if self._settings.offline:
            raise Offline(provider, address, "offline")
        guard = self._guard_for(address, for_service=True)
        return self._capture(address, self._client.post(provider, address, form, guard, headers))

    def _guard_for(self, address: str, *, for_service: bool) -> Guard:
        """Whether an address may be a private one: by who named it, the person or a stranger."""
        if self._guard is not None:
            return self._guard
        from provenance.world.http.guard import Guard

        named = address in self._targets or (for_service and host_key(address) == self._service)
        allowed = self._settings.follow_private or (named and self._settings.allow_private)
        option = "--allow-private" if named else "--follow-private"
        return Guard(allow_private=allowed, option=option)

    def _follow(self, url: str, before: Capture | None, within: float | None) -> Capture:
        """The page after its redirects, each followed by hand through the same guard.

        Where it answers that nothing has changed since ``before``, that page as of now.
        """
        limit = self._client.begin(within)
        place, seen = url, {url}
        for _ in range(self._settings.max_redirects + 1):
            same = before if before is not None and before.responded_url == place else None
            asked = validators(same) if same else ()
            answer = self._client.get(
                WEB, place, limit, self._guard_for(place, for_service=False), asked
            )
            if same is not None and answer.status == 304:
                return replace(same, url=url, captured_at=self._now())
            if answer.location is None:
                return self._capture(url, answer)
            place = next_address(url, place, answer.location)
            if why := self.refusal(place):
                raise Refused(WEB, url, f"it redirects to {place[:200]}: {why}")
            if place in seen and not _sets_cookie(answer):
                raise Garbled(WEB, url, "its redirects lead in a circle")
            seen.add(place)
        raise Garbled(WEB, url, f"more than {self._settings.max_redirects} redirects")

    def _capture(self, url: str, answer: HttpAnswer) -> Capture:
        headers = tuple((scrub(name), scrub(value)) for name, value in answer.headers)
        declared = next((value for name, value in headers if name == "content-type"), "")
        return Capture(
            body=answer.body,
            url=url,
            responded_url=answer.url,
            status=answer.status,
            headers=headers,
            media_type=declared.partition(";")[0].strip().lower(),
            captured_at=self._now(),
            via=Via.LIVE,
        )


def _sets_cookie(answer: HttpAnswer) -> bool:
    return any(name == "set-cookie" for name, _ in answer.headers)


def _accept(capture: Capture, now: datetime) -> Capture:
    """The capture when its status is 2xx; else the error that says what the caller can do.

    A page that was handed in has no status: its file was read, and that is all there was to ask.
    """
    status, asked = capture.status or 0, capture.url or ""
    if status in _EMPTY:
        raise Garbled(WEB, asked, f"it answered without a page (HTTP {status})", status=status)
    if capture.status is None or 200 <= status < 300:
        return capture
    if status == 407:
        why = "the proxy wants a user name and a password (HTTP 407)"
        raise Unavailable(WEB, asked, why, status=status)
    if status in GONE:
        raise Refused(WEB, asked, f"there is no such page (HTTP {status})", status=status)
    if status in _CLOSED:
        raise Refused(WEB, asked, f"the site {_CLOSED[status]} (HTTP {status})", status=status)
    if status == 429 or status >= 500:
        wait = parse_retry_after(capture.header("retry-after"), now)
        why = f"the site cannot answer now (HTTP {status})"
        raise Unavailable(WEB, asked, why, status=status, retry_after=wait)
    if 400 <= status < 500:
        raise Refused(WEB, asked, f"the site will not answer this (HTTP {status})", status=status)
    raise Garbled(WEB, asked, f"an answer that says nothing (HTTP {status})", status=status)
