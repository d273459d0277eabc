"""``provenance check``: targets in, verdicts and report files out."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain, now, takes_colour
from provenance.cli.options import (
    COULD_NOT_TELL,
    FAILED,
    REPOST,
    all_settings,
    examples,
    formats_option,
    json_option,
    option,
    output_option,
    page_targets,
)
from provenance.cli.targets import check_page, each_page, fetch_page
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from collections.abc import Collection

    from provenance.model import Derivation, Report, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a check shows and writes, and where."""

    directory: str
    formats: tuple[str, ...]
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False


@click.command(
    epilog=examples(
        "check https://gazette.example/news/ferry",
        "check page.html --url https://gazette.example/news/ferry -f html -f md",
        "check crawl.warc.gz --offline --json > reports.jsonl",
    )
)
@page_targets()
@output_option
@formats_option("A format to write; repeatable.  [default: html]")
@json_option("Print each report as JSON, one a line.")
@option("--exit-code", is_flag=True, help="Exit 3 for a repost, 4 when it cannot be told.")
@option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@option("--no-keep", is_flag=True, help="Keep nothing, and look through nothing that is kept.")
@option("-v", "--verbose", is_flag=True, help="Also show every look-up and every score.")
@all_settings
def check(
    *,
    targets: tuple[str, ...],
    url: str | None,
    exit_code: bool,
    no_keep: bool,
    settings: Settings,
    **shown: Any,
) -> None:
    """Say whether a page is a repost, and of what.

    TARGET is an address, a saved page (.html, .mhtml, .pdf) or text, a file or a folder of pages
    (.warc, .wacz, .arc, .har: each page in it), or - for standard input.
    """
    from provenance.world import open_world

    settings = replace(settings, database=None) if no_keep else settings
    shown["formats"] = shown["formats"] or (() if shown["as_json"] else ("html",))
    output = Output(**shown)
    found: list[Derivation | None] = []
    with open_world(settings, now=now, keys=os.environ) as world:
        written = True
        first_run = world.store.reports.is_empty()
        for target in targets:
            work, fetch = partial(check_page, target, world), partial(fetch_page, world)
            for report in each_page(target, url, world, work, fetch=fetch):
                if report is not None:
                    number = world.store.reports.keep(report)
                    written &= emit(world.store.reports.get(number), output, number)
                found.append(None if report is None else report.verdict.derivation)
    if first_run and any(found) and not (settings.offline or output.quiet):
        _announce_searches(settings)
    if None in found or not written:
        sys.exit(FAILED)
    if exit_code:
        sys.exit(_code_of(found))


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
    if output.as_json:
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
