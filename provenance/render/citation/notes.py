"""What machine forms have no field for, said in their notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Author
from provenance.render.citation.days import iso
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from provenance.model import Citation


def credited(citation: Citation) -> tuple[Author, ...]:
    """The authors; where nobody is named, the agency whose text it is."""
    if citation.authors or not citation.agency:
        return citation.authors
    return (Author(literal=citation.agency),)


def notes(citation: Citation, *, archive: bool = True, via: bool = True) -> str:
    """Agency beside a byline, the site read, the snapshot, and what to know; '' for nothing."""
    told = []
    if citation.agency and citation.authors:
        told.append(f"Agency: {plain(citation.agency)}")
    if via and citation.via:
        told.append(f"Via {plain(citation.via)}")
    if archive and citation.archive_url and citation.archive_date:
        told.append(f"Archived {iso(citation.archive_date)}: {plain(citation.archive_url)}")
    if citation.note:
        told.append(plain(citation.note).rstrip("."))
    return ". ".join(told)
