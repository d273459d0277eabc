"""``provenance check --from``: a list of addresses in, one table and one report of all out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from provenance.cli.audit import site_formats
from provenance.cli.audit_files import AuditOutput
from provenance.cli.audit_run import Load, audit_list
from provenance.cli.lists import opened_list
from provenance.cli.options import COULD_NOT_TELL, REPOST
from provenance.model import VerdictKind
from provenance.model.audit import AuditOptions
from provenance.world.formats.address_list import MOST_ROWS

if TYPE_CHECKING:
    from provenance.model import Settings
    from provenance.model.audit import AuditReport


def check_list(source: str, settings: Settings, options: dict[str, Any]) -> None:
    """Checks every page of a list; ends with the code that ``--exit-code`` asks for."""
    output = AuditOutput(
        directory=options["directory"],
        formats=site_formats(options["formats"], _usual(options)),
        table=options["table"],
        each=options["as_json"],
        quiet=options["quiet"],
    )
    load = Load(rate=options["rate"], workers=options["workers"])
    asked = AuditOptions(most=MOST_ROWS, lookups=options["lookups"])
    with opened_list(source, options["column"]) as found:
        report = audit_list(found, asked, settings, load, output)
    if options["exit_code"] and report is not None:
        sys.exit(_code_of(report))


def _usual(options: dict[str, Any]) -> tuple[str, ...]:
    """The forms that are written where none is named: a table of its own makes the CSV needless."""
    if options["as_json"]:
        return ()
    return ("html",) if options["table"] else ("html", "csv")


def _code_of(report: AuditReport) -> int:
    kinds = {kind: share.count for kind, share in report.shares}
    if report.reused.count:
        return REPOST
    return COULD_NOT_TELL if kinds.get(VerdictKind.UNKNOWN) else 0
