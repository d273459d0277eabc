"""First appearances of a text at one page, as each archive knows them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from provenance.jobs.appearance import first_matching
from provenance.text.surt import variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provenance.jobs.inquiry import Inquiry
    from provenance.model import Capture, Document, Sighting
    from provenance.model.ports import Archive


def appearances(
    inquiry: Inquiry,
    archives: Iterable[Archive],
    page: Document,
    holds: Callable[[Capture], bool],
) -> tuple[Sighting, ...]:
    """For each archive: the first capture, the first that answered 200, and all that were read.

    Archives are asked for every address the page goes by, at most four. ``holds`` says of archived
    bytes whether the text stands in them.
    """
    found: list[Sighting] = []
    for archive in archives:
        if page.url is None:
            why = "the page's address is not known (--url)"
            inquiry.miss(archive.name, "captures of this page", why)
        else:
            found.extend(_appearance(inquiry, archive, addresses(page), holds))
    return tuple(found)


def addresses(page: Document) -> tuple[str, ...]:
    """What an archive may have filed the page under; its own site's addresses only."""
    return variants(page.url or "", (page.canonical, *page.alternates))


def _appearance(
    inquiry: Inquiry,
    archive: Archive,
    urls: tuple[str, ...],
    holds: Callable[[Capture], bool],
) -> tuple[Sighting, ...]:
    captures: list[Sighting] = []
    for url in urls:
        listed = inquiry.ask(archive.name, f"captures of {url}", partial(archive.sightings, url))
        captures.extend(listed or ())

    def read(sighting: Sighting) -> Capture | None:
        asked = sighting.memento or f"a capture of {sighting.url}"
        return inquiry.read(archive.name, asked, lambda: archive.replay(sighting))

    oldest_first = sorted(captures, key=lambda sighting: sighting.at)
    return first_matching(oldest_first, read, holds).sightings
