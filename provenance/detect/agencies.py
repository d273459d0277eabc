"""News agencies by the forms that pages write: who is named in a byline, a bracket, a tail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from provenance.detect.agency_wordings import wordings_of
from provenance.detect.credits import is_service
from provenance.detect.naming import undated
from provenance.detect.phrases import words
from provenance.detect.site_identity import is_common
from provenance.model import Derivation
from provenance.text.literals import holds_any
from provenance.text.names import SHORT
from provenance.text.patterns import compile_late
from provenance.text.publishers import (
    agency_named,
    find_agencies,
    may_name_agency,
    publishers_named,
)
from provenance.text.remember import remember

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.detect.site_identity import SiteIdentity
    from provenance.text.publishers import Agency

_JOINT = re.compile(
    r" ?[,;/|+&•·、，／=＝] ?| [-–—] | (?:and|und|et|y|e|og|och|en|ja|i|и|та|con|with|mit|avec|com"
    r"|med|met|from|via|si|și|ve|και|و) ",
    re.IGNORECASE,
)
_TOGETHER = compile_late(
    r"[&+]|(?<!\w)(?:and|und|et|y|e|og|och|en|ja|i|и|та|con|with|mit|avec|com|med|met|si|și|ve|και|و)"
    r"(?!\w)",
    re.IGNORECASE,
)
_JOINER = re.compile(r"^(?:with|mit|avec|con|com|met|med|s|со?|з)\s(?=\S)", re.IGNORECASE)
_INITIALS = re.compile(r"^[a-zà-ÿ]{1,5}\.?$|^[A-Z]{1,2}[a-z]{1,2}$|^[A-Za-z]{1,3}-[A-Za-z]{1,3}$")
_ROLE = re.compile(
    r"\b(?:(?:national|foreign|political|entertainment|sports|business|science|medical|health|staff"
    r"|technology|food|film|music|education|legal|religion|travel|race|white house|diplomatic"
    r"|chief|senior|special|economics|basketball|football|baseball|hockey|auto|racing|golf)\s){0,3}"
    r"(?:writers?|correspondents?|reporters?|editors?|staff|bureau|newsroom|news agency|news"
    r"|news service|wire|wire service|media|agency|agencies|content|copy|redaktion|agentur"
    r"|agence|agencia|agenzia|korr|correspondant|nachrichtenagentur|presseagentur|nieuwsagentschap"
    r"|persbureau|agencja|agentura|agentury|agência|nyhetsbyrån|nyhetsbyrået|nyhedsbureauet"
    r"|uutistoimisto|hírügynökség|agenția|agencija|агентств[оа]|агенция|وكالة|خبرگزاری)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(r"^[ld]['’]", re.IGNORECASE)
_EDGE = " \t\u00a0.,;:|-–—_*()[]{}<>\"'“”«»/=©→·•"
LONGEST = 160
_SHORTEST = 3
_SHORT = 60
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|el|los|il)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is named in a short text: agencies, other known outlets, the page itself, persons.

    ``unnamed`` are words for agencies that are not named ("News agencies"). ``edited`` tells that
    an editor's initials follow one agency ("dpa/gem"), ``together`` that a word joins the
    parts ("and", "with"), ``followed`` that a person comes after the agency ("AP, Anna Berg").
    """

    agencies: tuple[str, ...]
    unnamed: tuple[str, ...]
    outlets: tuple[str, ...]
    own: bool
    persons: bool
    edited: bool
    others: tuple[str, ...]
    together: bool
    followed: bool


def agency_of(form: str) -> Agency | None:
    """The agency that a form names when it stands alone, role words aside, or None."""
    written = written_agency(form)
    return agency_named(written) if written else None


@remember(SHORT)
def written_agency(text: str) -> str | None:
    """The agency that a text names and nothing else, as it is written there, or None.

    An elided article and words for a writer's role are no part of it: "AP Sports Writer" is "AP".
    """
    bare = text.strip(_EDGE)
    for form in (bare, _ELIDED.sub("", bare), _ROLE.sub("", bare).strip(_EDGE)):
        if form and (agency := agency_named(form)) is not None:
            return form if form in agency.names else agency.name
    return None


