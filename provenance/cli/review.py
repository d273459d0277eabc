"""``provenance review``: a person's own verdict on kept reports, and how far each matter is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provenance.cli.console import now
from provenance.cli.options import NUMBER, WrongUsage, examples, kept_settings

if TYPE_CHECKING:
    from provenance.model import Settings

# The values of ``model.NoticeState``, which is not imported before a command runs.
STATES = ("new", "sent", "answered", "licensed", "gone")


@click.command(
    epilog=examples(
        'review 12 --agree --note "The editor confirmed it."',
        'review 12 --disagree --note "They hold a licence."',
        "review 12 14 15 --state sent",
    )
)
@click.argument("numbers", nargs=-1, required=True, type=NUMBER, metavar="ID...")
@click.option("--agree", "stance", flag_value="agree", help="The verdict is right.")
@click.option("--disagree", "stance", flag_value="disagree", help="The verdict is wrong.")
@click.option("--unsure", "stance", flag_value="unsure", help="It cannot be told.")
@click.option("--state", type=click.Choice(STATES), help="How far the matter is.")
@click.option("--note", default="", help="Why, in your own words.")
@kept_settings
def review(
    *,
    numbers: tuple[int, ...],
    stance: str | None,
    state: str | None,
    note: str,
    settings: Settings,
) -> None:
    """Record your own verdict on kept reports, or how far each matter is.

    Both belong to the page and its text; every report on them shows it from then on, and so do the
    dashboard and the table of an audit.
    """
    from provenance.model import Notice, NoticeState, Review, Stance
    from provenance.world import open_world

    if stance is None and state is None:
        raise WrongUsage("say --agree, --disagree or --unsure, or how far it is (--state)")
    with open_world(settings, now=now) as world:
        reports = world.store.reports
        for number in numbers:
            if stance is not None:
                reports.review(number, Review(stance=Stance(stance), note=note, at=now()))
            if state is not None:
                reports.note(number, Notice(state=NoticeState(state), note=note, at=now()))
            told = " and ".join(filter(None, (stance, state)))
            click.echo(f"Report {number}: {told} recorded; the report shows it from now on")
