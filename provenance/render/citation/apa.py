"""APA style, 7th edition: a line of a reference list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.citation.days import DateOrder, within_year, written
from provenance.render.citation.fields import address, container, pages
from provenance.render.citation.people import filed, inverted
from provenance.render.citation.titles import marked, printed, row, sentences, title_case
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model import Author, Citation

_MOST_AUTHORS = 20


def entry(citation: Citation, order: DateOrder = DateOrder.MDY) -> str:
    """The reference, in plain text."""
    who, title = _authors(citation.authors), marked(citation.title)
    dated = f"({_date(citation, order)})"
    opening = [who, dated, title] if who else [title, dated]
    source = sentences([*opening, _source(citation)])
    return printed(" ".join(part for part in (source, _retrieved(citation, order)) if part))


def _date(citation: Citation, order: DateOrder) -> str:
    day = citation.issued
    if day is None:
        return "n.d."
    exact = within_year(day, order)
    if order is DateOrder.ISO and exact:
        return exact
    return f"{day.year}, {exact}" if exact else str(day.year)


def _authors(authors: tuple[Author, ...]) -> str:
    names = [inverted(author, ". ") for author in authors]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[: _MOST_AUTHORS - 1])}, … {names[-1]}"
    return filed(names, "&") if names else ""


def _source(citation: Citation) -> str:
    number = plain(citation.volume or "")
    if citation.issue:
        number += f"({plain(citation.issue)})"
    site = title_case(container(citation), citation.language)
    return row([site, number, pages(citation)])


def _retrieved(citation: Citation, order: DateOrder) -> str:
    """The address; what is undated and may change is given with the day it was read."""
    url = address(citation)
    if not url or citation.issued:
        return url
    if citation.accessed:
        return f"Retrieved {written(citation.accessed, order)}, from {url}"
    return f"Retrieved {url}"
