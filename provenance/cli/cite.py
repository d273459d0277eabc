"""``provenance cite``: citations of the original, and the citation report of a text."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import click

from provenance.cli.console import complain, now, progress
from provenance.cli.targets import each_page
from provenance.errors import ProvenanceError
from provenance.jobs.check.page import check
from provenance.jobs.cite import cite_anyway, cite_backwards, cite_origin
from provenance.jobs.links import check_link, links_of
from provenance.model import Citation, Refusal
from provenance.render.citation import BACKWARDS_COPY, cited
from provenance.render.citation.links import row, tally
from provenance.render.report.json import line
from provenance.world import open_world
from provenance.world.files import captures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Capture, Report, Settings
    from provenance.world import OpenWorld


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """In what form, and how."""

    form: str
    anyway: bool = False
    as_json: bool = False


@dataclass(slots=True)
class _Tally:
    citations: list[Citation] = field(default_factory=list)
    failed: int = 0


def cite_pages(
    targets: Iterable[str],
    numbers: Iterable[int],
    url: str | None,
    settings: Settings,
    wanted: Wanted,
) -> int:
    """Prints a bibliography of what the targets and kept reports come from; how many failed.

    A refusal is one line on stderr, and the others are still done.
    """
    done = _Tally()
    try:
        with open_world(settings, now=now, keys=os.environ) as world:
            for target in targets:
                for report in each_page(target, url, world, partial(_checked, target, world)):
                    _add(done, report, world, wanted)
            for number in numbers:
                _add(done, _kept(number, world), world, wanted)
    except ProvenanceError as error:
        complain(str(error))
        done.failed += 1
    if done.citations and not wanted.as_json:
        once = dict.fromkeys(done.citations)
        click.echo(cited(wanted.form, *once))
    return done.failed


def _checked(target: str, world: OpenWorld, capture: Capture) -> Report:
    with progress() as tell:
        report = check(target, capture, world, world.settings, tell=tell)
    world.store.reports.keep(report)
    return report


def _kept(number: int, world: OpenWorld) -> Report | None:
    try:
        return world.store.reports.get(number)
    except ProvenanceError as error:
        complain(str(error))
        return None


def _add(done: _Tally, report: Report | None, world: OpenWorld, wanted: Wanted) -> None:
    if report is None:
        done.failed += 1
        return
    found = _found(report, world, wanted)
    if isinstance(found, Refusal):
        done.failed += 1
        complain(f"{report.target}: not cited: {found.why}; {found.advice}")
    else:
        done.citations.append(found)
    if wanted.as_json:
        click.echo(line(_told(report, found, wanted)))


def _found(report: Report, world: OpenWorld, wanted: Wanted) -> Citation | Refusal:
    if wanted.form == BACKWARDS_COPY:
        return cite_backwards(report, world.web)
    if wanted.anyway:
        return cite_anyway(report, world.web)
    return cite_origin(report, world.web)


def _told(report: Report, found: Citation | Refusal, wanted: Wanted) -> dict[str, object]:
    refused = isinstance(found, Refusal)
    return {
        "target": report.target,
        "citation": None if refused else found,
        "refusal": found if refused else None,
        "form": wanted.form,
        "text": cited(wanted.form, found) if isinstance(found, Citation) else None,
    }


def cite_links(path: str, most: int, settings: Settings, wanted: Wanted) -> int:
    """Shows for each address that a text cites whether it is a repost; 1 if it cannot be read."""
    with open_world(settings, now=now, keys=os.environ) as world:
        urls: list[str] = []
        for capture in captures(path, url=None, world=world, stdin=sys.stdin.buffer):
            urls.extend(u for u in links_of(capture) if u not in urls)
        looked = []
        for url in urls[:most]:
            with progress() as tell:
                link = check_link(url, world, world.settings, tell=tell)
            looked.append(link)
            shown = line(link) if wanted.as_json else row(link, wanted.form).rstrip("\n")
            click.echo(shown)
    left = len(urls) - len(looked)
    if not wanted.as_json:
        click.echo(tally(looked, left))
    elif left:
        complain(f"{path}: {left} more addresses were not looked at (--max)")
    return len(looked)
