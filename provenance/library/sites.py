"""A whole site audited inside the calling process."""

from __future__ import annotations

import os
import threading
from contextlib import closing
from dataclasses import dataclass, replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.library.settings import Settings, without_usual_search, world_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provenance.jobs.audit.pages import ToCheck, ToRead, WasRead, Worker
    from provenance.library.reports import AuditReport
    from provenance.model import settings as model
    from provenance.model.audit import CheckOutcome, WorkerFailure
    from provenance.world import OpenWorld
    from provenance.world.formats.address_list import AddressList
    from provenance.world.site import Site

_HOSTS_AT_ONCE, _HEAD = 4, 65_536


def audit(
    site: str | PathLike[str],
    *,
    sample: int | None = None,
    column: str = "url",
    lookups: bool = False,
    settings: model.Settings | None = None,
) -> AuditReport:
    """What share of a site has its text from elsewhere, and from whom, with a row an address.

    ``site`` is a start page, a sitemap, a feed, a WARC file, or a list: a file of addresses, or a
    table with a ``column`` of them. ``sample`` pages are drawn at random; of a site 5,000 addresses
    are looked at. With ``lookups`` sources, archives and the search services of the settings are
    asked too. It works in this process, on one processor; the command line uses them all, and
    shows how far it is. With a database in the settings, an audit that was stopped goes on where it
    was. InputError where the site names no page.
    """
    from provenance.model.audit import AuditOptions
    from provenance.world.formats.address_list import MOST_ROWS

    name = fspath(site)
    options = AuditOptions(sample=sample, lookups=lookups)
    found = _list(name, column)
    if found is not None:
        options = replace(options, most=MOST_ROWS, column=found.column, digest=found.digest)
    with world_of(without_usual_search(settings or Settings())) as world:
        number = world.store.frontier.begin(name, options, world.now())
        return _run(number, world, found)


def _list(name: str, column: str) -> AddressList | None:
    """The list in a file; None for anything else."""
    from provenance.world.files import open_file
    from provenance.world.formats.address_list import holds_addresses, read_list

    if not Path(name).is_file():
        return None
    with open_file(name, name) as file:
        listed = holds_addresses(file.read(_HEAD))
    return read_list(name, lambda: open_file(name, name), column) if listed else None


def _run(number: int, world: OpenWorld, found: AddressList | None) -> AuditReport:
    from provenance.jobs.audit.run import AuditPorts, Plan
    from provenance.jobs.audit.run import audit as run
    from provenance.library.reports import own_audit
    from provenance.world.http.robots import Robots
    from provenance.world.listed_pages import ListedPages
    from provenance.world.process_pool import is_dead
    from provenance.world.site import Site, offline_view, with_exclusive_hosts
    from provenance.world.spill_file import SpillFile

    frontier, owner, stop = world.store.frontier, str(os.getpid()), threading.Event()
    frontier.release_dead(is_dead)
    world.store.hosts.release_dead(is_dead)
    target, options = frontier.options(number)
    offline = world.settings.offline
    pages = offline_view(world) if offline else with_exclusive_hosts(world, owner)
    robots = Robots(pages.web, offline=offline)
    site = Site(target, pages, robots, pause=stop.wait)
    listed = None if found is None else ListedPages(found, pages.web, robots)
    plan = Plan(
        number=number,
        target=target,
        options=options,
        owner=owner,
        fetchers=_HOSTS_AT_ONCE,
        checkers=_HOSTS_AT_ONCE if options.lookups else 1,
        pace=None if offline else world.settings.pace,
    )
    with closing(SpillFile()) as spill:
        ports = AuditPorts(
            site=listed or site,
            ledger=frontier,
            kept=world.store.fetches,
            world=replace(pages, web=pages.web.under(robots.refusal)),
            workers=_Here(_worker(site, world if options.lookups else offline_view(world))),
            texts=world.corpus,
            spill=spill,
            stop=stop,
        )
        report = run(plan, ports)
        assert report is not None  # noqa: S101 - nobody sets ``stop``
        audited = own_audit(report)
        frontier.end(number, report.checked_at, report.boilerplate)
        return audited


def _worker(site: Site, world: OpenWorld) -> Worker:
    from provenance.jobs.audit.pages import Worker
    from provenance.world.corpus import filed
    from provenance.world.store.reports import pack

    return Worker(
        world=world,
        kept=world.store.fetches,
        settings=world.settings,
        since=None,
        links=site.links,
        file=filed,
        publish=lambda report: (pack(report), None),
    )


@dataclass(frozen=True, slots=True)
class _Here:
    """Reads and checks pages in the thread that asks for it; satisfies ``PageWorkers``."""

    worker: Worker

    def read(self, tasks: Sequence[ToRead]) -> Sequence[WasRead | WorkerFailure]:
        """Reads pages."""
        from provenance.jobs.audit.pages import read

        return [read(self.worker, task) for task in tasks]

    def check(self, tasks: Sequence[ToCheck]) -> Sequence[CheckOutcome | WorkerFailure]:
        """Checks pages."""
        from provenance.jobs.audit.pages import check

        return [check(self.worker, task) for task in tasks]
