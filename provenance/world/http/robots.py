"""What a site lets be asked: robots.txt after RFC 9309, read once a run and host."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from provenance.errors import ProviderError, Unavailable
from provenance.text.urls import absolute, is_web_url, split

if TYPE_CHECKING:
    from provenance.model import Capture
    from provenance.world.http.web import PoliteWeb

AGENT = "provenance"
NAME = "robots"
LONGEST_DELAY = 30.0
_MOST_BYTES = 512_000
_MOST_REDIRECTS = 5
_MAX_AGE = 86400.0
_MOST_SITEMAPS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of one host: ``why`` is set where nothing of it may be asked at all."""

    why: str = ""
    delay: float | None = None
    sitemaps: tuple[str, ...] = ()
    parsed: Any = field(default=None, repr=False)

    def refusal(self, url: str) -> str:
        """Why the address may not be asked, '' where it may."""
        if self.why:
            return self.why
        if self.parsed is None or self.parsed.can_fetch(url, AGENT):
            return ""
        return "robots.txt asks not to"


class Robots:
    """The rules of every host, asked for once; safe under threads.

    Each crawl-delay that is found is set as the host's gap.
    """

    def __init__(self, web: PoliteWeb, *, offline: bool) -> None:
        self._web = web
        self._offline = offline
        self._known: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def of(self, url: str) -> Rules:
        """The rules for an address; offline no host is asked, so nothing is forbidden."""
        if self._offline:
            return Rules()
        parts = split(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        with self._lock:
            own = self._locks.setdefault(origin, threading.Lock())
        # A host that does not answer makes nobody wait who asks another.
        with own:
            if origin not in self._known:
                rules = self._known[origin] = self._ask(origin)
                if not rules.why:
                    self._web.set_gap(origin, rules.delay or 0.0)
            return self._known[origin]

    def refusal(self, url: str) -> str:
        """Why an address may not be asked, '' where it may."""
        return self.of(url).refusal(url)

    def _ask(self, origin: str) -> Rules:
        """RFC 9309 2.3.1: 4xx allows all, 5xx and no answer allow nothing, redirects 5 deep."""
        place = f"{origin}/robots.txt"
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                capture = self._web.ask(NAME, place, max_age=_MAX_AGE)
                moved = capture.header("location") if capture.status in _MOVED else None
                if moved is None:
                    return _rules(capture)
                there = absolute(place, moved)
                if there is None:
                    return Rules(why="its robots.txt leads to an address that cannot be read")
                place = there
        except Unavailable as error:
            return Rules(why=f"its robots.txt could not be asked: {error.why}")
        except ProviderError as error:
            return Rules(why=f"its robots.txt could not be read: {error.why}")
        return Rules()


_MOVED = frozenset({301, 302, 303, 307, 308})


def _rules(capture: Capture) -> Rules:
    status = capture.status or 0
    if status >= 500:
        return Rules(why=f"its robots.txt could not be asked (HTTP {status})")
    if not 200 <= status < 300:
        return Rules()
    return parse(capture.body)


def parse(body: bytes) -> Rules:
    """The rules in the first 500 kB of a robots.txt; a faulty line is passed over."""
    from protego import Protego

    text = body[:_MOST_BYTES].decode("utf-8-sig", "replace").replace("\0", "")
    parsed = Protego.parse(text)
    delay = parsed.crawl_delay(AGENT)
    named = [url for url in list(parsed.sitemaps)[:_MOST_SITEMAPS] if is_web_url(url)]
    return Rules(
        delay=None if delay is None else min(max(float(delay), 0.0), LONGEST_DELAY),
        sitemaps=tuple(dict.fromkeys(named)),
        parsed=parsed,
    )