def mentions(text: str) -> bool:
    """Whether an agency is named in a text, as a whole word."""
    return any(find_agencies(text))


_KINDS = ("agency", "unnamed", "outlet", "own", "initials", "person", "neither", "other")


def parties(own: SiteIdentity, text: str) -> Parties:
    """Who is named in a byline, a bracket or a credit: its parts, each taken for what it is."""
    shown = " ".join(text[:LONGEST].split())
    bare = _before_date(shown if _JOINER.match(shown) else _without_by(shown))
    joined = _JOINER.match(bare)
    bare = bare[joined.end() :] if joined else bare
    found: dict[str, dict[str, None]] = {kind: {} for kind in _KINDS}
    followed = False
    for raw in _parts(bare):
        part = raw.strip(_EDGE)
        if not part or "@" in part or part.casefold() in _openers():
            continue
        beside = bool(found["agency"])
        kind, name = _kind_of(own, part, beside=beside)
        if kind == "initials" and not beside:
            continue  # who typed the agency's text in: "asa/dpa"
        found[kind][name] = None
        followed = followed or (kind == "person" and bool(found["agency"]))
    wires = tuple(found["agency"])
    return Parties(
        agencies=wires,
        unnamed=tuple(found["unnamed"]),
        outlets=tuple(found["outlet"]),
        own=joined is not None or bool(found["own"]),
        persons=bool(found["person"]),
        edited=len(wires) == 1 and bool(found["initials"]),
        others=tuple(found["other"]),
        together=_together(bare, wires),
        followed=followed,
    )


def _kind_of(own: SiteIdentity, part: str, *, beside: bool) -> tuple[str, str]:
    """What one part of a byline is, and the name it gives; ``beside``: an agency came before it."""
    bare = _without_by(part)
    form = written_agency(part) or (written_agency(bare) if bare != part else None)
    if form is None and beside and _INITIALS.match(part):
        # Beside one agency, "Ap" or "afp" is another, and no editor.
        form = written_agency(part.upper())
    if form is not None:
        return "agency", form
    low = part.casefold().replace("\u0307", "")
    if low in words("agencies"):
        kind = "unnamed"
    elif low in words("desk") or own.is_name(part):
        kind = "own"
    elif is_outlet(part):
        kind = "outlet"
    elif low in words("section") or _SERVICES.match(part):
        kind = "neither"
    elif _INITIALS.match(part):
        kind = "initials"
    elif _person(part):
        kind = "person"
    else:
        kind = "other" if _ROLE.sub("", part).strip(_EDGE) else "neither"
    return kind, part


def _before_date(text: str) -> str:
    """A byline up to the words that open its date: "AFP, published on 3 March"."""
    if not any(letter.isdigit() for letter in text):
        return text
    found = _dating().search(text, 1)
    return text[: found.start()] if found else text


@cache
def _dating() -> re.Pattern[str]:
    opening = sorted(map(re.escape, words("when")), key=len, reverse=True)
    return re.compile(rf"(?<=[\s,;|(])(?:{'|'.join(opening)})(?!\w)", re.IGNORECASE)


@cache
def _openers() -> frozenset[str]:
    return words("by") - words("desk")


def _without_by(text: str) -> str:
    """A byline without the word that opens it."""
    for _ in range(2):
        head, _, rest = text.partition(" ")
        two = " ".join(text.split(" ")[:2])
        if two.strip(":").casefold() in _openers() and len(text) > len(two):
            text = text[len(two) :].strip(_EDGE)
        elif head.strip(":").casefold() in _openers() and rest:
            text = rest.strip(_EDGE)
    return text


_PARTICLES = frozenset(
    (
        *("van", "de", "von", "der", "da", "di", "del", "la", "el", "bin", "al", "ibn", "du"),
        *("des", "le", "ten", "ter", "af", "zu"),
    )
)
# What agencies themselves add to their mark, which is no editor's initials: "dpa/lno".
_SERVICES = re.compile(r"^(?:l[a-z]{2}|tmn|afx|infocom|th|mp|kyodo)$")


