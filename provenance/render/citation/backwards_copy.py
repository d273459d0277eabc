"""The template for a talk page of Wikipedia that says: this work copied from the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.citation.days import DateOrder, within_year
from provenance.render.citation.people import straight
from provenance.render.citation.titles import printed
from provenance.render.citation.wikipedia import comment, text, url

if TYPE_CHECKING:
    from provenance.model import Citation


def entry(citation: Citation, order: DateOrder = DateOrder.MDY) -> str:
    """The template for the page that copied, which ``citation`` describes.

    Its field for the day holds no year, so that an order with one gives way to the usual one.
    """
    day, kept = citation.issued, DateOrder.MDY if order is DateOrder.ISO else order
    values = {
        "title": text(citation.title),
        "year": str(day.year) if day else "",
        "author": text(printed("; ".join(straight(author) for author in citation.authors))),
        "url": url(citation.url) or "",
        "org": text(citation.container or ""),
        "monthday": within_year(day, kept) if day else "",
    }
    told = "".join(f" |{name}={value}" for name, value in values.items() if value)
    return f"{{{{Backwards copy{told}}}}}{comment(citation.note)}"
