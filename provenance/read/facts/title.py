"""The page's own headline, without the site's name, a kicker or a made-up prefix."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, cast

from provenance.read.dom import jsonld
from provenance.read.dom.context import NOT_OF_SPINE, Hint
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import XPath
    from lxml.html import HtmlElement

    from provenance.read.dom.blocks import Piece
    from provenance.read.dom.markup_facts import Sources

_SPLIT = re.compile(r"\s(?:[|–—•·»«:-]|::|<)\s|[|｜_]")
_SECTIONS = (
    r"politics|news|breaking(?: news)?|world(?: news)?|us news|sports?|business|health|tech"
    r"|science|exclusive|just in|updated?|latest|video|watch|entertainment|finance|opinion"
    r"|editorial|analysis|comment"
)
_PREFIX = re.compile(
    rf"^(?:(?:{_SECTIONS})\s?[|•·]\s?|(?:{_SECTIONS.upper()})\s?[:–—-]\s+)(?=\S)", re.IGNORECASE
)
_SHOUTED = re.compile(r"^[A-Z ]+\W")
_WORD = re.compile(r"\w+")
_LONGEST = 400
_HEADLINE = 150
_NEAR = 40
_CLOSE = 4
_KICKER = 0.4
_REST = (0.5, 0.9)


def title_of(
    found: Sources, names: tuple[str, ...], pieces: list[Piece], first: int | None
) -> str | None:
    """The headline of an HTML page.

    ``names`` are those the site goes by, to be cut off; ``first`` is the index of the story's
    first piece, None where there is no story. A first-level heading that the other titles agree
    with wins, then one that stands close above the story, then the titles of the markup.
    """
    others = [strip_name(text[:_LONGEST], names) for text in _stated(found) if text]
    texts = {h: text for h in found.headings if 0 < len(text := text_of(h)) <= _LONGEST}
    headings = [h for h, text in texts.items() if not _is_name(text, names)]
    heading = max(headings, key=lambda h: _shared(texts[h], others), default=None)
    if heading is None or not _shared(texts[heading], others):
        heading = _above(headings, pieces, first)
    if heading is not None:
        return strip_prefix(_headline(heading, others))
    if not any(list(_stated(found))[:2]) and (near := _subheading(pieces, first)):
        return strip_prefix(near)
    best = next((text for text in (*others, *(texts[h] for h in headings)) if text), None)
    return strip_prefix(best)[:_LONGEST] if best else None


def text_of(element: HtmlElement) -> str:
    """The words of an element: those of neighbouring spans apart, readings of ruby left out."""
    if not len(element):
        return " ".join((element.text or "").split())
    texts = cast("list[str]", _texts()(element))
    glue = " " if len(element) > 1 and element.find("ruby") is None else ""
    return " ".join(glue.join(texts).split())


@cache
def _texts() -> XPath:
    from lxml.etree import XPath

    return XPath(".//text()[not(ancestor::rt or ancestor::rp)]")


def strip_name(title: str, names: tuple[str, ...]) -> str:
    """The title without a leading or trailing part that is the site's own name."""
    text = title
    while parts := list(_SPLIT.finditer(text)):
        first, last = parts[0], parts[-1]
        if _is_name(text[last.end() :], names) or _is_host(text[last.end() :]):
            text = text[: last.start()]
        elif _is_name(text[: first.start()], names):
            text = text[first.end() :]
        else:
            break
    return text.strip()


def strip_prefix(title: str) -> str:
    """The title without a section or alarm word before a bar or, in capitals, before a colon."""
    found = _PREFIX.match(title)
    if found and (found.group().rstrip()[-1] in "|•·" or _SHOUTED.match(found.group())):
        return title[found.end() :]
    return title


def _stated(found: Sources) -> Iterable[str]:
    return (
        jsonld.text_of((found.article or {}).get("headline")),
        found.meta("og:title", "twitter:title", "dc.title", "title") or "",
        next(iter(found.titles), ""),
    )


def _headline(heading: HtmlElement, others: list[str]) -> str:
    """The heading without its kicker: what another title leaves out, or a short first child."""
    text = text_of(heading)
    bare = "".join(_WORD.findall(text.casefold()))
    parts = [part for child in heading if (part := text_of(child))]
    for other in others:
        end = "".join(_WORD.findall(other.casefold()))
        cut = bare.endswith(end) and _REST[0] <= len(end) / len(bare) <= _REST[1]
        if other in parts or (cut and other[:1].isalnum() and _stands_alone(other, text)):
            return other
    if len(parts) > 1 and " ".join(parts) == text and len(parts[0]) < _KICKER * len(text):
        rest = text[len(parts[0]) :].strip()
        return rest if parts[0][-1] != ":" and rest[0] not in ":–—-" else text
    return text


def _stands_alone(end: str, text: str) -> bool:
    """Whether the end of a heading begins anew: not with a small letter after a colon."""
    start = text[-len(end)]
    return not start.islower()


def _above(
    headings: list[HtmlElement], pieces: list[Piece], first: int | None
) -> HtmlElement | None:
    """The heading that stands nearest above the story or begins it, within reach."""
    if first is None:
        return None
    by_words = {"".join(text_of(h).split()): h for h in reversed(headings)}
    for piece in reversed(pieces[max(0, first - _NEAR) : first + 2]):
        if piece.hints & Hint.TITLE and not piece.hints & (NOT_OF_SPINE & ~Hint.CAPTION):
            bare = "".join(piece.text.split())
            for words, heading in by_words.items():
                if words.startswith(bare):
                    return heading
    return None


def _subheading(pieces: list[Piece], first: int | None) -> str | None:
    """A lower heading right above the story, for pages that mark no headline at all."""
    above = pieces[max(0, (first or 0) - _CLOSE) : (first or 0) + 1]
    headings = [p.text for p in reversed(above) if p.hints & Hint.HEADING and " " in p.text]
    # A heading as long as a paragraph is the lead, set as one.
    return next((text for text in headings if len(text) <= _HEADLINE), next(iter(headings), None))


def _is_name(part: str, names: tuple[str, ...]) -> bool:
    bare = "".join(_WORD.findall(part.casefold()))
    return not bare or any(bare == "".join(_WORD.findall(name.casefold())) for name in names)


def _is_host(part: str) -> bool:
    return bool(re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+", part.strip())) and bool(
        registrable(f"http://{part.strip()}/")
    )


def _shared(heading: str, others: list[str]) -> int:
    """How many words a heading shares with another title; 0 where they are not alike."""
    words, most = set(_WORD.findall(heading.casefold())), 0
    for other in others:
        theirs = set(_WORD.findall(other.casefold()))
        both = len(words & theirs)
        if both * 2 >= min(len(words), len(theirs)):
            most = max(most, both)
    return most
