"""``provenance audit``: a whole site in, one site report and a report for each page out."""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.errors import InputError
from provenance.faces.bench import MODULES, Job, begin, bench
from provenance.faces.telling import now
from provenance.jobs.audit import Outside, Plan, audit
from provenance.jobs.pages import checked
from provenance.jobs.tally import kind_of
from provenance.model.audit import Kind
from provenance.render.audit import FORMATS
from provenance.render.audit.terminal import render, status
from provenance.render.names import file_name
from provenance.world import open_world
from provenance.world.crew import Crew
from provenance.world.robots import Robots
from provenance.world.shelf import Shelf
from provenance.world.site import Site, indoors
from provenance.world.writing import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from provenance.jobs.pages import Bench, ToCheck
    from provenance.model import Report, Settings
    from provenance.model.audit import AuditOptions, AuditReport, Checked, Progress
    from provenance.world import OpenWorld

_TELL_EVERY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditOutput:
    """What an audit shows and writes, and where.

    ``reports`` says which pages get a file of their own: 'found' those whose text stands
    elsewhere or is said to, 'all', or 'none'; all of them are kept.
    """

    directory: str
    formats: tuple[str, ...]
    as_json: bool = False
    reports: str = "found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """How hard it is worked: pages a second and host at most, and threads."""

    rate: float
    workers: int


def show_status(settings: Settings) -> None:
    """Every audit that is kept, the newest first, one a line."""
    with open_world(settings, now=now) as world:
        frontier = world.store.frontier
        for number in frontier.numbers():
            click.echo(status(frontier.progress(number)))


def resume_audit(settings: Settings, drive: Drive, output: AuditOutput) -> None:
    """The newest audit that has not ended, gone on with; InputError where there is none."""
    with open_world(_paced(settings, drive), now=now) as world:
        unfinished = world.store.frontier.unfinished()
        if not unfinished:
            raise InputError("no audit is unfinished; name a site to begin one")
        _run(unfinished[0], world, drive, output)


def audit_site(
    target: str, options: AuditOptions, settings: Settings, drive: Drive, output: AuditOutput
) -> None:
    """Audits a site; the unfinished audit of the same site and options is gone on with."""
    with open_world(_paced(settings, drive), now=now) as world:
        number = world.store.frontier.begin(target, options, now())
        _run(number, world, drive, output)


def _paced(settings: Settings, drive: Drive) -> Settings:
    return replace(settings, pace=1 / drive.rate if drive.rate > 0 else 0.0)


def _run(number: int, world: OpenWorld, drive: Drive, output: AuditOutput) -> None:
    frontier = world.store.frontier
    target, options = frontier.options(number)
    frontier.free(_dead)
    inside = indoors(world)
    local = not target.lower().startswith(("http://", "https://"))
    warc = local and target.endswith((".warc", ".warc.gz"))
    pages = inside if warc or world.settings.offline else world
    offline = pages.settings.offline
    hands = max(min(drive.workers, len(os.sched_getaffinity(0))), 1)
    job = Job(
        target=target,
        since=options.since,
        settings=world.settings,
        write=partial(_write, output),
    )
    plan = Plan(
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
    stop = threading.Event()
    with (
        Crew(partial(begin, job), hands, modules=MODULES) as crew,
        Shelf() as shelf,
        _watched() as tell,
    ):
        outside = Outside(
            site=Site(target, pages, Robots(pages.web, offline=offline)),
            ledger=frontier,
            kept=world.store.fetches,
            pages=pages,
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
        _emit(report, output)


def _each(on: Bench, tasks: Sequence[ToCheck]) -> list[Checked]:
    """Checks pages here, where others are asked: that takes time, and little of a processor."""
    return [checked(on, task) for task in tasks]


def _write(output: AuditOutput, report: Report) -> str | None:
    """Writes the file of a page's report, whose name within the folder is given."""
    silent = kind_of(report) in {Kind.UNKNOWN, Kind.NONE_FOUND}
    if output.reports == "none" or (silent and output.reports == "found"):
        return None
    from provenance.render import FORMATS as PAGE_FORMATS
    from provenance.render.names import report_name

    suffix, rendered = PAGE_FORMATS["html"]
    name = f"{report_name(report)}{suffix}"
    write(Path(output.directory) / name, rendered(report))
    return name


def _emit(report: AuditReport, output: AuditOutput) -> None:
    name = f"audit-{file_name(None, report.target, str(report.number), report.checked_at)}"
    if output.as_json:
        import json

        from provenance.model.values import values

        click.echo(json.dumps(values(report), allow_nan=False))
    else:
        click.echo(render(report), nl=False)
    for form in output.formats:
        suffix, rendered = FORMATS[form]
        path = Path(output.directory) / f"{name}{suffix}"
        write(path, rendered(report))
        if not output.as_json:
            click.echo(f"Report  {path}")


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
    first: list[int] = []

    def tell(standing: Callable[[], Progress]) -> None:
        at = time.monotonic()
        if at - last[0] < _TELL_EVERY:
            return
        last[0] = at
        progress = standing()
        first[:] = first or [progress.ended]
        rate = (progress.ended - first[0]) / max(at - begun, 0.001)
        left = progress.waiting + progress.read
        later = f", {left / rate:,.0f} s left" if rate > 0 and left else ""
        line = (
            f"{progress.ended:,} of {progress.found:,} addresses, {progress.read:,} read, "
            f"{progress.reused:,} from elsewhere, {rate:.1f}/s{later}"
        )
        click.echo(f"\r{line[:78]:<78}", err=True, nl=False)

    try:
        yield tell
    finally:
        click.echo(f"\r{'':<78}\r", err=True, nl=False)
