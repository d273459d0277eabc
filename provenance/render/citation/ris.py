"""RIS, which reference managers import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import CitationKind
from provenance.render.citation.fields import link, pages
from provenance.render.citation.notes import credited, notes
from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.model import Author, CalendarDay, Citation

_TYPES = {
    CitationKind.NEWSPAPER: "NEWS",
    CitationKind.MAGAZINE: "MGZN",
    CitationKind.BLOG: "BLOG",
    CitationKind.WEBPAGE: "ELEC",
}
_END = "\r\n"  # the format asks for both letters


def bibliography(citations: Sequence[Citation]) -> str:
    """One record each; every value is one line, so that none can begin a tag of its own."""
    return _END.join(_record(citation) for citation in citations)


def _record(citation: Citation) -> str:
    lines = [f"{tag}  - {line}" for tag, value in _tags(citation) if (line := plain(value or ""))]
    return _END.join([*lines, "ER  - ", ""])


def _tags(citation: Citation) -> Iterator[tuple[str, str | None]]:
    yield "TY", _TYPES[citation.kind]
    for author in credited(citation):
        yield "AU", _name(author)
    yield "TI", citation.title
    yield "T2", citation.container
    yield "PB", citation.publisher
    yield "CY", citation.place
    yield "SE", citation.section
    yield "ET", citation.edition
    yield "VL", citation.volume
    yield "IS", citation.issue
    first, _, last = pages(citation).partition("–")
    yield "SP", first
    yield "EP", last
    if citation.issued:
        yield "PY", str(citation.issued.year)
        yield "DA", _date(citation.issued)
    if citation.accessed:
        yield "Y2", _date(citation.accessed)
    yield "UR", link(citation.url, ";")  # readers part addresses there
    yield "SN", citation.issn
    yield "LA", citation.language
    yield "DP", citation.via
    yield "N1", notes(citation, via=False)


def _name(author: Author) -> str:
    if author.literal or not author.family:
        return author.literal or author.given
    return f"{author.family}, {author.given}" if author.given else author.family


def _date(day: CalendarDay) -> str:
    month, date = (f"{part:02d}" if part else "" for part in (day.month, day.day))
    return f"{day.year:04d}/{month}/{date}"
