"""News agencies, hosts of press releases and sellers of texts, and the forms of their names.

Read on first use from ``data/agencies.tsv``; what stands there is fact, what does not is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from provenance.text.names import SHORT, core_key, name_key, several, table
from provenance.text.remember import remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_AROUND = ' \t\n()[]【】（）<>/\\-–—.,:;|«»"“”*=©'
_BETWEEN = re.compile(r"[/,;+&]|\s(?:and|und|et|y|e|och|og|en|i|и|та)\s")
_LONG = 100
_WORD, _SPACE = re.compile(r"\w+"), re.compile(r"\s")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")


class AgencyKind(Enum):
    """What an outlet is. PORTAL and AGGREGATOR mostly show what others wrote."""

    PAPER = "paper"
    BROADCASTER = "broadcaster"
    MAGAZINE = "magazine"
    SITE = "site"
    AGENCY = "agency"
    SYNDICATE = "syndicate"
    RELEASE = "release"
    PORTAL = "portal"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """A news agency (AGENCY), a host of press releases (RELEASE) or a seller of texts (SYNDICATE).

    ``aliases`` are further full names, native scripts included; ``initials`` the short forms that
    stand in brackets, in the case that is used: "AP", "dpa". ``ambiguous`` are those of all these
    that mean other things too and need more than themselves: a bracket after a place, "By", an end
    mark. ``datelines``, ``bylines`` and ``tails`` are exact wordings for each place on the page.
    """

    name: str
    kind: AgencyKind
    country: str
    domains: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names and short forms, the main one first."""
        return tuple(dict.fromkeys((self.name, *self.aliases, *self.initials)))


@cache
def agencies() -> tuple[Agency, ...]:
    """All agencies, release wires and syndicates of the table."""
    return tuple(parse_agencies(table("agencies.tsv")))


def agency_named(text: str) -> Agency | None:
    """The agency that a text names and nothing else; of several the first listed; else None.

    Brackets, slashes and dashes around the name are no part of it: "(dpa)", "/ritzau/", "--IANS".
    Two letters, and forms that mean other things too, count only in their own case.
    """
    found = agencies_named(text)
    return found[0] if found else None


@remember(SHORT)
def agencies_named(text: str) -> tuple[Agency, ...]:
    """All agencies that a text names and nothing else.

    Initials such as "APA" or "MIA" belong to more than one; "APA/sda/dpa" names three.
    """
    whole = _of_one_name(text)
    if whole or len(text) > _LONG:
        return whole
    parts = [_of_one_name(part)[:1] for part in _BETWEEN.split(text.strip(_AROUND))]
    return tuple(agency for part in parts for agency in part) if all(parts) else ()


def _of_one_name(text: str) -> tuple[Agency, ...]:
    exact, tolerant = _agency_index()
    bare = text.strip(_AROUND)
    return exact.get(bare) or tolerant.get(name_key(bare), ())


def is_ambiguous(form: str) -> bool:
    """Whether a form of an agency's name means other things too and needs a stricter context."""
    return form.strip(_AROUND) in _ambiguous_forms()


@cache
def agency_pattern(*, ambiguous: bool = False) -> re.Pattern[str]:
    """A pattern that finds agencies' names and initials standing as words, the longest first.

    Initials in their own case, full names in any. Forms that mean other things too are in it only
    when asked for. A trie: each character of the text is looked at once per start.
    """
    return _compile_forms(
        (form, initial)
        for forms in _folded_forms().values()
        for form, initial in forms
        if ambiguous or form not in _ambiguous_forms()
    )


