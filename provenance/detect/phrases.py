"""The phrase table compiled: labels as sets of words, forms as bounded patterns behind a look.

A form is only tried on lines that hold one of its own fixed words, and all of these are looked for
at once, so that a page costs one look whatever it says; every repetition in a pattern is bounded,
so that the time is linear in the page.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from provenance.text.literals import Literals, holds_any
from provenance.text.patterns import compile_late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.text.literals import Stretches

NAME_LIMIT = 90
FORMS = ("first", "again", "read", "given", "feed", "mixed", "translated")
"""The kinds of the table that are forms; the others are words."""

_CHOICE = re.compile(r"\(([^()]{1,400})\)")
_GROUP = re.compile(r"\([^()]{1,400}\)\??")
_NESTED = re.compile(r"\([^()]{0,400}\(")
_LOOSE = re.compile(r"\0\??|[^\]]\?|\[[^\[\]]*\](?:\{[^{}]*\}|\?)?|\.?\{[^{}]*\}|[X$()|?]")
# Scripts without spaces: their words are matched inside other letters, all others as whole words.
_UNSPACED = compile_late(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_SPACES = r"[ \u00a0\u2009\u202f]{1,3}"
_NAME = rf"(?P<name>[^!?。！？\n]{{1,{NAME_LIMIT}}}?)"


@dataclass(frozen=True, slots=True)
class Form:
    """One way of saying something.

    ``text`` is how the table writes it. ``looks`` are lower-case words of which a line must hold
    one. The pattern has a group ``name`` where the name stands inside or before the words; where
    ``follows``, it comes after them.
    """

    kind: str
    language: str
    text: str
    looks: tuple[str, ...]
    follows: bool

    def may_match(self, low: str) -> bool:
        """Whether a text in lower case holds one of the words the form cannot do without."""
        return holds_any(low, self.looks)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The form compiled, on first use: most forms are never tried."""
        return _compiled(self.text, follows=self.follows)


@cache
def _compiled(text: str, *, follows: bool) -> re.Pattern[str]:
    return re.compile(_source(text, follows=follows), re.IGNORECASE)


@cache
def table() -> dict[str, dict[str, list[str]]]:
    """The phrase table, by language and kind.

    Each of its lists stands in one line and is JSON as well as TOML, and JSON is read much sooner.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for line in phrase_file().splitlines():
        if line.startswith("["):
            row = found[line.strip("[]")] = {}
        elif line and not line.startswith("#"):
            kind, _, texts = line.partition(" = ")
            row[kind] = json.loads(texts)
    return found


def phrase_file() -> str:
    """The phrase table as it is written."""
    return files("provenance.detect").joinpath("data/phrases.toml").read_text("utf-8")


@cache
def words(*kinds: str) -> frozenset[str]:
    """All words of some kinds (label, bare, twin, by) in every language, in lower case."""
    return frozenset(
        word.lower() for row in table().values() for kind in kinds for word in row.get(kind, ())
    )


@cache
def forms(*kinds: str) -> tuple[Form, ...]:
    """The forms of some kinds in every language."""
    return tuple(
        _form(kind, language, text)
        for language, row in table().items()
        for kind in kinds
        for text in row.get(kind, ())
    )


def looks_in(stretches: Stretches) -> frozenset[str]:
    """The fixed words of all forms that stand in a text in lower case."""
    return frozenset(_all_looks().standing_in(stretches))


def forms_with(kind: str, looks: Iterable[str]) -> list[Form]:
    """The forms of a kind that can do with these of the fixed words, in the order of the table."""
    of_kind, by_look = forms(kind), _by_look(kind)
    return [of_kind[at] for at in sorted({at for look in looks for at in by_look.get(look, ())})]


@cache
def _all_looks() -> Literals:
    return Literals(look for kind in FORMS for form in forms(kind) for look in form.looks)


@cache
def _by_look(kind: str) -> dict[str, list[int]]:
    """The places among the forms of a kind by each of their looks."""
    found: dict[str, list[int]] = {}
    for at, form in enumerate(forms(kind)):
        for look in form.looks:
            found.setdefault(look, []).append(at)
    return found


def _form(kind: str, language: str, text: str) -> Form:
    _, named, after = text.partition("X")
    follows = bool(named) and not after.strip()
    return Form(kind=kind, language=language, text=text, looks=_looks(text), follows=follows)


def _source(text: str, *, follows: bool) -> str:
    """The pattern of a form, which may hold a name anywhere."""
    before, named, after = text.partition("X")
    first, last = _pattern(before), _pattern(after)
    if named and not follows:
        # A name before the words begins where its clause does.
        opening = first if before else r"(?:^|(?<=[\s,;:：，、。「『(（]))(?!\s)"
        body = f"{opening}{_NAME}{last}"
    else:
        body = first.removesuffix(_SPACES)
    spaced = text.isascii() or not _UNSPACED.search(text)
    edge = r"(?<![^\W_])" if before and spaced else ""
    # "first in print" is no "first in X": what ends in a word ends where the word does.
    whole = spaced and (
        before.endswith(" ") if follows else body[-1:].isalpha() or body[-1:] == ")"
    )
    end = r"(?![^\W_])" if whole else ""
    return edge + body + end


def _pattern(text: str) -> str:
    """The form as a pattern: spaces outside character classes stand for any few spaces."""
    text = _CHOICE.sub(lambda group: f"({'|'.join(_longest_first(group.group(1)))})", text)
    parts = re.split(r"(\[[^\[\]]*\])", text.replace("(", "(?:"))
    parts[::2] = [re.sub(r" (?!\?)", lambda _: _SPACES, part) for part in parts[::2]]
    return "".join(parts)


def _longest_first(choices: str) -> list[str]:
    """The parts of a choice, so that "in" does not hide "in the"."""
    return sorted(choices.split("|"), key=len, reverse=True)


def _looks(text: str) -> tuple[str, ...]:
    """The fixed words of a form that are hardest to come by: one run, or one of a choice."""
    best: tuple[str, ...] = ()
    for choices in _runs(_flat(text)):
        if min(map(len, choices)) > min(map(len, best), default=0):
            best = choices
    return best


def _flat(text: str) -> str:
    """A form with every group inside another one left out."""
    if not _NESTED.search(text):
        return text
    kept, depth = [], 0
    for letter in text:
        depth += letter == "("
        if depth < 2:
            kept.append(letter)
        elif letter == ")":
            kept.append("\0?")
        depth -= letter == ")"
    return "".join(kept)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    at = 0
    for group in _GROUP.finditer(text):
        yield from ((run,) for run in _fixed(text[at : group.start()]))
        if not group.group().endswith("?"):
            parts = group.group()[1:-1].split("|")
            choices = tuple(max(_fixed(part), key=len, default="") for part in parts)
            if all(choices):
                yield choices
        at = group.end()
    yield from ((run,) for run in _fixed(text[at:]))


def _fixed(text: str) -> list[str]:
    """Stretches of a form that stand on the page as they are: no X, class, count or option."""
    parts = _LOOSE.sub("\0", text).split("\0")
    return [run.lower() for part in parts if (run := part.strip(" :,"))]
