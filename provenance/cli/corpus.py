"""``provenance corpus``: texts of one's own, added, searched and counted."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now, progress
from provenance.cli.targets import each_page
from provenance.errors import InputError, ProviderError, Refused
from provenance.model import Match
from provenance.read import read_capture
from provenance.render.report.json import line
from provenance.render.text.plain import short
from provenance.text.urls import is_web_url
from provenance.world import open_world
from provenance.world.formats import listings
from provenance.world.http.robots import Robots
from provenance.world.saved.records import is_collection, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Capture, Document, Settings
    from provenance.world import OpenWorld
    from provenance.world.formats.listings import Contents

_HEAD = 1024
# Fingerprints are inserted in order, so larger batches are faster; this many letters or texts are
# in memory.
_BATCH, _LETTERS = 2_000, 8_000_000
# Lines of one file that cannot be read are told one by one up to this many.
_TOLD = 10
# A sitemap may name sitemaps, and those further ones.
_DEEPEST = 2


def add_texts(targets: Iterable[str], settings: Settings, *, most: int) -> int:
    """Adds every page of every target; the number that could not be read.

    Folders are read with all that is in them, collections line by line; of each feed or sitemap
    at most ``most`` pages are fetched.
    """
    added = failed = 0
    with open_world(settings, now=now) as world, progress() as tell:
        for pages in _batches(_read(targets, world, most)):
            documents = [page for page in pages if page is not None]
            failed += len(pages) - len(documents)
            added += world.corpus.add(*documents)
            tell(f"{added:,} texts added")
        texts, _ = world.store.corpus.size()
    click.echo(f"{added:,} added, {failed:,} not read; the corpus holds {texts:,} texts")
    return failed


def rebuild(settings: Settings) -> int:
    """Reads every text anew from the bytes that are kept; the number that could not be read.

    All or nothing: when it is stopped, the texts are as they were.
    """
    with open_world(settings, now=now) as world, progress() as tell:
        digests = world.store.corpus.digests()

        def read_anew() -> Iterator[list[Document]]:
            done = 0
            for pages in _batches(_again(digest, world) for digest in digests):
                yield [page for page in pages if page is not None]
                done += len(pages)
                tell(f"{done:,} of {len(digests):,} texts")

        kept = world.corpus.replace(read_anew())
    click.echo(f"{kept:,} texts read anew, {len(digests) - kept:,} not")
    return len(digests) - kept


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


def _read(targets: Iterable[str], world: OpenWorld, most: int) -> Iterator[Document | None]:
    robots = Robots(world.web, offline=world.settings.offline)
    for target in targets:
        for name in _files(target):
            if is_collection(name):
                yield from _lines(name, world)
                continue
            for capture in each_page(name, None, world, lambda page: page):
                if capture is None:
                    yield None
                    continue
                contents = listings.parse(capture.body) if _may_list(capture) else None
                if contents is None or not contents.kind:
                    yield _document(name, capture)
                else:
                    addresses = islice(_listed(name, contents, world, robots, 0), most)
                    yield from (_fetched(url, world, robots) for url in addresses)


def _lines(name: str, world: OpenWorld) -> Iterator[Document | None]:
    """The records of a collection; None, and a line on stderr for the first, for what is none."""
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


def _may_list(capture: Capture) -> bool:
    """Whether a page can be a feed or a sitemap: XML begins it, or it is packed."""
    head = capture.body[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith((b"<?xml", b"<rss", b"<feed", b"<rdf", b"<urlset", b"<sitemap", b"\x1f"))


def _listed(
    name: str, contents: Contents, world: OpenWorld, robots: Robots, depth: int
) -> Iterator[str]:
    """The addresses of pages in a feed or sitemap and in the sitemaps that it names, each once."""
    if contents.why:
        complain(f"{name}: {contents.why}")
    addresses = dict.fromkeys(entry.url for entry in contents.entries if is_web_url(entry.url))
    if contents.kind != "sitemap index":
        yield from addresses
    elif depth < _DEEPEST:
        for url in addresses:
            try:
                capture = _asked(url, world, robots)
            except ProviderError as error:
                complain(f"{url}: {error.why}")
            else:
                yield from _listed(url, listings.parse(capture.body), world, robots, depth + 1)


def _fetched(url: str, world: OpenWorld, robots: Robots) -> Document | None:
    try:
        return _document(url, _asked(url, world, robots))
    except ProviderError as error:
        complain(f"{url}: {error.why}")
        return None


def _asked(url: str, world: OpenWorld, robots: Robots) -> Capture:
    if why := robots.of(url).refusal(url):
        raise Refused("web", url, why)
    return world.web.fetch(url)


def _document(name: str, capture: Capture) -> Document | None:
    try:
        return read_capture(capture)
    except InputError as error:
        complain(str(error) if name in str(error) else f"{name}: {error}")
        return None


def _again(digest: str, world: OpenWorld) -> Document | None:
    capture = world.store.fetches.of_digest(digest)
    if capture is None:
        complain(f"{digest[:16]}: its bytes are not kept any more")
        return None
    return _document(capture.url or f"kept:{digest[:16]}", capture)


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
