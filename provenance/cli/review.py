"""``provenance review``: a person's own verdict on a kept report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provenance.cli.console import now
from provenance.cli.options import NUMBER, WrongUsage, examples, kept_settings

if TYPE_CHECKING:
    from provenance.model import Settings


@click.command(
    epilog=examples(
        'review 12 --agree --note "The editor confirmed it."',
        'review 12 --disagree --note "They hold a licence."',
    )
)
@click.argument("number", type=NUMBER, metavar="ID")
@click.option("--agree", "stance", flag_value="agree", help="The verdict is right.")
@click.option("--disagree", "stance", flag_value="disagree", help="The verdict is wrong.")
@click.option("--unsure", "stance", flag_value="unsure", help="It cannot be told.")
@click.option("--note", default="", help="Why, in your own words.")
@kept_settings
def review(*, number: int, stance: str | None, note: str, settings: Settings) -> None:
    """Record your own verdict on a kept report.

    The report shows it from then on.
    """
    from provenance.model import Review, Stance
    from provenance.world import open_world

    if stance is None:
        raise WrongUsage("say --agree, --disagree or --unsure")
    with open_world(settings, now=now) as world:
        world.store.reports.review(number, Review(stance=Stance(stance), note=note, at=now()))
    click.echo(f"Report {number}: {stance} recorded; the report shows it from now on")
