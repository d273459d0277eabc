"""``provenance report``: the reports that are kept, listed or written again."""

from __future__ import annotations

import sys
from datetime import UTC
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import now
from provenance.cli.kept import kept_report
from provenance.cli.manifest import manifest_options, stamping_of, write_manifest
from provenance.cli.options import (
    FAILED,
    NUMBER,
    WrongUsage,
    examples,
    formats_option,
    json_option,
    output_option,
    stamp_settings,
)
from provenance.cli.targets import complete_address

if TYPE_CHECKING:
    from datetime import datetime

    from provenance.model import Settings
    from provenance.world.store.reports import Chosen, KeptReport

# The values of ``model.VerdictKind``, which is not imported before a command runs.
KINDS = (
    "repost",
    "partial",
    "declared",
    "elsewhere",
    "common",
    "first",
    "none_found",
    "unknown",
)


@click.command(
    epilog=examples(
        "report",
        "report 12 -f html -f pdf -o evidence",
        "report --kind repost --since 2026-10-01 --json",
    )
)
@click.argument("numbers", nargs=-1, type=NUMBER, metavar="[ID...]")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="List this verdict.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="List those checked since a day.")
@click.option("--site", default="", metavar="HOST", help="List pages of this site.")
@formats_option("A format to write, as in check; repeatable.  [default: html]")
@output_option
@manifest_options(usual=False)
@json_option("Print the list as JSON, one report a line.")
@stamp_settings
def report(
    *,
    numbers: tuple[int, ...],
    formats: tuple[str, ...],
    directory: str,
    as_json: bool,
    settings: Settings,
    **chosen: Any,
) -> None:
    """List kept reports, or write them again.

    Reports with the given numbers are written again, from kept data alone.
    """
    from provenance.cli.pdf import write_report
    from provenance.render.report.json import line
    from provenance.world import open_world

    stamping = stamping_of(
        settings, **{name: chosen.pop(name) for name in ("manifest", "timestamp")}
    )
    if numbers and any(chosen.values()):
        raise WrongUsage("--kind, --since and --site choose what is listed; leave out the numbers")
    with open_world(settings, now=now) as world:
        written = []
        for number in numbers:
            found = kept_report(world, number)
            for name in formats or ("html",):
                written.append(write_report(found, directory, name))
                click.echo(str(written[-1]))
        if not write_manifest(directory, written, stamping, world):
            sys.exit(FAILED)
        for entry in () if numbers else world.store.reports.entries(_chosen(**chosen)):
            click.echo(line(entry) if as_json else _row(entry))


def _chosen(kinds: tuple[str, ...], since: datetime | None, site: str) -> Chosen:
    from provenance.model import VerdictKind
    from provenance.text.urls import host
    from provenance.world.store.reports import Chosen

    return Chosen(
        kinds=tuple(map(VerdictKind, kinds)),
        since=since.replace(tzinfo=UTC) if since else None,
        site=host(complete_address(site)),
    )


def _row(entry: KeptReport) -> str:
    from provenance.render.text.plain import short
    from provenance.render.text.wording import NOTICE, STANCE, VERDICT

    verdict = VERDICT[entry.kind] if entry.kind else "made by 0.1.0"
    at = f"{entry.checked_at:%Y-%m-%d %H:%M}"
    reviewed = f"  ({STANCE[entry.reviewed]})" if entry.reviewed else ""
    notice = f"  ({NOTICE[entry.notice]})" if entry.notice else ""
    title = f"{short(entry.title, 60)}  " if entry.title else ""
    return f"{entry.id:>6}  {at}  {verdict:<19}  {title}{short(entry.target, 90)}{reviewed}{notice}"
