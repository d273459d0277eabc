"""First appearances of a text at one address, as each archive knows them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from provenance.jobs.inquiry import Inquiry
    from provenance.model import Capture, Sighting
    from provenance.model.ports import Archive

_MOST_REPLAYS = 3


def appearances(
    inquiry: Inquiry,
    archives: Iterable[Archive],
    url: str | None,
    holds: Callable[[Capture], bool],
) -> tuple[Sighting, ...]:
    """For each archive: the first capture, the first that answered 200, the first with the text.

    ``holds`` says of archived bytes whether the text stands in them.
    """
    found: list[Sighting] = []
    for archive in archives:
        asked = f"captures of {url}" if url else "captures of this page"
        if url is None:
            inquiry.miss(archive.name, asked, "the page's address is not known (--url)")
            continue
        captures = inquiry.ask(archive.name, asked, lambda a=archive: a.sightings(url))  # type: ignore[misc]
        if captures:
            found.extend(_first(inquiry, archive, captures, holds))
    return tuple(found)


def _first(
    inquiry: Inquiry,
    archive: Archive,
    captures: tuple[Sighting, ...],
    holds: Callable[[Capture], bool],
) -> list[Sighting]:
    """The capture seen first, and the replayed ones up to the first that holds the text."""
    pages = [capture for capture in captures if capture.status in {None, 200}]
    distinct = {capture.digest or capture.memento: capture for capture in reversed(pages)}
    oldest = sorted(distinct.values(), key=lambda capture: capture.at)[:_MOST_REPLAYS]
    replayed: list[Sighting] = []
    for sighting in oldest:
        memento = sighting.memento or archive.name
        capture = inquiry.read(archive.name, memento, lambda s=sighting: archive.replay(s))  # type: ignore[misc]
        if capture is None:
            continue
        replayed.append(replace(sighting, holds_text=holds(capture)))
        if replayed[-1].holds_text:
            break
    first = captures[0]
    known = {sighting.memento for sighting in replayed}
    return replayed if first.memento in known else [first, *replayed]
