"""Citations in every form that people paste: one module a form."""

from __future__ import annotations

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
    from collections.abc import Callable, Mapping, Sequence

    from provenance.model import Citation

__all__ = ["BACKWARDS_COPY", "FORMS", "cited"]

BACKWARDS_COPY = "backwards-copy"


def _filed(entry: Callable[[Citation], str]) -> Callable[[Sequence[Citation]], str]:
    """A list in the order of its entries, as the styles by author want it."""
    return lambda citations: "\n".join(sorted(map(entry, citations), key=_order))


def _given(entry: Callable[[Citation], str]) -> Callable[[Sequence[Citation]], str]:
    """A list in the order given."""
    return lambda citations: "\n".join(map(entry, citations))


def _order(entry: str) -> str:
    return entry.lstrip("“‘").casefold()


def _numbered(citations: Sequence[Citation]) -> str:
    return "\n".join(ieee.entry(citation, at) for at, citation in enumerate(citations, 1))


# Form -> what writes one citation or several in it.
FORMS: Mapping[str, Callable[[Sequence[Citation]], str]] = {
    "wikipedia": _given(wikipedia.entry),
    "csl": csl.bibliography,
    "bibtex": bibtex.bibliography,
    "biblatex": biblatex.bibliography,
    "ris": ris.bibliography,
    "apa": _filed(apa.entry),
    "mla": _filed(mla.entry),
    "chicago": _filed(chicago.entry),
    "chicago-author-date": _filed(chicago.author_date),
    "harvard": _filed(harvard.entry),
    "ieee": _numbered,
    BACKWARDS_COPY: _given(backwards_copy.entry),
}


def cited(form: str, *citations: Citation) -> str:
    """Citations in a form of ``FORMS``, without a line end at the end."""
    return FORMS[form](citations).rstrip("\r\n")
