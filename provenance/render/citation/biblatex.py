"""BibLaTeX, for LaTeX with biber."""

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

_SUBTYPES = {CitationKind.NEWSPAPER: "newspaper", CitationKind.MAGAZINE: "magazine"}


def bibliography(citations: Sequence[Citation]) -> str:
    """One record each."""
    named = zip(citations, keys(citations), strict=True)
    return "\n\n".join(_record(citation, key) for citation, key in named)


def _record(citation: Citation, key: str) -> str:
    serial = citation.kind in _SUBTYPES
    fields = {
        "entrysubtype": _SUBTYPES.get(citation.kind, ""),
        "author": names(credited(citation)),
        "title": whole(citation.title),
        "journaltitle" if serial else "organization": text(citation.container),
        "publisher": text(citation.publisher),
        "location": text(citation.place),
        "volume": text(citation.volume),
        "number": text(citation.issue),
        "pages": text(pages(citation)).replace("–", "--"),
        "date": iso(citation.issued) if citation.issued else "",
        "url": address(citation.url),
        "urldate": iso(citation.accessed) if citation.accessed else "",
        "issn": text(citation.issn),
        "language": text(citation.language),
        "note": text(notes(citation)),
    }
    told = [(name, braced(value)) for name, value in fields.items()]
    return record("article" if serial else "online", key, told)
