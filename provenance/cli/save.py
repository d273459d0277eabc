"""``provenance save``: evidence into files of one's own, and pages into the Wayback Machine."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now, progress
from provenance.cli.targets import each_page
from provenance.errors import ProvenanceError, SettingsError
from provenance.jobs.save import gathered, title
from provenance.model import Via
from provenance.render.report.json import line
from provenance.render.text.filenames import file_name, report_name
from provenance.render.text.plain import plain
from provenance.text.urls import is_web_url
from provenance.world import open_world
from provenance.world.archives import build
from provenance.world.http.web import PoliteWeb
from provenance.world.saved.evidence import Evidence
from provenance.world.saved.savepagenow import WAYBACK, SavePageNow, keys_from

if TYPE_CHECKING:
    from provenance.model import Report, Settings
    from provenance.model.ports import Archive
    from provenance.world import OpenWorld
    from provenance.world.saved.evidence import SavedFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What is saved and how: ``reports`` are numbers, ``wayback_url`` where pages are sent."""

    targets: tuple[str, ...]
    url: str | None
    reports: tuple[int, ...]
    directory: str
    wacz: bool = False
    wayback: bool = False
    unless_within: str | None = None
    wayback_url: str = WAYBACK
    as_json: bool = False


def save(saving: Saving, settings: Settings) -> int:
    """Saves every target and report; the number of pages that could not be saved.

    SettingsError before anything is done where ``wayback`` has no keys or is offline.
    """
    keys = keys_from(os.environ) if saving.wayback else None
    if keys is not None and settings.offline:
        raise SettingsError("--wayback asks the Wayback Machine, which --offline forbids")
    with open_world(settings, now=now) as world:
        service = SavePageNow(world, keys, base_url=saving.wayback_url) if keys else None
        work = _Work(world, saving, service)
        for target in saving.targets:
            work.save_target(target)
        for number in saving.reports:
            work.save_report(number)
        return work.failed


class _Work:
    """One run: files are written as it goes, failures are told and counted."""

    def __init__(self, world: OpenWorld, saving: Saving, service: SavePageNow | None) -> None:
        self._world = world
        self._saving = saving
        self._service = service
        self.failed = 0

    def save_target(self, target: str) -> None:
        """All pages of a target in one file, and each in the Wayback Machine where it is asked."""
        name, addresses = "", dict[str, None]()
        with Evidence() as evidence:
            for capture in each_page(target, self._saving.url, self._world, lambda page: page):
                if capture is None:
                    self.failed += 1
                    continue
                name = name or file_name(
                    capture.responded_url, target, capture.digest, capture.captured_at
                )
                evidence.add(capture, title(capture))
                addresses |= dict.fromkeys([capture.responded_url or ""])
            self._tell(evidence, name)
        if name:
            self._send(target, tuple(addresses))

    def save_report(self, number: int) -> None:
        """All that was read for a report, in one file; what is lost is named."""
        try:
            report = self._world.store.reports.get(number)
        except ProvenanceError as error:
            self._fail(str(error))
            return
        addresses = dict[str, None]()
        kept, archives = self._world.store.fetches.of_exhibit, self._archives(report)
        with Evidence() as evidence:
            for exhibit, capture in gathered(report, kept, archives):
                where = exhibit.memento or exhibit.responded_url or exhibit.url or report.target
                if capture is None:
                    self._fail(f"report {number}: the bytes of {where} are not kept here")
                    continue
                evidence.add(capture, title(capture))
                if exhibit.via is not Via.ARCHIVE:
                    addresses |= dict.fromkeys([exhibit.responded_url or exhibit.url or ""])
            self._tell(evidence, report_name(report))
        self._send(report.target, tuple(addresses))

    def _archives(self, report: Report) -> list[Archive]:
        """The archives that the report asked, as far as they can be read without asking anybody."""
        world, found = self._world, []
        web = PoliteWeb(replace(world.settings, offline=True), world.store, world.now)
        for spec in report.settings.archives:
            with suppress(SettingsError):  # a folder of WARC files that is no longer there
                found.append(build(spec, web, world.now))
        return found

    def _tell(self, evidence: Evidence, name: str) -> None:
        found = evidence.save(Path(self._saving.directory) / name, wacz=self._saving.wacz)
        if found is None:
            return
        if self._saving.as_json:
            click.echo(line(_plain(found)))
        else:
            pages = f"{found.captures} page{'s' if found.captures != 1 else ''}"
            click.echo(f"{plain(str(found.path))}  {pages}, {found.size:,} bytes")
            click.echo(f"  sha256 {found.sha256}")

    def _send(self, target: str, addresses: tuple[str, ...]) -> None:
        if self._service is None:
            return
        sent = [address for address in addresses if is_web_url(address)]
        if not sent:
            self._fail(f"{target}: no address to send to the Wayback Machine (--url)")
        for address in sent:
            self._capture(self._service, address)

    def _capture(self, service: SavePageNow, address: str) -> None:
        budget, unless = self._world.settings.budget, self._saving.unless_within
        try:
            with progress() as tell:
                tell(f"Save Page Now captures {address}")
                sighting = service.save(address, budget=budget, unless_within=unless)
        except ProvenanceError as error:
            self._fail(str(error))
            return
        self._world.store.saved.keep(sighting)
        if self._saving.as_json:
            click.echo(line(sighting))
        else:
            at = f"{sighting.at:%Y-%m-%d %H:%M:%S} UTC"
            click.echo(f"{plain(sighting.memento or '')}  captured {at}")

    def _fail(self, why: str) -> None:
        complain(why)
        self.failed += 1


def _plain(found: SavedFile) -> dict[str, object]:
    return {
        "path": str(found.path),
        "sha256": found.sha256,
        "size": found.size,
        "captures": found.captures,
    }
