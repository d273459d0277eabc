"""``provenance schema``: the JSON Schema of a report."""

from __future__ import annotations

import json

import click

from provenance.cli.options import examples


@click.command(epilog=examples("schema > report.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a report."""
    from provenance.model import Report
    from provenance.model.plain import schema as schema_of
    from provenance.model.report import SCHEMA

    identifier = f"https://provenance.example/schema/report-{SCHEMA}.json"
    click.echo(json.dumps(schema_of(Report, "A provenance report", identifier), indent=2))
