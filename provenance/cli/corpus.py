"""``provenance corpus``: texts of one's own, added, searched and counted."""

from __future__ import annotations

import os
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now, progress
from provenance.cli.options import (
    COUNT,
    FAILED,
    TARGET,
    examples,
    json_option,
    kept_settings,
    option,
    page_settings,
)
from provenance.cli.targets import each_page
from provenance.errors import InputError, ProviderError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.model import Capture, Document, Settings
    from provenance.world import OpenWorld
    from provenance.world.formats.listings import ReadListing
    from provenance.world.http.robots import Robots

# Fingerprints are inserted in order, so larger batches are faster; this many letters or texts are
# in memory.
_BATCH, _LETTERS = 2_000, 8_000_000
# Lines of one file that cannot be read are named one by one up to this many.
_TOLD = 10


@click.group(
    epilog=examples("corpus add texts/ archive.warc.gz", "corpus search 'ferry timetable'")
)
def corpus() -> None:
    """Keep texts of your own, where check looks first."""


@corpus.command(
    epilog=examples(
        "corpus add texts/ archive.warc.gz stories.jsonl",
        "corpus add https://gazette.example/feed.xml --max 20",
    )
)
@click.argument("targets", nargs=-1, required=True, metavar="FILE|DIR|URL...", type=TARGET)
@option(
    "--max",
    "most",
    type=COUNT,
    default=100,
    show_default=True,
    help="Fetch at most so many pages of a feed or sitemap.",
)
@page_settings
def add(*, targets: tuple[str, ...], most: int, settings: Settings) -> None:
    """Add pages and texts of your own.

    HTML, text and WARC files; JSON Lines, an object with text, url, title and date a line
    (.jsonl, .jsonl.gz); Parquet with such columns; folders of all these; addresses; feeds and
    sitemaps with the pages they list.
    """
    from provenance.world import open_world

    added = read = failed = 0
    with open_world(settings, now=now) as world, progress() as tell:
        for pages in _batches(_read(targets, world, most)):
            documents = [page for page in pages if page is not None]
            failed += len(pages) - len(documents)
            read += sum(bool(page.text.strip()) for page in documents)
            added += world.corpus.add_given(*documents)
            tell(f"{added:,} texts added")
        texts, _ = world.store.corpus.size()
    there = f"{read - added:,} already there, " if read > added else ""
    click.echo(f"{added:,} added, {there}{failed:,} not read; the corpus holds {texts:,} texts")
    if failed:
        sys.exit(FAILED)


@corpus.command(epilog=examples("corpus rebuild", "corpus rebuild --db kept.db"))
@kept_settings
def rebuild(*, settings: Settings) -> None:
    """Read all texts anew from what is kept, after an update.

    All or nothing: when it is stopped, the texts are as they were.
    """
    from provenance.world import open_world

    with open_world(settings, now=now) as world, progress() as tell:
        kept, known = read_corpus_anew(world, tell)
    click.echo(f"{kept:,} texts read anew, {known - kept:,} not")
    if known > kept:
        sys.exit(FAILED)


def read_corpus_anew(world: OpenWorld, tell: Callable[[str], None]) -> tuple[int, int]:
    """Reads all texts anew from what is kept; how many were read, of how many."""
    digests = world.store.corpus.digests()

    def read_anew() -> Iterator[list[Document]]:
        done = 0
        for pages in _batches(_read_again(digest, world) for digest in digests):
            yield [page for page in pages if page is not None]
            done += len(pages)
            tell(f"{done:,} of {len(digests):,} texts")

    return world.corpus.replace(read_anew()), len(digests)


@corpus.command(
    epilog=examples("corpus search ferry timetable", "corpus search 'the second rope' --json")
)
@click.argument("words", nargs=-1, required=True)
@json_option("Print each text as JSON, one a line.")
@kept_settings
def search(*, words: tuple[str, ...], as_json: bool, settings: Settings) -> None:
    """Find texts by words, or by a phrase in quotation marks."""
    from provenance.model import Match
    from provenance.render.report.json import line
    from provenance.render.text.plain import short
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        how = Match.PHRASE if len(words) == 1 and " " in words[0] else Match.ALL
        found = world.store.corpus.search(" ".join(words).split(), how)
    for match in found:
        if as_json:
            click.echo(line(match))
        else:
            name = match.url or f"kept:{match.digest[:16]}"
            click.echo(f"{short(match.title, 70)}\n    {short(name, 200)}")


