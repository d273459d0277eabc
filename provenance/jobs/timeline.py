"""First appearances of a text at one address, as each archive knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.jobs.appearance import first_matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provenance.jobs.inquiry import Inquiry
    from provenance.model import Capture, Sighting
    from provenance.model.ports import Archive


def appearances(
    inquiry: Inquiry,
    archives: Iterable[Archive],
    url: str | None,
    holds: Callable[[Capture], bool],
) -> tuple[Sighting, ...]:
    """For each archive: the first capture, the first that answered 200, and all that were read.

    ``holds`` says of archived bytes whether the text stands in them.
    """
    found: list[Sighting] = []
    for archive in archives:
        if url is None:
            why = "the page's address is not known (--url)"
            inquiry.miss(archive.name, "captures of this page", why)
        else:
            found.extend(_appearance(inquiry, archive, url, holds))
    return tuple(found)


def _appearance(
    inquiry: Inquiry, archive: Archive, url: str, holds: Callable[[Capture], bool]
) -> tuple[Sighting, ...]:
    captures = inquiry.ask(archive.name, f"captures of {url}", lambda: archive.sightings(url))

    def read(sighting: Sighting) -> Capture | None:
        asked = sighting.memento or f"a capture of {url}"
        return inquiry.read(archive.name, asked, lambda: archive.replay(sighting))

    return first_matching(captures or (), read, holds).sightings
