"""The story as structured data gives it, for pages whose own text a script would write."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from provenance.read.dom.blocks import Piece, cut
from provenance.read.dom.context import Hint
from provenance.read.dom.markup import looks_like_html, parse

if TYPE_CHECKING:
    from provenance.read.dom.markup_facts import Sources

NOTE = "the page shows no story: it was read from the page's structured data"
_LITTLE, _LEAST, _TIMES = 400, 300, 3


def stated_story(found: Sources, shown: int) -> list[Piece]:
    """The paragraphs of the article's body in JSON-LD, where the page shows far less of it.

    ``shown`` is the length of the story found on the page, in characters.
    """
    body = (found.article or {}).get("articleBody")
    if not isinstance(body, str) or shown > _LITTLE or len(body) < max(_LEAST, _TIMES * shown):
        return []
    text = html.unescape(body) if "&lt;p" in body else body
    if looks_like_html(text) and (tree := parse(text).tree) is not None:
        return [piece for piece in cut(tree).pieces if piece.text]
    lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
    return [Piece(text=line, hints=Hint.PARAGRAPH) for line in lines if line]
