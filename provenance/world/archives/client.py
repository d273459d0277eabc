"""The one shared place where archives are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from provenance.errors import ProviderError
from provenance.world.http.rate_limits import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Sized
    from datetime import datetime

    from provenance.model import Capture
    from provenance.world.http.rate_limits import ProviderClient

# An archive's captures stay where they are: a list that has some is kept until --refresh, a page
# for good. "None" may change any hour, so it holds for a day. Failures are never kept.
LISTED = 20 * 365 * 86_400.0
NONE = 86_400.0
REPLAYED = float("inf")

S = TypeVar("S", bound="Sized")


class ArchiveClient:
    """Asks one archive, from the store first."""

    def __init__(self, polite: ProviderClient) -> None:
        self._polite = polite
        self.now = polite.now

    def listed(
        self, question: str, read: Callable[[Capture], S], *, good_for: float = LISTED
    ) -> tuple[S, datetime]:
        """What ``read`` makes of the answer to an index question, and when that was given.

        ``read`` gives something empty for "none" and raises for anything that is no answer. A kept
        answer that lists something is good for so many seconds, one that lists nothing for a day at
        most, and one that cannot be read is asked for again.
        """
        capture, kept = self._polite.ask(question, Purpose.INDEX, max_age=good_for)
        try:
            found = read(capture)
        except ProviderError:
            if not kept:
                raise
            return self._again(question, read, 0.0)
        if found or not kept:
            return found, capture.captured_at
        return self._again(question, read, NONE)

    def page(self, address: str) -> Capture:
        """What stands at a replay address; archived content is kept for good, other answers not."""
        capture, kept = self._polite.ask(address, Purpose.REPLAY, max_age=REPLAYED)
        final = capture.header("memento-datetime") or capture.header("location")
        if kept and final is None:
            capture, _ = self._polite.ask(address, Purpose.REPLAY, max_age=0.0)
        return capture

    def part(self, address: str, first: int, last: int) -> Capture:
        """The bytes ``first`` to ``last`` of what stands at an address; kept for good.

        The store knows an answer by who was asked for which address, so each part of one file is
        kept under a name of its own.
        """
        capture, _ = self._polite.ask(
            address,
            Purpose.REPLAY,
            max_age=REPLAYED,
            headers=(("Range", f"bytes={first}-{last}"),),
            named=f"{self._polite.provider} bytes {first}-{last}",
        )
        return capture

    def _again(
        self, question: str, read: Callable[[Capture], S], max_age: float
    ) -> tuple[S, datetime]:
        capture, _ = self._polite.ask(question, Purpose.INDEX, max_age=max_age)
        return read(capture), capture.captured_at
