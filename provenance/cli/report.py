"""``provenance report``: the reports that are kept, listed or written again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provenance.cli.console import now
from provenance.cli.kept import kept_report
from provenance.cli.options import (
    examples,
    formats_option,
    json_option,
    kept_settings,
    output_option,
)

if TYPE_CHECKING:
    from provenance.model import Settings
    from provenance.world.store.reports import KeptReport


@click.command(epilog=examples("report", "report 12 -f html -f pdf -o evidence", "report --json"))
@click.argument("numbers", nargs=-1, type=int, metavar="[ID...]")
@formats_option("A format to write, as in check; repeatable.  [default: html]")
@output_option
@json_option("Print the list as JSON, one report a line.")
@kept_settings
def report(
    *,
    numbers: tuple[int, ...],
    formats: tuple[str, ...],
    directory: str,
    as_json: bool,
    settings: Settings,
) -> None:
    """List kept reports, or write them again.

    Reports with the given numbers are written again, from kept data alone.
    """
    from provenance.cli.pdf import write_report
    from provenance.render.report.json import line
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        for number in numbers:
            found = kept_report(world, number)
            for name in formats or ("html",):
                click.echo(str(write_report(found, directory, name)))
        for entry in () if numbers else world.store.reports.entries():
            click.echo(line(entry) if as_json else _row(entry))


def _row(entry: KeptReport) -> str:
    from provenance.render.text.plain import short
    from provenance.render.text.wording import VERDICT

    verdict = VERDICT[entry.kind] if entry.kind else "made by 0.1.0"
    at = f"{entry.checked_at:%Y-%m-%d %H:%M}"
    return f"{entry.id:>6}  {at}  {verdict:<19}  {short(entry.target, 90)}"
