"""``--table``: one table of all pages, a row a page, as CSV, JSON Lines or Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.options import option
from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from provenance.model.audit import AuditRow

_SUFFIXES = (".csv", ".jsonl", ".parquet")


class TableFile(click.Path):
    """The name of a table; refused at once where it could not be written in the end."""

    name = "FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name."""
        path = str(super().convert(value, param, ctx))
        suffix = Path(path).suffix.lower()
        if suffix not in _SUFFIXES:
            known = ", ".join(_SUFFIXES)
            self.fail(f"{path}: a table is written by its ending: {known}", param, ctx)
        if suffix == ".parquet" and not _has_pyarrow():
            self.fail(f"{path}: Parquet wants pip install 'provenance-check[tables]'", param, ctx)
        return path


def _has_pyarrow() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


def table_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--table``."""
    what = "Write one table of all pages: a .csv, .jsonl or .parquet file."
    return option("--table", type=TableFile(), metavar="FILE", help=what)(command)


def write_table(path: str, own: Sequence[str], rows: Iterable[AuditRow]) -> None:
    """Writes rows as they come; the file is there when the last one has come, or not at all.

    ``own`` are the names of the cells that the rows have from a list.
    """
    from provenance.render.audit.table import (
        KINDS,
        csv_pieces,
        json_lines,
        row_cells,
        table_columns,
        table_rows,
    )
    from provenance.world.saved.parquet import write_parquet
    from provenance.world.saved.writing import write_pieces, written

    suffix = Path(path).suffix.lower()
    if suffix != ".parquet":
        pieces = csv_pieces(own, rows) if suffix == ".csv" else json_lines(own, rows)
        write_pieces(Path(path), pieces)
        return
    kinds = {name: KINDS.get(name, str) for name in table_columns(own)}
    try:
        with written(Path(path)) as file:
            write_parquet(file, kinds, table_rows(own, rows, row_cells))
    except ImportError as error:
        raise InputError(f"{path}: Parquet wants pip install 'provenance-check[tables]'") from error
