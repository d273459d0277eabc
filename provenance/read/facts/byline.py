"""Who wrote: persons by name, from the markup or from the lines around the story.

An organisation is never made a person; what is neither person nor agency is left out, and stays
readable in the statements.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.read.dom import jsonld
from provenance.read.dom.context import OUTSIDE, Hint
from provenance.read.facts.person import agency_in, is_byline_worded, is_person, split_names
from provenance.text.dates import written_moments
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.read.dom.blocks import Piece
    from provenance.read.dom.markup_facts import Sources

_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|in|a)?|auteurs?|autore|author-?\w{0,12}|contributors?|byline"
    r"|journalists?|journalistes?|writers?|reporters?|columnists?|redakteure?)/[^/]",
    re.IGNORECASE,
)
_PERSON_PAGE = re.compile(
    r"/(?:profiles?|people|person(?:en)?|staff|team|[\w-]{0,20}experts?|meet-the-team|by|bio|users?"
    r"|u|member)/[^/]",
    re.IGNORECASE,
)
_OTHER_HAND = re.compile(
    r"^\W*(?:edited|reviewed|(?:medically|fact)[ -]?(?:reviewed|checked)|checked|translated|photos?"
    r"|updated|aktualisiert|contributions?"
    r"|foto|übersetzt|redigiert|bearbeitet)\b",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(r"Organization|Corporation|Company|Brand", re.IGNORECASE)
_METAS = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "dc:creator", "parsely-author", "sailthru.author", "citation_author", "byl", "creator",
    "rnews:author", "cxenseparse:author",
)  # fmt: skip
_NEVER = Hint.NAV | Hint.COMMENTS | Hint.LIST | Hint.SHARE
_BEFORE, _INTO, _AFTER, _CLOSE = 30, 8, 16, 4
_LONGEST, _SHORT, _MOST = 200, 120, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """Persons in the order they are named, and the agency named among them."""

    persons: tuple[str, ...]
    agency: str | None = None


def authors(
    found: Sources, pieces: list[Piece], chosen: set[int], own_names: tuple[str, ...]
) -> Authors:
    """The authors of a page: of JSON-LD, of the lines around the story, of the metas.

    ``chosen`` are the indexes of the story among ``pieces``; ``own_names`` are the site's.
    """
    own = {_letters(name) for name in own_names}
    stated, printed, meta = [*_json_ld(found)], [*near_lines(pieces, chosen)], [*_metas(found)]
    shown = " ".join(piece.text for piece in pieces).casefold() if meta else ""
    agencies = (agency_in(text) for text in (*stated, *printed, *meta))
    agency = next((name for name in agencies if name), None)
    found_names = []
    for group in (stated, printed, meta):
        names = dict.fromkeys(
            name
            for text in group
            for name in split_names(text, roles=group is not stated)
            if is_person(name, single=name == text.strip())
            and _letters(name) not in own
            # Systems fill the meta with whoever keeps the site: a name that is not printed is none.
            and (group is not meta or name.casefold() in shown)
        )
        found_names.append(tuple(names)[:_MOST])
    # A first name alone gives way to the full one.
    full = (names for names in found_names if any(" " in name for name in names))
    persons = next(full, None) or next(filter(None, found_names), ())
    return Authors(persons=persons, agency=agency)


def near_lines(pieces: list[Piece], chosen: set[int]) -> Iterator[str]:
    """The bylines printed close to the story, by the surest sign that any of them carries.

    Above the story first; below it only if nothing is above. An author link is surest, then a
    line marked as byline, one that begins with "By", one with a date, and a bare name at last.
    """
    if not chosen:
        return
    first, last = min(chosen), max(chosen)
    above = _usable(pieces[max(0, first - _BEFORE) : first + _INTO])
    below = _usable(pieces[max(first, last - 2) : last + 1 + _AFTER])
    bare = _usable(pieces[max(0, first - _CLOSE) : first + 3])
    for part, readers in (
        (above, (_author_links, _marked, _worded, _dated)),
        (bare, (_bare,)),
        (below, (_author_links, _marked, _worded)),
        (pieces[last : last + 1], (_bare,)),
    ):
        for reader in readers:
            lines = [*reader(part)]
            if reader in {_dated, _bare}:
                lines = [line for line in lines if not _is_topic(line, pieces)]
            if any(_names_somebody(line) for line in lines):
                yield from lines
                return


def _is_topic(line: str, pieces: list[Piece]) -> bool:
    """Whether a line's words are also the words of a link: a section or a subject, no name."""
    parts = {part.casefold() for name in split_names(line) for part in (name, *name.split())}
    return any(
        piece.text[anchor.start : anchor.end].casefold() in parts
        for piece in pieces
        for anchor in piece.anchors
    )


