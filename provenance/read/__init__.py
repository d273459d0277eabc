"""Capture to Document: the page as a witness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.errors import InputError
from provenance.read.dom.decode import decode
from provenance.read.dom.markup import looks_like_html

if TYPE_CHECKING:
    from provenance.model import Capture, Document

__all__ = ["read_capture"]

_JSON_LINES = "application/jsonl"
_HTML_TYPES = ("text/html", "application/xhtml", "application/xml", "text/xml")


def read_capture(capture: Capture) -> Document:
    """The page as read: story, what stands around it, and what the page says of itself.

    HTML and XHTML by tags, plain text by form, a line of JSON Lines by its fields; what the media
    type does not settle is settled by looking. InputError when the body is empty, binary or far
    too large for a page.
    """
    declared = capture.media_type.lower()
    if declared.startswith(_JSON_LINES):
        from provenance.read.record import read_record

        return read_record(capture)
    text = decode(capture)
    tagged = looks_like_html(text)
    if (tagged and not declared.startswith("text/plain")) or declared.startswith(_HTML_TYPES):
        from provenance.read.page import read_html

        document = read_html(capture, text)
        if document is not None:
            return document
        if not text.strip():
            raise InputError(f"{capture.url or 'the page'}: nothing on the page can be read")
    from provenance.read.textfile import read_plain

    return read_plain(capture, text)
