"""Kept replies: which one serves instead of a request, and how to ask whether it is current."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from provenance.world.store.fetches import FILE, WEB

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture, Settings
    from provenance.world.store.fetches import Fetches

_CLOCK_DRIFT = timedelta(minutes=10)
_SENDABLE = re.compile("[\x20-\x7e]{1,200}")


class ReplyCache:
    """The replies in the store, as far as the settings let them be used; ``now`` is the wall clock.

    Offline every kept reply is good, whatever its age; to refresh, none is.
    """

    def __init__(self, settings: Settings, fetches: Fetches, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._fetches = fetches
        self._now = now

    def keep(self, capture: Capture, *, asked_by: str) -> None:
        """Keeps a reply."""
        self._fetches.keep(capture, asked_by=asked_by)

    def find(self, provider: str, url: str, max_age: float) -> Capture | None:
        """The kept reply that is at most ``max_age`` seconds old, offline one of any age."""
        settings = self._settings
        if settings.refresh and max_age != float("inf") and not settings.offline:
            return None
        # A reply of the future was kept by a clock that has since been set back: how old it is
        # nobody knows, and only what never ages is good then.
        until = None
        if not settings.offline and max_age != float("inf"):
            until = self._now() + _CLOCK_DRIFT
        kept = self._fetches.latest(url, asked_by=provider, until=until)
        if settings.offline:
            return kept or self._find_otherwise(provider, url)
        if kept is None:
            return None
        age = (self._now() - kept.captured_at).total_seconds()
        return kept if age <= max_age else None

    def find_validated(self, url: str) -> Capture | None:
        """The page as it is kept, where the server can be asked whether it has changed since."""
        if self._settings.refresh:
            return None
        kept = self._fetches.latest(url, asked_by=WEB)
        return kept if kept is not None and validators(kept) else None

    def _find_otherwise(self, provider: str, url: str) -> Capture | None:
        """Offline, a copy that was handed in stands for the page, else the server's refusal."""
        if provider != WEB:
            return None
        handed_in = self._fetches.latest(url, asked_by=FILE, failures=True)
        return handed_in or self._fetches.latest(url, asked_by=provider, failures=True)


def validators(kept: Capture) -> tuple[tuple[str, str], ...]:
    """The request headers that ask whether a kept page still stands (RFC 9110 13.1)."""
    etag, changed = kept.header("etag"), kept.header("last-modified")
    asked = [("If-None-Match", etag), ("If-Modified-Since", changed)]
    return tuple((name, value) for name, value in asked if value and _SENDABLE.fullmatch(value))
