"""How unusual a word is, so that a query asks for what few pages have.

The table is the project's own, compiled from the word counts of Google Books (see its header); a
word outside it is rarer than all in it, whatever the language: names and foreign words mostly.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

# One class below the rarest words of the table.
UNKNOWN = 1.5


@cache
def _table() -> dict[str, float]:
    table: dict[str, float] = {}
    data = files("provenance.text").joinpath("data/english.tsv").read_text("utf-8")
    for line in data.splitlines():
        if not line.startswith("#"):
            zipf, _, words = line.partition("\t")
            table.update(dict.fromkeys(words.split(" "), float(zipf)))
    return table


def commonness(word: str) -> float:
    """The Zipf class of a word: log10 of its uses in a billion words, from about 7.5 down to 1.5.

    Method: van Heuven et al. 2014 (SUBTLEX-UK), in steps of a quarter.
    """
    return _table().get(word.casefold(), UNKNOWN)
