"""What the archives know of one address: its states over time, and where its text changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from provenance.compare import compare_texts
from provenance.errors import InputError
from provenance.jobs.check.appearance import states
from provenance.jobs.check.lookup_log import LookupLog
from provenance.jobs.check.timeline import shared_out
from provenance.model import Event, History, Precision, Sighting, State, Witness
from provenance.read import read_capture
from provenance.text.surt import variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from provenance.model import Capture, Document, Settings, Tell
    from provenance.model.ports import Archive, World

# What may be lost or gained by other furniture around the same text.
_SAME = 0.02


def history(url: str, world: World, settings: Settings, *, tell: Tell = lambda _: None) -> History:
    """The states of ``url``: every distinct capture, ``settings.max_downloads`` of them read.

    Those read are spread evenly from the first to the last. An archive that did not answer is a
    Miss.
    """
    inquiry = LookupLog(world, settings, world.now(), tell)
    live = _live(inquiry, world, url)
    urls = variants(url, _other_names(live[1]) if live else ())
    shares = zip(world.archives, shared_out(urls, len(world.archives)), strict=True)
    listed = [c for archive, urls in shares for c in _captures(inquiry, archive, urls)]
    listed.sort(key=lambda pair: pair[1].at)
    found = _states(inquiry, listed, settings.max_downloads)
    told = _compared([*found, live] if live else found)
    return History(
        url=url,
        captures=len(listed),
        states=tuple(told),
        deviated=_deviated(told) if live else None,
        misses=inquiry.misses,
        lookups=inquiry.lookups,
        checked_at=max((lookup.at for lookup in inquiry.lookups), default=world.now()),
    )


def _other_names(page: Document | None) -> tuple[str | None, ...]:
    """What a page calls itself besides: an archive may have filed it under that."""
    return (page.canonical, *page.alternates) if page else ()


def _captures(
    inquiry: LookupLog, archive: Archive, urls: Iterable[str]
) -> list[tuple[Archive, Sighting]]:
    found: list[tuple[Archive, Sighting]] = []
    for address in urls:
        asked = f"captures of {address}"
        listed = inquiry.ask(archive.name, asked, partial(archive.sightings, address))
        found.extend((archive, capture) for capture in listed or ())
    return found


def _states(
    inquiry: LookupLog, listed: list[tuple[Archive, Sighting]], most: int
) -> list[tuple[State, Document | None]]:
    keepers = {id(capture): archive for archive, capture in listed}
    distinct = states([capture for _, capture in listed])
    chosen = {id(distinct[at]) for at in _spread(len(distinct), most)}
    found = []
    for state in distinct:
        page = None
        if id(state) in chosen:
            page = _page(inquiry, keepers[id(state)], state)
        found.append((State(sighting=state), page))
    return found


def _spread(count: int, most: int) -> Sequence[int]:
    """At most ``most`` of ``count`` places, evenly, the first and the last among them."""
    if count <= most:
        return range(count)
    return sorted({round(step * (count - 1) / (most - 1)) for step in range(most)})


def _page(inquiry: LookupLog, archive: Archive, state: Sighting) -> Document | None:
    return _read(inquiry.replay(archive, state))


def _read(capture: Capture | None) -> Document | None:
    try:
        return None if capture is None else read_capture(capture)
    except InputError:
        return None


def _live(inquiry: LookupLog, world: World, url: str) -> tuple[State, Document | None] | None:
    capture = inquiry.read("web", url, lambda: world.web.fetch(url))
    page = _read(capture)
    if capture is None or page is None:
        return None
    sighting = Sighting(
        url=url,
        at=capture.captured_at,
        precision=Precision.SECOND,
        witness=Witness.SELF,
        event=Event.CAPTURED,
        basis="the live page",
        digest=capture.digest,
        status=capture.status,
        media_type=capture.media_type,
    )
    return State(sighting=sighting), page


def _compared(found: list[tuple[State, Document | None]]) -> list[State]:
    """Each state with what of the one read before it remains.

    One without words, such as a page that scripts fill, tells nothing of the text: nothing is
    compared with it.
    """
    told, before = [], None
    for state, page in found:
        if page is None:
            told.append(state)
            continue
        named = replace(state, title=page.title, words=len(page.text.split()))
        if not named.words:
            told.append(named)
            continue
        if before is not None:
            reuse = compare_texts(before.text, page.text)
            named = replace(
                named,
                remains=_share(reuse.suspect_containment),
                gained=_share(1.0 - reuse.source_containment),
            )
        told.append(named)
        before = page
    return told


def _share(share: float) -> float:
    """A share, with what is within the noise of furniture taken for all or nothing."""
    if share >= 1.0 - _SAME:
        return 1.0
    return 0.0 if share <= _SAME else round(share, 4)


def _deviated(told: list[State]) -> bool | None:
    live = told[-1]
    return None if live.remains is None else live.changed
