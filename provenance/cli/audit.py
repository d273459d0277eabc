"""``provenance audit``: a whole site in, one site report and a report for each page out."""

from __future__ import annotations

import sys
from datetime import UTC
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import now
from provenance.cli.kept import kept_report
from provenance.cli.manifest import manifest_options, stamping_of
from provenance.cli.options import (
    COUNT,
    FAILED,
    FORMATS,
    NUMBER,
    TARGET,
    WrongUsage,
    examples,
    json_option,
    lookups_option,
    option,
    output_option,
    rate_option,
    site_settings,
    workers_option,
)
from provenance.cli.tables import table_option
from provenance.errors import InputError

if TYPE_CHECKING:
    from provenance.cli.audit_files import AuditOutput
    from provenance.cli.notices import NoticeOutput
    from provenance.model import Settings
    from provenance.model.audit import AuditReport
    from provenance.world import OpenWorld

_SITE_FORMATS = ("html", "md", "json", "csv")


@click.command(
    epilog=examples(
        "audit https://gazette.example/ --sample 200",
        "audit crawl.warc.gz -f html -f csv -f json",
        "audit --compare 1 2",
    )
)
@click.argument("target", required=False, metavar="[SITE]", type=TARGET)
@option("--sample", type=COUNT, metavar="N", help="Check N pages at random.")
@option(
    "--seed",
    type=click.IntRange(max=2**63 - 1),
    default=1,
    show_default=True,
    help="Which random sample.",
)
@option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Leave out pages from before that day.",
)
@option(
    "--max", "most", type=COUNT, default=5000, show_default=True, help="Look at so many addresses."
)
@rate_option
@workers_option
@lookups_option
@option("--column", default="url", show_default=True, help="A list's column of addresses.")
@option("--resume", is_flag=True, help="Go on with the newest unfinished audit.")
@option("--status", is_flag=True, help="Show where every audit stands.")
@option(
    "--compare",
    nargs=2,
    type=NUMBER,
    metavar="OLD NEW",
    help="Say what changed between two audits, by their numbers in --status.",
)
@option(
    "--again",
    type=NUMBER,
    metavar="NUMBER",
    help="Write the report of an audit that has ended again, with the reviews made since.",
)
@option(
    "--notices",
    metavar="DIR",
    help="Write a folder for each owner of originals: table, reports, evidence, letter.",
)
@option("--letter", metavar="FILE", help="With --notices: your template, .txt, .md, .html, .tex.")
@option(
    "--only", multiple=True, type=NUMBER, metavar="ID", help="With --notices: only these reports."
)
@option(
    "--reports",
    type=click.Choice(("found", "all", "none")),
    default="found",
    show_default=True,
    help="Which pages get a report file; all are kept.",
)
@table_option
@output_option
@option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    metavar="[html|md|json|csv]",
    help="Formats of the site report; repeatable.  [default: html, csv; none for --compare]",
)
@manifest_options(usual=False)
@json_option("Print the site report as one JSON object.")
@site_settings
def audit(*, target: str | None, settings: Settings, **options: Any) -> None:
    """Say what share of a site is reposted, and from whom.

    SITE is a start page, a sitemap, a feed, a file of addresses, or a .warc(.gz) file. Stopped or
    killed, the same command goes on where it was.
    """
    from provenance.cli.audit_files import AuditOutput

    numbers, status, resume = (options.pop(name) for name in ("compare", "status", "resume"))
    again = options.pop("again")
    if (numbers or again) and target:
        raise WrongUsage("--compare and --again take numbers and no site")
    if not (numbers or status or resume or again or target):
        raise WrongUsage("name a site (or --status, --resume, --again or --compare)")
    forms, usual = options.pop("formats"), () if numbers else ("html", "csv")
    output = AuditOutput(
        directory=options.pop("directory"),
        formats=() if status else site_formats(forms, usual),
        as_json=(as_json := options.pop("as_json")),
        reports=options.pop("reports"),
        notices=_notices(*(options.pop(name) for name in ("notices", "letter", "only"))),
        stamping=stamping_of(
            settings,
            manifest=options.pop("manifest"),
            timestamp=options.pop("timestamp"),
            as_json=as_json,
        ),
        table=options.pop("table"),
    )
    if status:
        show_status(settings)
    elif numbers:
        compare_kept(numbers, settings, output)
    elif again:
        write_again(again, settings, output)
    else:
        _run(None if resume else target, options, settings, output)


