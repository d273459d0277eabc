"""The live web, asked politely: every reply is kept, and kept replies are asked first."""

from __future__ import annotations

import copy
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from provenance.errors import Garbled, Offline, ProviderError, Refused, SettingsError, Unavailable
from provenance.model import GONE, VERSION, Capture, Via
from provenance.text.scrub import scrub
from provenance.text.urls import host
from provenance.world.http.throttle import LONGEST_HELD, HostThrottle, retry_after
from provenance.world.store.fetches import FILE, WEB

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Settings
    from provenance.world.http.client import HttpAnswer, HttpClient
    from provenance.world.http.guard import Guard
    from provenance.world.store import Store

_CLOSED = {401: "wants a log-in", 403: "forbids it", 451: "is barred from showing it by law"}
# Waited out on the spot; a server that asks for more is left to the caller.
_PATIENCE = 3.0
_LONGEST_URL = 8192
_SENDABLE = re.compile("[\x20-\x7e]{1,200}")
# Tab and line ends are dropped from addresses by urlsplit, as browsers do.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(slots=True)
class _Deadline:
    """When an answer must be whole, in monotonic seconds; waiting for a turn puts it off."""

    end: float

    @property
    def left(self) -> float:
        return self.end - time.monotonic()


def _anything(_: str) -> str:
    return ""


