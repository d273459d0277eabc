"""Who wrote: persons, agencies and desks by name, from the markup or the lines around the story.

An organisation is never made a person; it is kept as a desk where it is named as the author.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from provenance.read.dom import jsonld
from provenance.read.dom.context import OUTSIDE, Hint
from provenance.read.facts.person import (
    agency_in,
    is_byline_worded,
    is_desk,
    is_furniture_worded,
    is_person,
    persons_in,
    split_names,
)
from provenance.read.story.ends import first_prose, is_prose
from provenance.text.dates import written_moments
from provenance.text.patterns import compile_late
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.read.dom.blocks import Piece
    from provenance.read.dom.markup_facts import Sources

_AUTHOR_PAGE = compile_late(
    r"/(?:authors?|autor(?:en|es|in|a)?|auteurs?|autore|author-?\w{0,12}|contributors?|byline"
    r"|journalists?|journalistes?|writers?|reporters?|columnists?|redakteure?)/[^/]",
    re.IGNORECASE,
)
_PERSON_PAGE = compile_late(
    r"/(?:profiles?|people|person(?:en)?|staff|team|[\w-]{0,20}experts?|meet-the-team|by|bio|users?"
    r"|u|member)/[^/]",
    re.IGNORECASE,
)
_OTHER_HAND = compile_late(
    r"^\W*(?:edit(?:ed|ors?|ing)\b|redaktur|penyunting|编辑|編集|illustrat\w+|graphics?|images?|pictures?|video"
    r"|reviewed|(?:medically|fact)[ -]?(?:reviewed|checked)|checked|translated|photos?"
    r"|updated|aktualisiert|contributions?"
    r"|foto|übersetzt|redigiert|bearbeitet)\b",
    re.IGNORECASE,
)
_ORGANISATION = compile_late(r"Organization|Corporation|Company|Brand", re.IGNORECASE)
_METAS = (
    "author", "article:author", "article:author_name", "dc.creator", "dcterms.creator",
    "dc:creator", "parsely-author", "sailthru.author", "citation_author", "byl", "creator",
    "rnews:author", "cxenseparse:author",
)  # fmt: skip
_CONTACT = compile_late(r"^([^\W\d_][^:@\d]{3,60}):\s.{0,60}(?:@|\d{3})")
_NOTE = compile_late(
    r"^(?:about the author:?\s)?((?-i:[^\W\d_a-z])\S*(?:\s\S{1,20}){1,3}?),?\s"
    r"(?:is|was|covers|writes|ist|est|es|è)\s.{0,120}\b(?:writer|reporter|author|journalist"
    r"|columnist|editor|blogger|correspondent|freelance\w*|contributor|autor\w*|redakteur\w*|journaliste|periodista|giornalista)\b",
    re.IGNORECASE,
)
_LABELLED = Hint.HEADING | Hint.LIST
_LATIN = compile_late(r"[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+$")
_JOINS = " ,;|/&·•–—-"
_NEVER = Hint.NAV | Hint.COMMENTS | Hint.LIST | Hint.SHARE
_BEFORE, _INTO, _AFTER, _CLOSE = 30, 8, 16, 4
_LONGEST, _SHORT, _MOST = 200, 120, 20


class _Line(NamedTuple):
    """A text that may name authors; ``sure`` where a single word of it is a name."""

    text: str
    sure: bool = False
    roles: bool = True
    organisation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """Persons in the order they are named, the agency among them, and desks and organisations."""

    persons: tuple[str, ...]
    agency: str | None = None
    desks: tuple[str, ...] = ()


def authors(
    found: Sources, pieces: list[Piece], chosen: set[int], own_names: tuple[str, ...]
) -> Authors:
    """The authors of a page: of JSON-LD, of the lines around the story, of the metas.

    ``chosen`` are the indexes of the story among ``pieces``; ``own_names`` are the site's.
    """
    own = {_letters(name) for name in own_names}
    stated, printed, meta = [*_json_ld(found)], [*near_lines(pieces, chosen)], [*_metas(found)]
    agencies = (agency_in(line.text) for line in (*stated, *printed, *meta))
    persons: tuple[str, ...] = ()
    desks: dict[str, None] = {}
    for group in _by_trust(stated, printed, meta, pieces):
        names = tuple(_persons(group, own))[:_MOST]
        if any(" " in name for name in names):
            persons = names  # a first name alone gives way to the full one
            break
        persons = persons or names
        desks |= dict.fromkeys(_desks(group, own))
    return Authors(
        persons=persons,
        agency=next((name for name in agencies if name), None),
        desks=() if persons else tuple(desks)[:_MOST],
    )


def _by_trust(
    stated: list[_Line], printed: list[_Line], meta: list[_Line], pieces: list[Piece]
) -> Iterator[list[_Line]]:
    """The groups of lines that may name the authors, each made when those before named nobody."""
    yield stated
    yield printed
    yield _shown(meta, pieces)


def _shown(meta: list[_Line], pieces: list[Piece]) -> list[_Line]:
    """The lines of metas that are sure, or name somebody whom the page prints.

    Systems fill the meta with whoever keeps the site: a name that is not printed is none.
    """
    shown = " ".join(piece.text for piece in _own_hands(pieces)).casefold() if meta else ""
    return [
        line
        for line in meta
        if line.sure or any(name.casefold() in shown for name in split_names(line.text))
    ]


def _persons(lines: list[_Line], own: set[str]) -> dict[str, None]:
    return dict.fromkeys(
        name
        for line in lines
        if not line.organisation
        for name in persons_in(line.text, roles=line.roles, sure=line.sure)
        if _letters(name) not in own
    )


def _desks(lines: list[_Line], own: set[str]) -> Iterator[str]:
    """The names among lines that are those of desks, organisations, or the site itself."""
    for line in lines:
        text = " ".join(line.text.split())
        bare = next(iter(split_names(text, roles=False)), "") if line.roles else text
        for name in dict.fromkeys((bare, text)):
            stated = line.organisation and len(name) <= _SHORT // 2
            itself = _letters(name) in own
            desk = stated or (is_desk(name) and not itself)
            if name and desk and not agency_in(name):
                yield name
                break


def near_lines(pieces: list[Piece], chosen: set[int]) -> Iterator[_Line]:
    """The bylines printed close to the story, by the surest sign that any of them carries.

    Above the story's prose first; below it only if nothing is above. An author link is surest,
    then a line marked as byline, one that begins with "By", one with a date, and a bare name; a
    note on the author below comes last.
    """
    if not chosen:
        return
    first, last = first_prose(chosen, pieces), max(chosen)
    above = _usable(pieces[max(0, first - _BEFORE) : first + _INTO])
    below = _usable(pieces[max(first, last - 2) : last + 1 + _AFTER])
    bare = _usable(pieces[max(0, first - _CLOSE) : first + 3])
    for part, readers in (
        (above, (_author_links, _marked, _worded, _dated)),
        (bare, (_bare,)),
        (below, (_author_links, _marked, _worded)),
        (pieces[last : last + 2], (_bare,)),
        (below, (_notes,)),
    ):
        short: list[_Line] = []
        for reader in readers:
            if short and reader is _dated:
                break
            lines = [*reader(part)]
            if reader in {_dated, _bare}:
                lines = [line for line in lines if not _is_topic(line.text, pieces)]
            if any(_names_in_full(line) for line in lines):
                yield from lines
                return
            short = short or [line for line in lines if persons_in(line.text, sure=line.sure)]
        if short:
            yield from short
            return


def _is_topic(line: str, pieces: list[Piece]) -> bool:
    """Whether a line's words are also the words of a link: a section or a subject, no name."""
    parts = {part.casefold() for name in split_names(line) for part in (name, *name.split())}
    return any(
        piece.text[anchor.start : anchor.end].casefold() in parts
        for piece in pieces
        for anchor in piece.anchors
    )