def find_agencies(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Where ``agency_pattern(ambiguous=True)`` matches from ``start`` on.

    That pattern takes longer to compile than a page to read. Few pages name more than one or two
    agencies, so one of the forms that stand in the text is compiled instead, where they are known.
    """
    forms = _forms_in(text)
    if forms is None:
        return agency_pattern(ambiguous=True).finditer(text, start)
    return _pattern_of(forms).finditer(text, start) if forms else iter(())


def may_name_agency(text: str) -> bool:
    """False only where ``agency_pattern(ambiguous=True)`` finds nothing, told at a fraction."""
    forms = _forms_in(text)
    return forms is None or bool(forms)


@remember(SHORT)
def _forms_in(text: str) -> frozenset[str] | None:
    """The folded forms of which the text holds the beginning or all; None where it cannot be told.

    Words are looked up among those that names begin with; where a name ends is not looked at.
    Letters that fold otherwise than ``re`` takes them (the Turkish i, a Greek mark that becomes a
    letter) are left to the pattern itself.
    """
    begun, anywhere = _beginnings()
    if not text.isascii() and any(letter in text for letter in (*_FOLDED_OTHERWISE, *anywhere)):
        return None
    folded = text.casefold()
    found = {form for form in begun[""] if form in folded}
    if not begun.keys().isdisjoint(_WORD.findall(folded)):
        spaced = _SPACE.sub(" ", folded)
        found.update(
            form
            for word in _WORD.finditer(spaced)
            for form in begun.get(word[0], ())
            if spaced.startswith(form, word.start())
        )
    return frozenset(found)


_FOLDED_OTHERWISE = ("\u0130", "\u0131", "\u0307", "\u0345")


@cache
def _beginnings() -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Folded forms by their first word, "" where they begin with a mark; those set unspaced.

    Of these what stands before a space in them: any kind of space may stand there in a text.
    """
    begun: dict[str, list[str]] = {"": []}
    anywhere: list[str] = []
    for folded, forms in _folded_forms().items():
        if any(_unspaced(form) for form, _ in forms):
            anywhere += [form.partition(" ")[0] for form, _ in forms]
        else:
            word = _WORD.match(folded)
            begun.setdefault(word[0] if word else "", []).append(folded)
    return {word: tuple(each) for word, each in begun.items()}, tuple(anywhere)


@cache
def _folded_forms() -> dict[str, list[tuple[str, bool]]]:
    """The forms of all names by how they fold, and for each whether it is initials."""
    known = {(form, form in agency.initials) for agency in agencies() for form in agency.names}
    folded: dict[str, list[tuple[str, bool]]] = {}
    for form, initial in known:
        folded.setdefault(form.casefold().replace("\u0131", "i"), []).append((form, initial))
    return folded


@lru_cache(maxsize=512)
def _pattern_of(folded: frozenset[str]) -> re.Pattern[str]:
    """As ``agency_pattern``, for the forms that fold so."""
    return _compile_forms(form for each in folded for form in _folded_forms()[each])


def _compile_forms(forms: Iterable[tuple[str, bool]]) -> re.Pattern[str]:
    exact, names, inside = list[str](), list[str](), list[str]()
    for form, initial in forms:
        if _unspaced(form):
            inside.append(form)
        elif initial:
            exact.append(form)
        else:
            names.append(form.lower())
    tries = [_trie(exact)] if exact else []
    tries += [f"(?i:{_trie(names)})"] if names else []
    spaced = [rf"(?<!\w)(?:{'|'.join(tries)})(?!\w)"] if tries else []
    return re.compile("|".join(spaced + ([_trie(inside)] if inside else [])))


def parse_agencies(rows: Iterable[str]) -> Iterator[Agency]:
    """Rows of agencies, cells in the order of the fields of ``Agency``; no domain is "-".

    Initials in brackets are datelines and tails without being listed, names are bylines.
    """
    for row in rows:
        name, kind, country, domains, *cells = row.split("\t")
        cells += [""] * (6 - len(cells))
        aliases, initials, ambiguous, datelines, bylines, tails = map(several, cells)
        bracketed = tuple(f"({form})" for form in initials)
        yield Agency(
            name=name,
            kind=AgencyKind(kind),
            country=country,
            domains=() if domains == "-" else tuple(domains.split(" ")),
            aliases=aliases,
            initials=initials,
            ambiguous=ambiguous,
            datelines=bracketed + datelines,
            bylines=(name, *aliases, *initials, *bylines),
            tails=bracketed + tails,
        )


def _settled(index: dict[str, list[Agency]]) -> dict[str, tuple[Agency, ...]]:
    return {key: tuple(values) for key, values in index.items() if key}


@cache
def _ambiguous_forms() -> frozenset[str]:
    return frozenset(form for agency in agencies() for form in agency.ambiguous)


@cache
def _agency_index() -> tuple[dict[str, tuple[Agency, ...]], dict[str, tuple[Agency, ...]]]:
    """Agencies by exact form, and by key for the forms whose case does not matter."""
    exact: dict[str, list[Agency]] = {}
    tolerant: dict[str, list[Agency]] = {}
    for agency in agencies():
        forms = tuple(dict.fromkeys((*agency.names, *agency.bylines)))
        own_case = {name_key(form) for form in forms if form in agency.ambiguous or len(form) < 3}
        for form in forms:
            exact.setdefault(form, []).append(agency)
        keys = {key(form) for form in forms for key in (name_key, core_key)}
        for key in keys - own_case:
            tolerant.setdefault(key, []).append(agency)
    return _settled(exact), _settled(tolerant)


def _unspaced(form: str) -> bool:
    """Whether a form is written in a script that sets no spaces between words."""
    return bool(_UNSPACED.search(form))


def _trie(forms: Iterable[str]) -> str:
    """A pattern of literal strings, longest first, that shares their beginnings."""
    tree = _Tree()
    for form in forms:
        node = tree
        for character in form:
            node = node.setdefault(character, _Tree())
        node[""] = _Tree()
    return _branches(tree)


class _Tree(dict[str, "_Tree"]):
    """Strings by their next character; the key "" says that a string may end here."""


def _branches(tree: _Tree) -> str:
    branches = [
        (r"\s" if character == " " else re.escape(character)) + _branches(below)
        for character, below in sorted(tree.items())
        if character
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in tree:
        return joined
    return f"(?:{joined})?"
