"""Who wrote, who publishes, by which names the site goes: persons and organisations told apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.read import jsonld
from provenance.text.urls import host, registrable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.read.sources import Sources

_BY = re.compile(
    r"^\s*(?:written by|by|von|par|por|di|door|av|af|od|autor(?:es|a)?|author|text|texte|yazan)"
    r"(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[;|/、]\s*|\s*,\s*|\s+(?:and|und|et|y|e|og|och|en|&)\s+")
_NOT_A_PERSON = re.compile(
    r"https?:|www\.|@|\d|\b(?:staff|editors?|editorial|redaktion|redacci[oó]n|redazione|newsroom"
    r"|news|team|desk|admin|press|agency|agencies|times|post|gmbh|inc|ltd|llc|media|group|tv|radio"
    r"|magazine|journal|association|university|institute|online|reporter|reporters|correspondent"
    r"|wire|bureau|network|published|updated|comments?|share|follow)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 6
_MOST_NAMES = 12
_ORGANISATIONS = re.compile(r"Organization|NewsMedia|Corporation|Company", re.IGNORECASE)


def byline(found: Sources, lines: list[str], self_names: tuple[str, ...]) -> tuple[str, ...]:
    """The persons named as authors: JSON-LD first, then meta, then the byline on the page."""
    own = {name.casefold() for name in self_names}
    for group in (_json_ld(found), _metas(found), iter(lines)):
        names: dict[str, None] = {}
        for text in group:
            for name in split_names(text):
                if is_person(name) and name.casefold() not in own:
                    names[name] = None
        if names:
            return tuple(names)[:_MOST_NAMES]
    return ()


def split_names(text: str) -> list[str]:
    """The single names of a byline, without "By" and without the outlet after it."""
    bare = _BY.sub("", " ".join(text.split()))
    return [name.strip(" .,-–—:") for name in _SPLIT.split(bare) if name.strip(" .,-–—:")]


def is_person(name: str) -> bool:
    """Whether a name reads as a person's: few words, no digits, no word of an organisation."""
    words = name.split()
    if not 1 <= len(words) <= _MOST_WORDS or len(name) > 60 or _NOT_A_PERSON.search(name):
        return False
    return any(word[0].isupper() or not word[0].isascii() for word in words)


def _json_ld(found: Sources) -> Iterator[str]:
    for key in ("author", "creator"):
        for given in jsonld.as_list((found.article or {}).get(key)):
            value = jsonld.resolve(given, found.nodes)
            if isinstance(value, dict) and any(
                _ORGANISATIONS.search(t) for t in jsonld.types(value)
            ):
                continue
            yield jsonld.text_of(value)


def _metas(found: Sources) -> Iterator[str]:
    yield from found.all_meta(
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
    )


def publisher_names(found: Sources) -> tuple[str, ...]:
    """The names the site goes by, the best first: JSON-LD, og:site_name, metas, the host."""
    names: dict[str, None] = {}
    for node in [found.article] if found.article else []:
        value = jsonld.resolve(next(iter(jsonld.as_list(node.get("publisher"))), None), found.nodes)
        _put(names, jsonld.text_of(value))
    for text in found.all_meta(
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "publisher",
        "copyright",
    ):
        _put(names, text)
    for node in found.nodes:
        if {"WebSite", "NewsMediaOrganization"} & set(jsonld.types(node)):
            _put(names, jsonld.text_of(node.get("name")))
    for text in found.all_meta("twitter:site"):
        _put(names, text.lstrip("@"))
    address = found.url or next(found.linked("canonical"), None)
    if address and (name := registrable(address)):
        _put(names, name)
        _put(names, name.split(".")[0])
        _put(names, host(address).removeprefix("www."))
    return tuple(names)


def _put(names: dict[str, None], text: str) -> None:
    text = " ".join(text.split())
    if 1 < len(text) <= 80 and "://" not in text:
        names[text] = None
