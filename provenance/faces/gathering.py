"""``provenance corpus``: texts of one's own, added, searched and counted."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.faces.pages import each_page
from provenance.faces.telling import now, progress
from provenance.model import Match
from provenance.read import read_capture
from provenance.render.json import line
from provenance.render.plain import short
from provenance.world import open_world

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Document, Settings
    from provenance.world import OpenWorld

# Fingerprints are inserted in order, so larger batches are faster; this many texts are in memory.
_BATCH = 500


def add_texts(targets: Iterable[str], settings: Settings) -> int:
    """Adds every page of every target, folders included; the number that could not be read."""
    added = failed = 0
    with open_world(settings, now=now) as world, progress() as tell:
        for pages in _batches(_read(targets, world)):
            documents = [page for page in pages if page is not None]
            failed += len(pages) - len(documents)
            added += world.corpus.add(*documents)
            tell(f"{added:,} texts added")
        texts, _ = world.store.corpus.size()
    click.echo(f"{added:,} added, {failed:,} not read; the corpus holds {texts:,} texts")
    return failed


def search_texts(words: tuple[str, ...], settings: Settings, *, as_json: bool) -> None:
    """Shows the texts that hold all the words; one argument of several words is a phrase."""
    with open_world(settings, now=now) as world:
        how = Match.PHRASE if len(words) == 1 and " " in words[0] else Match.ALL
        found = world.store.corpus.search(" ".join(words).split(), how)
    for match in found:
        if as_json:
            click.echo(line(match))
        else:
            name = match.url or f"kept:{match.digest[:16]}"
            click.echo(f"{short(match.title, 70)}\n    {short(name, 200)}")


def show_size(settings: Settings, *, as_json: bool) -> None:
    """Shows how much the corpus holds."""
    with open_world(settings, now=now) as world:
        texts, fingerprints = world.store.corpus.size()
    if as_json:
        click.echo(line({"texts": texts, "fingerprints": fingerprints}))
    else:
        click.echo(f"{texts:,} texts, {fingerprints:,} fingerprints")


def _read(targets: Iterable[str], world: OpenWorld) -> Iterator[Document | None]:
    for target in targets:
        for name in _files(target):
            yield from each_page(name, None, world, read_capture)


def _batches(pages: Iterator[Document | None]) -> Iterator[list[Document | None]]:
    while batch := list(islice(pages, _BATCH)):
        yield batch


def _files(target: str) -> Iterator[str]:
    """The target itself, or every file below a folder, in order of name."""
    if not Path(target).is_dir():
        yield target
        return
    for folder, folders, names in os.walk(target):
        folders.sort()
        yield from (str(Path(folder) / name) for name in sorted(names))
