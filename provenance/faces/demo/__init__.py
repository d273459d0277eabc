"""``provenance demo``: the main job on an invented repost, over real HTTP, without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.faces.demo.sites import demo_world
from provenance.faces.telling import now, progress
from provenance.jobs.check import check
from provenance.model import Report, Settings
from provenance.render import FORMATS
from provenance.render.terminal import render
from provenance.world import open_world
from provenance.world.writing import write

if TYPE_CHECKING:
    from provenance.faces.demo.sites import DemoWorld

__all__ = ["check_repost", "demo_world", "show_demo"]


def show_demo(directory: str) -> None:
    """Checks the invented repost, prints the verdict and writes ``demo.html``."""
    with demo_world() as world:
        report = check_repost(world)
    path = Path(directory) / "demo.html"
    _, rendered = FORMATS["html"]
    write(path, rendered(report))
    click.echo(render(report, colour=sys.stdout.isatty()), nl=False)
    click.echo(f"Report  {path}")


def check_repost(demo: DemoWorld) -> Report:
    """The ordinary check of the aggregator's page, with nothing kept."""
    settings = Settings(
        archives=(demo.archive,), searches=(demo.search,), allow_private=True, pace=0.0
    )
    with open_world(settings, now=now) as world, progress() as tell:
        return check(demo.repost_url, world.web.fetch(demo.repost_url), world, settings, tell=tell)
