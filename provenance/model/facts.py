"""What a text states that survives translation: numbers, days, names, quotes, links, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What kind of thing is stated; SOUND is a word by its consonants, in any alphabet."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    SOUND = "sound"
    QUOTE = "quote"
    LINK = "link"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that a page states: ``key`` is the same in every language, ``written`` as it is.

    Keys: a number in digits with a decimal point, a day as MM-DD, a name in small Latin letters, a
    sound, the first words of a quotation, a normalised address, the file name of a picture.
    """

    kind: FactKind
    key: str
    written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFacts:
    """What two pages state alike, each as the page under test writes it."""

    numbers: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many they are."""
        return sum(len(getattr(self, name)) for name in self.__slots__)
