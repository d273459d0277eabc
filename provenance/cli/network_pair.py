"""The whole report on one pair of a network: a check of the copy that finds the source."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from provenance.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from provenance.model import Capture


def report_pair(folder: Path, copy: str, source: str) -> None:
    """Checks the text named ``copy`` against the one named ``source``; prints and writes a report.

    Nobody is asked. InputError for a name that no text with an edge has.
    """
    from provenance.cli.console import now, takes_colour
    from provenance.cli.pdf import write_report
    from provenance.jobs.check.page import check
    from provenance.model import Settings
    from provenance.read import read_capture
    from provenance.render.report.terminal import render
    from provenance.world import open_world
    from provenance.world.store.fetches import FILE

    pages = [capture_of(_row(folder, name)) for name in (copy, source)]
    settings = Settings(offline=True)
    with open_world(settings, now=now) as world:
        for page in pages:
            world.store.fetches.keep(page, asked_by=FILE)
        world.corpus.add_given(read_capture(pages[1]))
        report = check(copy, pages[0], world, settings)
    click.echo(render(report, verbose=False, colour=takes_colour(sys.stdout)), nl=False)
    click.echo(f"Report    {write_report(report, str(folder), 'html')}")


def capture_of(row: dict[str, Any]) -> Capture:
    """A text of the network as a line of JSON Lines, dated as it was given."""
    from datetime import UTC, datetime, time

    from provenance.model import Capture, Via

    day = row["date"]
    fields = {
        "url": row["url"],
        "title": row["title"],
        "text": row["text"],
        "date": day.isoformat() if day else None,
    }
    return Capture(
        body=json.dumps({key: value for key, value in fields.items() if value}).encode(),
        url=row["url"],
        responded_url=row["url"],
        media_type="application/jsonl",
        captured_at=datetime.combine(day, time(), UTC) if day else datetime.fromtimestamp(0, UTC),
        via=Via.FILE,
    )


def _row(folder: Path, name: str) -> dict[str, Any]:
    """A text by its name; of one of the very same letters as another, those of the other."""
    from provenance.network.outputs import find_rows

    texts = folder / "texts.parquet"
    found = find_rows(texts, document=name)
    if found:
        return found[0]
    edges = folder / "edges.parquet"
    for edge in find_rows(edges, copy=name) if edges.exists() else ():
        same = find_rows(texts, document=edge["source"]) if edge["exact"] else []
        if same:
            about = {"document": name, "url": edge["copy_url"], "title": edge["copy_title"]}
            return {**same[0], **about, "site": edge["copy_site"], "date": edge["copy_date"]}
    raise InputError(f"{folder}: no text named {name} has an edge in it")
