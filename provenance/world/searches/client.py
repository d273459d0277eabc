"""How search services are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from provenance.world.service_client import ServiceClient

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Capture

# An index changes by the hour, but the same question within a day is the same check run again.
ANSWERED = 86_400.0

T = TypeVar("T")


class SearchClient(ServiceClient):
    """Asks one search service; a kept answer is good for a day."""

    def ask(self, question: str, read: Callable[[Capture], T]) -> tuple[T, datetime]:
        """What ``read`` makes of the answer, and when that was given."""
        found, at, _ = self.read(question, read, ANSWERED)
        return found, at
