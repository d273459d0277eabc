"""``provenance verify``: a report's claims, computed again from what is kept."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from provenance.cli.console import now
from provenance.cli.options import FAILED, examples, json_option, option, page_settings
from provenance.errors import InputError

if TYPE_CHECKING:
    from provenance.model import Report, Settings, Verification

_MOST_BYTES = 50_000_000
# Fields that tell the JSON of a report on a page, and that of an audit, from any other.
_OF_A_REPORT = {"suspect", "verdict", "findings"}
_OF_AN_AUDIT = {"listings", "shares", "rows"}
_ADVICE = "make one with: provenance check TARGET -f json"


@click.command(
    epilog=examples(
        "verify reports/ferry.json --live",
        "verify evidence/manifest-3-8f4ac2c8.txt --tsa-root tsa.pem",
    )
)
@click.argument("path", metavar="FILE")
@click.option("--live", is_flag=True, help="Also say what has changed on the pages since.")
@option(
    "--tsa-root",
    metavar="PEM",
    help="The certificates whose time-stamps you trust, in one file.",
)
@json_option("Print each claim as JSON, one a line.")
@page_settings
def verify(
    *, path: str, live: bool, tsa_root: str | None, as_json: bool, settings: Settings
) -> None:
    """Say which claims of a report, a manifest or a WACZ still hold.

    A report's hashes, passages and shares are computed again from what is kept. Of a manifest or a
    WACZ each file, the chain and the time-stamp are checked, and what they prove is said; nobody
    is asked.
    """
    from provenance.cli.verify_files import is_manifest, verify_packed, verify_written
    from provenance.jobs import verify as job
    from provenance.render.report.json import line
    from provenance.world import open_world

    with open_world(settings, now=now) as world:
        if path.lower().endswith(".wacz"):
            found = tuple(verify_packed(path, tsa_root))
        elif is_manifest(path):
            found = tuple(verify_written(path, tsa_root, world.store))
        else:
            report = _load(path)
            found = job.verify(report, world.store.fetches)
            if live:
                found = (*found, *job.verify_live(report, world.web))
    for verification in found:
        click.echo(line(verification) if as_json else _row(verification))
    if any(verification.holds is False for verification in found):
        sys.exit(FAILED)


def _row(verification: Verification) -> str:
    from provenance.render.text.plain import plain

    word = {True: "holds", False: "FAILS", None: "unknown"}[verification.holds]
    return f"{word:<9}{plain(verification.claim)}: {plain(verification.why)}"


def _load(path: str) -> Report:
    from provenance.judge import complete
    from provenance.model import Report
    from provenance.model.plain import revive
    from provenance.text.json_text import parse_json
    from provenance.world.files import read_whole

    body = read_whole(path, _MOST_BYTES)
    try:
        plain = parse_json(body)
    except (ValueError, ArithmeticError) as error:
        raise InputError(f"{path}: is no JSON file; {_ADVICE}") from error
    if not isinstance(plain, dict) or not plain.keys() >= _OF_A_REPORT:
        raise InputError(f"{path}: {_what_else(plain)}; {_ADVICE}")
    try:
        return complete(revive(Report, plain))
    except (ValueError, LookupError, ArithmeticError, TypeError) as error:
        raise InputError(f"{path}: is a report of provenance that was changed: {error}") from error


def _what_else(plain: object) -> str:
    """What a JSON file is that is no report on a page."""
    if isinstance(plain, dict) and plain.keys() >= _OF_AN_AUDIT:
        return "is the report of an audit, and verify takes that of one page"
    return "is JSON, but no report of provenance"
