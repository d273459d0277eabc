"""One parse of a page: characters to an lxml tree, within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_TAGS = 300_000
"""Tags read of one page; a page of 10 MB has some 100,000, a bomb has millions."""

_TOO_DEEP = 114
"""libxml2's ERR_RESOURCE_LIMIT."""

_TAG = re.compile(r"<")
# Characters that no document may hold (XML 1.0, 2.2): trafilatura raises on them.
_CONTROLS = bytes.maketrans(
    bytes([*range(1, 9), 11, 12, *range(14, 32), 127]), b" " * (8 + 2 + 18 + 1)
)
_CONTROL_REFERENCES = re.compile(
    r"&#(?:0{0,9}(?:[1-8]|1[1245-9]|2\d|3[01])(?!\d)|x0{0,9}(?:[1-8bcef]|1[0-9a-f])(?![0-9a-f]));?",
    re.IGNORECASE,
)
# What stands before <body>, which a page may leave out with <head> and <html> (HTML, 13.1.2.4).
_OF_HEAD = re.compile(
    r"\s+|<!--.*?-->|<[!?][^>]*>|</?(?:html|head)\b[^>]*>|<(?:meta|link|base)\b[^>]*>"
    r"|<(?P<name>title|style|script|noscript|template)\b[^>]*>.*?</(?P=name)\s*>|\ufeff",
    re.IGNORECASE | re.DOTALL,
)
_BODY = re.compile(r"<(?:body|frameset)\b", re.IGNORECASE)
_LOOKS_LIKE_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h[1-6]|a|span|table|script|ul"
    r"|section|main|br|header|figure|blockquote|meta|link|ol|dl|pre)\b",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether the first characters hold tags of HTML."""
    return bool(_LOOKS_LIKE_HTML.search(text[:8192]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A page as a tree, None where it holds no element; ``notes`` tell what was not read of it."""

    tree: HtmlElement | None
    notes: tuple[str, ...] = ()


def parse(text: str) -> Parsed:
    """The tree of a page, of at most MAX_TAGS tags.

    lxml only: html.parser and html5lib take quadratic time on small hostile pages. libxml2 stops
    at 256 levels of nesting; a page that loses text so is parsed again with room for 2,048.
    """
    notes = []
    if text.count("<") > MAX_TAGS:
        last = next(islice(_TAG.finditer(text), MAX_TAGS, None))
        text = text[: last.start()]
        notes.append(f"the page is very large: only its first {MAX_TAGS:,} tags were read")
    text = _with_body(text)
    if "&#" in text:
        text = _CONTROL_REFERENCES.sub(" ", text)
    data = text.encode("utf-8").translate(_CONTROLS)
    tree, deep = _tree(data, huge=False)
    if deep:
        tree, deep = _tree(data, huge=True)
    if deep:
        notes.append("the page is nested too deeply: only a part of it could be read")
    return Parsed(tree=tree, notes=tuple(notes))


def _with_body(text: str) -> str:
    """The page with the <body> that it may leave out.

    libxml2 takes an element that it does not know, such as <article>, for a part of the head.
    """
    at = 0
    while found := _OF_HEAD.match(text, at):
        at = found.end()
    return text if _BODY.search(text, at) else f"{text[:at]}<body>{text[at:]}"


def _tree(data: bytes, *, huge: bool) -> tuple[HtmlElement | None, bool]:
    """The tree, and whether nesting beyond the parser's bound ended it early."""
    from lxml import html
    from lxml.etree import ElementDefaultClassLookup, LxmlError

    parser = html.HTMLParser(
        encoding="utf-8",
        remove_pis=True,
        remove_comments=True,
        collect_ids=False,
        huge_tree=huge,
    )
    # One class for every element: lxml.html's own look-up asks Python at each of them.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (LxmlError, ValueError, AssertionError):
        tree = None
    return tree, any(entry.type == _TOO_DEEP for entry in parser.error_log[-1:])
