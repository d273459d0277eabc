"""Citations in every form that people paste: one module a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from provenance.render.citation import (
    apa,
    backwards_copy,
    biblatex,
    bibtex,
    chicago,
    csl,
    harvard,
    ieee,
    mla,
    ris,
    wikipedia,
)

if TYPE_CHECKING:
    from provenance.model import Citation
    from provenance.render.citation.days import DateOrder

__all__ = ["BACKWARDS_COPY", "FORMS", "cited"]

BACKWARDS_COPY = "backwards-copy"


# Of citations, and of the order of dates where it is not the form's own.
Write = Callable[..., str]


def _filed(entry: Callable[..., str]) -> Write:
    """A list in the order of its entries, as the styles by author want it."""
    return lambda citations, dates=None: "\n".join(
        sorted((_entry(entry, each, dates) for each in citations), key=_order)
    )


def _given(entry: Callable[..., str]) -> Write:
    """A list in the order given."""
    return lambda citations, dates=None: "\n".join(_entry(entry, each, dates) for each in citations)


def _entry(entry: Callable[..., str], citation: Citation, dates: DateOrder | None) -> str:
    """An entry with its style's own dates, unless others are wanted."""
    return entry(citation) if dates is None else entry(citation, order=dates)


def _for_machines(bibliography: Callable[[Sequence[Citation]], str]) -> Write:
    """A form whose dates have one spelling, whatever people want to read."""
    return lambda citations, _=None: bibliography(citations)


def _order(entry: str) -> str:
    return entry.lstrip("“‘").casefold()


def _numbered(citations: Sequence[Citation], dates: DateOrder | None = None) -> str:
    entries = (
        _entry(partial(ieee.entry, number=at), each, dates) for at, each in enumerate(citations, 1)
    )
    return "\n".join(entries)


# Form -> what writes one citation or several in it.
FORMS: Mapping[str, Write] = {
    "wikipedia": _given(wikipedia.entry),
    "csl": _for_machines(csl.bibliography),
    "bibtex": _for_machines(bibtex.bibliography),
    "biblatex": _for_machines(biblatex.bibliography),
    "ris": _for_machines(ris.bibliography),
    "apa": _filed(apa.entry),
    "mla": _filed(mla.entry),
    "chicago": _filed(chicago.entry),
    "chicago-author-date": _filed(chicago.author_date),
    "harvard": _filed(harvard.entry),
    "ieee": _numbered,
    BACKWARDS_COPY: _given(backwards_copy.entry),
}


def cited(form: str, *citations: Citation, dates: DateOrder | None = None) -> str:
    """Citations in a form of ``FORMS``, without a line end at the end.

    ``dates`` is how dates are printed where people read them, None for the form's own way.
    """
    return FORMS[form](citations, dates).rstrip("\r\n")
