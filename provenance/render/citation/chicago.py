"""The Chicago Manual of Style, 18th edition: entries of a bibliography."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.days import DateOrder, within_year, written
from provenance.render.citation.fields import address, container
from provenance.render.citation.people import demoted, filed, straight
from provenance.render.citation.titles import (
    marked,
    printed,
    quoted,
    row,
    sentences,
    title_case,
)
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model import Citation

_MOST_AUTHORS, _FIRST_AUTHORS = 6, 3
_SERIAL = {CitationKind.NEWSPAPER, CitationKind.MAGAZINE}


def entry(citation: Citation, order: DateOrder = DateOrder.MDY) -> str:
    """The entry of the notes and bibliography system, in plain text."""
    who, title, site = _authors(citation), _title(citation), _site(citation)
    issued = written(citation.issued, order) if citation.issued else _undated(citation)
    parts = [who, title, _section(citation), row([site, issued])]
    if not who and _by_site(citation):
        parts = [site, title, _section(citation), issued]
    return printed(sentences([*parts, _edition(citation), *_address(citation, order)]))


def author_date(citation: Citation, order: DateOrder = DateOrder.MDY) -> str:
    """The entry of the author-date system, in plain text."""
    who, title, site = _authors(citation), _title(citation), _site(citation)
    day = citation.issued
    year = str(day.year) if day else "n.d."
    exact = within_year(day, order) if day else ""
    parts = [who, year, title, _section(citation), row([site, exact])]
    if not who and _by_site(citation):
        parts = [site, year, title, _section(citation), exact]
    elif not who:
        parts = [title, year, _section(citation), row([site, exact])]
    return printed(sentences([*parts, _edition(citation), *_address(citation, order)]))


def _by_site(citation: Citation) -> bool:
    """Whether an entry without an author is filed under its paper or site."""
    return bool(citation.container) and citation.kind is not CitationKind.BLOG


def _undated(citation: Citation) -> str:
    return "" if citation.kind is CitationKind.WEBPAGE else "n.d."


def _authors(citation: Citation) -> str:
    authors = citation.authors
    if not authors:
        return ""
    names = [demoted(authors[0]), *(straight(author) for author in authors[1:])]
    if len(names) > _MOST_AUTHORS:
        return f"{', '.join(names[:_FIRST_AUTHORS])}, et al."
    return filed(names, "and")


def _title(citation: Citation) -> str:
    title = title_case(marked(citation.title), citation.language)
    alone = not citation.container and citation.kind is not CitationKind.WEBPAGE
    return title if alone else quoted(title)


def _site(citation: Citation) -> str:
    site = title_case(container(citation), citation.language)
    return f"{site} ({marked(citation.place)})" if site and citation.place else site


def _section(citation: Citation) -> str:
    if citation.kind not in _SERIAL:
        return ""
    return title_case(marked(citation.section or ""))


def _edition(citation: Citation) -> str:
    return f"{plain(citation.edition)} Edition" if citation.edition else ""


def _address(citation: Citation, order: DateOrder) -> list[str]:
    url = address(citation)
    if citation.accessed and not citation.issued and url:
        return [f"Accessed {written(citation.accessed, order)}", url]
    return [url]
