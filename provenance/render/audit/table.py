"""A site report as a table: one row an address, with what a rights notice needs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from provenance.model.plain import utc, values
from provenance.render.audit.reasons import why_not
from provenance.render.report.json import line
from provenance.render.text.csv import lines, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from provenance.model.audit import AuditReport, AuditRow, PageResult, PageSide
    from provenance.model.notices import OwnerNotice

Cell = str | int | float | datetime | None
T = TypeVar("T")
_SIDE = (
    *("url", "title", "author", "publisher", "published", "published_by"),
    *("first_seen", "seen_by", "snapshot", "sha256"),
)
_FIELDS = {"snapshot": "memento", "author": "byline", "sha256": "digest"}
COLUMNS = (
    *("page_url", "outcome", "reason", "found_by", "verdict", "confidence", "basis"),
    *(f"page_{name}" for name in _SIDE[1:]),
    *(f"other_{name}" for name in _SIDE),
    *("share_of_page", "share_of_other", "words_copied", "longest_run_words"),
    *("attribution", "page_says", "delay_days", "words", "checked_at"),
    *("report", "report_file", "reviewed", "notice", "not_checked"),
)

_NUMBERS = {
    **dict.fromkeys(("share_of_page", "share_of_other", "delay_days"), float),
    **dict.fromkeys(("words_copied", "longest_run_words", "words", "report"), int),
}
_TIMES = ("_published", "_first_seen", "checked_at")
# The type of each cell that is not empty.
KINDS: Mapping[str, type] = {
    name: _NUMBERS.get(name, datetime if name.endswith(_TIMES) else str) for name in COLUMNS
}


def render(report: AuditReport) -> Iterator[str]:
    """The table with its head; every cell quoted, none live; times ISO 8601 in UTC, shares 0..1.

    ``basis`` says what the finding rests on: texts that were compared, or the page's own word,
    which then stands in ``page_says``. The columns of a list of addresses stand first.
    """
    return csv_pieces(report.columns, report.every_row)


def csv_pieces(own: Sequence[str], rows: Iterable[AuditRow]) -> Iterator[str]:
    """Rows as CSV; ``own`` are the names of the cells that they have from a list."""
    return lines(table_columns(own), table_rows(own, rows, _written))


def json_lines(own: Sequence[str], rows: Iterable[AuditRow]) -> Iterator[str]:
    """Rows as JSON, an object a line, with null for a cell that is empty."""
    return (f"{line(cells)}\n" for cells in table_rows(own, rows, row_cells))


def brief_line(own: Sequence[str], row: AuditRow) -> str:
    """A row as JSON on one line, without what is empty."""
    [cells] = table_rows(own, [row], row_cells)
    return line({name: cell for name, cell in cells.items() if cell not in {None, ""}})


def table_columns(own: Sequence[str]) -> tuple[str, ...]:
    """The columns of a table over a list whose own columns these are."""
    return (*_own_names(own), *COLUMNS)


def table_rows(
    own: Sequence[str], rows: Iterable[AuditRow], written: Callable[[AuditRow], Mapping[str, T]]
) -> Iterator[dict[str, T | str]]:
    """The rows by ``table_columns``, as ``written`` puts what came of each."""
    names = _own_names(own)
    for row in rows:
        yield {**dict(zip(names, row.cells, strict=False)), **written(row)}


def _own_names(columns: Sequence[str]) -> tuple[str, ...]:
    """The names of a list's columns; one that this table uses itself has ``list_`` before it."""
    return tuple(f"list_{name}" if name in COLUMNS else name for name in columns)


def notice_table(owner: OwnerNotice) -> Iterator[str]:
    """The same for the pages that one owner is written to about."""
    return lines(COLUMNS, (_written(row) for row, _ in owner.pages))


def row_cells(row: AuditRow) -> dict[str, Cell]:
    """The row of an address by ``COLUMNS``: shares are numbers 0..1, times are in UTC."""
    own: dict[str, Cell] = {
        "page_url": row.url,
        "outcome": row.fate.value,
        "reason": why_not(row) or None,
        "found_by": row.found_by,
        "reviewed": row.reviewed.value if row.reviewed else None,
        "notice": row.notice.value if row.notice else None,
    }
    result = row.result
    found = {} if result is None else result_cells(result)
    return {name: own.get(name, found.get(name)) for name in COLUMNS}


def result_cells(result: PageResult) -> dict[str, Cell]:
    """What came of one page, by the columns that speak of it."""
    return {
        **_side("page", result.page),
        **_side("other", result.origin),
        "verdict": result.kind.value,
        "confidence": result.confidence.value,
        "basis": result.basis.value,
        "share_of_page": result.share,
        "share_of_other": result.share_of_source,
        "words_copied": result.copied,
        "longest_run_words": result.longest,
        "attribution": result.attribution.value,
        "page_says": result.says,
        "delay_days": result.delay,
        "words": result.words,
        "page_sha256": result.digest,
        "checked_at": _cell(result.checked_at),
        "report": result.report,
        "report_file": result.file,
        "not_checked": "; ".join(result.misses),
    }


def _side(name: str, side: PageSide | None) -> dict[str, Cell]:
    if side is None:
        return {}
    return {f"{name}_{part}": _cell(getattr(side, _FIELDS.get(part, part))) for part in _SIDE}


def _cell(value: str | datetime | tuple[str, ...] | None) -> Cell:
    if isinstance(value, tuple):
        return "; ".join(value) or None
    return utc(value) if isinstance(value, datetime) else value


def _written(row: AuditRow) -> dict[str, object]:
    """The cells of a row as a spreadsheet takes them."""
    cells = row_cells(row)
    delay = cells.pop("delay_days")
    written = {
        name: share(cell) if isinstance(cell, float) else values(cell)
        for name, cell in cells.items()
    }
    return {**written, "delay_days": None if delay is None else f"{delay:.2f}"}
