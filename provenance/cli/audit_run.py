"""One audit, run: its world, its worker processes, Ctrl-C, and how far it is."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from provenance.cli.audit_files import emit, emit_more, write_page
from provenance.cli.console import complain, now, say, status_line
from provenance.cli.kept import kept_report
from provenance.cli.lists import PIPED, opened_list
from provenance.cli.options import FAILED, STOPPED
from provenance.cli.worker import MODULES, Job, make_worker, start_worker
from provenance.errors import InputError
from provenance.jobs.audit.estimate import estimate
from provenance.jobs.audit.pages import check
from provenance.jobs.audit.run import AuditPorts, Plan, audit, discover
from provenance.render.audit.terminal import before, moving
from provenance.world import open_world
from provenance.world.http.robots import Robots
from provenance.world.listed_pages import ListedPages
from provenance.world.process_pool import WorkerPool, cores, is_dead
from provenance.world.site import Site, offline_view, with_exclusive_hosts
from provenance.world.spill_file import SpillFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.cli.audit_files import AuditOutput
    from provenance.jobs.audit.pages import ToCheck, ToRead, WasRead, Worker
    from provenance.model import Report, Settings
    from provenance.model.audit import (
        AuditOptions,
        AuditReport,
        CheckOutcome,
        Estimate,
        Progress,
        WorkerFailure,
    )
    from provenance.world import OpenWorld
    from provenance.world.formats.address_list import AddressList

_SHOW_EVERY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The most that an audit may do: requests a second to a host, and hosts asked at once.

    As many pages, or as many as there are processors, are worked on at once too.
    """

    rate: float
    workers: int


def resume_audit(settings: Settings, load: Load, output: AuditOutput) -> None:
    """Goes on with the newest audit that has not ended; InputError where there is none."""
    with _stoppable(), open_world(paced(settings, load), now=now) as world:
        frontier = world.store.frontier
        unfinished = frontier.unfinished()
        if not unfinished:
            raise InputError("no audit is unfinished; name a site to begin one")
        number = unfinished[0]
        target, options = frontier.options(number)
        if not options.digest or frontier.is_discovered(number):
            _run(number, world, load, output)
            return
        if target == PIPED:
            raise InputError("the newest audit is of a list that was not read whole; send it again")
        with opened_list(target, options.column) as found:
            if found.digest != options.digest:
                raise InputError(f"{target}: has changed since; name it again to begin anew")
            _run(number, world, load, output, found=found)


def audit_site(
    target: str, options: AuditOptions, settings: Settings, load: Load, output: AuditOutput
) -> None:
    """Audits a site; goes on with an unfinished audit of the same site and options."""
    with _stoppable(), open_world(paced(settings, load), now=now) as world:
        number = world.store.frontier.begin(target, options, now())
        _run(number, world, load, output)


def audit_list(
    found: AddressList, options: AuditOptions, settings: Settings, load: Load, output: AuditOutput
) -> AuditReport | None:
    """Audits the pages that a list names; goes on with an unfinished audit of the same list.

    None where it was stopped.
    """
    asked = replace(options, column=found.column, digest=found.digest)
    with _stoppable(), open_world(paced(settings, load), now=now, keys=os.environ) as world:
        number = world.store.frontier.begin(found.name, asked, now())
        return _run(number, world, load, output, found=found)


def paced(settings: Settings, load: Load) -> Settings:
    """The settings of an audit at that rate."""
    return replace(settings, pace=1 / load.rate if load.rate > 0 else 0.0)


def _run(
    number: int,
    world: OpenWorld,
    load: Load,
    output: AuditOutput,
    *,
    found: AddressList | None = None,
) -> AuditReport | None:
    def announce(ahead: Estimate) -> None:
        if not output.quiet:
            say(before(ahead))

    with _show_progress() as report_progress:
        course = Course(
            found=found,
            write=partial(write_page, replace(output, notices=None)),
            announce=announce,
            report_progress=report_progress,
        )
        report = run_audit(number, world, load, course)
    if report is not None:
        paths = emit(report, output, partial(kept_report, world))
        world.store.frontier.end(number, report.checked_at, report.boilerplate)
        if not emit_more(report, paths, output, world):
            sys.exit(FAILED)
    return report


