"""``provenance compare``: two texts, no look-ups; or a stream of pairs."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, TextIO

import click

from provenance.cli.console import now
from provenance.compare import compare_documents, match
from provenance.detect import detect_signals
from provenance.errors import InputError
from provenance.read import read_capture
from provenance.render.report.json import line
from provenance.world import open_world
from provenance.world.files import captures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provenance.model import Document, Settings
    from provenance.world import OpenWorld


def show_comparison(suspect: str, source: str, settings: Settings, form: str) -> None:
    """Shows how much of one page stands in the other; ``form`` is terminal, json or html."""
    from provenance.render.comparison import html, terminal

    with open_world(settings, now=now) as world:
        pages = _document(suspect, world), _document(source, world)
    reuse = compare_documents(pages[0], pages[1], detect_signals(pages[0]))
    if form == "json":
        click.echo(line(reuse))
    else:
        view = html if form == "html" else terminal
        click.echo(view(pages[0], pages[1], reuse), nl=False)


def _document(target: str, world: OpenWorld) -> Document:
    page = next(captures(target, url=None, world=world, stdin=sys.stdin.buffer), None)
    if page is None:
        raise InputError(f"{target}: no page in it to compare")
    return read_capture(page)


def stream_comparisons(lines: TextIO, out: TextIO) -> None:
    """Answers each {"suspect", "source"} line with {"score", "spans"} on a line of its own.

    A line that is no such object is answered with {"error": ...}, and the stream goes on.
    """
    for text in lines:
        if text.strip():
            out.write(json.dumps(_answer(text)) + "\n")
            out.flush()


def _answer(text: str) -> Mapping[str, object]:
    try:
        pair = json.loads(text)
        suspect, source = pair["suspect"], pair["source"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"error": 'expected {"suspect": TEXT, "source": TEXT}'}
    if not isinstance(suspect, str) or not isinstance(source, str):
        return {"error": "suspect and source must be texts"}
    return match(suspect, source)
