"""Whether everybody who could know of a source was asked and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Lookup, Miss, Settings

_ANSWERED = {Answer.FOUND, Answer.NONE}


def is_exhausted(settings: Settings, lookups: Iterable[Lookup], misses: Iterable[Miss]) -> bool:
    """Whether a search that is configured has answered, and nobody failed to answer."""
    services = {spec.name for spec in settings.searches}
    answered = any(look.provider in services and look.answer in _ANSWERED for look in lookups)
    return answered and not any(True for _ in misses)
