"""Which of many fixed strings stand in a text, found in one look at it.

A text is hashed once into the set of its two- and four-letter stretches, kept as a table of bits;
a string whose own stretches are not all there cannot stand in it. The few that are left are
searched for (a Bloom filter of one hash; Bloom, CACM 13(7), 1970). The time is linear in the text
and does not grow with the scripts and languages that the strings are written in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Codes = NDArray[np.uint32]
    Places = NDArray[np.intp]

_BITS = 16
_PAIR, _FOUR, _SPREAD = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)
_SHIFT = np.uint32(32 - _BITS)


class Stretches:
    """The two- and four-letter stretches of one text, as far as a table of bits tells them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._table = np.zeros(1 << _BITS, bool)
        for places in _places(text):
            self._table[places] = True

    def hold(self, places: Places) -> NDArray[np.bool_]:
        """Which of the places in the table are taken."""
        return self._table.take(places)


class Literals:
    """Fixed strings looked for together; ValueError for one of less than two letters."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings = list(dict.fromkeys(strings))
        if any(len(text) < 2 for text in self._strings):
            raise ValueError("a string of one letter has no stretch of two to be known by")
        # A string is known by three of its stretches: at its start, in its middle and at its end.
        sizes = np.array([len(text) for text in self._strings], np.intp)
        short = sizes < 4
        last = sizes - np.where(short, 2, 4)
        at = (np.cumsum(sizes) - sizes)[:, None] + np.stack((last * 0, (last + 1) // 2, last), 1)
        pairs, fours = _places("".join((*self._strings, "\0\0\0")))
        self._places = np.where(short[:, None], pairs[at], fours[at])

    def standing_in(self, stretches: Stretches) -> list[str]:
        """The strings that stand in a text, anywhere, in the order given."""
        maybe = stretches.hold(self._places).all(axis=1)
        strings, text = self._strings, stretches.text
        return [strings[at] for at in np.flatnonzero(maybe).tolist() if strings[at] in text]


def holds_any(text: str, strings: Iterable[str]) -> bool:
    """Whether one of a few strings stands in a text; ``any`` would cost as much as the search."""
    for string in strings:  # noqa: SIM110
        if string in text:
            return True
    return False


def _places(text: str) -> tuple[Places, Places]:
    """Where the table holds the pair of letters at each place of a text, and the four there."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    pairs = codes[:-1] * _PAIR + codes[1:]
    fours = pairs[:-2] * _FOUR + pairs[2:]
    return _place(pairs), _place(fours)


def _place(hashes: Codes) -> Places:
    return ((hashes * _SPREAD) >> _SHIFT).astype(np.intp)
