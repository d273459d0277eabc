"""Titles as styles print them: quotation marks inside quotation marks, title case, end points.

The rules are those of the Citation Style Language as citeproc-js carries them out, so that a
citation made here stands beside one made by a reference manager without a seam.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

# Marks that are told apart but not printed yet: double ones, and single ones that stay single.
_OPEN, _CLOSE, _SINGLE, _SINGLE_CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"
_OPENINGS = {_OPEN, _SINGLE}
_CLOSINGS = _CLOSE + _SINGLE_CLOSE
_PRIVATE = re.compile("[\ue000-\ue003]")
_RICH = re.compile(r"</?(?:i|b|sc|sub|sup)>")
_WIDE = re.compile("([\u00a0\u202f\u3000])")
_FRENCH = re.compile("(?<=\\w) (?=[:;?!»])")
_BEFORE_OPENING = " ([\u00a0\u202f\u3000"
_FINAL = ".?!"
_SKIPPED = frozenset(
    """about above across afore after against al along alongside amid amidst among amongst anenst
    apropos apud around as aside astride at athwart atop barring before behind below beneath beside
    besides between beyond but by circa despite down during et except for forenenst from given in
    inside into lest like modulo near next notwithstanding of off on onto or out over per plus pro
    qua sans since so than through throughout thruout till to toward towards under underneath until
    unto up upon versus via vis-à-vis with within without yet and nor a an the de von van c ca v vs
    d'""".split()  # noqa: SIM905 - a list of ninety strings is no easier to read
)
_BREAKS = re.compile("([‘’“”\ue000-\ue003]|[-–—/.,;?!:\\[\\]()'\"])")
_BLANKS = re.compile("([ \u00a0\u2000-\u200b\u205f\u3000]+)")


def marked(text: str) -> str:
    """One line with its quotation marks told apart as opening, closing, and apostrophes.

    The marks stay symbolic until ``printed`` knows how deep they stand. Marks of other languages
    (« », „ “, ” ”) stay as they are.
    """
    cleaned = _PRIVATE.sub("", _RICH.sub("", text))
    pieces = _WIDE.split(cleaned)
    line = "".join(piece if at % 2 else plain(piece) for at, piece in enumerate(pieces))
    letters = list(_FRENCH.sub("\u202f", line))
    opened: list[tuple[str, int]] = []
    double_first = False
    for at, letter in enumerate(letters):
        if _opens(letters, at):
            double_first = double_first or (not opened and letter in '"“')
            single = letter == "‘" or (letter == "'" and double_first)
            opened.append((_CLOSERS[letter], at))
            letters[at] = _SINGLE if single else _OPEN
        elif _ends(letters, at):
            letters[at] = _closed(letters, opened, letter)
        elif letter == "'":
            letters[at] = "’"
    _restore(letters, opened)
    return "".join(letters)


_CLOSERS = {"“": "”", "‘": "’", '"': '"', "'": "'"}
_LONE = {"”": "“", "’": "‘", '"': '"', "'": "’"}


def _opens(letters: list[str], at: int) -> bool:
    letter = letters[at]
    if letter in "“‘":
        return True
    before = letters[at - 1] if at else " "
    return letter in "\"'" and (before in _BEFORE_OPENING or before in _OPENINGS)


def _ends(letters: list[str], at: int) -> bool:
    """Whether a mark can close: inside a word it is an apostrophe."""
    return letters[at] in "”\"'’" and not "".join(letters[at + 1 : at + 2]).isalnum()


def _closed(letters: list[str], opened: list[tuple[str, int]], letter: str) -> str:
    """What a mark becomes that would close: itself where nothing of its kind is open."""
    places = [place for place, (closing, _) in enumerate(opened) if closing == letter]
    if not places:
        return "’" if letter == "'" else letter
    _, start = opened[places[-1]]
    _restore(letters, opened[places[-1] + 1 :])
    del opened[places[-1] :]
    return _SINGLE_CLOSE if letters[start] == _SINGLE else _CLOSE


def _restore(letters: list[str], lone: Iterable[tuple[str, int]]) -> None:
    for closing, at in lone:
        letters[at] = _LONE[closing]


def quoted(text: str) -> str:
    """Marked text in quotation marks: the marks inside it go one deeper."""
    return f"{_OPEN}{text}{_CLOSE}"


def printed(text: str) -> str:
    """Marked text as it is read: double marks outside, single ones inside them, and so on."""
    letters, depth = [], 0
    for letter in text:
        depth -= letter == _CLOSE
        letters.append(_PRINTED.get(letter, (letter, letter))[depth % 2])
        depth += letter == _OPEN
    return "".join(letters)


_PRINTED = {
    _OPEN: ("“", "‘"),
    _CLOSE: ("”", "’"),
    _SINGLE: ("‘", "‘"),
    _SINGLE_CLOSE: ("’", "’"),
}


def ended(text: str, mark: str = ".") -> str:
    """Marked text with an end point, set inside the quotation marks that end it.

    A question or exclamation mark, and a point that is there, need no further point.
    """
    bare = text.rstrip(_CLOSINGS)
    if not bare or bare[-1] == mark or (mark == "." and bare[-1] in _FINAL):
        return text
    return f"{bare}{mark}{text[len(bare) :]}"


def row(parts: Iterable[str]) -> str:
    """The parts that are not empty, with commas between them, set inside quotation marks."""
    there = [part for part in parts if part]
    return " ".join([*(ended(part, ",") for part in there[:-1]), *there[-1:]])


def sentences(parts: Iterable[str]) -> str:
    """The parts that are not empty, each ended with a point."""
    return " ".join(ended(part) for part in parts if part)


def is_english(language: str | None) -> bool:
    """Whether a language tag leaves room for English title case; no tag does."""
    return not language or language.lower().startswith("en")


def title_case(text: str, language: str | None = None) -> str:
    """English headline case; words that hold a capital, and other languages, stay as they are."""
    if not is_english(language):
        return text
    pieces = _BREAKS.split(text)
    first, after_point, last = True, False, None
    for number in range(0, len(pieces), 2):
        if number and pieces[number - 1] in "!?:":
            after_point = True
        words = _BLANKS.split(pieces[number])
        apostrophe = number and pieces[number - 1] in "'’" and pieces[number - 2][-1:].isalnum()
        for at in range(0, len(words), 2):
            if not words[at]:
                continue
            inside = bool(apostrophe) and at == 0
            lettered = len(words[at]) > 1 or pieces[number + 1 : number + 2] == ["-"]
            big = lettered and words[at].lower() not in _SKIPPED
            if (big or first or after_point) and not inside:
                words[at] = _capital(words[at])
            first = after_point = False
            last = None if inside else (number, at)
        pieces[number] = "".join(words)
    return _last_word(pieces, last)


def _last_word(pieces: list[str], last: tuple[int, int] | None) -> str:
    """The last word counts as a big one, whatever it is."""
    if last is not None:
        words = _BLANKS.split(pieces[last[0]])
        if len(words[last[1]]) > 1:
            words[last[1]] = _capital(words[last[1]])
        pieces[last[0]] = "".join(words)
    return "".join(pieces)


def _capital(word: str) -> str:
    return word[0].upper() + word[1:] if word == word.lower() else word
