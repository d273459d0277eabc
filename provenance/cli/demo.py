"""``provenance demo``: the main job on an invented repost, over real HTTP, without a network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import now, progress
from provenance.demo.sites import demo_world
from provenance.jobs.check.page import check
from provenance.model import Report, Settings
from provenance.render import FORMATS
from provenance.render.report.terminal import render
from provenance.world import open_world
from provenance.world.saved.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from provenance.demo.sites import DemoWorld

__all__ = ["check_repost", "demo_world", "show_demo"]


def show_demo(directory: str, *, wait: Callable[[], object] | None = None) -> None:
    """Checks the invented repost, prints the verdict and writes ``demo.html``.

    With ``wait`` the sites are served until it returns, for a person who wants to look at them.
    """
    path = Path(directory) / "demo.html"
    with demo_world() as world:
        report = check_repost(world)
        _, rendered = FORMATS["html"]
        write(path, rendered(report))
        click.echo(render(report, colour=sys.stdout.isatty()), nl=False)
        click.echo(f"Report  {path}")
        if wait is not None:
            click.echo(_invitation(world))
            wait()


def check_repost(demo: DemoWorld, *, clock: Callable[[], datetime] = now) -> Report:
    """The ordinary check of the aggregator's page, with nothing kept."""
    settings = Settings(
        archives=(demo.archive,), searches=(demo.search,), allow_private=True, pace=0.0
    )
    with open_world(settings, now=clock) as world, progress() as tell:
        return check(demo.repost_url, world.web.fetch(demo.repost_url), world, settings, tell=tell)


def _invitation(demo: DemoWorld) -> str:
    """Where the sites are, and the same check as a person would type it."""
    archive, search = demo.archive, demo.search
    return f"""
The sites are up until Ctrl-C:
  newspaper   {demo.original_url}
  aggregator  {demo.repost_url}
To check them yourself:
  provenance check {demo.repost_url} --allow-private \\
    --archive {archive.name}={archive.kind}:{archive.base_url} \\
    --search {search.name}={search.kind}:{search.base_url}"""
