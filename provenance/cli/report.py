"""``report``, ``review`` and ``verify``: what was found, written again, judged, looked at again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from provenance.cli.console import now
from provenance.cli.pdf import write_report
from provenance.errors import InputError
from provenance.jobs.verify import verify, verify_live
from provenance.model import Report, Review, Stance
from provenance.model.plain import revive
from provenance.render.report.json import line
from provenance.render.text.plain import plain, short
from provenance.world import open_world

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provenance.model import Settings, Verification

_MOST_BYTES = 50_000_000


def list_reports(settings: Settings, *, as_json: bool) -> None:
    """Shows every kept report, the oldest first."""
    with open_world(settings, now=now) as world:
        entries = world.store.reports.entries()
    for entry in entries:
        if as_json:
            click.echo(line(entry))
        else:
            at = f"{entry.checked_at:%Y-%m-%d %H:%M}"
            click.echo(f"{entry.id:>6}  {at}  {entry.derivation:<10}  {short(entry.target, 90)}")


def write_reports(
    numbers: Iterable[int], formats: Iterable[str], directory: str, settings: Settings
) -> None:
    """Writes kept reports again, from kept data alone; InputError for a number not kept."""
    with open_world(settings, now=now) as world:
        for number in numbers:
            report = world.store.reports.get(number)
            for name in formats:
                click.echo(str(write_report(report, directory, name)))


def review_report(number: int, stance: str, note: str, settings: Settings) -> None:
    """Records a person's verdict on a kept report."""
    with open_world(settings, now=now) as world:
        review = Review(stance=Stance(stance), note=note, at=now())
        world.store.reports.review(number, review)
    click.echo(f"Report {number}: {stance} recorded; it stands in the report from now on")


def verify_report(path: str, settings: Settings, *, live: bool, as_json: bool) -> bool:
    """Shows which claims of a JSON report still hold; whether none of them failed."""
    report = _loaded(path)
    with open_world(settings, now=now) as world:
        found = verify(report, world.store.fetches)
        if live:
            found = (*found, *verify_live(report, world.web))
    for verification in found:
        click.echo(line(verification) if as_json else _told(verification))
    return all(verification.holds is not False for verification in found)


def _told(verification: Verification) -> str:
    word = {True: "holds", False: "FAILS", None: "unknown"}[verification.holds]
    return f"{word:<9}{plain(verification.claim)}: {plain(verification.why)}"


def _loaded(path: str) -> Report:
    file = Path(path)
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise InputError(f"{path}: more than {_MOST_BYTES:,} bytes; this is no report")
        return revive(Report, json.loads(file.read_text("utf-8")))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is no JSON report of provenance: {error}") from error
