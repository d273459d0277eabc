"""``provenance save``: evidence into files of one's own, and pages into the Wayback Machine."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain, now, progress
from provenance.cli.evidence import add_report
from provenance.cli.kept import kept_report
from provenance.cli.manifest import (
    Stamping,
    manifest_options,
    stamp_package,
    stamping_of,
    write_manifest,
)
from provenance.cli.options import (
    FAILED,
    NUMBER,
    WrongUsage,
    archive_settings,
    examples,
    json_option,
    output_option,
    page_targets,
)
from provenance.cli.targets import each_page, fetch_and_say
from provenance.errors import ProvenanceError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Capture, Settings
    from provenance.world import OpenWorld
    from provenance.world.saved.evidence import Evidence, SavedFile
    from provenance.world.saved.savepagenow import SavePageNow


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What is saved and how; ``wayback_url`` is where pages are sent."""

    url: str | None
    directory: str
    wacz: bool
    wayback: bool
    unless_within: str | None
    wayback_url: str
    as_json: bool
    stamping: Stamping


@click.command(
    epilog=examples(
        "save https://gazette.example/news/ferry",
        "save --report 12 --wacz -o evidence",
        "save https://gazette.example/news/ferry --wayback --unless-within 3d",
    )
)
@page_targets(required=False)
@click.option(
    "--report",
    "numbers",
    multiple=True,
    type=NUMBER,
    metavar="ID",
    help="All that a kept report rests on; repeatable.",
)
@output_option
@click.option(
    "--wacz", is_flag=True, help="Write a WACZ: the WARC with index and hashes, in one zip."
)
@click.option(
    "--wayback", is_flag=True, help="Also have the Wayback Machine capture the pages (needs keys)."
)
@click.option(
    "--unless-within",
    metavar="AGE",
    help="With --wayback: not where a capture is younger, as in 3d or 12h.",
)
@click.option("--wayback-url", hidden=True, default="https://web.archive.org")
@manifest_options(usual=True)
@json_option("Print each file or capture as JSON, one a line.")
@archive_settings
def save(
    *,
    targets: tuple[str, ...],
    numbers: tuple[int, ...],
    manifest: bool,
    timestamp: str | None,
    settings: Settings,
    **saving: Any,
) -> None:
    """Keep pages, or all that a report rests on, as evidence.

    Writes a WARC file for each TARGET and each report. --wayback reads the keys of an account at
    archive.org from IA_ACCESS_KEY and IA_SECRET_KEY.
    """
    from provenance.world import open_world
    from provenance.world.saved.savepagenow import SavePageNow, keys_from

    if not targets and not numbers:
        raise WrongUsage("name a page (TARGET) or a report (--report ID)")
    stamping = stamping_of(
        settings, manifest=manifest, timestamp=timestamp, as_json=saving["as_json"]
    )
    chosen = Saving(stamping=stamping, **saving)
    keys = keys_from(os.environ) if chosen.wayback else None
    if keys is not None and settings.offline:
        raise SettingsError("--wayback asks the Wayback Machine, which --offline forbids")
    with open_world(settings, now=now) as world:
        service = SavePageNow(world, keys, base_url=chosen.wayback_url) if keys else None
        work = _Work(world, chosen, service)
        for target in targets:
            work.save_target(target)
        for number in numbers:
            work.save_report(number)
        work.close()
    if work.failed:
        sys.exit(FAILED)


class _Work:
    """One run: files are written as it goes, failures are told and counted."""

    def __init__(self, world: OpenWorld, saving: Saving, service: SavePageNow | None) -> None:
        self._world = world
        self._saving = saving
        self._service = service
        self._written: list[Path] = []
        self.failed = 0

    def close(self) -> None:
        """Puts down in a manifest what was written."""
        directory, stamping = self._saving.directory, self._saving.stamping
        self.failed += not write_manifest(directory, self._written, stamping, self._world)

    def save_target(self, target: str) -> None:
        """All pages of a target in one file, and each in the Wayback Machine where it is asked."""
        from provenance.jobs.save import title
        from provenance.render.text.filenames import file_name
        from provenance.world.saved.evidence import Evidence

        name, addresses = "", dict[str, None]()
        with Evidence() as evidence:
            for capture in self._pages(target):
                if capture is None:
                    self.failed += 1
                    continue
                name = name or file_name(
                    capture.responded_url, target, capture.digest, capture.captured_at
                )
                evidence.add(capture, title(capture))
                if not capture.live_fault:
                    addresses |= dict.fromkeys([capture.responded_url or ""])
            self._show_file(evidence, name)
        if name:
            self._send_to_wayback(target, tuple(addresses))

    def _pages(self, target: str) -> Iterator[Capture | None]:
        fetch = partial(fetch_and_say, self._world)
        return each_page(target, self._saving.url, self._world, lambda page: page, fetch=fetch)

    def save_report(self, number: int) -> None:
        """All that was read for a report, in one file; what is lost is named."""
        from provenance.render.text.filenames import report_name
        from provenance.world.saved.evidence import Evidence

        try:
            report = kept_report(self._world, number)
        except ProvenanceError as error:
            self._fail(str(error))
            return
        lost = f"report {number}: the bytes of {{}} are not kept here"
        with Evidence() as evidence:
            addresses = add_report(
                evidence, report, self._world, lambda where: self._fail(lost.format(where))
            )
            self._show_file(evidence, report_name(report))
        self._send_to_wayback(report.target, addresses)

    def _show_file(self, evidence: Evidence, name: str) -> None:
        from provenance.render.report.json import line
        from provenance.render.text.plain import plain

        stem = Path(self._saving.directory) / name
        stamp = partial(stamp_package, stamping=self._saving.stamping, world=self._world)
        found = evidence.save(stem, wacz=self._saving.wacz, stamp=stamp)
        if found is None:
            return
        self._written.append(found.path)
        if self._saving.as_json:
            click.echo(line(_plain(found)))
        else:
            pages = f"{found.captures} page{'s' if found.captures != 1 else ''}"
            click.echo(f"{plain(str(found.path))}  {pages}, {found.size:,} bytes")
            click.echo(f"  sha256 {found.sha256}")

    def _send_to_wayback(self, target: str, addresses: tuple[str, ...]) -> None:
        if self._service is None:
            return
        from provenance.text.urls import is_web_url

        sent = [address for address in addresses if is_web_url(address)]
        if not sent:
            self._fail(f"{target}: no address to send to the Wayback Machine (--url)")
        for address in sent:
            self._capture(self._service, address)

    def _capture(self, service: SavePageNow, address: str) -> None:
        from provenance.render.report.json import line
        from provenance.render.text.plain import plain

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
