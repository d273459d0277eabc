"""The one shared place where search services are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from provenance.errors import ProviderError, Unavailable
from provenance.world.http.rate_limits import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture
    from provenance.world.http.rate_limits import ProviderClient

# An index changes by the hour, but the same question within a day is the same check run again.
ANSWERED = 86_400.0

T = TypeVar("T")


class SearchClient:
    """Asks one service; a kept answer is good for a day."""

    def __init__(self, polite: ProviderClient) -> None:
        self._polite = polite

    def ask(self, question: str, read: Callable[[Capture], T]) -> tuple[T, datetime]:
        """What ``read`` makes of the answer, and when that was given.

        ``read`` raises for anything that is no answer; a kept one of that kind is asked for again.
        """
        capture, kept = self._polite.ask(question, Purpose.INDEX, max_age=ANSWERED)
        try:
            return read(capture), capture.captured_at
        except ProviderError as error:
            if not kept:
                self._heed(question, capture, error)
                raise
        capture, _ = self._polite.ask(question, Purpose.INDEX, max_age=0.0)
        try:
            return read(capture), capture.captured_at
        except ProviderError as error:
            self._heed(question, capture, error)
            raise

    def _heed(self, question: str, capture: Capture, error: ProviderError) -> None:
        """A throttle that comes with status 200 opens the breaker as a 429 does."""
        if capture.status == 200 and isinstance(error, Unavailable) and error.retry_after:
            self._polite.record_refusal(question, error.retry_after)
