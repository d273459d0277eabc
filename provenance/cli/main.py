"""The command line. Heavy imports happen inside the commands, so that ``--help`` is instant."""

from __future__ import annotations

import sys
from typing import Any

import click

from provenance.cli.kept import CITATION_FORMS, cite, report, review, save, verify
from provenance.cli.many import audit, corpus
from provenance.cli.options import (
    COULD_NOT_TELL,
    FAILED,
    FORMATS,
    REPOST,
    CheckByDefault,
    chosen_settings,
    guarded,
    option,
    settings_options,
)
from provenance.model import VERSION

__all__ = ["CITATION_FORMS", "FORMATS", "main"]


@click.group(
    cls=CheckByDefault,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(VERSION, prog_name="provenance")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Say whether a web page is a repost, of what, how much was copied, and who was first.

    \b
    provenance https://example.org/story     check a page (the same as: provenance check ...)
    provenance check page.html --url URL     check a saved page
    provenance check - --offline < page.txt  ask nobody
    """  # noqa: D301 - a backspace, click's mark for lines that stay as they are
    from provenance.cli.settings_file import defaults

    ctx.default_map = guarded(defaults)


for _command in (report, review, verify, cite, save, audit, corpus):
    main.add_command(_command)


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@option("--url", help="Where a saved page came from.")
@option(
    "-o",
    "--output",
    "directory",
    default="reports",
    show_default=True,
    metavar="DIR",
    help="Where reports are written.",
)
@option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Formats to write; repeatable.  [default: html]",
)
@option("--json", "as_json", is_flag=True, help="One JSON report a line, on stdout.")
@option("--exit-code", is_flag=True, help="Exit 3 for a repost, 4 when it cannot be told.")
@option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@option("-v", "--verbose", is_flag=True, help="Also show every look-up and every score.")
@settings_options
def check(targets: tuple[str, ...], exit_code: bool, **options: Any) -> None:  # noqa: FBT001
    """Say whether a page is a repost, and of what.

    TARGET is a URL, an .html or .txt file, a .warc(.gz) file (each page in it), or - for stdin.
    """
    from provenance.cli.check import Output, check_targets

    output = Output(
        directory=options.pop("directory"),
        formats=options.pop("formats") or (() if options["as_json"] else ("html",)),
        as_json=options.pop("as_json"),
        quiet=options.pop("quiet"),
        verbose=options.pop("verbose"),
    )
    url = options.pop("url")
    outcome = check_targets(targets, url, chosen_settings(options), output)
    if outcome.failed:
        sys.exit(FAILED)
    if exit_code and outcome.reposts:
        sys.exit(REPOST)
    if exit_code and outcome.could_not_tell:
        sys.exit(COULD_NOT_TELL)


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@option("--url", help="Where a saved page came from.")
@option("--json", "as_json", is_flag=True, help="One JSON document a line.")
@settings_options
def read(targets: tuple[str, ...], url: str | None, as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show how a page is read: story, fields, dates, links."""
    from provenance.cli.read import show_documents

    if show_documents(targets, url, chosen_settings(options), as_json=as_json):
        sys.exit(FAILED)


@main.command()
@click.argument("targets", nargs=-1, required=True, metavar="TARGET...")
@option("--url", help="Where a saved page came from.")
@option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@settings_options
def detect(targets: tuple[str, ...], url: str | None, as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show the signs of syndication on a page.

    The ones that do not count are shown too, with the trap that silences them.
    """
    from provenance.cli.read import show_signals

    if show_signals(targets, url, chosen_settings(options), as_json=as_json):
        sys.exit(FAILED)


@main.command()
@click.argument("pair", nargs=-1, metavar="A B")
@option("--json", "as_json", is_flag=True, help="The measure as one JSON object.")
@option("--jsonl", "stream", is_flag=True, help='Read {"suspect","source"} lines on stdin.')
@option("-f", "--format", "format_", type=click.Choice(["html"]), help="Both texts, side by side.")
@settings_options
def compare(
    pair: tuple[str, ...],
    as_json: bool,  # noqa: FBT001
    stream: bool,  # noqa: FBT001
    format_: str | None,
    **options: Any,
) -> None:
    """Measure how much of A stands in B, with no look-ups.

    A and B are pages: files, URLs, or - for stdin.
    """
    from provenance.cli.compare import show_comparison, stream_comparisons

    if stream:
        stream_comparisons(sys.stdin, sys.stdout)
        return
    if len(pair) != 2:
        raise click.UsageError("compare takes two texts, A and B (or --jsonl on stdin)")
    form = format_ or ("json" if as_json else "terminal")
    guarded(lambda: show_comparison(pair[0], pair[1], chosen_settings(options), form))


@main.command()
@click.argument("url")
@option("--json", "as_json", is_flag=True, help="One JSON object.")
@option("-f", "--format", "format_", type=click.Choice(["html"]), help="A page with a drawing.")
@settings_options
def history(url: str, as_json: bool, format_: str | None, **options: Any) -> None:  # noqa: FBT001
    """Show what archives know of an address.

    Every capture is listed, and where the text changed.
    """
    from provenance.cli.examining import show_history

    settings, form = chosen_settings(options), format_ or ("json" if as_json else "terminal")
    guarded(lambda: show_history(url, settings, form))


@main.command()
@option("-o", "--output", "directory", default="reports", show_default=True, metavar="DIR")
@click.option("--keep-serving", is_flag=True, help="Leave the sites up to look at, until Ctrl-C.")
def demo(directory: str, keep_serving: bool) -> None:  # noqa: FBT001
    """Check an invented repost on loopback.

    A newspaper, an aggregator, a web archive and a search service are served on this machine while
    the check lasts; no network is needed.
    """
    from provenance.cli.console import until_interrupted
    from provenance.cli.demo import show_demo

    wait = until_interrupted if keep_serving else None
    guarded(lambda: show_demo(directory, wait=wait))


@main.command()
def schema() -> None:
    """Print the JSON Schema of a report."""
    import json

    from provenance.render.schema import schema as report_schema

    click.echo(json.dumps(report_schema(), indent=2))


@main.command()
@option("--json", "as_json", is_flag=True, help="One JSON object.")
@settings_options
def doctor(as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show what works here: database, archives, searches."""
    from provenance.cli.examining import show_health

    guarded(lambda: show_health(chosen_settings(options), as_json=as_json))
