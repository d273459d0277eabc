"""Commands over what is kept: reports, a person's verdict, citations, evidence."""

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

CITATION_FORMS = (
    "wikipedia", "csl", "bibtex", "biblatex", "ris", "apa", "mla", "chicago",
    "chicago-author-date", "harvard", "ieee", "backwards-copy",
)  # fmt: skip
_SAVING = ("url", "directory", "wacz", "wayback", "unless_within", "wayback_url", "as_json")


@click.command()
@click.argument("numbers", nargs=-1, type=int, metavar="[ID...]")
@option("-f", "--format", "formats", multiple=True, type=click.Choice(FORMATS), help="As in check.")
@option("-o", "--output", "directory", default="reports", show_default=True, metavar="DIR")
@option("--json", "as_json", is_flag=True, help="The list as one JSON object a line.")
@settings_options
def report(
    numbers: tuple[int, ...],
    formats: tuple[str, ...],
    directory: str,
    as_json: bool,  # noqa: FBT001
    **options: Any,
) -> None:
    """List kept reports, or write them again.

    Those with the given numbers are written again, from kept data alone.
    """
    from provenance.cli.report import list_reports, write_reports

    settings = chosen_settings(options)
    if numbers:
        guarded(lambda: write_reports(numbers, formats or ("html",), directory, settings))
    else:
        guarded(lambda: list_reports(settings, as_json=as_json))


@click.command()
@click.argument("number", type=int, metavar="ID")
@click.option("--agree", "stance", flag_value="agree", help="The verdict is right.")
@click.option("--disagree", "stance", flag_value="disagree", help="The verdict is wrong.")
@click.option("--unsure", "stance", flag_value="unsure", help="It cannot be told.")
@click.option("--note", default="", help="Why, in your own words.")
@settings_options
def review(number: int, stance: str | None, note: str, **options: Any) -> None:
    """Record your own verdict on a kept report.

    It is shown in the report from then on.
    """
    from provenance.cli.report import review_report

    if stance is None:
        raise click.UsageError("say --agree, --disagree or --unsure")
    settings = chosen_settings(options)
    guarded(lambda: review_report(number, stance, note, settings))


@click.command()
@click.argument("path", metavar="REPORT.json")
@click.option("--live", is_flag=True, help="Also say what has changed on the pages since.")
@option("--json", "as_json", is_flag=True, help="One JSON object a claim.")
@settings_options
def verify(path: str, live: bool, as_json: bool, **options: Any) -> None:  # noqa: FBT001
    """Say which claims of a report still hold.

    Its hashes, passages and shares are computed again from what is kept.
    """
    from provenance.cli.report import verify_report

    settings = chosen_settings(options)
    if not guarded(lambda: verify_report(path, settings, live=live, as_json=as_json)):
        sys.exit(FAILED)


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(CITATION_FORMS),
    default="wikipedia",
    show_default=True,
    help="In which form.",
)
@click.option("--report", "numbers", multiple=True, type=int, metavar="ID", help="A kept report.")
@click.option("--anyway", is_flag=True, help="Where the origin is not sure, cite the page itself.")
@click.option("--links", metavar="FILE", help="Check each address that a text or article cites.")
@click.option("--max", "most", default=50, show_default=True, help="With --links: how many.")
@option("--url", help="Where a saved page came from.")
@option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@settings_options
def cite(targets: tuple[str, ...], links: str | None, most: int, **options: Any) -> None:
    """Cite the original of a page, not the copy.

    Several targets make a bibliography. An origin that is not sure is not cited. --links takes a
    text, a Wikipedia page source or an HTML article, and says which of the addresses it cites are
    reposts, and what to cite instead.
    """
    from provenance.cli.cite import Wanted, cite_links, cite_pages

    names = ("form", "anyway", "as_json")
    wanted = Wanted(**{name: options.pop(name) for name in names})
    numbers, url = options.pop("numbers"), options.pop("url")
    settings = chosen_settings(options)
    if links is not None:
        guarded(lambda: cite_links(links, most, settings, wanted))
    elif not (targets or numbers):
        raise click.UsageError("name a page, a kept report (--report), or a text (--links)")
    if (targets or numbers) and cite_pages(targets, numbers, url, settings, wanted):
        sys.exit(FAILED)


@click.command()
@click.argument("targets", nargs=-1, metavar="[TARGET...]")
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=int,
    metavar="ID",
    help="All that a kept report rests on; repeatable.",
)
@option("--url", help="Where a saved page came from.")
@option(
    "-o",
    "--output",
    "directory",
    default="reports",
    show_default=True,
    metavar="DIR",
    help="Where files are written.",
)
@option("--wacz", is_flag=True, help="Write a WACZ: the WARC with index and hashes, in one zip.")
@click.option(
    "--wayback", is_flag=True, help="Also have the Wayback Machine capture the pages (needs keys)."
)
@click.option(
    "--unless-within",
    metavar="AGE",
    help="With --wayback: not where a capture is younger, as in 3d or 12h.",
)
@option("--wayback-url", hidden=True, default="https://web.archive.org")
@option("--json", "as_json", is_flag=True, help="One JSON object a file or capture.")
@settings_options
def save(targets: tuple[str, ...], reports: tuple[int, ...], **options: Any) -> None:
    """Keep pages, or all that a report rests on, as evidence.

    Writes a WARC file for each TARGET and each report. --wayback reads the keys of an account at
    archive.org from IA_ACCESS_KEY and IA_SECRET_KEY.
    """
    from provenance.cli.save import Saving
    from provenance.cli.save import save as save_all

    if not targets and not reports:
        raise click.UsageError("name a page (TARGET) or a report (--report ID)")
    own = {field: options.pop(field) for field in _SAVING}
    saving, settings = Saving(targets=targets, reports=reports, **own), chosen_settings(options)
    if guarded(lambda: save_all(saving, settings)):
        sys.exit(FAILED)
