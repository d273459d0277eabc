"""Small pieces of markup made plain: a snippet, a headline, a feed's summary.

Whole pages are parsed once, by ``read``; here Beautiful Soup forgives what services and feeds put
into a field: unclosed tags, half an entity, a comment, a script.
"""

from __future__ import annotations

import html


def fragment_text(markup: str) -> str:
    """The words of a small piece of HTML, white space single; scripts and comments left out."""
    if "<" not in markup:
        return " ".join(html.unescape(markup).split())
    from bs4 import BeautifulSoup

    return " ".join(BeautifulSoup(markup, "lxml").get_text(" ").split())
