"""From targets to pages: what every command over pages shares."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import click

from provenance.cli.console import complain, now, open_input, show_steps
from provenance.errors import ProvenanceError
from provenance.text.bare_address import split_bare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from provenance.model import Capture, Report, Settings
    from provenance.world import OpenWorld

T = TypeVar("T")
_FILE_NAME = re.compile(
    r".{0,255}\.(?:aspx?|csv|docx?|eml|epub|gz|html?|jsonl?|md|mhtml|odt|pdf|php|rtf|shtml|te?xt|wacz|warc"
    r"|xht|xhtml|xml|zip)",
    re.IGNORECASE,
)


def complete_address(target: str) -> str:
    """A target with https:// before it where it is a bare host or address: example.org/story.

    What names a file or a folder that is there, or looks like a file's name, stays as it is. A
    user name and a password are taken out: nobody is ever told them.
    """
    text = target.strip()
    if "@" in text and "://" in text:
        from provenance.text.urls import without_login

        return without_login(text)
    bare = split_bare(text)
    if bare is None or os.path.lexists(text) or os.path.lexists(bare[0]):
        return target
    return bare_address(text) or target


def bare_address(text: str) -> str | None:
    """The address that a host, with or without a path, stands for; None for anything else.

    What looks like the name of a file is none. No file is looked for.
    """
    bare = split_bare(text)
    if bare is None or (not bare[1] and _FILE_NAME.fullmatch(bare[0])):
        return None
    return f"https://{text}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a page gave no result, in one line."""

    why: str


def each_page(
    target: str,
    url: str | None,
    world: OpenWorld,
    work: Callable[[Capture], T],
    *,
    fetch: Callable[[str], Capture] | None = None,
) -> Iterator[T | None]:
    """What ``work`` makes of each page of a target; None, after a line on stderr, for a failure.

    ``fetch`` gets the page of an address, from the live web where it is not given.
    """
    for result in each_result(target, url, world, work, fetch=fetch):
        if isinstance(result, Fault):
            complain(result.why)
            yield None
        else:
            yield result


def each_result(
    target: str,
    url: str | None,
    world: OpenWorld,
    work: Callable[[Capture], T],
    *,
    fetch: Callable[[str], Capture] | None = None,
) -> Iterator[T | Fault]:
    """What ``work`` makes of each page of a target, or why it makes nothing of it."""
    pages = _captures(target, url, world, fetch)
    while True:
        try:
            capture = next(pages, None)
            if capture is None:
                return
            result = work(capture)
        except ProvenanceError as error:
            yield Fault(str(error))
        except Exception as error:
            # A fault of ours on one page must not cost the others; it is named, with its place.
            yield Fault(f"{target}: {describe_fault(error)}")
        else:
            yield result


def _captures(
    target: str, url: str | None, world: OpenWorld, fetch: Callable[[str], Capture] | None
) -> Iterator[Capture]:
    from provenance.world.files import captures

    yield from captures(target, url=url, world=world, stdin=open_input(target), fetch=fetch)


def describe_fault(error: Exception) -> str:
    """One clause on a fault of ours, with its place."""
    from traceback import extract_tb

    place = extract_tb(error.__traceback__)[-1]
    where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
    return f"a fault in provenance itself ({type(error).__name__} at {where}); please report it"


def fetch_page(world: OpenWorld, url: str) -> Capture:
    """The live page, or the newest capture of a page that is gone."""
    from provenance.jobs.check.stand_in import fetch_or_newest

    with show_steps() as tell:
        return fetch_or_newest(url, world, world.settings, tell=tell)


def fetch_and_say(world: OpenWorld, url: str) -> Capture:
    """As ``fetch_page``; a capture that stands for a page is told in a line on stderr.

    For commands whose output is not a report, which says so itself.
    """
    from provenance.jobs.check.stand_in import stand_in
    from provenance.render.text.wording import clock
    from provenance.text.archived import viewing_address

    capture = fetch_page(world, url)
    if instead := stand_in(capture):
        complain(
            f"{url}: {instead.why}; read instead: its newest readable snapshot, of "
            f"{clock(instead.captured_at)}: {viewing_address(instead.memento)}"
        )
    return capture


def check_page(target: str, world: OpenWorld, capture: Capture) -> Report:
    """The report on one page of a target, with progress on a terminal."""
    from provenance.jobs.check import page
    from provenance.text.scrub import scrub

    with show_steps() as tell:
        return page.check(scrub(target), capture, world, world.settings, tell=tell)


def show_pages(
    targets: Iterable[str], url: str | None, settings: Settings, view: Callable[[Capture], str]
) -> int:
    """Prints the view of each page; the number of pages that could not be read."""
    from provenance.world import open_world

    failed = 0
    with open_world(settings, now=now) as world:
        fetch = partial(fetch_and_say, world)
        for target in targets:
            for shown in each_page(target, url, world, view, fetch=fetch):
                if shown is None:
                    failed += 1
                else:
                    click.echo(shown.rstrip("\n"))
    return failed
