"""What an audit writes: its site report, and the reports of single pages that it links to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.manifest import Stamping, write_manifest
from provenance.cli.tables import write_table
from provenance.model import VerdictKind
from provenance.render.audit import CHANGE_FORMATS, FORMATS
from provenance.render.audit.table import brief_line
from provenance.render.report.json import line
from provenance.render.sharing import shareable, shareable_audit, shareable_change
from provenance.render.text.filenames import file_name
from provenance.world.saved.writing import write, write_pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.cli.notices import NoticeOutput
    from provenance.model import Report
    from provenance.model.audit import AuditReport, AuditRow, Rows
    from provenance.model.audit_change import AuditComparison, PageChange
    from provenance.world import OpenWorld


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOutput:
    """What an audit shows and writes, and where.

    ``reports`` says which pages get a file of their own: 'found' those whose text stands
    elsewhere or is said to, 'all', or 'none'; all of them are kept. ``notices`` is where those to
    the owners of originals go, None for none. ``table`` is a file for one table of all rows.
    ``each`` says what is printed of each page instead of the site report: 'full' its whole report
    as JSON, 'brief' its row.
    """

    directory: str
    formats: tuple[str, ...]
    as_json: bool = False
    reports: str = "found"
    notices: NoticeOutput | None = None
    stamping: Stamping = field(default_factory=Stamping)
    table: str | None = None
    each: str = ""
    quiet: bool = False

    @property
    def is_told(self) -> bool:
        """Whether a person is told in words what was done."""
        return not (self.as_json or self.each or self.quiet)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of pages in one folder; one that is missing is written from what is kept."""

    directory: str
    kept: Callable[[int], Report]

    def ensure(self, row: AuditRow | None) -> None:
        """Sees to it that the file which a row names is there."""
        if row is not None and row.result is not None and row.result.file is not None:
            path = Path(self.directory) / row.result.file
            if not path.is_file():
                _write_page(path, self.kept(row.result.report))


@dataclass(frozen=True, slots=True)
class Linked:
    """Rows whose files are there."""

    rows: Rows
    files: Files

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def __iter__(self) -> Iterator[AuditRow]:
        """Each row."""
        for row in self.rows:
            self.files.ensure(row)
            yield row


@dataclass(frozen=True, slots=True)
class LinkedChanges:
    """Pages that differ, whose files are there."""

    pages: Iterable[PageChange]
    files: Files

    def __iter__(self) -> Iterator[PageChange]:
        """Each page."""
        for page in self.pages:
            self.files.ensure(page.old)
            self.files.ensure(page.new)
            yield page


def write_page(output: AuditOutput, report: Report) -> str | None:
    """Writes the file of a page's report where it gets one: its name within the folder."""
    silent = report.verdict.kind in {VerdictKind.UNKNOWN, VerdictKind.NONE_FOUND}
    if output.reports == "none" or (silent and output.reports == "found"):
        return None
    from provenance.render.text.filenames import report_name

    name = f"{report_name(report)}.html"
    _write_page(Path(output.directory) / name, report)
    return name


def _write_page(path: Path, report: Report) -> None:
    from provenance.render import FORMATS as PAGE_FORMATS

    _, rendered = PAGE_FORMATS["html"]
    write(path, rendered(shareable(report)))


def emit_change(
    comparison: AuditComparison, output: AuditOutput, kept: Callable[[int], Report]
) -> None:
    """Shows what changed between two audits and writes its files, as ``emit`` does."""
    new = comparison.new
    name = file_name(
        new.target, new.target, f"{comparison.old.number}-{new.number}", new.checked_at
    )
    comparison = shareable_change(comparison)
    if output.as_json:
        for piece in CHANGE_FORMATS["json"][1](comparison):
            click.echo(piece, nl=False)
    else:
        from provenance.render.audit.change import terminal

        click.echo(terminal(comparison), nl=False)
    files = Files(output.directory, kept)
    comparison = replace(comparison, pages=LinkedChanges(comparison.pages, files))
    for form in output.formats:
        suffix, rendered = CHANGE_FORMATS[form]
        _write_site(Path(output.directory) / f"audits-{name}{suffix}", rendered(comparison), output)


def emit(
    report: AuditReport, output: AuditOutput, kept: Callable[[int], Report]
) -> tuple[Path, ...]:
    """Shows a site report and writes its files, which it gives; ``kept`` gives a page's report."""
    name = f"audit-{file_name(report.target, report.target, str(report.number), report.checked_at)}"
    files = Files(output.directory, kept)
    report = replace(
        shareable_audit(report),
        rows=Linked(report.rows, files),
        listed=None if report.listed is None else Linked(report.listed, files),
    )
    _show(report, output, kept)
    paths = []
    for form in output.formats:
        suffix, rendered = FORMATS[form]
        paths.append(Path(output.directory) / f"{name}{suffix}")
        _write_site(paths[-1], rendered(report), output)
    if output.table is not None:
        write_table(output.table, report.columns, report.every_row)
        if output.is_told:
            click.echo(f"Table   {output.table}")
    return tuple(paths)


def emit_more(
    report: AuditReport, paths: Iterable[Path], output: AuditOutput, world: OpenWorld
) -> bool:
    """Writes the notices, and the manifest of ``paths`` and of the files of pages.

    False where no time-stamp was given though one is wanted.
    """
    stamped = True
    if output.notices is not None:
        from provenance.cli.notices import write_notices

        stamped = write_notices(report, world, output.notices, output.stamping)
    if not output.stamping.manifest:
        return stamped
    folder = Path(output.directory)
    names = (row.result.file for row in report.rows if row.result is not None)
    pages = (folder / name for name in names if name is not None and (folder / name).is_file())
    return write_manifest(output.directory, (*paths, *pages), output.stamping, world) and stamped


def _show(report: AuditReport, output: AuditOutput, kept: Callable[[int], Report]) -> None:
    """Prints the report, or a line of JSON for each row, in their order."""
    if output.each == "full":
        for row in report.every_row:
            if row.result is not None:
                click.echo(line(shareable(kept(row.result.report))))
    elif output.each == "brief":
        for row in report.every_row:
            click.echo(brief_line(report.columns, row))
    elif output.as_json:
        for piece in FORMATS["json"][1](report):
            click.echo(piece, nl=False)
    elif not output.quiet:
        from provenance.render.audit.terminal import render

        click.echo(render(report), nl=False)


def _write_site(path: Path, pieces: Iterable[str], output: AuditOutput) -> None:
    write_pieces(path, pieces)
    if output.is_told:
        click.echo(f"Report  {path}")
