"""BibTeX, for LaTeX with the classic styles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.days import iso
from provenance.render.citation.fields import pages
from provenance.render.citation.keys import keys
from provenance.render.citation.notes import credited, notes
from provenance.render.citation.tex import address, braced, names, record, text, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.model import Citation

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SERIAL = {CitationKind.NEWSPAPER, CitationKind.MAGAZINE}


def bibliography(citations: Sequence[Citation]) -> str:
    """One record each."""
    named = zip(citations, keys(citations), strict=True)
    return "\n\n".join(_record(citation, key) for citation, key in named)


def _record(citation: Citation, key: str) -> str:
    serial = citation.kind in _SERIAL
    fields = {
        "author": names(credited(citation)),
        "title": whole(citation.title),
        "journal" if serial else "howpublished": text(citation.container),
        "publisher": text(citation.publisher),
        "address": text(citation.place),
        "volume": text(citation.volume),
        "number": text(citation.issue),
        "pages": text(pages(citation)).replace("–", "--"),
        "year": str(citation.issued.year) if citation.issued else "",
        "day": str(citation.issued.day or "") if citation.issued else "",
        "url": address(citation.url),
        "urldate": iso(citation.accessed) if citation.accessed else "",
        "issn": text(citation.issn),
        "language": text(citation.language),
        "note": text(notes(citation)),
    }
    told = [(name, braced(value)) for name, value in fields.items()]
    if citation.issued and citation.issued.month:
        # Months are macros that a style prints in its own language; they stand without braces.
        place = next(n for n, (name, _) in enumerate(told) if name == "day")
        told.insert(place, ("month", _MONTHS[citation.issued.month - 1]))
    return record("article" if serial else "misc", key, told)
