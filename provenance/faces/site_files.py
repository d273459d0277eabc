"""What an audit writes: its site report, and the reports of single pages that it links to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.jobs.tally import kind_of
from provenance.model.audit import Kind
from provenance.render.audit import FORMATS
from provenance.render.names import file_name
from provenance.world.writing import write, write_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from provenance.model import Report
    from provenance.model.audit import AuditReport, AuditRow, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOutput:
    """What an audit shows and writes, and where.

    ``reports`` says which pages get a file of their own: 'found' those whose text stands
    elsewhere or is said to, 'all', or 'none'; all of them are kept.
    """

    directory: str
    formats: tuple[str, ...]
    as_json: bool = False
    reports: str = "found"


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows whose files are there: one that is missing is written again from what is kept."""

    rows: Rows
    directory: str
    kept: Callable[[int], Report]

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[AuditRow]:
        """Each row."""
        for row in self.rows:
            result = row.result
            if result is not None and result.file is not None:
                path = Path(self.directory) / result.file
                if not path.is_file():
                    _write_page(path, self.kept(result.report))
            yield row


def write_page(output: AuditOutput, report: Report) -> str | None:
    """Writes the file of a page's report where it gets one: its name within the folder."""
    silent = kind_of(report) in {Kind.UNKNOWN, Kind.NONE_FOUND}
    if output.reports == "none" or (silent and output.reports == "found"):
        return None
    from provenance.render.names import report_name

    name = f"{report_name(report)}.html"
    _write_page(Path(output.directory) / name, report)
    return name


def _write_page(path: Path, report: Report) -> None:
    from provenance.render import FORMATS as PAGE_FORMATS

    _, rendered = PAGE_FORMATS["html"]
    write(path, rendered(report))


def emit(report: AuditReport, output: AuditOutput, kept: Callable[[int], Report]) -> None:
    """Shows a site report and writes its files; ``kept`` gives the report of a number."""
    report = replace(report, rows=Linked(report.rows, output.directory, kept))
    if output.as_json:
        for piece in FORMATS["json"][1](report):
            click.echo(piece, nl=False)
    else:
        from provenance.render.audit.terminal import render

        click.echo(render(report), nl=False)
    name = f"audit-{file_name(None, report.target, str(report.number), report.checked_at)}"
    for form in output.formats:
        suffix, rendered = FORMATS[form]
        path = Path(output.directory) / f"{name}{suffix}"
        write_pieces(path, rendered(report))
        if not output.as_json:
            click.echo(f"Report  {path}")