@corpus.command(epilog=examples("corpus stats", "corpus stats --db kept.db --json"))
@json_option("Print the numbers as one JSON object.")
@kept_settings
def stats(*, as_json: bool, settings: Settings) -> None:
    """Show how much the corpus holds."""
    from provenance.render.report.json import line
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        texts, fingerprints = world.store.corpus.size()
    if as_json:
        click.echo(line({"texts": texts, "fingerprints": fingerprints}))
    else:
        click.echo(f"{texts:,} texts, {fingerprints:,} fingerprints")


def _read(targets: Iterable[str], world: OpenWorld, most: int) -> Iterator[Document | None]:
    from provenance.world.http.robots import Robots
    from provenance.world.saved.records import is_collection

    robots = Robots(world.web, offline=world.settings.offline)
    for target in targets:
        for name in _files(target):
            if is_collection(name):
                yield from _read_lines(name, world)
                continue
            for capture in each_page(name, None, world, lambda page: page):
                if capture is None:
                    yield None
                elif (lists := _read_lists(capture, world, robots)) is not None:
                    yield from _fetch_listed(_addresses(name, lists), most, world, robots)
                else:
                    yield _read_page(name, capture)


def _fetch_listed(
    addresses: Iterator[str | None], most: int, world: OpenWorld, robots: Robots
) -> Iterator[Document | None]:
    """The first ``most`` pages of a listing; None for each that cannot be had, and each fault."""
    for url in addresses:
        if url is not None and not most:
            return
        most -= url is not None
        yield None if url is None else _fetch(url, world, robots)


def _read_lines(name: str, world: OpenWorld) -> Iterator[Document | None]:
    """The records of a collection; None, and a line on stderr for the first, for what is none."""
    from provenance.read import read_capture
    from provenance.world.saved.records import records

    faults = 0
    try:
        for number, capture in records(name, world):
            why, document = "it is longer than a page may be (max_bytes)", None
            if capture is not None:
                try:
                    document = read_capture(capture)
                except InputError as error:
                    why = str(error)
            if document is None:
                faults += 1
                if faults <= _TOLD:
                    complain(f"{name}, line {number:,}: {why}")
            yield document
    except InputError as error:
        complain(str(error))
        yield None
    if faults > _TOLD:
        complain(f"{name}: {faults - _TOLD:,} more lines cannot be read")


def _read_lists(page: Capture, world: OpenWorld, robots: Robots) -> Iterator[ReadListing] | None:
    """The feed or sitemap that a page is, and the sitemaps that it names; None for other pages."""
    from provenance.world.formats.listings import may_be_listing, walk

    def fetch(url: str) -> bytes | str:
        try:
            return page.body if url == start else _ask(url, world, robots).body
        except ProviderError as error:
            return error.why

    if not may_be_listing(page.body):
        return None
    start = page.responded_url or page.url or ""
    lists = walk([start], fetch)
    first = next(lists)
    return chain([first], lists) if first.contents.kind else None


def _addresses(name: str, lists: Iterable[ReadListing]) -> Iterator[str | None]:
    """The addresses of pages in these lists, each once.

    None, after a line on stderr, for each list that is malformed or cannot be fetched.
    """
    seen = set[str]()
    for each in lists:
        if each.contents.why:
            complain(f"{each.url if each.depth else name}: {each.contents.why}")
            yield None
        for page in each.contents.pages:
            if page.url not in seen:
                seen.add(page.url)
                yield page.url


def _fetch(url: str, world: OpenWorld, robots: Robots) -> Document | None:
    try:
        return _read_page(url, _ask(url, world, robots))
    except ProviderError as error:
        complain(f"{url}: {error.why}")
        return None


def _ask(url: str, world: OpenWorld, robots: Robots) -> Capture:
    if why := robots.of(url).refusal(url):
        raise Refused("web", url, why)
    return world.web.fetch(url)


def _read_page(name: str, capture: Capture) -> Document | None:
    from provenance.read import read_capture

    try:
        return read_capture(capture)
    except InputError as error:
        complain(str(error) if name in str(error) else f"{name}: {error}")
        return None


def _read_again(digest: str, world: OpenWorld) -> Document | None:
    capture = world.store.fetches.of_digest(digest)
    if capture is None:
        complain(f"{digest[:16]}: its bytes are not kept any more")
        return None
    return _read_page(capture.url or f"kept:{digest[:16]}", capture)


def _batches(pages: Iterator[Document | None]) -> Iterator[list[Document | None]]:
    batch: list[Document | None] = []
    letters = 0
    for page in pages:
        batch.append(page)
        letters += len(page.text) if page else 0
        if len(batch) >= _BATCH or letters >= _LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def _files(target: str) -> Iterator[str]:
    """The target itself, or every file below a folder, in order of name."""
    if not Path(target).is_dir():
        yield target
        return
    for folder, folders, names in os.walk(target):
        folders.sort()
        yield from (str(Path(folder) / name) for name in sorted(names))
