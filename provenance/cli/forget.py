"""``provenance forget``: what is kept, deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from provenance.cli.console import now, progress
from provenance.cli.corpus import read_corpus_anew
from provenance.cli.options import WrongUsage, examples, kept_settings
from provenance.cli.targets import complete_address
from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.model import Settings
    from provenance.world import OpenWorld
    from provenance.world.store.forgetting import Forgotten


@click.command(
    epilog=examples(
        "forget https://gazette.example/news/ferry",
        "forget 12 page.html",
        "forget --older-than 365",
    )
)
@click.argument("names", nargs=-1, metavar="[URL|ID|FILE...]")
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(min=0),
    metavar="DAYS",
    help="Delete what was kept before so many days, but for texts added by corpus add.",
)
@kept_settings
def forget(*, names: tuple[str, ...], days: int | None, settings: Settings) -> None:
    """Delete kept pages, texts and reports.

    By the address of a page, the number of a report, or the name of a file as it was checked: the
    page's bytes, its text in the corpus, its reports and their reviews. Files that were written
    stay, and reports on other pages keep what they compare with: forget those by their numbers.
    """
    from provenance.world import open_world

    if bool(names) == (days is not None):
        raise WrongUsage("name what to forget: addresses, numbers of reports, or --older-than DAYS")
    with open_world(settings, now=now) as world, progress() as tell:
        before = None if days is None else now() - timedelta(days=days)
        gone = delete_kept(world, tuple(map(_name, names)), before=before, tell=tell)
        if names and not (gone.replies or gone.texts or gone.reports):
            raise InputError(f"{names[0]}: nothing of that name is kept (provenance report)")
    click.echo(
        f"{gone.replies:,} kept replies, {gone.texts:,} texts and {gone.reports:,} reports deleted"
    )


def delete_kept(
    world: OpenWorld,
    names: tuple[str | int, ...],
    *,
    before: datetime | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Forgotten:
    """Deletes what has these names, or all from before a time; how much it was."""
    from provenance.world.store.forgetting import Forgetting

    forgetting = Forgetting(world.store)
    gone = forgetting.named(names) if before is None else forgetting.older_than(before)
    if gone.texts:
        read_corpus_anew(world, tell)
    if gone.replies or gone.texts or gone.reports:
        world.store.connection.compact()
    return gone


def _name(name: str) -> str | int:
    return int(name) if name.isascii() and name.isdigit() else complete_address(name)