def _names_in_full(line: _Line) -> bool:
    """Whether a line names a person by more than one word, an agency or a desk."""
    names = persons_in(line.text, sure=line.sure)
    full = any(" " in name or not _LATIN.match(name) for name in names)
    return full or bool(agency_in(line.text)) or is_desk(line.text)


def _own_hands(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces without those that name an editor, a photographer or a translator."""
    other = False
    for piece in pieces:
        hand = bool(_OTHER_HAND.match(piece.text[:_SHORT]))
        if not other and not hand:
            yield piece
        other = hand and len(piece.text) < _SHORT // 4


def _usable(pieces: list[Piece]) -> list[Piece]:
    """Pieces of the article's own column that may name its author."""
    return [*_own_hands(piece for piece in pieces if piece.text and _may_name(piece))]


def _may_name(piece: Piece) -> bool:
    worded = is_byline_worded(piece.text)
    never = _NEVER & ~Hint.SHARE if worded else _NEVER
    if piece.hints & Hint.CREDIT and not worded:
        return False
    if piece.hints & Hint.BYLINE and not piece.hints & never:
        return worded or not piece.hints & Hint.CAPTION
    return not piece.hints & (OUTSIDE | Hint.CAPTION)


def _author_links(pieces: list[Piece]) -> Iterator[_Line]:
    for piece in pieces:
        marked = piece.hints & Hint.BYLINE or is_byline_worded(piece.text)
        for anchor in piece.anchors if len(piece.text) <= _LONGEST else ():
            text = piece.text[anchor.start : anchor.end]
            sure = "author" in anchor.rel.split() or _AUTHOR_PAGE.search(anchor.href)
            if text and (sure or (marked and _PERSON_PAGE.search(anchor.href))):
                yield _Line(text, sure=True)


def _marked(pieces: list[Piece]) -> Iterator[_Line]:
    for piece in pieces:
        contact = _CONTACT.match(piece.text[:_LONGEST])
        if piece.hints & Hint.BYLINE and (contact or len(piece.text) <= _LONGEST):
            yield from [_Line(contact[1])] if contact else _of_piece(piece)


def _of_piece(piece: Piece) -> Iterator[_Line]:
    """A byline as one line, or its elements where each of them is a person."""
    texts = [piece.text[anchor.start : anchor.end].strip() for anchor in piece.anchors]
    texts = [text for text in texts if text]
    parted = [piece.text[one:other].strip(_JOINS) for one, other in pairwise(_borders(piece))]
    for parts in (texts, [part for part in parted if part and not _is_by(part)]):
        if len(parts) > 1 and all(is_person(part) for part in parts):
            yield from (_Line(part) for part in parts)
            return
    if not is_furniture_worded(piece.text) or is_byline_worded(piece.text):
        yield _Line(piece.text)


def _borders(piece: Piece) -> tuple[int, ...]:
    return (0, *piece.borders, len(piece.text))


def _is_by(part: str) -> bool:
    return is_byline_worded(f"{part} ") and not split_names(part)


def _worded(pieces: list[Piece]) -> Iterator[_Line]:
    """The first line that begins with "By", joined with the next where the word stands alone."""
    for index, piece in enumerate(pieces):
        if len(piece.text) <= _SHORT and is_byline_worded(piece.text):
            after = pieces[index + 1].text if index + 1 < len(pieces) else ""
            if split_names(piece.text):
                yield from _of_piece(piece)
            else:
                yield _Line(after[:_SHORT], sure=True)
            return


def _dated(pieces: list[Piece]) -> Iterator[_Line]:
    for piece in pieces:
        text = piece.text
        if len(text) <= _SHORT and not is_prose(piece) and next(written_moments(text), None):
            yield from (_Line(name) for name in split_names(text) if _may_be_name(name))


def _may_be_name(name: str) -> bool:
    """Whether form alone may make a name: where capitals tell none, two words are any words."""
    return name[0].isupper() and not is_furniture_worded(name)


def _bare(pieces: list[Piece]) -> Iterator[_Line]:
    """A line of names alone: nobody else's, so without a link, and each of two words or more."""
    for piece in pieces:
        names = split_names(piece.text) if len(piece.text) <= _SHORT // 2 else []
        labelled = piece.text.endswith((":", ".", "?", "!")) or piece.hints & _LABELLED
        if names and not piece.anchors and not labelled:
            whole = sum(map(len, names)) + 3 * len(names) >= len(piece.text)
            if whole and all(is_person(name) and _may_be_name(name) for name in names):
                yield from (_Line(name) for name in names)


def _notes(pieces: list[Piece]) -> Iterator[_Line]:
    """The name that a note on the author begins with, below the story."""
    for piece in pieces:
        found = _NOTE.match(piece.text)
        if found and is_person(found[1]) and not is_furniture_worded(found[1]):
            yield _Line(found[1])


def _metas(found: Sources) -> Iterator[_Line]:
    label = registrable(found.url or "").split(".")[0]
    for text in found.all_meta(*_METAS):
        if "://" not in text and not (label and f"{label}." in text.casefold()):
            yield _Line(text)
    # What Yoast's plug-in writes for chat programs: a label and what it stands for.
    for number in "12":
        said, value = found.meta(f"twitter:label{number}"), found.meta(f"twitter:data{number}")
        if said and value and is_byline_worded(f"{said} "):
            yield _Line(value, sure=True)


def _letters(name: str) -> str:
    return "".join(ch for ch in name.casefold() if ch.isalnum())


def _json_ld(found: Sources) -> Iterator[_Line]:
    for key in ("author", "creator"):
        for given in jsonld.as_list((found.article or {}).get(key)):
            for value in (jsonld.resolve(one, found.nodes) for one in jsonld.as_list(given)):
                kinds = jsonld.types(value) if isinstance(value, dict) else ()
                organisation = any(_ORGANISATION.search(kind) for kind in kinds)
                for text in _names_of(value):
                    yield _Line(text, sure=True, roles=False, organisation=organisation)


def _names_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        names = [jsonld.text_of(name) for name in jsonld.as_list(value.get("name"))]
        parts = (jsonld.text_of(value.get("givenName")), jsonld.text_of(value.get("familyName")))
        yield from (name for name in names or [" ".join(parts).strip()] if name)
    elif text := jsonld.text_of(value):
        yield text
