"""A text made ready for comparing: its words, and the index its shingles are looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from provenance.compare.quotes import quoted
from provenance.text.shingles import hashed
from provenance.text.words import Words, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Words in a seed: four in a row seldom agree by chance, and survive between light edits.
SEED = 4
_COMMAS = ",\u060c\u3001\uff0c"
_STOPS = ".!?\u2026\u3002\uff01\uff1f\u061f\u06d4"

# Letters of a longer word.
_LONG = 6
_ZERO = np.uint32(48)
# The planes above the first hold no surrogates.
_FIRST_SYMBOL = np.uint64(0x10000)
_SYMBOLS = np.uint64(0xFFFFF)


@dataclass(frozen=True, eq=False)
class Prepared:
    """A text with what comparing needs of it; may be compared any number of times, either side."""

    text: str
    words: Words

    @cached_property
    def line(self) -> str:
        """One character a word, the same for the same word, for the string matchers of rapidfuzz.

        About a million characters stand for all words: two different ones agree once in a million.
        """
        symbols = (self.words.codes % _SYMBOLS + _FIRST_SYMBOL).astype("<u4")
        return symbols.tobytes().decode("utf-32-le")

    @cached_property
    def opens(self) -> bytes:
        """For each word, and for the end, 1 where a sentence or a line begins there, else 0.

        A stop that a comma follows (as after speech) ends no sentence.
        """
        ends = self._between(_STOPS) & ~self._between(_COMMAS)
        return (ends | np.frombuffer(self.lines, bool)).tobytes()

    @cached_property
    def quoted(self) -> NDArray[np.int64]:
        """How many words before each, and before the end, stand inside quotation marks."""
        return quoted(self.text, self.words.starts)

    @cached_property
    def lines(self) -> bytes:
        """For each word, and for the end, 1 where a line begins there, else 0."""
        borders = self._between("\n")
        borders[0] = borders[-1] = True
        return borders.tobytes()

    def _between(self, characters: str) -> NDArray[np.bool_]:
        """For each word, and for the end, whether any of the characters stands before it."""
        found = np.zeros(len(self.text) + 1, np.int32)
        for character in characters:
            at = self.text.find(character)
            while at >= 0:
                found[at + 1] = 1
                at = self.text.find(character, at + 1)
        passed = np.cumsum(found)
        before = np.concatenate(([0], passed[self.words.ends]))
        after = np.concatenate((passed[self.words.starts], [passed[-1]]))
        return np.asarray(after > before)

    @cached_property
    def vocabulary(self) -> NDArray[np.uint64]:
        """The codes of the different words, ascending."""
        return np.unique(self.words.codes)

    @cached_property
    def rarer(self) -> NDArray[np.uint64]:
        """The codes of the different longer words, ascending: names and subjects mostly."""
        firsts, lasts = self.words.cuts
        return np.unique(self.words.codes[lasts - firsts >= _LONG])

    @cached_property
    def numeric(self) -> NDArray[np.bool_]:
        """For each word, whether it is a number."""
        firsts, lasts = self.words.cuts
        return (self.words.values[firsts] - _ZERO < 10) & (
            self.words.values[lasts - 1] - _ZERO < 10
        )

    @cached_property
    def shingles(self) -> NDArray[np.uint64]:
        """The hashes of all runs of SEED words."""
        return hashed(self.words.codes, SEED)

    @cached_property
    def order(self) -> NDArray[np.int64]:
        """The places of the shingles, by ascending hash; equal ones in text order."""
        return np.argsort(self.shingles, kind="stable")

    @cached_property
    def ascending(self) -> NDArray[np.uint64]:
        """The shingles by ascending hash."""
        return self.shingles[self.order]


def prepare(text: str) -> Prepared:
    """A text ready to be compared with many others, as suspect or as source."""
    return Prepared(text, words(text))
