"""Facts and tables as lines of a terminal: a name at the left, the text wrapped beside it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from provenance.render.text.plain import plain, short, wrapped
from provenance.render.text.tables import Fact, FileLink, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.render.text.tables import Cell, Table

WIDTH = 80
_LABEL = 14
_LONGEST_CELL = 60


def fact_lines(facts: Iterable[Fact], width: int = WIDTH, *, label: int = _LABEL) -> list[str]:
    """The facts in lines of at most that width; a name that repeats the one before is left out."""
    lines: list[str] = []
    last = ""
    for fact in facts:
        name = "" if fact.name == last else fact.name
        last = fact.name
        text = f"{fact.text}  {plain(fact.url)}" if fact.url else fact.text
        lines += wrapped(text, width, first=f"  {name:<{label - 3}} ", then=" " * label)
    return lines


def table_facts(name: str, table: Table, most: int | None = None) -> Iterator[Fact]:
    """The first rows of a table as facts of one name, their cells aligned."""
    rows = [[_shown(cell) for cell in row] for row in islice(table.rows, most)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.rjust(width) if _is_number(cell) else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        yield Fact(name, "  ".join(cells).rstrip())


def _shown(cell: Cell) -> str:
    if isinstance(cell, Link):
        return short(cell.text or cell.url or "", _LONGEST_CELL)
    if isinstance(cell, FileLink):
        return cell.text
    return f"{cell:,}" if isinstance(cell, int) else plain(cell or "")


def _is_number(cell: str) -> bool:
    return cell[:1].isdigit() and cell.rstrip("%").replace(",", "").isdigit()