def _notices(
    directory: str | None, letter: str | None, only: tuple[int, ...]
) -> NoticeOutput | None:
    """Where notices go; a letter that cannot be written ends the run before it begins."""
    if directory is None:
        if letter or only:
            raise WrongUsage("--letter and --only go with --notices DIR")
        return None
    from provenance.cli.notices import NoticeOutput, empty_folder, open_letter

    return NoticeOutput(directory=empty_folder(directory), letter=open_letter(letter), only=only)


def _run(
    target: str | None, options: dict[str, Any], settings: Settings, output: AuditOutput
) -> None:
    """Audits a site, or goes on with the newest unfinished audit where none is named."""
    from provenance.cli.audit_run import Load, audit_list, audit_site, resume_audit
    from provenance.cli.lists import is_list, opened_list
    from provenance.model.audit import AuditOptions

    load = Load(rate=options.pop("rate"), workers=options.pop("workers"))
    since, column = options.pop("since"), options.pop("column")
    asked = AuditOptions(since=since.replace(tzinfo=UTC) if since else None, **options)
    if target is None:
        resume_audit(settings, load, output)
    elif is_list(target):
        with opened_list(target, column) as found:
            audit_list(found, asked, settings, load, output)
    else:
        audit_site(target, asked, settings, load, output)


def site_formats(asked: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """The formats to write; those that only pages have are left out, unless they were typed."""
    without = [form for form in asked if form not in _SITE_FORMATS]
    if not without:
        return asked or usual
    source = click.get_current_context().get_parameter_source("formats")
    named = ", ".join(without)
    if source is click.core.ParameterSource.COMMANDLINE:
        known = ", ".join(_SITE_FORMATS)
        raise click.BadParameter(f"a site report has no {named} form; it has {known}")
    chosen = tuple(form for form in asked if form in _SITE_FORMATS) or usual
    instead = f"written as {', '.join(chosen)}" if chosen else "no file is written"
    click.echo(f"A site report has no {named} form: {instead}.", err=True)
    return chosen


def show_status(settings: Settings) -> None:
    """Prints every audit that is kept, the newest first, one a line."""
    from provenance.render.audit.terminal import status
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        frontier = world.store.frontier
        for number in frontier.numbers():
            click.echo(status(frontier.progress(number)))


def compare_kept(numbers: tuple[int, int], settings: Settings, output: AuditOutput) -> None:
    """Compares two audits that are kept; InputError where one is not whole."""
    from provenance.cli.audit_files import emit_change
    from provenance.jobs.audit.site_change import compare_audits
    from provenance.world import open_world

    old, new = numbers
    if old == new:
        raise InputError(f"audit {old} is the same as itself; name two (audit --status)")
    with open_world(settings, now=now) as world:
        comparison = compare_audits(whole_report(world, old), whole_report(world, new))
        emit_change(comparison, output, partial(kept_report, world))


def write_again(number: int, settings: Settings, output: AuditOutput) -> None:
    """Writes the report of an audit that has ended, and its notices, from what is kept."""
    from provenance.cli.audit_files import emit, emit_more
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        report = whole_report(world, number)
        paths = emit(report, output, partial(kept_report, world))
        if not emit_more(report, paths, output, world):
            sys.exit(FAILED)


def whole_report(world: OpenWorld, number: int) -> AuditReport:
    """The report of an audit that is kept and has ended; InputError where it is not whole."""
    from provenance.jobs.audit.site_report import site_report

    frontier = world.store.frontier
    target, _ = frontier.options(number)
    ended = frontier.ended_at(number)
    if ended is None:
        raise InputError(f"audit {number} of {target} has not ended; go on with it first")
    return site_report(frontier, number, (frontier.boilerplate(number),), ended)
