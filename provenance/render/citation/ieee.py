"""IEEE style: a numbered entry of a reference list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.days import DateOrder, written
from provenance.render.citation.fields import address, container, paged
from provenance.render.citation.people import listed, straight
from provenance.render.citation.titles import ended, marked, printed, quoted, row
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model import Citation

_MOST_AUTHORS = 6
_ONLINE = {CitationKind.BLOG, CitationKind.WEBPAGE}


def entry(citation: Citation, number: int = 1, order: DateOrder = DateOrder.MDY) -> str:
    """The entry under its number, in plain text."""
    told = ended(
        row([_authors(citation), quoted(marked(citation.title)), *_parts(citation, order)])
    )
    return printed(f"[{number}] {told}{_available(citation, order)}")


def _authors(citation: Citation) -> str:
    names = [straight(author, ". ") for author in citation.authors]
    if len(names) > _MOST_AUTHORS:
        return f"{names[0]} et al."
    return listed(names, "and")


def _parts(citation: Citation, order: DateOrder) -> list[str]:
    site = container(citation)
    if citation.kind in _ONLINE:
        return [site] if site else []
    return [
        site,
        f"vol. {plain(citation.volume)}" if citation.volume else "",
        f"no. {plain(citation.issue)}" if citation.issue else "",
        marked(citation.place or ""),
        paged(citation),
        written(citation.issued, order, short=True, padded=True) if citation.issued else "",
    ]


def _available(citation: Citation, order: DateOrder) -> str:
    url = address(citation)
    if not url:
        return ""
    accessed = ""
    if citation.accessed:
        read = written(citation.accessed, order, short=True, padded=True)
        accessed = f" Accessed: {read}."
    return f"{accessed} [Online]. Available: {url}"
