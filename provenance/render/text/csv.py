"""Tables as CSV (RFC 4180): every cell quoted, and none that a spreadsheet would compute."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from provenance.render.text.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# What a spreadsheet takes for a formula: these signs, full-width ones too, behind blanks, quotes
# and letters without width (OWASP's rule on CSV injection). A plain number is none.
_FORMULA = re.compile(
    "\\A[\\s\u200b-\u200d\u2060\ufeff\u3000\"']*[=+\\-@|\uff1d\uff0b\uff0d\uff20]"
)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?\s?%?")
_BATCH = 200


def safe(cell: object) -> str:
    """A cell's text on one line; one that would be a formula opens with an apostrophe."""
    text = "" if cell is None else plain(str(cell))
    if _FORMULA.match(text) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """A table in pieces of some hundred lines; a cell that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(columns)
    for number, cells in enumerate(rows, 1):
        writer.writerow([safe(cells.get(name)) for name in columns])
        if number % _BATCH == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def share(value: float | None) -> str | None:
    """A share with four digits, as a machine reads it."""
    return None if value is None else f"{value:.4f}"
