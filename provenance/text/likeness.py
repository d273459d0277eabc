"""How alike two short texts are, headlines above all: by their words, rare ones counting more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.text.word_frequency import commonness
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

# What even the commonest word is worth, on a scale where one outside the table is worth six.
_LEAST = 0.25
_COMMONEST = 7.5


def likeness(one: str, other: str) -> float:
    """0..1: twice the weight of the words in common over the weight of all (Dice 1945).

    A word weighs as much as it is rare; the order of words and how often each stands is ignored.
    """
    first, second = set(words(one).keys), set(words(other).keys)
    both = _weight(first) + _weight(second)
    return 2 * _weight(first & second) / both if both else 0.0


def word_runs(text: str, size: int = 3) -> frozenset[tuple[str, ...]]:
    """All runs of ``size`` words of a text, as they are compared."""
    keys = words(text).keys
    return frozenset(keys[at : at + size] for at in range(len(keys) - size + 1))


def _weight(found: Iterable[str]) -> float:
    return sum(max(_COMMONEST - commonness(word), _LEAST) for word in found)
