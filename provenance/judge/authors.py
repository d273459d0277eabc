"""A byline's names as persons with family and given names, or as names kept whole."""

from __future__ import annotations

from provenance.model import Author
from provenance.text.names import ORGANISATION_WORDS, PARTICLES
from provenance.text.patterns import compile_late
from provenance.text.publishers import agency_named

_CAPITALISED = frozenset({"Abu", "Al", "El", "Saint", "St", "St."}) | {
    particle.capitalize() for particle in PARTICLES - {"y", "e", "ben", "ten", "mac"}
}
_NUMERALS = frozenset({"ii", "iii", "iv"})
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr."}) | _NUMERALS
_DEGREES = compile_late(r"(?i)^(?:ph\.?d\.?|m\.?d\.?|m\.?a\.?|msc|mba|esq\.?|r\.?n\.?|cpa)$")
_TITLES = compile_late(r"(?i)^(?:dr|prof|professor|mr|mrs|ms|rev)\.?$")
_BODIES = compile_late(
    rf"(?i)\b(?:{ORGANISATION_WORDS}|staff|editors?|reporters?|correspondents?|contributors?|the|and"
    r"|und|et)\b|[\d@/&|()]"
)
_WHOLE = compile_late("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_LETTERS = compile_late(r"[^\W\d_]+")
_MOST_WORDS = 6


def author(name: str) -> Author:
    """The person of a byline; bodies, nicknames and names of unspaced scripts are kept whole.

    The last word is the family name, with the particles before it ("Ludwig van Beethoven").
    """
    line = " ".join(name.split())
    if _BODIES.search(line) or _WHOLE.search(line) or agency_named(line):
        return Author(literal=line)
    words = _turned(_lowered(line))
    while words and _TITLES.match(words[0]):
        words = words[1:]
    if not 2 <= len(words) <= _MOST_WORDS:
        return Author(literal=line)
    start = _family(words)
    return Author(family=" ".join(words[start:]), given=" ".join(words[:start]))


def _lowered(line: str) -> str:
    """A name in capitals, as some sites print them, in the letters that others print."""
    if not line.isupper():
        return line
    return _LETTERS.sub(
        lambda word: word[0] if word[0].lower() in _NUMERALS else word[0].capitalize(), line
    )


def _turned(line: str) -> list[str]:
    """The words, given names first, without degrees; "Doe, Jane" is turned round."""
    first, *rest = (part.split() for part in line.split(","))
    rest = [part for part in rest if part and not _DEGREES.match(" ".join(part))]
    if len(rest) == 1 and rest[0][0].lower() not in _SUFFIXES and first:
        return [*rest[0], *first]
    return [*first, *(word for part in rest for word in part)]


def _family(words: list[str]) -> int:
    """Where the family name begins."""
    last = len(words) - 1
    if words[last].lower() in _SUFFIXES and last > 1:
        last -= 1
    small = next((at for at in range(1, last) if words[at] in PARTICLES), None)
    if small is not None:
        return small
    return last - 1 if last > 1 and words[last - 1] in _CAPITALISED else last
