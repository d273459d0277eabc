"""``provenance demo``: the main job on an invented repost, over real HTTP, without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import now, show_steps, takes_colour, wait_for_interrupt
from provenance.cli.options import examples, output_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.demo.sites import DemoWorld
    from provenance.model import Report


@click.command(epilog=examples("demo", "demo --keep-serving -o demo-reports"))
@output_option
@click.option("--keep-serving", is_flag=True, help="Leave the sites up to look at, until Ctrl-C.")
def demo(*, directory: str, keep_serving: bool) -> None:
    """Check an invented repost on loopback.

    Serves a newspaper, an aggregator, a web archive and a search service on this machine while
    the check lasts; no network is needed.
    """
    show_demo(directory, wait=wait_for_interrupt if keep_serving else None)


def show_demo(directory: str, *, wait: Callable[[], object] | None = None) -> None:
    """Checks the invented repost, prints the verdict and writes ``demo.html``.

    With ``wait`` the sites are served until it returns, for a person who wants to look at them.
    """
    from provenance.demo.sites import demo_world
    from provenance.render import FORMATS
    from provenance.render.report.terminal import render
    from provenance.world.saved.writing import write

    path = Path(directory) / "demo.html"
    with demo_world() as world:
        report = check_repost(world)
        _, render_page = FORMATS["html"]
        write(path, render_page(report))
        click.echo(render(report, colour=takes_colour(sys.stdout)), nl=False)
        click.echo(f"Report  {path}")
        if wait is not None:
            click.echo(_invitation(world))
            wait()


def check_repost(demo: DemoWorld, *, clock: Callable[[], datetime] = now) -> Report:
    """The ordinary check of the aggregator's page, with nothing kept."""
    from provenance.jobs.check.page import check
    from provenance.model import Settings
    from provenance.world import open_world

    settings = Settings(
        archives=(demo.archive,),
        searches=(demo.search,),
        allow_private=True,
        follow_private=True,
        pace=0.0,
    )
    with open_world(settings, now=clock) as world, show_steps() as tell:
        return check(demo.repost_url, world.web.fetch(demo.repost_url), world, settings, tell=tell)


def _invitation(demo: DemoWorld) -> str:
    """Where the sites are, and the same check as a person would type it."""
    archive, search = demo.archive, demo.search
    return f"""
The sites are up until Ctrl-C:
  newspaper   {demo.original_url}
  aggregator  {demo.repost_url}
To check them yourself:
  provenance check {demo.repost_url} --allow-private --follow-private \\
    --archive {archive.name}={archive.kind}:{archive.base_url} \\
    --search {search.name}={search.kind}:{search.base_url}"""
