"""Every question asked of the world while one page is checked, how it ended, what it brought."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING, TypeVar

from provenance.errors import ProviderError, Unavailable
from provenance.judge import is_exhausted
from provenance.model import (
    Answer,
    CandidateCompared,
    Capture,
    Exhibit,
    Lookup,
    Miss,
    Reply,
    Step,
    StepState,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Finding, Settings, Sighting, Tell
    from provenance.model.ports import Archive, World

T = TypeVar("T")
A = TypeVar("A")
_SHA1 = re.compile(r"[A-Z2-7]{32}")


class LookupLog:
    """Asks the ports and notes each look-up, each miss and each page read, in order.

    A ProviderError ends here, once: it becomes a Miss. ``since`` dates what was not answered when
    offline, so that the same kept data give the same report at any hour. ``tell`` is told of each
    question and its answer, for a person who waits.
    """

    def __init__(self, world: World, settings: Settings, since: datetime, tell: Tell) -> None:
        self._world = world
        self._settings = settings
        self._since = since
        self._tell = tell
        self._started = world.now()
        self._lookups: list[Lookup] = []
        self._misses: list[Miss] = []
        self._exhibits: dict[tuple[str, str | None], Exhibit] = {}

    @property
    def lookups(self) -> tuple[Lookup, ...]:
        """Every question in the order asked."""
        return tuple(self._lookups)

    @property
    def misses(self) -> tuple[Miss, ...]:
        """Who could not be asked or did not answer."""
        return tuple(self._misses)

    @property
    def exhausted(self) -> bool:
        """Whether a search that is configured has answered, and nobody failed to answer."""
        return is_exhausted(self._settings, self._lookups, self._misses)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every page that was read, each once."""
        return tuple(self._exhibits.values())

    def ask(self, provider: str, asked: str, call: Callable[[], Reply[T]]) -> tuple[T, ...] | None:
        """What the provider answered: empty when it knows of nothing, None when it did not say."""
        if self.spent:
            self.miss(
                provider, asked, f"the time for look-ups ({self._settings.budget:g} s) was up"
            )
            return None
        try:
            reply = tell_call(self._tell, self._world.now, (provider, asked), call)
        except ProviderError as error:
            self._note(error, asked)
            return None
        answer = Answer.FOUND if reply.items else Answer.NONE
        self._lookups.append(
            Lookup(
                provider=provider,
                asked=asked,
                answer=answer,
                found=len(reply.items),
                at=reply.at,
                why="; ".join(reply.notes),
            )
        )
        return reply.items

    def read(self, provider: str, asked: str, call: Callable[[], Capture]) -> Capture | None:
        """One page from the web or an archive, kept as an exhibit; None when it cannot be had."""
        return self._page(provider, asked, lambda: _reply(call()))

    def replay(self, archive: Archive, sighting: Sighting) -> Capture | None:
        """An archived page, with a note whether its bytes are those that the index lists."""

        def call() -> Reply[Capture]:
            capture = archive.replay(sighting)
            return _reply(capture, *_digest_note(sighting, capture))

        asked = sighting.memento or f"a capture of {sighting.url}"
        return self._page(archive.name, asked, call)

    def recall(self, provider: str, items: tuple[T, ...]) -> tuple[T, ...]:
        """Notes what our own kept data gave; nobody outside was asked."""
        asked, found = "kept texts that share passages with this page", len(items)
        self._tell(Step(provider=provider, asked=asked, state=StepState.ANSWERED, found=found))
        self._lookups.append(
            Lookup(
                provider=provider,
                asked=asked,
                answer=Answer.FOUND if items else Answer.NONE,
                found=found,
                at=self._since,
            )
        )
        return items

    def exhibit(self, capture: Capture) -> None:
        """Enters a page that was read into the evidence."""
        self._exhibits.setdefault(
            (capture.digest, capture.memento or capture.url), Exhibit.of(capture)
        )

    def miss(self, provider: str, asked: str, why: str) -> None:
        """Notes a question that was not put at all."""
        told = f"offline; {why}" if self._settings.offline else why
        self._misses.append(Miss(provider=provider, asked=asked, why=told))
        self._tell(Step(provider=provider, asked=asked, state=StepState.FAILED, why=told))

    def show_candidate(self, finding: Finding) -> None:
        """Tells what looking at a candidate gave."""
        source, reuse = finding.source, finding.reuse
        self._tell(
            CandidateCompared(
                url=finding.candidate.url,
                title=source.title if source else None,
                publisher=source.publisher if source else None,
                suspect_containment=reuse.suspect_containment if reuse else None,
                source_containment=reuse.source_containment if reuse else None,
                why=finding.why,
            )
        )

    def _page(
        self, provider: str, asked: str, call: Callable[[], Reply[Capture]]
    ) -> Capture | None:
        captures = self.ask(provider, asked, call)
        if not captures:
            return None
        self.exhibit(captures[0])
        return captures[0]

    def _note(self, error: ProviderError, asked: str) -> None:
        answer = Answer(error.outcome)
        retry_after = error.retry_after if isinstance(error, Unavailable) else None
        at = self._since if self._settings.offline else self._world.now()
        self._misses.append(
            Miss(provider=error.provider, asked=asked, why=error.why, retry_after=retry_after)
        )
        self._lookups.append(
            Lookup(
                provider=error.provider,
                asked=asked,
                answer=answer,
                found=0,
                at=at,
                why=error.why,
                status=error.status,
            )
        )

    @property
    def spent(self) -> bool:
        """Whether the time for look-ups is up."""
        if self._settings.offline:
            return False
        return (self._world.now() - self._started).total_seconds() > self._settings.budget


def tell_call(
    tell: Tell, now: Callable[[], datetime], question: tuple[str, str], call: Callable[[], A]
) -> A:
    """What a call gives; ``tell`` hears of the question (who, what), then of its end."""
    provider, asked = question
    tell(Step(provider=provider, asked=asked, state=StepState.ASKED))
    begun = now()

    def end(state: StepState, found: int = 0, why: str = "") -> None:
        ms = round((now() - begun).total_seconds() * 1000)
        tell(Step(provider=provider, asked=asked, state=state, found=found, ms=ms, why=why))

    try:
        answer = call()
    except ProviderError as error:
        end(StepState.FAILED, why=error.why)
        raise
    end(StepState.ANSWERED, found=len(answer.items) if isinstance(answer, Reply) else 1)
    return answer


def _reply(capture: Capture, *notes: str) -> Reply[Capture]:
    return Reply(items=(capture,), at=capture.captured_at, notes=notes)


def _digest_note(sighting: Sighting, capture: Capture) -> tuple[str, ...]:
    """Whether replayed bytes have the SHA-1 (base32) that the index lists for this capture.

    A difference proves nothing wrong: indexes list the digest of what was transferred, which for
    a compressed page is not that of the page.
    """
    listed = sighting.digest or ""
    if capture.memento != sighting.memento or not _SHA1.fullmatch(listed):
        return ()
    found = hashlib.sha1(capture.body, usedforsecurity=False).digest()
    if base64.b32encode(found).decode() == listed:
        return (f"its bytes have the SHA-1 that the index lists ({listed})",)
    return (f"its bytes do not have the SHA-1 that the index lists ({listed})",)
