"""A text made ready for comparing: its words, and what they are looked up in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from provenance.text import letters, marks
from provenance.text.distinct import distinct
from provenance.text.shingles import hash_shingles
from provenance.text.words import Words, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]
    Places = NDArray[np.int64]

# Words in a seed: four in a row seldom agree by chance, and survive between light edits.
SEED = 4
# The planes above the first hold no surrogates.
_FIRST_SYMBOL = np.uint64(0x10000)
_SYMBOLS = np.uint64(0xFFFFF)
# Letters of an alphabet that say as much as one character of Chinese.
_SOLO_LETTERS = 3
# Letters of a longer word.
_LONG = 6
_ZERO = np.uint32(48)


class Index(NamedTuple):
    """Shingles by hash: ``keys`` ascending, each once.

    A key stands ``times`` times, at the ``places`` from its ``first`` on, in text order.
    """

    keys: Hashes
    first: Places
    times: Places
    places: Places


@dataclass(frozen=True, eq=False)
class Prepared:
    """A text with what comparing needs of it; may be compared any number of times, either side.

    What is not needed at once is computed when it is asked for, and kept.
    """

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
    def shingles(self) -> Hashes:
        """The hashes of all runs of SEED words."""
        return hash_shingles(self.words.codes, SEED)

    @cached_property
    def index(self) -> Index:
        """Where each shingle stands."""
        places = self.shingles.argsort(kind="stable")
        ordered = self.shingles[places]
        fresh = np.ones(len(ordered), bool)
        np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
        first = fresh.nonzero()[0]
        times = np.empty_like(first)
        times[:-1] = first[1:] - first[:-1]
        times[-1:] = len(ordered) - first[-1:]
        return Index(ordered[first], first, times, places)

    @cached_property
    def mass(self) -> Places:
        """How many letters stand in the words before each, and before the end.

        A character that is a word by itself counts as much as several letters of an alphabet.
        """
        firsts, lasts = self.words.cuts
        sizes = lasts - firsts
        solo = self.words.values.take(firsts) >= letters.SOLO
        if solo.any():
            sizes[solo] = _SOLO_LETTERS
        mass = np.zeros(len(sizes) + 1, np.int64)
        sizes.cumsum(out=mass[1:])
        return mass

    @cached_property
    def _marks(self) -> marks.Marks:
        return marks.find_marks(self.text)

    @cached_property
    def boundaries(self) -> marks.Boundaries:
        """Where sentences and lines begin."""
        return marks.find_boundaries(self._marks, self.words.starts, self.words.ends)

    @cached_property
    def quoted(self) -> Places:
        """How many words before each, and before the end, stand inside quotation marks."""
        return marks.count_quoted(self.text, self._marks, self.words.starts)

    @cached_property
    def vocabulary(self) -> Hashes:
        """The codes of the different words, ascending."""
        return distinct(self.words.codes)

    @cached_property
    def rarer(self) -> Hashes:
        """The codes of the different longer words, ascending: names and subjects mostly."""
        firsts, lasts = self.words.cuts
        return distinct(self.words.codes[lasts - firsts >= _LONG])

    @cached_property
    def numeric(self) -> NDArray[np.bool_]:
        """For each word, whether it is a number."""
        firsts, lasts = self.words.cuts
        values = self.words.values
        return (values[firsts] - _ZERO < 10) & (values[lasts - 1] - _ZERO < 10)


# One text is compared with many others: it and the one it was compared with last are remembered.
@lru_cache(maxsize=2)
def prepare(text: str) -> Prepared:
    """A text ready to be compared with many others, as suspect or as source."""
    return Prepared(text, words(text))