_LETTERS = re.compile(r"(?:[A-Z]\.[ -]?){1,3}[A-Z]?\.?")


def _person(text: str) -> bool:
    if _LETTERS.fullmatch(text):
        return True
    parts = text.split()
    named = all(part[0].isupper() or part in _PARTICLES for part in parts)
    return 2 <= len(parts) <= 5 and named and not any(c.isdigit() for c in text)


def _parts(bare: str) -> Iterator[str]:
    """The parts of a byline; a name that runs on into an outlet's is two."""
    dated = any(letter.isdigit() for letter in bare)
    wired = may_name_agency(bare)
    for raw in _JOINT.split(bare):
        part = undated(raw, dated=dated)
        pieces = part.split("-")
        glued = wired and len(pieces) > 1 and not written_agency(part)
        if glued and any(map(written_agency, pieces)):
            yield from pieces
            continue
        names = part.split(" ")
        starts = range(2, min(len(names) - 1, 5))
        tails = (" ".join(names[n:]) for n in starts)
        known = (t for t in tails if is_outlet(t) or (wired and written_agency(t)))
        house = next(known, None)
        if house is None or is_outlet(part):
            yield part
        else:
            yield from (part.removesuffix(house), house)


def _together(bare: str, wires: Iterable[str]) -> bool:
    """Whether a word such as "and" or "with" joins an agency to another party."""
    for form in wires:
        at = bare.find(form)
        before, after = bare[:at].rstrip(), bare[at + len(form) :].lstrip()
        before = _LAST_ARTICLE.sub("", before).rstrip()
        joined = [found for found in _TOGETHER.finditer(before) if found.end() == len(before)]
        if at >= 0 and (joined or _TOGETHER.match(after)):
            return True
    return False


_LAST_ARTICLE = re.compile(r"\b(?:the|der|die|l['’]|la|le|agencia|agence)$", re.IGNORECASE)


def is_outlet(text: str) -> bool:
    """Whether a text is the name of a known outlet as it spells itself, and of nothing else.

    Short forms and common words are names of outlets too ("ET", "News"); here they are not.
    """
    if len(text) < _SHORTEST or is_common(text) or is_service(text):
        return False
    if text.casefold() in words("section"):
        return False
    bare = _ARTICLE.sub("", text)
    return any(
        bare == _ARTICLE.sub("", name) for known in publishers_named(text) for name in known.names
    )


def share(who: Parties) -> Derivation:
    """WHOLLY for an agency alone or with its own writer, PARTIALLY beside another desk."""
    beside = who.own or who.outlets or who.edited or who.others or who.followed
    if beside or not who.agencies or (who.persons and who.together):
        return Derivation.PARTIALLY
    return Derivation.WHOLLY


def mentions_any(text: str) -> bool:
    """Whether a short text names an agency, or agencies without a name."""
    return mentions(text) or (len(text) <= _SHORT and _mentions_unnamed(text.lower()))


def _mentions_unnamed(low: str) -> bool:
    firsts, unspaced = _unnamed()
    if not low.isascii() and holds_any(low, unspaced):
        return True
    return any(word.strip(_EDGE) in firsts for word in low.split())


@cache
def _unnamed() -> tuple[frozenset[str], tuple[str, ...]]:
    """The first words of names for agencies without a name, and those in scripts without spaces."""
    known = words("agencies")
    unspaced = tuple(name for name in known if _UNSPACED.search(name))
    return frozenset(name.split()[0] for name in known), unspaced


def worded(wordings: Iterable[str], place: str, text: str) -> tuple[str, Agency] | None:
    """The longest exact wording of an agency's dateline or tail that a text holds, if any.

    ``wordings`` are those of the page at this place; ``text`` is of a line in or by the story.
    """
    form = max((form for form in wordings if form in text), key=len, default=None)
    return None if form is None else (form, wordings_of(place)[form])
