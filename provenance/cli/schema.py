"""``provenance schema``: the JSON Schema of a report."""

from __future__ import annotations

import json

import click

from provenance.cli.options import examples


@click.command(epilog=examples("schema > report.schema.json"))
def schema() -> None:
    """Print the JSON Schema of a report."""
    from provenance.render.schema import schema as report_schema

    click.echo(json.dumps(report_schema(), indent=2))
