"""MLA style, 9th edition: an entry of a list of works cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.days import DateOrder, written
from provenance.render.citation.fields import address, container, is_number, paged, shortened
from provenance.render.citation.people import filed, inverted, straight
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


def entry(citation: Citation, order: DateOrder = DateOrder.DMY) -> str:
    """The entry, in plain text."""
    title = title_case(marked(citation.title), citation.language)
    parts = [_authors(citation), quoted(title) if citation.container else title]
    parts.append(_container(citation, order))
    if citation.accessed and not citation.issued:
        parts.append(f"Accessed {written(citation.accessed, order, short=True)}")
    if citation.section and citation.kind is not CitationKind.WEBPAGE:
        parts.append(title_case(marked(citation.section)))
    return printed(sentences(parts))


def _authors(citation: Citation) -> str:
    authors = citation.authors
    if not authors:
        return ""
    first = inverted(authors[0])
    if len(authors) > 2:
        return f"{first}, et al."
    return filed([first, *(straight(author) for author in authors[1:])], "and")


def _container(citation: Citation, order: DateOrder) -> str:
    site = title_case(container(citation), citation.language)
    if citation.place and site:
        site = f"{site} [{marked(citation.place)}]"
    volume = plain(citation.volume or "")
    return row(
        (
            site,
            plain(citation.edition or ""),
            f"vol. {volume}" if is_number(volume) else volume,
            f"no. {plain(citation.issue)}" if citation.issue else "",
            written(citation.issued, order, short=True) if citation.issued else "",
            shortened(paged(citation)),
            address(citation),
        )
    )
