"""Where an HTML article cites: the line of each link, and the entry of the list of notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import CitedAddress, CitedPlace
from provenance.read.dom.decode import decode
from provenance.read.dom.markup import parse
from provenance.text.cited import gather_cited
from provenance.text.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from provenance.model import Capture

_NOTE = re.compile(r"^(?:cite_note|fn|footnote|endnote|note|ref)\b", re.IGNORECASE)
_LIST = re.compile(r"\b(?:references|footnotes|endnotes|notes)\b", re.IGNORECASE)


def cited_links(capture: Capture) -> tuple[CitedAddress, ...]:
    """Every link of a page to another, by the page that it leads to, with its places."""
    tree = parse(decode(capture)).tree
    if tree is None:
        return ()
    base = capture.responded_url or capture.url
    return gather_cited(
        (address, place)
        for href, place in _links(tree)
        if (address := absolute(base, href)) is not None
    )


def _links(tree: HtmlElement) -> Iterator[tuple[str, CitedPlace]]:
    numbers = dict[object, str]()
    for link in tree.iter("a"):
        if href := link.get("href"):
            item = next(link.iterancestors("li"), None)
            note = "" if item is None else numbers.setdefault(item, _number(item))
            yield href, CitedPlace(line=link.sourceline or 0, note=note)


def _number(item: HtmlElement) -> str:
    """The number of an entry in a list of notes; '' where its list is none."""
    above = item.getparent()
    if above is None or above.tag != "ol":
        return ""
    if not (_NOTE.match(item.get("id") or "") or _LIST.search(above.get("class") or "")):
        return ""
    return str(1 + sum(1 for _ in item.itersiblings("li", preceding=True)))
