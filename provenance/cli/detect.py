"""``provenance detect``: the signs of syndication on a page."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from provenance.cli.options import FAILED, archive_settings, examples, json_option, page_targets
from provenance.cli.targets import show_pages

if TYPE_CHECKING:
    from provenance.model import Capture, Settings


@click.command(
    epilog=examples(
        "detect https://gazette.example/news/ferry",
        "detect page.html story.txt --json",
    )
)
@page_targets()
@json_option("Print the signs on each page as one JSON object a line.")
@archive_settings
def detect(*, targets: tuple[str, ...], url: str | None, as_json: bool, settings: Settings) -> None:
    """Show the signs of syndication on a page.

    Signs that do not count are shown too, with the reason.
    """
    from provenance.detect import detect_signals
    from provenance.judge.declared import declare
    from provenance.read import read_capture
    from provenance.render.reading import signals_view
    from provenance.render.report.json import line

    def view(capture: Capture) -> str:
        document = read_capture(capture)
        signals = detect_signals(document)
        declaration = declare(document, signals)
        if as_json:
            return line({"url": document.url, "declaration": declaration, "signals": signals})
        return signals_view(document, signals, declaration)

    if show_pages(targets, url, settings, view):
        sys.exit(FAILED)
