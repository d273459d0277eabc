"""The one shared place where search services are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from provenance.errors import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture

# An index changes by the hour, but the same question within a day is the same check run again.
ANSWERED = 86_400.0

T = TypeVar("T")


class Web(Protocol):
    """What a search service needs of the web session."""

    def ask(
        self,
        provider: str,
        url: str,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> Capture:
        """One GET, redirects not followed, from the store when younger than ``max_age``."""
        ...


class Asker:
    """Asks one service through the one web session; a kept answer is good for a day."""

    def __init__(self, provider: str, web: Web, now: Callable[[], datetime]) -> None:
        self.provider = provider
        self._web = web
        self._now = now

    def ask(self, question: str, read: Callable[[Capture], T]) -> tuple[T, datetime]:
        """What ``read`` makes of the answer, and when that was given.

        ``read`` raises for anything that is no answer; a kept one of that kind is asked for again.
        """
        started = self._now()
        capture = self._web.ask(self.provider, question, max_age=ANSWERED)
        try:
            return read(capture), capture.captured_at
        except ProviderError:
            if capture.captured_at >= started:
                raise
        capture = self._web.ask(self.provider, question, max_age=0.0)
        return read(capture), capture.captured_at
