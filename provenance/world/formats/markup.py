"""Strangers' XML, read without what makes XML dangerous.

No entity is expanded, no document type read, nothing fetched, and depth is bounded. Broken XML is
mended, and a bare ``&`` stands for itself, as in addresses that were not escaped.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from provenance.text.scrub import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element, _ListErrorLog, iterparse

_MOST_BYTES = 8_000_000
_BARE = re.compile(rb"&(?!(?:#\d{1,9}|#x[\da-fA-F]{1,8}|\w{1,40});)")
_LITERAL, _END = b"<![CDATA[", b"]]>"
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "recover": True,
    "remove_comments": True,
    "remove_pis": True,
}


def read_xml(body: bytes) -> tuple[_Element, str]:
    """The root of a document and what was wrong with it, '' for nothing; ValueError without one."""
    from lxml import etree

    if len(body) > _MOST_BYTES:
        raise ValueError(f"more than {_MOST_BYTES:,} bytes")
    parser = etree.XMLParser(**_SAFE)
    try:
        root = etree.fromstring(_escape_bare(body), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("it is not XML") from error
    if root is None:
        raise ValueError("it is not XML")
    return root, fault(parser.error_log)


def read_steps(body: bytes) -> iterparse[tuple[str, _Element]]:
    """A document step by step: each element as it starts and as it ends."""
    from lxml import etree

    return etree.iterparse(BytesIO(_escape_bare(body)), events=("start", "end"), **_SAFE)


def fault(log: _ListErrorLog) -> str:
    """The first thing that was wrong, as one clause; '' for nothing."""
    said = next((entry.message for entry in log.filter_from_errors()), "")
    return f"it is no well-formed XML: {scrub(said)[:160]}" if said else ""


def name(element: _Element) -> str:
    """The name of an element without its namespace, in lower case; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of these names, in order."""
    return (child for child in element if name(child) in names)


def first_text(element: _Element, *names: str) -> str:
    """The text of the first child, by the order of the names, that has one; else ''."""
    found = (whole_text(child) for wanted in names for child in children(element, wanted))
    return next(filter(None, found), "")


def whole_text(element: _Element) -> str:
    """All the text inside an element, without its tags; '' where an entity hides a part of it."""
    from lxml import etree

    hidden = next(element.iter(etree.Entity), None) is not None
    return "" if hidden else "".join(map(str, element.itertext())).strip()


def _escape_bare(body: bytes) -> bytes:
    """The bytes with each bare ``&`` escaped, but for those that stand in literal text."""
    body = body.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"&" not in body or b"\0" in body[:200]:
        return body
    first, *parts = body.split(_LITERAL)
    found = [_BARE.sub(b"&amp;", first)]
    for part in parts:
        literal, end, rest = part.partition(_END)
        found.append(literal + end + _BARE.sub(b"&amp;", rest))
    return _LITERAL.join(found)
