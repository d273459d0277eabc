"""``provenance check``: targets in, verdicts and report files out."""

from __future__ import annotations

import os
import sys
from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain, now, takes_colour
from provenance.cli.options import (
    COULD_NOT_TELL,
    FAILED,
    REPOST,
    SOURCE,
    JsonCommand,
    WrongUsage,
    all_settings,
    examples,
    formats_option,
    json_length_option,
    lookups_option,
    option,
    output_option,
    page_targets,
    rate_option,
    workers_option,
)
from provenance.cli.tables import table_option, write_table
from provenance.cli.targets import Fault, check_page, each_result, fetch_page
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from provenance.model import Derivation, Report, Settings
    from provenance.model.audit import AuditRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a check shows and writes, and where; ``as_json`` is '', 'full' or 'brief'."""

    directory: str
    formats: tuple[str, ...]
    as_json: str = ""
    quiet: bool = False
    verbose: bool = False


@click.command(
    cls=JsonCommand,
    epilog=examples(
        "check https://gazette.example/news/ferry",
        "check page.html --url https://gazette.example/news/ferry -f html -f md",
        "check --from pages.csv --column url --table checked.csv",
    ),
)
@page_targets(required=False)
@option("--from", "source", type=SOURCE, metavar="FILE", help="Check the pages that a list names.")
@option("--column", default="url", show_default=True, help="The list's column of addresses.")
@table_option
@output_option
@formats_option("A format to write; repeatable.  [default: html]")
@json_length_option
@option("--exit-code", is_flag=True, help="Exit 3 for a repost, 4 when it cannot be told.")
@option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@option("--no-keep", is_flag=True, help="Keep nothing, and look through nothing that is kept.")
@option("-v", "--verbose", is_flag=True, help="Also show every look-up and every score.")
@rate_option
@workers_option
@lookups_option
@all_settings
def check(
    *,
    targets: tuple[str, ...],
    source: str | None,
    settings: Settings,
    **options: Any,
) -> None:
    """Say whether a page is a repost, and of what.

    TARGET is an address, a saved page (.html, .mhtml, .pdf) or text, a file or a folder of pages
    (.warc, .wacz, .arc, .har: each page in it), or - for standard input.

    --from takes a list: CSV, TSV, JSON Lines, or an address a line; - for standard input. Its
    pages are compared with each other and with kept texts; --lookups asks for each page too.
    Stopped or killed, the same command goes on where it was.
    """
    if source is not None:
        from provenance.cli.check_list import check_list

        _refuse_with_list(targets, options)
        check_list(source, settings, options)
        return
    if not targets:
        raise WrongUsage("name a TARGET, or a list of addresses with --from")
    _check_pages(targets, settings, options)


def _refuse_with_list(targets: tuple[str, ...], options: dict[str, Any]) -> None:
    """WrongUsage for what was typed and does not go with a list."""
    if targets:
        raise WrongUsage("--from names the pages; give it no TARGET beside")
    source_of = click.get_current_context().get_parameter_source
    for name in ("url", "no_keep", "verbose"):
        if options[name] and source_of(name) is click.core.ParameterSource.COMMANDLINE:
            long = name.replace("_", "-")
            raise WrongUsage(f"--{long} is for single pages and does not go with --from")


def _check_pages(targets: tuple[str, ...], settings: Settings, options: dict[str, Any]) -> None:
    """Checks each page of the targets, and ends with the code that tells what came of them."""
    for name in ("column", "rate", "workers", "lookups"):
        options.pop(name)
    url, table, exit_code = (options.pop(name) for name in ("url", "table", "exit_code"))
    settings = replace(settings, database=None) if options.pop("no_keep") else settings
    options["formats"] = options["formats"] or (() if options["as_json"] else ("html",))
    output = Output(**options)
    if "csv" in output.formats and len(targets) > 1 and table is None:
        complain("-f csv writes a file for each page; --table FILE writes one table of all")
    done = Checked()
    rows = _rows(targets, url, settings, output, done)
    if table is not None:
        write_table(table, (), (make_row() for make_row in rows))
    else:
        deque(rows, maxlen=0)
    if None in done.found or not done.written:
        sys.exit(FAILED)
    if exit_code:
        sys.exit(_code_of(done.found))


@dataclass(slots=True)
class Checked:
    """What came of the pages: the answer of each, None for one that failed."""

    found: list[Derivation | None] = field(default_factory=list)
    written: bool = True

    def fail(self, target: str, why: str) -> Callable[[], AuditRow]:
        """Says why a page failed: what makes its row."""
        complain(why)
        self.found.append(None)
        return partial(_failed, target, why)


def _rows(
    targets: tuple[str, ...], url: str | None, settings: Settings, output: Output, done: Checked
) -> Iterator[Callable[[], AuditRow]]:
    """Checks the pages, shows and keeps each, and gives what makes the row of each.

    Few checks want rows, and the nouns of an audit take a while to read.
    """
    from provenance.cli.lists import is_list
    from provenance.world import open_world

    with open_world(settings, now=now, keys=os.environ) as world:
        first_run = world.store.reports.is_empty()
        for target in targets:
            if is_list(target):
                yield done.fail(target, f"{target}: is a list: use check --from {target}")
                continue
            work, fetch = partial(check_page, target, world), partial(fetch_page, world)
            for report in each_result(target, url, world, work, fetch=fetch):
                if isinstance(report, Fault):
                    yield done.fail(target, report.why)
                    continue
                done.found.append(report.verdict.derivation)
                number = world.store.reports.keep(report)
                kept = world.store.reports.get(number)
                done.written &= emit(kept, output, number)
                yield partial(_row_of, kept, number)
    kept_first = first_run and settings.database is not None
    if kept_first and any(done.found) and not (settings.offline or output.quiet):
        _announce_searches(settings)


def _row_of(report: Report, number: int) -> AuditRow:
    from provenance.jobs.audit.audit_counts import result_of
    from provenance.model.audit import AuditRow
    from provenance.model.ending import AddressOutcome
    from provenance.render.report.verdicts import page_name

    result = result_of(report, number, None)
    done = AddressOutcome.DONE
    return AuditRow(url=page_name(report), found_by="target", fate=done, result=result)


def _failed(target: str, why: str) -> AuditRow:
    from provenance.model.audit import AuditRow
    from provenance.model.ending import EndReason
    from provenance.text.scrub import scrub

    name = scrub(target)
    fault = EndReason.FAULT
    told = why.removeprefix(f"{name}: ")
    return AuditRow(url=name, found_by="target", fate=fault.outcome, reason=fault, detail=told)


def _announce_searches(settings: Settings) -> None:
    """Says on a first run who is searched, and how that is switched off."""
    if settings.searches:
        names = ", ".join(spec.name for spec in settings.searches)
        complain(
            f"first run: {names} is asked for a few words of a story where its own links do not "
            "lead to the source; --search none switches that off"
        )


def _code_of(found: Collection[Derivation | None]) -> int:
    from provenance.model import Derivation

    if not {Derivation.WHOLLY, Derivation.PARTIALLY}.isdisjoint(found):
        return REPOST
    return COULD_NOT_TELL if Derivation.UNKNOWN in found else 0


def emit(report: Report, output: Output, number: int) -> bool:
    """Prints one report, then writes its files; ``number`` is what it is kept under.

    False, after a line on stderr, where a file could not be written.
    """
    from provenance.cli.pdf import write_report
    from provenance.render.report.json import line
    from provenance.render.report.next_step import next_step
    from provenance.render.report.terminal import render
    from provenance.render.sharing import shareable

    shown = not (output.as_json or output.quiet)
    if output.as_json == "brief":
        from provenance.render.audit.table import brief_line

        click.echo(brief_line((), _row_of(report, number)))
    elif output.as_json:
        click.echo(line(shareable(report)))
    elif shown:
        colour = takes_colour(sys.stdout)
        click.echo(render(report, verbose=output.verbose, colour=colour), nl=False)
    kept = report.settings.database is not None
    unwritten = 0
    for name in output.formats:
        try:
            path = write_report(report, output.directory, name)
        except ProvenanceError as error:
            complain(str(error))
            unwritten += 1
        else:
            if shown:
                click.echo(f"Report {number}  {path}" if kept else f"Report    {path}")
    if shown and kept and report.citation is not None:
        click.echo(f"Cite      provenance cite --report {number} -f wikipedia")
    if shown and (step := next_step(report)):
        click.echo(f"Next      {step}")
    return not unwritten
