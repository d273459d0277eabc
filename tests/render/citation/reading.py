"""What other people's readers make of the RIS and BibTeX we write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rispy
from bibtexparser import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from provenance.render.citation import FORMS
from provenance.render.citation.fields import link, pages
from provenance.render.citation.notes import credited, notes
from provenance.render.citation.tex import address
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Author, Citation

_VERBATIM = {"url", "month"}


def read_ris(citations: Iterable[Citation]) -> list[dict[str, Any]]:
    """The records that rispy reads."""
    return rispy.loads(FORMS["ris"](list(citations)))


def read_bibtex(form: str, citations: Iterable[Citation]) -> list[dict[str, str]]:
    """The fields that bibtexparser reads, with TeX's spellings turned back into letters."""
    library = parse_string(FORMS[form](list(citations)))
    assert not library.failed_blocks
    return [
        {
            field.key: str(field.value) if field.key in _VERBATIM else _letters(str(field.value))
            for field in entry.fields
        }
        for entry in library.entries
    ]


def _letters(value: str) -> str:
    """What TeX would print: three spellings that the decoder does not know are read here."""
    bare = value.removeprefix("{").removesuffix("}") if value.startswith("{") else value
    for spelling, letter in _UNKNOWN.items():
        bare = bare.replace(spelling, letter)
    told = LatexNodes2Text(strict_latex_spaces=True).latex_to_text(bare)
    return told.translate({0xE010: "{", 0xE011: "}", 0xE012: "^"})


_UNKNOWN = {
    r"\textbraceleft{}": "\ue010",
    r"\textbraceright{}": "\ue011",
    r"\textasciicircum{}": "\ue012",
}


def expected_ris(citation: Citation) -> dict[str, Any]:
    """What a RIS record of the citation must say."""
    first, _, last = pages(citation).partition("–")
    told: dict[str, Any] = {
        "authors": [n for a in credited(citation) if (n := _filed(a))],
        "title": plain(citation.title),
        "secondary_title": plain(citation.container or ""),
        "publisher": plain(citation.publisher or ""),
        "place_published": plain(citation.place or ""),
        "section": plain(citation.section or ""),
        "volume": plain(citation.volume or ""),
        "number": plain(citation.issue or ""),
        "start_page": first,
        "end_page": last,
        "year": str(citation.issued.year) if citation.issued else "",
        "urls": [url] if (url := link(citation.url, ";")) else [],
        "issn": plain(citation.issn or ""),
        "language": plain(citation.language or ""),
        "database_provider": plain(citation.via or ""),
        "notes": [note] if (note := notes(citation, via=False)) else [],
    }
    return {name: value for name, value in told.items() if value}


def expected_bibtex(citation: Citation) -> dict[str, str]:
    """What a record of the citation must say, in fields that both dialects have."""
    told = {
        "title": plain(citation.title),
        "publisher": plain(citation.publisher or ""),
        "volume": plain(citation.volume or ""),
        "number": plain(citation.issue or ""),
        "url": address(citation.url),
        "note": notes(citation),
    }
    return {name: value for name, value in told.items() if value}


def _filed(author: Author) -> str:
    if author.literal or not author.family:
        return plain(author.literal or author.given)
    return plain(f"{author.family}, {author.given}" if author.given else author.family)
