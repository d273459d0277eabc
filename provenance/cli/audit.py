"""``provenance audit``: a whole site in, one site report and a report for each page out."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import click

from provenance.cli.audit_files import emit, emit_change, write_page
from provenance.cli.console import complain, now
from provenance.cli.options import STOPPED
from provenance.cli.worker import MODULES, Job, begin, bench
from provenance.errors import InputError
from provenance.jobs.audit.pages import checked
from provenance.jobs.audit.run import AuditPorts, Plan, audit
from provenance.jobs.audit.site_change import compare_audits
from provenance.jobs.audit.site_report import site_report
from provenance.model.audit import SiteBoilerplate
from provenance.render.audit.terminal import moving, status
from provenance.world import open_world
from provenance.world.http.robots import Robots
from provenance.world.process_pool import WorkerPool, cores
from provenance.world.site import Site, indoors, outdoors
from provenance.world.spill_file import SpillFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.cli.audit_files import AuditOutput
    from provenance.jobs.audit.pages import ToCheck, Worker
    from provenance.model import Settings
    from provenance.model.audit import AuditOptions, AuditReport, CheckOutcome, Progress
    from provenance.world import OpenWorld

_TELL_EVERY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditCommand:
    """How hard it is worked: requests a second to a host, and hosts asked at once, at most.

    So many pages, or as many as there are processors, are worked on at once too.
    """

    rate: float
    workers: int


def show_status(settings: Settings) -> None:
    """Every audit that is kept, the newest first, one a line."""
    with open_world(settings, now=now) as world:
        frontier = world.store.frontier
        for number in frontier.numbers():
            click.echo(status(frontier.progress(number)))


def resume_audit(settings: Settings, drive: AuditCommand, output: AuditOutput) -> None:
    """The newest audit that has not ended, gone on with; InputError where there is none."""
    with _stoppable(), open_world(_paced(settings, drive), now=now) as world:
        unfinished = world.store.frontier.unfinished()
        if not unfinished:
            raise InputError("no audit is unfinished; name a site to begin one")
        _run(unfinished[0], world, drive, output)


def audit_site(
    target: str, options: AuditOptions, settings: Settings, drive: AuditCommand, output: AuditOutput
) -> None:
    """Audits a site; the unfinished audit of the same site and options is gone on with."""
    with _stoppable(), open_world(_paced(settings, drive), now=now) as world:
        number = world.store.frontier.begin(target, options, now())
        _run(number, world, drive, output)


def compare_kept(numbers: tuple[int, int], settings: Settings, output: AuditOutput) -> None:
    """Compares two audits that are kept; InputError where one is not whole."""
    old, new = numbers
    if old == new:
        raise InputError(f"audit {old} is the same as itself; name two (audit --status)")
    with open_world(settings, now=now) as world:
        comparison = compare_audits(_whole(world, old), _whole(world, new))
        emit_change(comparison, output, world.store.reports.get)


def _whole(world: OpenWorld, number: int) -> AuditReport:
    """The report of an audit that is kept and has ended."""
    frontier = world.store.frontier
    target, _ = frontier.options(number)
    ended = frontier.ended(number)
    if ended is None:
        raise InputError(f"audit {number} of {target} has not ended; go on with it first")
    return site_report(frontier, number, SiteBoilerplate(), ended)


def _paced(settings: Settings, drive: AuditCommand) -> Settings:
    return replace(settings, pace=1 / drive.rate if drive.rate > 0 else 0.0)


def _run(number: int, world: OpenWorld, drive: AuditCommand, output: AuditOutput) -> None:
    frontier = world.store.frontier
    target, options = frontier.options(number)
    frontier.free(_dead)
    world.store.hosts.free(_dead)
    world.store.connection.read_by_calls()
    pages = indoors(world) if _kept_only(target, world.settings) else outdoors(world)
    plan = _plan(number, world, drive, offline=pages.settings.offline)
    job = Job(
        target=target,
        since=options.since,
        settings=world.settings,
        write=partial(write_page, output),
    )
    robots = Robots(pages.web, offline=plan.offline)
    stop = threading.Event()
    with (
        closing(WorkerPool(partial(begin, job), plan.hands, modules=MODULES)) as crew,
        closing(SpillFile()) as shelf,
        _watched() as tell,
    ):
        outside = AuditPorts(
            site=Site(target, pages, robots, pause=stop.wait),
            ledger=frontier,
            kept=world.store.fetches,
            pages=replace(pages, web=pages.web.under(robots.refusal)),
            read=crew.do,
            check=partial(_each, bench(job, world)) if options.lookups else crew.do,
            file=world.corpus.add_filed,
            shelf=shelf,
            stop=stop,
            pause=stop.wait,
            tell=tell,
        )
        report = audit(plan, outside)
    if report is not None:
        emit(report, output, world.store.reports.get)
        frontier.end(number, report.checked_at)


def _kept_only(target: str, settings: Settings) -> bool:
    """Whether no page is asked for: offline, or where a WARC file holds them all."""
    local = not target.lower().startswith(("http://", "https://"))
    return settings.offline or (local and target.endswith((".warc", ".warc.gz")))


def _plan(number: int, world: OpenWorld, drive: AuditCommand, *, offline: bool) -> Plan:
    target, options = world.store.frontier.options(number)
    hands = min(max(drive.workers, 1), cores())
    return Plan(
        number=number,
        target=target,
        options=options,
        owner=str(os.getpid()),
        offline=offline,
        workers=drive.workers,
        hands=hands,
        checkers=drive.workers if options.lookups else hands,
        pace=0.0 if offline else world.settings.pace,
    )


def _each(on: Worker, tasks: Sequence[ToCheck]) -> list[CheckOutcome]:
    """Checks pages here, where others are asked: that takes time, and little of a processor."""
    return [checked(on, task) for task in tasks]


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


def _dead(owner: str) -> bool:
    """Whether the process that holds addresses is gone; this one holds none when it begins."""
    if not owner.isdecimal() or int(owner) == os.getpid():
        return True
    try:
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


@contextmanager
def _watched() -> Iterator[Callable[[Callable[[], Progress]], None]]:
    """Shows how far it is, how fast and how long it will take, on one line of a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    begun, last = time.monotonic(), [0.0]
    first: list[Progress] = []

    def tell(standing: Callable[[], Progress]) -> None:
        at = time.monotonic()
        if at - last[0] < _TELL_EVERY:
            return
        last[0] = at
        progress = standing()
        first[:] = first or [progress]
        click.echo(f"\r{moving(first[0], progress, at - begun):<78}", err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo(f"\r{'':<78}\r", err=True, nl=False)
