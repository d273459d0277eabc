"""Which site of a list has text from whom, as a square of numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model.audit import AuditReport, SitePair

_MOST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """``pages`` that a site has from a source, ``shared`` with the order open.

    ``heat`` is the share of the greatest number of pages, in steps of a quarter from 1 to 4; 0 for
    none.
    """

    pages: int = 0
    shared: int = 0
    heat: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """``rows`` are sites, each with a cell for every one of ``sources``.

    ``left_out`` is how many pairs have no place in it.
    """

    sources: tuple[str, ...]
    rows: tuple[tuple[str, tuple[MatrixCell, ...]], ...]
    left_out: int


def matrix(report: AuditReport) -> Matrix | None:
    """The sites and sources with most pages in common; None where no site has text of another."""
    if not report.is_list or not report.pairs:
        return None
    sites = _most(((pair.site, pair) for pair in report.pairs), _MOST)
    sources = _most(((pair.source, pair) for pair in report.pairs), _MOST)
    # A square where it can be one: the same order at both edges.
    sources = tuple(sorted(sources, key=lambda s: (s not in sites, s)))
    sites = tuple(sorted(sites, key=lambda s: (s not in sources, s)))
    known = {(pair.site, pair.source): pair for pair in report.pairs}
    greatest = max(pair.pages for pair in report.pairs)
    rows = tuple(
        (site, tuple(_cell(known.get((site, source)), greatest) for source in sources))
        for site in sites
    )
    shown = sum(site in sites and source in sources for site, source in known)
    return Matrix(sources=sources, rows=rows, left_out=len(known) - shown)


def _most(found: Iterable[tuple[str, SitePair]], most: int) -> tuple[str, ...]:
    weights: Counter[str] = Counter()
    for name, pair in found:
        weights[name] += 2 * pair.pages + pair.shared
    return tuple(sorted(weights, key=lambda name: (-weights[name], name))[:most])


def _cell(pair: SitePair | None, greatest: int) -> MatrixCell:
    if pair is None:
        return MatrixCell()
    heat = -(-4 * pair.pages // greatest) if greatest else 0
    return MatrixCell(pages=pair.pages, shared=pair.shared, heat=heat)
