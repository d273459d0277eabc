"""A site report as one JSON object: a field a line, then the rows, an address a line."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from provenance.model.plain import to_json
from provenance.render.report.json import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model.audit import AuditReport
    from provenance.model.audit_change import AuditComparison

_BATCH = 200


def render(report: AuditReport) -> Iterator[str]:
    """The object in pieces, ending in a line end; times ISO 8601 in UTC, shares 0..1.

    The rows of a list are in its order, one for each.
    """
    return in_pieces(replace(report, rows=report.every_row), "rows", without=frozenset({"listed"}))


def change(comparison: AuditComparison) -> Iterator[str]:
    """Two audits compared, likewise, the pages that differ last."""
    return in_pieces(comparison, "pages")


def in_pieces(noun: Any, last: str, *, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """A noun whose field ``last`` is a walk of any length, as one object with that field last."""
    yield "{"
    for field in fields(noun):
        if field.name != last and field.name not in without:
            yield f'"{field.name}": {_line(getattr(noun, field.name))},\n '
    yield f'"{last}": [\n'
    yield from joined((_line(row) for row in getattr(noun, last)), ",\n")
    yield "\n]}\n"


def joined(parts: Iterable[str], between: str) -> Iterator[str]:
    """The parts with something between them, a few hundred at a time."""
    batch: list[str] = []
    opened = False
    for part in parts:
        batch.append(part)
        if len(batch) == _BATCH:
            yield (between if opened else "") + between.join(batch)
            batch, opened = [], True
    if batch:
        yield (between if opened else "") + between.join(batch)


def _line(noun: object) -> str:
    return safe(to_json(noun, ensure_ascii=False))
