"""``provenance history``: what archives know of an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provenance.cli.console import now, show_steps
from provenance.cli.options import TARGET, archive_settings, examples, json_option, page_option
from provenance.errors import InputError

if TYPE_CHECKING:
    from provenance.model import Settings


@click.command(
    epilog=examples(
        "history https://gazette.example/news/ferry",
        "history gazette.example/news/ferry -f html > history.html",
    )
)
@click.argument("url", type=TARGET)
@json_option("Print the history as one JSON object.")
@page_option("Print a page with a drawing.")
@archive_settings
def history(*, url: str, as_json: bool, form: str | None, settings: Settings) -> None:
    """Show what archives know of an address.

    Lists every capture, and says where the text changed.
    """
    from provenance.jobs.history import history as ask_archives
    from provenance.render.history import html, terminal
    from provenance.render.report.json import line
    from provenance.text.urls import is_web_url
    from provenance.world import open_world

    if not is_web_url(url):
        raise InputError(f"{url}: not a web address; write it with https:// before it")
    with open_world(settings, now=now) as world, show_steps() as tell:
        world.web.name_target(url)
        found = ask_archives(url, world, settings, tell=tell)
    if form == "html":
        click.echo(html(found), nl=False)
    else:
        click.echo(line(found) if as_json else terminal(found), nl=as_json)
