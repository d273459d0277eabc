"""The images of the article: where they lie, what they show, whom their caption credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from provenance.model import Image
from provenance.read.dom.context import Hint, hints_of
from provenance.read.dom.lines import credit_in
from provenance.text.urls import host

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from provenance.read.dom.markup_facts import Sources

_MOST, _LOOKED_AT, _DEPTH = 60, 200, 25
_NOT_OF_ARTICLE = Hint.NAV | Hint.ASIDE | Hint.COMMENTS | Hint.SHARE | Hint.FOOTER
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src", "srcset", "data-srcset")
_ICON = re.compile(r"\.svg(?:\?|$)|^data:|/(?:pixel|spacer|blank|1x1)\b", re.IGNORECASE)
_CAPTION = 600
_SMALL = frozenset(str(size) for size in range(51))


def images_of(found: Sources) -> tuple[Image, ...]:
    """The images that the page names as its own and those in the article's column, each once."""
    images: dict[str, Image] = {}
    for address in found.all_meta("og:image", "og:image:secure_url", "twitter:image"):
        if url := found.resolve(address):
            images.setdefault(url, Image(url=url, host=host(url)))
    for element in found.images[:_LOOKED_AT]:
        address = _address(element)
        url = found.resolve(address) if address else None
        if url is None or len(images) >= _MOST or _is_small(element):
            continue
        inside, figure = _surroundings(element)
        if inside:
            alt = " ".join((element.get("alt") or "").split())
            credit = _credit(figure) if figure is not None else ""
            images[url] = Image(url=url, host=host(url), alt=alt, credit=credit)
    return tuple(images.values())


def _address(element: HtmlElement) -> str:
    for name in _SOURCES:
        value = (element.get(name) or "").strip()
        if value and not _ICON.search(value):
            return value.split(",")[0].split(" ")[0] if "srcset" in name else value
    return ""


def _is_small(element: HtmlElement) -> bool:
    sides = (element.get("width"), element.get("height"))
    return any(side is not None and side.strip().removesuffix("px") in _SMALL for side in sides)


def _surroundings(element: HtmlElement) -> tuple[bool, HtmlElement | None]:
    """Whether an image stands in the article's column, and the figure around it."""
    figure = None
    for depth, outer in enumerate(element.iterancestors()):
        if depth > _DEPTH or outer.tag == "body":
            break
        if outer.tag == "figure" and figure is None:
            figure = outer
        hints = hints_of(str(outer.tag), cast("list[tuple[str, str]]", outer.items()))
        if hints & Hint.BODY:
            break
        if hints & _NOT_OF_ARTICLE:
            return False, None
    return True, figure


def _credit(figure: HtmlElement) -> str:
    caption = figure.find(".//figcaption")
    words = " ".join((figure if caption is None else caption).itertext())
    return credit_in(" ".join(words[: 4 * _CAPTION].split())[:_CAPTION])