def write_nothing(_: Report) -> None:
    """Writes no file for a page's report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What goes along with an audit: what writes a page's file, who is told, what stops it.

    ``found`` is the list whose pages are audited, where its rows are not entered yet.
    """

    found: AddressList | None = None
    write: Callable[[Report], str | None] = write_nothing
    announce: Callable[[Estimate], None] = lambda _: None
    report_progress: Callable[[Callable[[], Progress]], None] = lambda _: None
    stop: threading.Event = field(default_factory=threading.Event)


def run_audit(number: int, world: OpenWorld, load: Load, course: Course) -> AuditReport | None:
    """The report of an audit that was begun, gone on with where it was; None if it was stopped.

    It is for the caller to note that the audit has ended.
    """
    frontier = world.store.frontier
    target, options = frontier.options(number)
    frontier.release_dead(is_dead)
    world.store.hosts.release_dead(is_dead)
    world.store.connection.read_by_calls()
    kept_only = _kept_only(target, world.settings)
    plan = _plan(number, world, load, kept_only=kept_only)
    pages = offline_view(world) if kept_only else with_exclusive_hosts(world, plan.owner)
    job = Job(
        target=target,
        since=options.since,
        settings=world.settings,
        write=course.write,
    )
    robots = Robots(pages.web, offline=kept_only)
    with (
        closing(WorkerPool(partial(start_worker, job), plan.readers, modules=MODULES)) as pool,
        closing(SpillFile()) as spill,
    ):
        ports = AuditPorts(
            site=ListedPages(course.found, pages.web, robots)
            if options.digest
            else Site(target, pages, robots, pause=course.stop.wait),
            ledger=frontier,
            kept=world.store.fetches,
            world=replace(pages, web=pages.web.under(robots.refusal)),
            workers=_Workers(pool, make_worker(job, world) if options.lookups else None),
            texts=world.corpus,
            spill=spill,
            stop=course.stop,
            report_progress=course.report_progress,
        )
        if not frontier.is_discovered(number):
            discover(plan, ports)
        course.announce(estimate(plan, frontier.waiting(number), world.settings.budget))
        return audit(plan, ports)


def _kept_only(target: str, settings: Settings) -> bool:
    """Whether no page is asked for: offline, or where a WARC file holds them all."""
    local = not target.lower().startswith(("http://", "https://"))
    return settings.offline or (local and target.endswith((".warc", ".warc.gz")))


def _plan(number: int, world: OpenWorld, load: Load, *, kept_only: bool) -> Plan:
    target, options = world.store.frontier.options(number)
    processes = min(max(load.workers, 1), cores())
    return Plan(
        number=number,
        target=target,
        options=options,
        owner=str(os.getpid()),
        fetchers=load.workers,
        readers=processes,
        checkers=load.workers if options.lookups else processes,
        pace=None if kept_only else world.settings.pace,
    )


@dataclass(frozen=True, slots=True)
class _Workers:
    """Worker processes, and what checks pages in this process where there are look-ups.

    Checking is waiting then, and takes little CPU.
    """

    pool: WorkerPool
    here: Worker | None

    def read(self, tasks: Sequence[ToRead]) -> Sequence[WasRead | WorkerFailure]:
        """Reads pages."""
        return self.pool.run(tasks)

    def check(self, tasks: Sequence[ToCheck]) -> Sequence[CheckOutcome | WorkerFailure]:
        """Checks pages."""
        if self.here is None:
            return self.pool.run(tasks)
        return [check(self.here, task) for task in tasks]


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C and a request to terminate end it in one line; nothing is lost by either."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        complain("stopped; the same command goes on where it was")
        sys.exit(STOPPED)
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _show_progress() -> Iterator[Callable[[Callable[[], Progress]], None]]:
    """Shows how far it is, how fast and how long it will take, on one line of a terminal."""
    begun, last = time.monotonic(), [0.0]
    first: list[Progress] = []
    with status_line() as show:

        def tell(standing: Callable[[], Progress]) -> None:
            at = time.monotonic()
            if show is None or at - last[0] < _SHOW_EVERY:
                return
            last[0] = at
            progress = standing()
            first[:] = first or [progress]
            show(moving(first[0], progress, at - begun))

        yield tell
