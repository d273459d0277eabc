"""A page that is gone: the newest capture of it that archives hold is checked instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import InputError, ProviderError, Unavailable
from provenance.jobs.check.lookup_log import LookupLog, tell_call
from provenance.jobs.check.timeline import newest_of, shared_out
from provenance.model import PageState, StandIn
from provenance.read import read_capture
from provenance.text.surt import variants

if TYPE_CHECKING:
    from provenance.model import Capture, Settings, Tell
    from provenance.model.ports import World


def fetch_or_newest(
    url: str, world: World, settings: Settings, *, tell: Tell = lambda _: None
) -> Capture:
    """The live page, else the newest capture of it that is an article; ``live_fault`` says which.

    InputError where the live page cannot be had and no archive gives such a capture. The error of
    the live web where nobody may ask for the page at all, as for a private address.
    """
    try:
        return tell_call(tell, world.now, ("web", url), lambda: world.web.fetch(url))
    except ProviderError as error:
        return newest_instead(url, error, world, settings, tell=tell)


def newest_instead(
    url: str, fault: ProviderError, world: World, settings: Settings, *, tell: Tell = lambda _: None
) -> Capture:
    """The newest capture of a page that the live web does not give; errors as above."""
    if fault.status is None and not isinstance(fault, Unavailable):
        raise fault
    capture, why = _newest(url, LookupLog(world, settings, world.now(), tell), world)
    if capture is None:
        raise InputError(f"{fault}; {why}") from fault
    return replace(capture, live_fault=fault.why)


def stand_in(capture: Capture) -> StandIn | None:
    """What a report says of a capture that stands for a live page; None for any other."""
    if not capture.live_fault or capture.memento is None:
        return None
    return StandIn(why=capture.live_fault, memento=capture.memento, captured_at=capture.captured_at)


def is_article(capture: Capture) -> bool:
    """Whether an article can be read in a capture."""
    try:
        return read_capture(capture).state is PageState.ARTICLE
    except InputError:
        return False


def _newest(url: str, inquiry: LookupLog, world: World) -> tuple[Capture | None, str]:
    """The newest capture in any archive that is an article; else None, and one clause why."""
    shares = zip(world.archives, shared_out(variants(url), len(world.archives)), strict=True)
    listed = [
        (sighting, archive)
        for archive, addresses in shares
        for address in addresses
        for sighting in newest_of(inquiry, archive, address)
    ]
    for sighting, archive in sorted(listed, key=lambda pair: pair[0].at, reverse=True):
        capture = inquiry.replay(archive, sighting)
        if capture is not None and is_article(capture):
            return capture, ""
    if inquiry.misses:
        miss = inquiry.misses[0]
        return None, f"whether it is archived could not be told ({miss.provider}: {miss.why})"
    if not world.archives:
        return None, "no archive is configured (--archive)"
    return None, "the archives asked hold no article at this address"
