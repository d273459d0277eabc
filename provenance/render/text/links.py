"""Addresses that may be clicked: web addresses only, and at the passage where that is possible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urldefrag

from provenance.text.urls import is_web_url

if TYPE_CHECKING:
    from provenance.model import Span

_OUTSIDE = re.compile(
    "[\\s\x00-\x20\x7f-\x9f<>\"'`{}|\\\\^\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_EDGE_WORDS = 5


def safe_href(url: str | None) -> str | None:
    """The address, encoded so that no attribute can end in it; None unless http or https."""
    if not url or not is_web_url(url):
        return None
    return _OUTSIDE.sub(lambda found: quote(found.group(), safe="", errors="replace"), url.strip())


def passage_href(url: str | None, text: str, span: Span) -> str | None:
    """The live page scrolled to a passage: ``#:~:text=first words,last words``.

    Text fragments as in the WICG draft (scroll-to-text-fragment): ``-``, ``&`` and ``,`` are
    encoded; browsers that do not know them open the page at its top.
    """
    href = safe_href(url)
    if href is None:
        return None
    # A fragment must begin and end on whole words and should not cross paragraphs' edges.
    words = text[span.start : span.end].split()
    if not words:
        return href
    if len(words) <= 2 * _EDGE_WORDS:
        directive = _encoded(words)
    else:
        directive = f"{_encoded(words[:_EDGE_WORDS])},{_encoded(words[-_EDGE_WORDS:])}"
    return f"{urldefrag(href).url}#:~:text={directive}"


def _encoded(words: list[str]) -> str:
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
