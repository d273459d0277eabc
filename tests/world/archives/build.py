"""A web that answers from a dictionary, and captures of its answers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from provenance.errors import ProviderError
from provenance.model import Capture, ProviderSpec, Via

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

if TYPE_CHECKING:
    from collections.abc import Callable


def answer(
    body: str | bytes = b"",
    status: int = 200,
    media_type: str = "text/plain",
    **headers: str,
) -> Capture:
    data = body.encode() if isinstance(body, str) else body
    told = (
        ("content-type", media_type),
        *((name.replace("_", "-"), value) for name, value in headers.items()),
    )
    return Capture(
        url="",
        responded_url="",
        status=status,
        headers=told,
        body=data,
        media_type=media_type,
        captured_at=NOW,
        via=Via.LIVE,
        memento=None,
        digest=hashlib.sha256(data).hexdigest(),
    )


def memento(body: str, at: str, status: int = 200, **headers: str) -> Capture:
    return answer(body, status, "text/html", memento_datetime=at, **headers)


@dataclass
class FakeWeb:
    """Answers by exact address, or by the longest known start of it; notes what it was asked."""

    answers: dict[str, Capture | ProviderError]
    asked: list[str] = field(default_factory=list)

    def ask(
        self,
        provider: str,
        url: str,
        *,
        max_age: float,
        headers: tuple[tuple[str, str], ...] = (),
        turn: Callable[[], object] | None = None,
    ) -> Capture:
        if turn is not None:
            turn()
        self.asked.append(url)
        starts = sorted((start for start in self.answers if url.startswith(start)), key=len)
        if not starts:
            raise AssertionError(f"{provider} was asked for {url}")
        found = self.answers[starts[-1]]
        if isinstance(found, ProviderError):
            raise found
        return found


@dataclass
class Clock:
    """Time that moves only when a test says so."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


WAYBACK = ProviderSpec(name="wayback", kind="cdx", base_url="https://archive.example")
COLLECTION = ProviderSpec(name="national", kind="cdx", base_url="https://archive.example/news")
