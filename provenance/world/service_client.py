"""The one place where services are asked a question and their answer is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from provenance.errors import ProviderError, Unavailable
from provenance.world.http.rate_limits import Purpose
from provenance.world.provider_edge import reading_answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture
    from provenance.world.http.rate_limits import ProviderClient

T = TypeVar("T")


class ServiceClient:
    """Asks one service, from the store first."""

    def __init__(self, polite: ProviderClient) -> None:
        self._polite = polite
        self.now = polite.now

    def read(
        self, question: str, read: Callable[[Capture], T], max_age: float
    ) -> tuple[T, datetime, bool]:
        """What ``read`` makes of the answer, when that was given, and whether it was a kept one.

        ``read`` raises for anything that is no answer. A kept answer is good for ``max_age``
        seconds; one that cannot be read is asked for again.
        """
        capture, kept = self._polite.ask(question, Purpose.INDEX, max_age=max_age)
        try:
            with reading_answer(self._polite.provider, question):
                return read(capture), capture.captured_at, kept
        except ProviderError as error:
            if not kept:
                self._record_throttle(question, capture, error)
            # Offline a kept answer is given whatever its age.
            if not kept or max_age <= 0:
                raise
        return self.read(question, read, 0.0)

    def _record_throttle(self, question: str, capture: Capture, error: ProviderError) -> None:
        """A throttle that comes with status 200 opens the circuit as a 429 does."""
        if capture.status == 200 and isinstance(error, Unavailable) and error.retry_after:
            self._polite.record_refusal(question, error.retry_after)
