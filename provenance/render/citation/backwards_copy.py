"""The template for a talk page of Wikipedia that says: this work copied from the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.citation.days import month
from provenance.render.citation.people import straight
from provenance.render.citation.titles import printed
from provenance.render.citation.wikipedia import comment, text, url

if TYPE_CHECKING:
    from provenance.model import Citation


def entry(citation: Citation) -> str:
    """The template for the page that copied, which ``citation`` describes."""
    day = citation.issued
    values = {
        "title": text(citation.title),
        "year": str(day.year) if day else "",
        "author": text(printed("; ".join(straight(author) for author in citation.authors))),
        "url": url(citation.url) or "",
        "org": text(citation.container or ""),
        "monthday": f"{month(day)} {day.day or ''}".strip() if day else "",
    }
    told = "".join(f" |{name}={value}" for name, value in values.items() if value)
    return f"{{{{Backwards copy{told}}}}}{comment(citation.note)}"