def _names_somebody(line: str) -> bool:
    """Whether a line names a person or an agency."""
    names = split_names(line)
    return any(is_person(name, single=name == line) for name in names) or bool(agency_in(line))


def _usable(pieces: list[Piece]) -> list[Piece]:
    """Pieces of the article's own column that name its author, not its editor or photographer."""
    kept: list[Piece] = []
    other = False
    for piece in pieces:
        marked = piece.hints & Hint.BYLINE and not piece.hints & _NEVER
        credit = piece.hints & Hint.CREDIT and not is_byline_worded(piece.text)
        if not piece.text or credit or (piece.hints & (OUTSIDE | Hint.CAPTION) and not marked):
            continue
        hand = bool(_OTHER_HAND.match(piece.text[:_SHORT]))
        if not other and not hand:
            kept.append(piece)
        other = hand and len(piece.text) < _SHORT // 4
    return kept


def _author_links(pieces: list[Piece]) -> Iterator[str]:
    for piece in pieces:
        marked = piece.hints & Hint.BYLINE or is_byline_worded(piece.text)
        for anchor in piece.anchors if len(piece.text) <= _LONGEST else ():
            text = piece.text[anchor.start : anchor.end]
            sure = "author" in anchor.rel.split() or _AUTHOR_PAGE.search(anchor.href)
            if text and (sure or (marked and _PERSON_PAGE.search(anchor.href))):
                yield text


def _marked(pieces: list[Piece]) -> Iterator[str]:
    return (p.text for p in pieces if p.hints & Hint.BYLINE and len(p.text) <= _LONGEST)


def _worded(pieces: list[Piece]) -> Iterator[str]:
    """The first line that begins with "By", joined with the next where the word stands alone."""
    for index, piece in enumerate(pieces):
        if len(piece.text) <= _SHORT and is_byline_worded(piece.text):
            after = pieces[index + 1].text if index + 1 < len(pieces) else ""
            yield piece.text if split_names(piece.text) else after[:_SHORT]
            return


def _dated(pieces: list[Piece]) -> Iterator[str]:
    for piece in pieces:
        if len(piece.text) <= _SHORT and next(written_moments(piece.text), None):
            yield piece.text


def _bare(pieces: list[Piece]) -> Iterator[str]:
    """A line of names alone: nobody else's, so without a link, and each of two words or more."""
    for piece in pieces:
        names = split_names(piece.text) if len(piece.text) <= _SHORT // 2 else []
        if names and not piece.anchors and not piece.hints & Hint.HEADING:
            whole = sum(map(len, names)) + 3 * len(names) >= len(piece.text)
            if whole and all(is_person(name) for name in names):
                yield piece.text


def _metas(found: Sources) -> Iterator[str]:
    label = registrable(found.url or "").split(".")[0]
    for text in found.all_meta(*_METAS):
        if "://" not in text and not (label and f"{label}." in text.casefold()):
            yield text


def _letters(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def _json_ld(found: Sources) -> Iterator[str]:
    for key in ("author", "creator"):
        for given in jsonld.as_list((found.article or {}).get(key)):
            for value in (jsonld.resolve(one, found.nodes) for one in jsonld.as_list(given)):
                kinds = jsonld.types(value) if isinstance(value, dict) else ()
                organisation = any(_ORGANISATION.search(kind) for kind in kinds)
                for text in _names_of(value):
                    if not organisation or agency_in(text):
                        yield text


def _names_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        names = [jsonld.text_of(name) for name in jsonld.as_list(value.get("name"))]
        parts = (jsonld.text_of(value.get("givenName")), jsonld.text_of(value.get("familyName")))
        yield from (name for name in names or [" ".join(parts).strip()] if name)
    elif text := jsonld.text_of(value):
        yield text
