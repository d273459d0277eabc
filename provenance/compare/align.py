"""The passages two texts have in common: seeds, chains, sentences, shape, quotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.compare.chains import Stretch, aligned, selected
from provenance.compare.furniture import trimmed
from provenance.compare.quotes import is_quotation
from provenance.compare.seeds import Run, runs
from provenance.compare.sentences import rewritten
from provenance.compare.shape import joined, kept, snapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.compare.prepared import Prepared

# Words copied outside quotations from which quotations of no more words were copied with them.
_COPIED_ANYWAY = 25


class Alignment(NamedTuple):
    """What stands in both texts.

    ``parts`` are in the suspect's order and never overlap there; ``spoken`` are those of them that
    are quotations; ``runs`` all exact runs, chance ones and repeated ones too.
    """

    parts: list[Stretch]
    spoken: set[Stretch]
    runs: list[Run]


def align(suspect: Prepared, source: Prepared) -> Alignment:
    """The stretches of the suspect that stand in the source, word for word or rewritten."""
    if np.array_equal(suspect.words.codes, source.words.codes):
        return _same(len(suspect.words))
    found = runs(suspect, source)
    stretches = snapped(suspect, source, aligned(suspect, source, selected(found)))
    stretches = sorted(stretches + rewritten(suspect, source, stretches))
    stretches = trimmed(suspect, source, joined(suspect, stretches))
    whole = kept(suspect, source, stretches)
    spoken = {part for part in whole if is_quotation(suspect, source, part)}
    if spoken:
        rest = kept(suspect, source, [part for part in whole if part not in spoken])
        if _words(rest) >= max(_COPIED_ANYWAY, _words(spoken)):
            spoken = set()
        else:
            whole = sorted([*rest, *spoken])
    return Alignment(whole, spoken, found)


def _same(size: int) -> Alignment:
    """The alignment of a text with itself."""
    whole = [Stretch(0, size, 0, size, size, size, size)] if size else []
    return Alignment(whole, set(), [])


def _words(parts: Iterable[Stretch]) -> int:
    return sum(part.end - part.start for part in parts)