class PoliteWeb:
    """One guarded, paced session; ``now`` is the wall clock."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime],
        *,
        pace: HostThrottle | None = None,
        guard: Guard | None = None,
    ) -> None:
        self._settings = settings
        self._store = store
        self._now = now
        self._pace = pace or HostThrottle(settings.pace)
        self._guard = guard
        self._wire: HttpClient | None = None
        self.barred: Callable[[str], str] = _anything

    def under(self, barred: Callable[[str], str]) -> PoliteWeb:
        """The same session, never redirected to where ``barred`` says why not; '' lets it pass."""
        web = copy.copy(self)
        web.barred = barred
        return web

    def slow(self, url: str, gap: float) -> None:
        """Asks the host of an address no more often than each ``gap`` seconds."""
        self._pace.slow(_place(url), gap)

    def fetch(self, url: str) -> Capture:
        """The page at ``url`` after redirects, from the store when it is offline or fresh there.

        Unavailable: no answer, 429 or 5xx. Offline: nobody was asked, and it is not kept.
        Refused: 401, 403, 404, 410, 451, a private address, a scheme or port that is not the
        web's. Garbled: not HTTP, over the limits, or a redirect that leads nowhere.
        """
        address = web_address(WEB, url)
        kept = self._kept(WEB, address, self._settings.max_age)
        if kept is not None:
            return _accepted(kept, self._now())
        if self._settings.offline:
            raise Offline(WEB, address, "offline and not kept")
        capture = self._follow(address, self._before(address))
        self._store.fetches.keep(capture, asked_by=WEB)
        return _accepted(capture, self._now())

    def _before(self, url: str) -> Capture | None:
        """The page as it is kept, where the server can be asked whether it has changed since."""
        if self._settings.refresh:
            return None
        kept = self._store.fetches.latest(url, asked_by=WEB)
        return kept if kept is not None and _validators(kept) else None

    def ask(
        self,
        provider: str,
        url: str,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        turn: Callable[[], None] | None = None,
    ) -> Capture:
        """One GET to an archive or a search service, redirects not followed.

        Whatever status comes back is a Capture; Unavailable, Refused or Garbled, in the name of
        ``provider``, only when no reply came. A kept reply below 400, or a 404, that is younger
        than ``max_age`` seconds is given instead, when offline one of any age. ``headers`` are
        sent and never kept, nor told in an error; one whose name begins with "?" is sent as a
        parameter of the address instead, for services that take their key only there. ``turn``
        is called when a request is about to go out, and may wait or raise.
        """
        address = web_address(provider, url)
        kept = self._kept(provider, address, max_age)
        if kept is not None:
            return kept
        if self._settings.offline:
            raise Offline(provider, address, "offline and not kept")
        if turn is not None:
            turn()
        self._connected().forget()
        answer = self._asked(provider, address, headers)
        capture = self._captured(address, answer)
        self._store.fetches.keep(capture, asked_by=provider)
        return capture

    def post(
        self,
        provider: str,
        url: str,
        form: tuple[tuple[str, str], ...],
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
        self._connected().forget()
        left = self._left(provider, address, self._deadline())
        try:
            answer = self._connected().post(provider, address, form, seconds=left, headers=headers)
        finally:
            self._pace.done(_place(address))
        return self._captured(address, answer)

    def _asked(self, provider: str, url: str, headers: tuple[tuple[str, str], ...]) -> HttpAnswer:
        """One exchange; no trace of a parameter that is a key is left in answer or error."""
        keys = [(name[1:], value) for name, value in headers if name.startswith("?")]
        plain = tuple(pair for pair in headers if not pair[0].startswith("?"))
        if not keys:
            return self._exchange(provider, url, self._deadline(), plain)
        full = f"{url}{'&' if urlsplit(url).query else '?'}{urlencode(keys)}"
        try:
            answer = self._exchange(provider, full, self._deadline(), plain)
        except ProviderError as error:
            error.asked = url
            raise
        body = answer.body
        for _, value in keys:
            body = body.replace(value.encode(), b"KEY")
        return replace(answer, url=url, body=body)

    def _kept(self, provider: str, url: str, max_age: float) -> Capture | None:
        settings = self._settings
        if settings.refresh and max_age != float("inf") and not settings.offline:
            return None
        kept = self._store.fetches.latest(url, asked_by=provider)
        if settings.offline:
            return kept or self._kept_otherwise(provider, url)
        if kept is None:
            return None
        age = (self._now() - kept.captured_at).total_seconds()
        return kept if age <= max_age else None

    def _kept_otherwise(self, provider: str, url: str) -> Capture | None:
        """Offline, a copy that was handed in stands for the page, else the server's refusal."""
        if provider != WEB:
            return None
        handed_in = self._store.fetches.latest(url, asked_by=FILE, failures=True)
        return handed_in or self._store.fetches.latest(url, asked_by=provider, failures=True)

    def _follow(self, url: str, before: Capture | None) -> Capture:
        """The page after its redirects, each followed by hand through the same guard.

        Where it answers that nothing has changed since ``before``, that page as of now.
        """
        end = self._deadline()
        self._connected().forget()
        place, seen = url, {url}
        for _ in range(self._settings.max_redirects + 1):
            same = before if before is not None and before.responded_url == place else None
            answer = self._exchange(WEB, place, end, _validators(same) if same else ())
            if same is not None and answer.status == 304:
                return replace(same, url=url, captured_at=self._now())
            if answer.location is None:
                return self._captured(url, answer)
            place = _next_place(url, place, answer.location)
            if why := self.barred(place):
                raise Refused(WEB, url, f"it redirects to {place[:200]}: {why}")
            if place in seen and not _sets_cookie(answer):
                raise Garbled(WEB, url, "its redirects lead in a circle")
            seen.add(place)
        raise Garbled(WEB, url, f"more than {self._settings.max_redirects} redirects")

    def _exchange(
        self, provider: str, url: str, end: _Deadline, headers: tuple[tuple[str, str], ...]
    ) -> HttpAnswer:
        """One paced GET, asked again once where the server says to come back in a moment."""
        answer = self._turn(provider, url, end, headers)
        pause = _pause(answer, self._now())
        if pause is None:
            return answer
        self._pace.hold(_place(url), pause)
        if pause > min(_PATIENCE, end.left):
            return answer
        answer = self._turn(provider, url, end, headers)
        again = _pause(answer, self._now())
        if again is not None:
            self._pace.hold(_place(url), again)
        return answer

    def _turn(
        self, provider: str, url: str, end: _Deadline, headers: tuple[tuple[str, str], ...]
    ) -> HttpAnswer:
        left = self._left(provider, url, end)
        try:
            return self._connected().get(provider, url, seconds=left, headers=headers)
        finally:
            self._pace.done(_place(url))

    def _left(self, provider: str, url: str, end: _Deadline) -> float:
        """Seconds left for a request once it is its turn at the host."""
        held = self._pace.held(_place(url))
        if held > _PATIENCE:
            raise Unavailable(
                provider, url, f"it asked to be left alone for {held:.0f} s more", retry_after=held
            )
        end.end += self._pace.wait(_place(url))
        if end.left <= 0:
            self._pace.done(_place(url))
            raise Unavailable(
                provider, url, f"no whole answer within {self._settings.deadline:g} s"
            )
        return end.left

    def _captured(self, url: str, answer: HttpAnswer) -> Capture:
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

    def _deadline(self) -> _Deadline:
        return _Deadline(time.monotonic() + self._settings.deadline)

    def _connected(self) -> HttpClient:
        if self._wire is None:
            from provenance.world.http.client import HttpClient
            from provenance.world.http.guard import Guard

            if not (self._settings.contact.isascii() and self._settings.contact.isprintable()):
                raise SettingsError("contact: may hold only plain ASCII characters")
            guard = self._guard or Guard(allow_private=self._settings.allow_private)
            agent = f"provenance/{VERSION} (+{self._settings.contact})"
            self._wire = HttpClient(self._settings, guard, agent)
        return self._wire


