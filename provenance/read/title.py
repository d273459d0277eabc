"""The page's own headline, without the site's name and without a made-up prefix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.read import jsonld
from provenance.text.urls import registrable

if TYPE_CHECKING:
    from provenance.read.sources import Sources

_SPLIT = re.compile(r"\s+(?:[|–—•·»«:-]|::|<)\s+|\s*[|｜_]\s*")
_PREFIX = re.compile(
    r"^(?:POLITICS|NEWS|BREAKING(?: NEWS)?|WORLD(?: NEWS)?|US NEWS|SPORTS?|BUSINESS|HEALTH|TECH"
    r"|SCIENCE|EXCLUSIVE|JUST IN|UPDATED?|LATEST|VIDEO|WATCH|ENTERTAINMENT|FINANCE|OPINION)"
    r"\s?[:–—|-]\s+(?=\S)"
)
_WORD = re.compile(r"\w+")
_LONGEST = 400


def title_of(found: Sources, names: tuple[str, ...]) -> str | None:
    """The headline of an HTML page; ``names`` are those the site goes by, to be cut off."""
    headings = [" ".join(h.text_content().split()) for h in found.headings]
    headings = [h for h in headings if 0 < len(h) <= _LONGEST and not _is_name(h, names)]
    article = found.article or {}
    others = [
        jsonld.text_of(article.get("headline")),
        found.meta("og:title", "twitter:title", "dc.title", "title") or "",
        next(iter(found.titles), ""),
    ]
    others = [strip_name(text, names) for text in others if text]
    for heading in headings:
        if any(_alike(heading, other) for other in others):
            return strip_prefix(heading)
    best = next((text for text in (*others, *headings) if text), None)
    return strip_prefix(best)[:_LONGEST] if best else None


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
    """The title without a section or alarm word before a colon ("POLITICS: ")."""
    return _PREFIX.sub("", title, count=1)


def _is_name(part: str, names: tuple[str, ...]) -> bool:
    bare = "".join(_WORD.findall(part.casefold()))
    return not bare or any(bare == "".join(_WORD.findall(name.casefold())) for name in names)


def _is_host(part: str) -> bool:
    return bool(re.fullmatch(r"(?:www\.)?[\w-]+(?:\.[\w-]+)+", part.strip())) and bool(
        registrable(f"http://{part.strip()}/")
    )


def _alike(one: str, other: str) -> bool:
    a, b = (set(_WORD.findall(text.casefold())) for text in (one, other))
    return bool(a and b) and len(a & b) * 2 >= min(len(a), len(b))
