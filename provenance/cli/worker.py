"""The processes of an audit: what a page is worked on with, in each of them."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from provenance.cli.console import now
from provenance.jobs.audit.pages import Worker, work
from provenance.world import open_world
from provenance.world.corpus import ReadCorpus, filed
from provenance.world.http.robots import Robots
from provenance.world.site import Site, offline_view
from provenance.world.store.reports import pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from provenance.model import Report, Settings
    from provenance.model.report import StoredReport
    from provenance.world import OpenWorld

# What reading and checking a page imports where it is used.
MODULES = (
    *("provenance.cli.worker", "provenance.read.page", "provenance.detect", "provenance.locate"),
    *("provenance.render.report.html", "provenance.world.archives.cdx"),
    *("provenance.render.citation", "provenance.world.searches.gdelt", "provenance.world.http.web"),
    *("provenance.world.searches.site_search", "provenance.world.saved.saved"),
    *("provenance.world.saved.savepagenow", "anyascii", "encodings.idna", "encodings.utf_32_le"),
    *("jinja2", "lxml_html_clean", "numpy", "publicsuffixlist", "trafilatura"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What every page of an audit has in common; ``write`` writes a report's file, if it has one.

    It gives the file's name within the folder, or None.
    """

    target: str
    since: datetime | None
    settings: Settings
    write: Callable[[Report], str | None]


@contextmanager
def start_worker(job: Job) -> Iterator[Callable[[Any], Any]]:
    """Gives what works on pages in a process of its own: it reads the store, and asks nobody."""
    with open_world(job.settings, now=now) as world:
        world.store.connection.only_read()
        world.store.connection.read_by_calls()
        judged = replace(offline_view(world), corpus=ReadCorpus(world.store, now))
        yield partial(work, make_worker(job, judged))


def make_worker(job: Job, world: OpenWorld) -> Worker:
    """What pages are read and checked with, in that world."""
    site = Site(job.target, world, Robots(world.web, offline=True))
    return Worker(
        world=world,
        kept=world.store.fetches,
        settings=world.settings,
        since=job.since,
        links=site.links,
        file=filed,
        publish=partial(_publish, job.write),
    )


def _publish(
    write: Callable[[Report], str | None], report: Report
) -> tuple[StoredReport, str | None]:
    return pack(report), write(report)
