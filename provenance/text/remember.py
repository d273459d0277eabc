"""Answers about short texts that are asked for again and again."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def remember(longest: int, most: int = 4096) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """What a function says of each of the last ``most`` texts of up to ``longest`` letters.

    Longer texts are worked out each time, so that what is remembered has a bound.
    """

    def wrap(work_out: Callable[[str], T]) -> Callable[[str], T]:
        kept = lru_cache(maxsize=most)(work_out)

        @wraps(work_out)
        def answer(text: str) -> T:
            return kept(text) if len(text) <= longest else work_out(text)

        return answer

    return wrap
