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

    click.echo(json.dumps(schema_of(Report, "A provenance report"), indent=2))
