"""What two pages state alike, whatever their languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from provenance.model import FactKind, SharedFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Fact

# Facts of a kind that are listed.
_MOST = 40
# A number of two digits that is no decimal is in most texts of some length.
_TELLING = 3
# The kinds that every text states, in the order of its story.
_STORY = (FactKind.NUMBER, FactKind.DATE, FactKind.NAME)


def share_facts(suspect: Iterable[Fact], source: Iterable[Fact]) -> SharedFacts:
    """The facts of both pages, each as the suspect writes it, in its order.

    A word that only sounds alike counts as a name where it has a capital on one side.
    """
    theirs = {(fact.kind, fact.key): fact.written for fact in source}
    found: dict[FactKind, dict[str, None]] = {kind: {} for kind in FactKind}
    for fact in suspect:
        there = theirs.get((fact.kind, fact.key))
        if there is None or not _tells(fact, there):
            continue
        kind = FactKind.NAME if fact.kind is FactKind.SOUND else fact.kind
        found[kind].setdefault(fact.written)
    return SharedFacts(
        numbers=_first(found[FactKind.NUMBER]),
        dates=_first(found[FactKind.DATE]),
        names=_first(found[FactKind.NAME]),
        quotes=_first(found[FactKind.QUOTE]),
        links=_first(found[FactKind.LINK]),
        pictures=_first(found[FactKind.PICTURE]),
    )


def compare_order(suspect: Iterable[Fact], source: Iterable[Fact]) -> float:
    """The share of what both texts state that they state alike and in the same order, 0..1.

    The numbers, the dates and the names, each kind in its own order (normalised indel similarity).
    """
    ours, theirs = ([f.key for f in facts if _is_of_story(f)] for facts in (suspect, source))
    return Indel.normalized_similarity(ours, theirs)


def _is_of_story(fact: Fact) -> bool:
    return fact.kind in _STORY and (fact.kind is not FactKind.NUMBER or len(fact.key) >= _TELLING)


def _tells(fact: Fact, there: str) -> bool:
    if fact.kind is FactKind.SOUND:
        # Words of one alphabet are the same name only where their letters are.
        return (fact.written[0].isupper() or there[0].isupper()) and (
            fact.written.isascii() != there.isascii()
        )
    return fact.kind is not FactKind.NUMBER or len(fact.key) >= _TELLING


def _first(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(found)[:_MOST]