def web_address(provider: str, url: str) -> str:
    """The address as it is asked: absolute, http or https, without user name and fragment.

    Refused, naming the provider, for anything else. Where it may lead is judged at connect time.
    """
    text = scrub(url).strip()
    if len(text) > _LONGEST_URL:
        raise Refused(provider, text[:80] + "...", "not asked: the address is too long")
    if _FORBIDDEN.search(text):
        raise Refused(provider, text, "not asked: the address holds control characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise Refused(provider, text, "not asked: it is not a usable web address") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise Refused(provider, text, "not asked: only http and https addresses are")
    user, _, place = parts.netloc.rpartition("@")
    if not parts.hostname or port == 0 or not host(text):
        raise Refused(provider, text, "not asked: the address names no host")
    if re.search(r"[%@\\]", user) or "\\" in place:
        raise Refused(provider, text, "not asked: the address hides where it leads")
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))


def _next_place(url: str, place: str, location: str) -> str:
    try:
        text = location.encode("latin-1").decode("utf-8")
        joined = urljoin(place, text.strip())
    except (UnicodeError, ValueError) as error:
        raise Garbled(WEB, url, "it redirects to an address that cannot be read") from error
    try:
        return web_address(WEB, joined)
    except Refused as error:
        raise Refused(WEB, url, f"it redirects to {joined[:200]!r}, {error.why}") from error


def _validators(kept: Capture) -> tuple[tuple[str, str], ...]:
    """The request headers that ask whether a kept page still stands (RFC 9110 13.1)."""
    etag, changed = kept.header("etag"), kept.header("last-modified")
    asked = [("If-None-Match", etag), ("If-Modified-Since", changed)]
    return tuple((name, value) for name, value in asked if value and _SENDABLE.fullmatch(value))


def _sets_cookie(answer: HttpAnswer) -> bool:
    return any(name == "set-cookie" for name, _ in answer.headers)


def _pause(answer: HttpAnswer, now: datetime) -> float | None:
    """How long a busy server asks to wait; None when it is not busy or does not say."""
    if answer.status not in {429, 503}:
        return None
    said = next((value for name, value in answer.headers if name == "retry-after"), None)
    return retry_after(said, now, LONGEST_HELD)


def _place(url: str) -> str:
    return urlsplit(url).netloc.lower()


def _accepted(capture: Capture, now: datetime) -> Capture:
    """The capture when its status is 2xx; else the error that says what the caller can do.

    A page that was handed in has no status: its file was read, and that is all there was to ask.
    """
    status, asked = capture.status or 0, capture.url or ""
    if capture.status is None or 200 <= status < 300:
        return capture
    if status in GONE:
        raise Refused(WEB, asked, f"there is no such page (HTTP {status})", status=status)
    if status in _CLOSED:
        raise Refused(WEB, asked, f"the site {_CLOSED[status]} (HTTP {status})", status=status)
    if status == 429 or status >= 500:
        wait = retry_after(capture.header("retry-after"), now)
        why = f"the site cannot answer now (HTTP {status})"
        raise Unavailable(WEB, asked, why, status=status, retry_after=wait)
    if 400 <= status < 500:
        raise Refused(WEB, asked, f"the site will not answer this (HTTP {status})", status=status)
    raise Garbled(WEB, asked, f"an answer that says nothing (HTTP {status})", status=status)
