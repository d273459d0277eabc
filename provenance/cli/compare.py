"""``provenance compare``: two texts, or a stream of pairs; no archive or search is asked."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from provenance.cli.console import now, open_input, standard_input
from provenance.cli.options import (
    TARGET,
    WrongUsage,
    archive_settings,
    examples,
    json_option,
    page_option,
)
from provenance.cli.targets import fetch_and_say
from provenance.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provenance.model import Document, Settings
    from provenance.world import OpenWorld


@click.command(
    epilog=examples(
        "compare copy.html original.html",
        "compare https://gazette.example/ferry original.txt -f html > side-by-side.html",
        "compare --jsonl < pairs.jsonl",
    )
)
@click.argument("pair", nargs=-1, metavar="A B", type=TARGET)
@json_option("Print the measures as one JSON object.")
@click.option("--jsonl", "stream", is_flag=True, help='Read {"suspect","source"} lines on stdin.')
@page_option("Print a page with both texts side by side.")
@archive_settings
def compare(
    *, pair: tuple[str, ...], as_json: bool, stream: bool, form: str | None, settings: Settings
) -> None:
    """Measure how much of A stands in B, with no look-ups.

    A and B are pages: files, addresses, or - for standard input.
    """
    if stream:
        stream_comparisons(standard_input(), sys.stdout)
        return
    if len(pair) != 2:
        raise WrongUsage("compare takes two texts, A and B (or --jsonl on standard input)")
    show_comparison(pair[0], pair[1], settings, form or ("json" if as_json else "terminal"))


def show_comparison(suspect: str, source: str, settings: Settings, form: str) -> None:
    """Prints how much of one page stands in the other; ``form`` is terminal, json or html."""
    from provenance.compare import Side, compare_documents, compare_meaning
    from provenance.detect import detect_signals
    from provenance.render.comparison import html, terminal
    from provenance.render.report.json import line
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        pages = _read_first(suspect, world), _read_first(source, world)
    measured = compare_documents(pages[0], pages[1], detect_signals(pages[0]))
    reuse = compare_meaning(measured, *(Side.of_document(page) for page in pages))
    if form == "json":
        click.echo(line(reuse))
    else:
        view = html if form == "html" else terminal
        click.echo(view(pages[0], pages[1], reuse), nl=False)


def _read_first(target: str, world: OpenWorld) -> Document:
    from provenance.read import read_capture
    from provenance.world.files import captures

    stdin, fetch = open_input(target), partial(fetch_and_say, world)
    page = next(captures(target, url=None, world=world, stdin=stdin, fetch=fetch), None)
    if page is None:
        raise InputError(f"{target}: no page in it to compare")
    return read_capture(page)


def stream_comparisons(lines: BinaryIO, out: TextIO) -> None:
    """Answers each {"suspect", "source"} line with {"score", "kind", "spans"} on a line of its own.

    A line may say "suspect_lang" and "source_lang", the codes of the languages.
    A line that is no such object is answered with {"error": ...}, and the stream goes on.
    """
    for text in lines:
        if text.strip():
            out.write(json.dumps(_answer(text)) + "\n")
            out.flush()


def _answer(text: bytes) -> Mapping[str, object]:
    from provenance.compare import Side, compare_meaning, compare_texts, describe

    try:
        pair = json.loads(text)
        suspect, source = pair["suspect"], pair["source"]
        languages = pair.get("suspect_lang"), pair.get("source_lang")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"error": 'expected {"suspect": TEXT, "source": TEXT}'}
    if not isinstance(suspect, str) or not isinstance(source, str):
        return {"error": "suspect and source must be texts"}
    if not all(code is None or isinstance(code, str) for code in languages):
        return {"error": "suspect_lang and source_lang must be codes of languages"}
    sides = Side.of(suspect, languages[0]), Side.of(source, languages[1])
    return describe(compare_meaning(compare_texts(suspect, source), *sides))
