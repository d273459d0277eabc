"""Commands over many pages: the audit of a site, a corpus of one's own."""

from __future__ import annotations

import sys
from typing import Any

import click

from provenance.cli.options import (
    FAILED,
    FORMATS,
    chosen_settings,
    guarded,
    option,
    settings_options,
)

_SITE_FORMATS = ("html", "md", "json", "csv")


@click.command()
@click.argument("target", required=False, metavar="SITE")
@option("--sample", type=click.IntRange(min=1), metavar="N", help="Check N pages at random.")
@option("--seed", default=1, show_default=True, help="Which random sample.")
@option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Leave out pages from before that day.",
)
@option("--max", "most", default=5000, show_default=True, help="Look at so many addresses.")
@option("--rate", default=1.0, show_default=True, help="Requests a second to one host, at most.")
@option(
    "--workers", default=4, show_default=True, help="Hosts asked, and pages worked on, at once."
)
@option("--lookups", is_flag=True, help="Also ask sources, archives and search services.")
@option("--resume", is_flag=True, help="Go on with the newest unfinished audit.")
@option("--status", is_flag=True, help="Show where every audit stands.")
@option(
    "--compare",
    nargs=2,
    type=int,
    metavar="OLD NEW",
    help="Say what changed between two audits, by their numbers in --status.",
)
@option(
    "--reports",
    type=click.Choice(("found", "all", "none")),
    default="found",
    show_default=True,
    help="Which pages get a report file; all are kept.",
)
@option("-o", "--output", "directory", default="reports", show_default=True, metavar="DIR")
@option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    metavar="[html|md|json|csv]",
    help="Formats of the site report; repeatable.  [default: html, csv; none for --compare]",
)
@option("--json", "as_json", is_flag=True, help="The site report as one JSON object.")
@settings_options
def audit(target: str | None, **options: Any) -> None:
    """Say what share of a site is reposted, and from whom.

    SITE is a start page, a sitemap, a feed, a file of addresses, or a .warc(.gz) file. Stopped or
    killed, the same command goes on where it was.
    """
    guarded(lambda: _audited(target, options))


def _audited(target: str | None, options: dict[str, Any]) -> None:
    from datetime import UTC

    from provenance.cli.audit import (
        AuditCommand,
        audit_site,
        compare_kept,
        resume_audit,
        show_status,
    )
    from provenance.cli.audit_files import AuditOutput
    from provenance.model.audit import AuditOptions

    drive = AuditCommand(rate=options.pop("rate"), workers=options.pop("workers"))
    numbers, status = options.pop("compare"), options.pop("status")
    forms = options.pop("formats")
    if numbers and target:
        raise click.UsageError("--compare takes two numbers and no site")
    output = AuditOutput(
        directory=options.pop("directory"),
        formats=() if status else _formats(forms, () if numbers else ("html", "csv")),
        as_json=options.pop("as_json"),
        reports=options.pop("reports"),
    )
    since = options.pop("since")
    asked = AuditOptions(
        sample=options.pop("sample"),
        seed=options.pop("seed"),
        most=options.pop("most"),
        since=since.replace(tzinfo=UTC) if since else None,
        lookups=options.pop("lookups"),
    )
    resume = options.pop("resume")
    settings = chosen_settings(options)
    if status:
        show_status(settings)
    elif numbers:
        compare_kept(numbers, settings, output)
    elif resume:
        resume_audit(settings, drive, output)
    elif target:
        audit_site(target, asked, settings, drive, output)
    else:
        raise click.UsageError("name a site (or --status, --resume or --compare)")


def _formats(asked: tuple[str, ...], usual: tuple[str, ...]) -> tuple[str, ...]:
    """The formats to write; those that only pages have are left out, unless they were typed."""
    without = [form for form in asked if form not in _SITE_FORMATS]
    if not without:
        return asked or usual
    source = click.get_current_context().get_parameter_source("formats")
    named = ", ".join(without)
    if source is click.core.ParameterSource.COMMANDLINE:
        known = ", ".join(_SITE_FORMATS)
        raise click.BadParameter(f"a site report has no {named} form; it has {known}")
    chosen = tuple(form for form in asked if form in _SITE_FORMATS) or usual
    instead = f"written as {', '.join(chosen)}" if chosen else "no file is written"
    click.echo(f"A site report has no {named} form: {instead}.", err=True)
    return chosen


@click.group()
def corpus() -> None:
    """Keep texts of your own, where check looks first."""


@corpus.command("add")
@click.argument("targets", nargs=-1, required=True, metavar="FILE|DIR|URL...")
@option(
    "--max",
    "most",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Fetch at most so many pages of a feed or sitemap.",
)
@settings_options
def corpus_add(targets: tuple[str, ...], most: int, **options: Any) -> None:
    """Add pages and texts of your own.

    HTML, text and WARC files; JSON Lines, an object with text, url, title and date a line
    (.jsonl, .jsonl.gz); folders of all these; URLs; feeds and sitemaps with the pages they list.
    """
    from provenance.cli.corpus import add_texts

    settings = chosen_settings(options)
    if guarded(lambda: add_texts(targets, settings, most=most)):
        sys.exit(FAILED)


@corpus.command("rebuild")
@settings_options
def corpus_rebuild(**options: Any) -> None:
    """Read all texts anew from what is kept, after an update."""
    from provenance.cli.corpus import rebuild

    settings = chosen_settings(options)
    if guarded(lambda: rebuild(settings)):
        sys.exit(FAILED)


@corpus.command("search")
@click.argument("words", nargs=-1, required=True)
@option("--json", "as_json", is_flag=True, help="One JSON object a text.")
@settings_options
def corpus_search(words: tuple[str, ...], as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Find texts by words, or by a phrase in quotation marks."""
    from provenance.cli.corpus import search_texts

    settings = chosen_settings(options)
    guarded(lambda: search_texts(words, settings, as_json=as_json))


@corpus.command("stats")
@option("--json", "as_json", is_flag=True, help="One JSON object.")
@settings_options
def corpus_stats(as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Show how much the corpus holds."""
    from provenance.cli.corpus import show_size

    settings = chosen_settings(options)
    guarded(lambda: show_size(settings, as_json=as_json))
