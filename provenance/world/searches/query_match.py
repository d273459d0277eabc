"""Whether a text holds the words of a query, for lists that nobody searches but we."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Match
from provenance.text.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import Query

# A list of a few items costs nothing to read: a changed headline is to be found there too.
_MOST_OF_ALL, _SOME_OF_ANY = 0.6, 0.3


def holds(text: str, query: Query) -> bool:
    """Whether the words stand in a row in it, or most of those that are all wanted stand there."""
    wanted, here = words(query.phrase).keys, words(text).keys
    if not wanted:
        return False
    if query.match is Match.PHRASE:
        return _in_a_row(wanted, here)
    share = len(set(wanted) & set(here)) / len(set(wanted))
    return share >= (_MOST_OF_ALL if query.match is Match.ALL else _SOME_OF_ANY)


def _in_a_row(wanted: Sequence[str], here: Sequence[str]) -> bool:
    return f" {' '.join(wanted)} " in f" {' '.join(here)} "
