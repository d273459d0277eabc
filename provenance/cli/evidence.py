"""What a kept report rests on, gathered again from what is kept."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from provenance.model import Report
    from provenance.model.ports import Archive
    from provenance.world import OpenWorld
    from provenance.world.saved.evidence import Evidence


def add_report(
    evidence: Evidence, report: Report, world: OpenWorld, lose: Callable[[str], None]
) -> tuple[str, ...]:
    """Adds all that was read for a report; the addresses of the live pages among it.

    ``lose`` is given what cannot be had any more.
    """
    from provenance.jobs.save import gathered, title
    from provenance.model import Via

    addresses = dict[str, None]()
    kept = world.store.fetches.of_exhibit
    for exhibit, capture in gathered(report, kept, _archives(report, world)):
        if capture is None:
            lose(exhibit.memento or exhibit.responded_url or exhibit.url or report.target)
            continue
        evidence.add(capture, title(capture))
        if exhibit.via is not Via.ARCHIVE:
            addresses |= dict.fromkeys([exhibit.responded_url or exhibit.url or ""])
    return tuple(addresses)


def _archives(report: Report, world: OpenWorld) -> list[Archive]:
    """The archives that the report asked, as far as they can be read without asking anybody."""
    from provenance.world.archives import build
    from provenance.world.http.web import PoliteWeb

    found = []
    web = PoliteWeb(replace(world.settings, offline=True), world.store, world.now)
    for spec in report.settings.archives:
        with suppress(SettingsError):  # a folder of WARC files that is no longer there
            found.append(build(spec, web, world.now))
    return found
