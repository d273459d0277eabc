"""The one shared place where archives are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from provenance.errors import ProviderError

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


class Web(Protocol):
    """What an archive needs of the web session."""

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
    """Asks one archive through the one web session, from the store first."""

    def __init__(self, provider: str, web: Web, now: Callable[[], datetime]) -> None:
        self.provider = provider
        self.now = now
        self._web = web

    def listed(
        self, question: str, read: Callable[[Capture], S], *, good_for: float = LISTED
    ) -> tuple[S, datetime]:
        """What ``read`` makes of the answer to an index question, and when that was given.

        ``read`` gives something empty for "none" and raises for anything that is no answer. A kept
        answer that lists something is good for so many seconds, one that lists nothing for a day at
        most, and one that cannot be read is asked for again.
        """
        started = self.now()
        capture = self._web.ask(self.provider, question, max_age=good_for)
        kept = capture.captured_at < started
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
        """What stands at a replay address; kept for good once it was had."""
        return self._web.ask(self.provider, address, max_age=REPLAYED)

    def part(self, address: str, first: int, last: int) -> Capture:
        """The bytes ``first`` to ``last`` of what stands at an address; kept for good.

        The store knows an answer by who was asked for which address, so each part of one file is
        asked for under a name of its own.
        """
        name = f"{self.provider} bytes {first}-{last}"
        try:
            return self._web.ask(
                name, address, max_age=REPLAYED, headers=(("Range", f"bytes={first}-{last}"),)
            )
        except ProviderError as error:
            error.provider = self.provider
            raise

    def _again(
        self, question: str, read: Callable[[Capture], S], max_age: float
    ) -> tuple[S, datetime]:
        capture = self._web.ask(self.provider, question, max_age=max_age)
        return read(capture), capture.captured_at
