"""``provenance read``: a page as it is read."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from provenance.cli.options import FAILED, archive_settings, examples, json_option, page_targets
from provenance.cli.targets import show_pages

if TYPE_CHECKING:
    from provenance.model import Settings


@click.command(
    epilog=examples(
        "read https://gazette.example/news/ferry",
        "read page.html --url https://gazette.example/news/ferry --json",
    )
)
@page_targets()
@json_option("Print each document as JSON, one a line.")
@archive_settings
def read(*, targets: tuple[str, ...], url: str | None, as_json: bool, settings: Settings) -> None:
    """Show how a page is read: story, fields, dates, links."""
    from provenance.read import read_capture
    from provenance.render.reading import document_view
    from provenance.render.report.json import line

    view = line if as_json else document_view
    if show_pages(targets, url, settings, lambda capture: view(read_capture(capture))):
        sys.exit(FAILED)
