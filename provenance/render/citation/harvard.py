"""Harvard style after Cite Them Right: an entry of a reference list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.days import DateOrder, within_year, written
from provenance.render.citation.fields import address, container, paged
from provenance.render.citation.people import inverted, listed
from provenance.render.citation.titles import ended, marked, printed, quoted, row, title_case
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model import Citation

_MOST_AUTHORS = 3
_SERIAL = {CitationKind.NEWSPAPER, CitationKind.MAGAZINE}


def entry(citation: Citation, order: DateOrder = DateOrder.DMY) -> str:
    """The entry, in plain text."""
    who, title, site = _authors(citation), _title(citation), container(citation)
    if not who and citation.kind in _SERIAL:
        opening, rest = title_case(site, citation.language), [title, _edition(citation)]
    elif not who:
        opening, rest = title, [site]
    else:
        opening = who
        rest = [title, ". ".join(part for part in (site, _edition(citation)) if part)]
    told = row([*rest, _day(citation, order), paged(citation)])
    opened = [part for part in (opening, _year(citation), told) if part]
    return printed(ended(" ".join(opened)) + _available(citation, order))


def _authors(citation: Citation) -> str:
    names = [inverted(author, ".") for author in citation.authors]
    if len(names) > _MOST_AUTHORS:
        return f"{names[0]} et al."
    return listed(names, "and", serial=False)


def _title(citation: Citation) -> str:
    """In italics, which plain text does not show, for pages; in quotation marks for articles."""
    title = marked(citation.title)
    return title if citation.kind is CitationKind.WEBPAGE else quoted(title)


def _edition(citation: Citation) -> str:
    return plain(citation.edition or "")


def _year(citation: Citation) -> str:
    return f"({citation.issued.year if citation.issued else 'no date'})"


def _day(citation: Citation, order: DateOrder) -> str:
    day = citation.issued
    if day is None or citation.kind is CitationKind.WEBPAGE:
        return ""
    return within_year(day, order)


def _available(citation: Citation, order: DateOrder) -> str:
    url = address(citation)
    if not url:
        return ""
    told = f" Available at: {url}"
    if citation.accessed:
        told += f" (Accessed: {written(citation.accessed, order)})"
    return f"{told}."
