"""First appearances of a text at one page, as each archive knows them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provenance.jobs.check.appearance import Appearance, first_matching, states
from provenance.text.surt import variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provenance.jobs.check.lookup_log import LookupLog
    from provenance.model import Capture, Document, Sighting
    from provenance.model.ports import Archive

# Archives count questions, so a page is worth so many, all its archives and addresses together.
MOST_INDEX_CALLS = 4
# Captures that are read in search of the newest that is an article.
MOST_READ = 2


def appearances(
    inquiry: LookupLog,
    archives: Iterable[Archive],
    page: Document,
    holds: Callable[[Capture], bool],
) -> tuple[Sighting, ...]:
    """For each archive: the first capture, the first that answered 200, and all that were read.

    Each archive is asked for the page's own address, and for the others it goes by while
    ``MOST_INDEX_CALLS`` last. ``holds`` says of archived bytes whether the text stands in them.
    """
    archives = tuple(archives)
    found: list[Sighting] = []
    for archive, urls in zip(archives, shared_out(addresses(page), len(archives)), strict=True):
        if page.url is None:
            why = "the page's address is not known (--url)"
            inquiry.miss(archive.name, "captures of this page", why)
        else:
            found.extend(_appearance(inquiry, archive, urls, holds))
    return tuple(found)


def shared_out(urls: tuple[str, ...], archives: int) -> tuple[tuple[str, ...], ...]:
    """Which addresses each of so many archives is asked for, within ``MOST_INDEX_CALLS``.

    The first address at every archive, even where that alone is more; then the second at each in
    turn, and so on.
    """
    shares: list[list[str]] = [[*urls[:1]] for _ in range(archives)]
    rest = [(share, url) for url in urls[1:] for share in shares]
    for share, url in rest[: max(MOST_INDEX_CALLS - archives, 0)]:
        share.append(url)
    return tuple(tuple(share) for share in shares)


def addresses(page: Document) -> tuple[str, ...]:
    """What an archive may have filed the page under; its own site's addresses only."""
    return variants(page.url or "", (page.canonical, *page.alternates))


def first_of(
    inquiry: LookupLog, archive: Archive, url: str, holds: Callable[[Capture], bool]
) -> Sighting | None:
    """The first capture of an address in one archive that holds the text."""
    return _searched(inquiry, archive, (url,), holds).matching


def newest_of(inquiry: LookupLog, archive: Archive, url: str) -> tuple[Sighting, ...]:
    """The newest captures of an address in one archive that may hold a page, newest first.

    Of captures with the same bytes it is the newest.
    """
    listed = inquiry.ask(archive.name, f"captures of {url}", partial(archive.sightings, url))
    newest_first = sorted(listed or (), key=lambda sighting: sighting.at, reverse=True)
    return states(newest_first)[:MOST_READ]


def _appearance(
    inquiry: LookupLog,
    archive: Archive,
    urls: tuple[str, ...],
    holds: Callable[[Capture], bool],
) -> tuple[Sighting, ...]:
    return _searched(inquiry, archive, urls, holds).sightings


def _searched(
    inquiry: LookupLog,
    archive: Archive,
    urls: tuple[str, ...],
    holds: Callable[[Capture], bool],
) -> Appearance:
    captures: list[Sighting] = []
    for url in urls:
        listed = inquiry.ask(archive.name, f"captures of {url}", partial(archive.sightings, url))
        captures.extend(listed or ())

    oldest_first = sorted(captures, key=lambda sighting: sighting.at)
    return first_matching(oldest_first, partial(inquiry.replay, archive), holds)
