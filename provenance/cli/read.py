"""``provenance read`` and ``provenance detect``: one page as it is read, and the signs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from provenance.cli.console import now
from provenance.cli.targets import each_page
from provenance.detect import detect_signals
from provenance.judge.declared import declare
from provenance.read import read_capture
from provenance.render.report.json import line
from provenance.world import open_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provenance.model import Capture, Settings


def show_documents(
    targets: Iterable[str], url: str | None, settings: Settings, *, as_json: bool
) -> int:
    """Shows each page as a Document; the number of pages that could not be read."""
    from provenance.render.reading import document_view

    view = line if as_json else document_view
    return _shown(targets, url, settings, lambda capture: view(read_capture(capture)))


def show_signals(
    targets: Iterable[str], url: str | None, settings: Settings, *, as_json: bool
) -> int:
    """Shows the signals on each page and what they amount to; the number of pages not read."""
    from provenance.render.reading import signals_view

    def view(capture: Capture) -> str:
        document = read_capture(capture)
        signals = detect_signals(document)
        declaration = declare(document, signals)
        if as_json:
            return line({"url": document.url, "declaration": declaration, "signals": signals})
        return signals_view(document, signals, declaration)

    return _shown(targets, url, settings, view)


def _shown(
    targets: Iterable[str], url: str | None, settings: Settings, view: Callable[[Capture], str]
) -> int:
    failed = 0
    with open_world(settings, now=now) as world:
        for target in targets:
            for shown in each_page(target, url, world, view):
                if shown is None:
                    failed += 1
                else:
                    click.echo(shown.rstrip("\n"))
    return failed
