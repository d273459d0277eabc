"""``provenance check``: targets in, verdicts and report files out."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now, progress
from provenance.cli.pdf import write_report
from provenance.cli.targets import each_page
from provenance.errors import ProvenanceError
from provenance.jobs.check.page import check
from provenance.model import Derivation
from provenance.render.report.json import line
from provenance.render.report.terminal import render
from provenance.world import open_world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Capture, Report, Settings
    from provenance.world import OpenWorld


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a check shows and writes, and where."""

    directory: str
    formats: tuple[str, ...]
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of all targets together."""

    failed: int
    reposts: int
    could_not_tell: int


def check_targets(
    targets: Iterable[str], url: str | None, settings: Settings, output: Output
) -> Outcome:
    """Checks each page of each target; one that fails is told and the others still done."""
    failed = 0
    reports: list[Derivation] = []
    try:
        with open_world(settings, now=now, keys=os.environ) as world:
            for target in targets:
                for report in each_page(target, url, world, partial(_checked, target, world)):
                    if report is None:
                        failed += 1
                    else:
                        emit(report, output, world.store.reports.keep(report))
                        reports.append(report.verdict.derivation)
    except ProvenanceError as error:
        complain(str(error))
        failed += 1
    return Outcome(
        failed=failed,
        reposts=sum(d in {Derivation.WHOLLY, Derivation.PARTIALLY} for d in reports),
        could_not_tell=sum(d is Derivation.UNKNOWN for d in reports),
    )


def _checked(target: str, world: OpenWorld, capture: Capture) -> Report:
    with progress() as tell:
        return check(target, capture, world, world.settings, tell=tell)


def emit(report: Report, output: Output, number: int) -> None:
    """Shows one report on stdout and writes its files; ``number`` is what it is kept under."""
    paths = [write_report(report, output.directory, name) for name in output.formats]
    if output.as_json:
        click.echo(line(report))
    elif not output.quiet:
        click.echo(render(report, verbose=output.verbose, colour=sys.stdout.isatty()), nl=False)
        for path in paths:
            click.echo(f"Report {number}  {path}")
        if report.citation is not None:
            click.echo(f"Cite      provenance cite --report {number} -f wikipedia")
