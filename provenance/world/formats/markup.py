"""Strangers' XML, read without what makes XML dangerous."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_MOST_BYTES = 8_000_000


def read_xml(body: bytes) -> _Element:
    """The root of a document, mended where it is broken; ValueError where there is none.

    No entity is expanded, no document type read, nothing fetched, and depth is bounded.
    """
    from lxml import etree

    if len(body) > _MOST_BYTES:
        raise ValueError(f"more than {_MOST_BYTES:,} bytes")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(body.removeprefix(b"\xef\xbb\xbf").lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError("it is not XML") from error
    if root is None:
        raise ValueError("it is not XML")
    return root


def name(element: _Element) -> str:
    """The name of an element without its namespace, in lower case; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of these names, in order."""
    return (child for child in element if name(child) in names)


def said(element: _Element, *names: str) -> str:
    """The text of the first child, by the order of the names, that has one; else ''."""
    for wanted in names:
        for child in children(element, wanted):
            if text := whole(child):
                return text
    return ""


def whole(element: _Element) -> str:
    """All the text inside an element, without its tags."""
    return "".join(map(str, element.itertext())).strip()
