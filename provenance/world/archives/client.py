"""How archives are asked, and for how long their answers are good."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from provenance.world.http.rate_limits import Purpose
from provenance.world.service_client import ServiceClient

if TYPE_CHECKING:
    from collections.abc import Callable, Sized
    from datetime import datetime

    from provenance.model import Capture

# An archive's captures stay where they are: a list that has some is kept until --refresh, a page
# for good. "None" may change any hour, so it holds for a day. Failures are never kept.
LISTED = 20 * 365 * 86_400.0
NONE = 86_400.0
REPLAYED = float("inf")

S = TypeVar("S", bound="Sized")


class ArchiveClient(ServiceClient):
    """Asks one archive, from the store first."""

    def listed(
        self, question: str, read: Callable[[Capture], S], *, good_for: float = LISTED
    ) -> tuple[S, datetime]:
        """What ``read`` makes of the answer to an index question, and when that was given.

        ``read`` gives something empty for "none" and raises for anything that is no answer. A kept
        answer that lists something is good for so many seconds, one that lists nothing for a day at
        most, and one that cannot be read is asked for again.
        """
        found, at, kept = self.read(question, read, good_for)
        if not found and kept:
            found, at, _ = self.read(question, read, NONE)
        return found, at

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
