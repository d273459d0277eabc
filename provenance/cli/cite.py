"""``provenance cite``: citations of the original, and the citation report of a text."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from provenance.cli.console import complain, now, open_input, show_steps
from provenance.cli.kept import kept_report
from provenance.cli.options import (
    COUNT,
    FAILED,
    NUMBER,
    WrongUsage,
    all_settings,
    examples,
    json_option,
    page_targets,
)
from provenance.cli.targets import check_page, each_page, fetch_page
from provenance.errors import ProvenanceError

if TYPE_CHECKING:
    from provenance.model import Capture, Citation, Refusal, Report, Settings
    from provenance.render.citation.days import DateOrder
    from provenance.world import OpenWorld

CITATION_FORMS = (
    "wikipedia", "csl", "bibtex", "biblatex", "ris", "apa", "mla", "chicago",
    "chicago-author-date", "harvard", "ieee", "backwards-copy",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """In what form, and how."""

    form: str
    anyway: bool
    as_json: bool
    dates: str | None = None

    @property
    def order(self) -> DateOrder | None:
        """How dates are printed, None for the form's own way."""
        from provenance.render.citation.days import DateOrder

        return DateOrder(self.dates) if self.dates else None

    def write(self, *citations: Citation) -> str:
        """The citations in that form."""
        from provenance.render.citation import cited

        return cited(self.form, *citations, dates=self.order)


@click.command(
    epilog=examples(
        "cite https://gazette.example/news/ferry",
        "cite --report 12 -f apa",
        "cite --links article.txt --max 20",
    )
)
@page_targets(required=False)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(CITATION_FORMS),
    default="wikipedia",
    show_default=True,
    help="The form of the citation.",
)
@click.option(
    "--dates",
    type=click.Choice(("mdy", "dmy", "iso")),
    help="How dates are printed: March 5, 2026; 5 March 2026; 2026-03-05.  [default: the form's]",
)
@click.option(
    "--report", "numbers", multiple=True, type=NUMBER, metavar="ID", help="A kept report."
)
@click.option("--anyway", is_flag=True, help="Where the origin is not sure, cite the page itself.")
@click.option("--links", metavar="FILE", help="Check each address that a text or article cites.")
@click.option(
    "--max", "most", type=COUNT, default=50, show_default=True, help="With --links: how many."
)
@json_option("Print each citation as JSON, one a line.")
@all_settings
def cite(
    *,
    targets: tuple[str, ...],
    url: str | None,
    numbers: tuple[int, ...],
    settings: Settings,
    **options: Any,
) -> None:
    """Cite the original of a page, not the copy.

    Several targets make a bibliography. An origin that is not sure is not cited. --links takes a
    text, a Wikipedia page source or an HTML article, and says which of the addresses it cites are
    reposts, and what to cite instead.
    """
    from provenance.world import open_world

    links, most = options.pop("links"), options.pop("most")
    if links is None and not targets and not numbers:
        raise WrongUsage("name a page, a kept report (--report), or a text (--links)")
    bibliography = _Bibliography(Wanted(**options))
    with (
        open_world(settings, now=now, keys=os.environ) as world,
        closing(bibliography),
    ):
        if links is not None:
            _cite_links(links, most, world, bibliography.wanted)
        for target in targets:
            work, fetch = partial(_check_and_keep, target, world), partial(fetch_page, world)
            for report in each_page(target, url, world, work, fetch=fetch):
                bibliography.add(report, world)
        for number in numbers:
            bibliography.add(_kept(number, world), world)
    if bibliography.failed:
        sys.exit(FAILED)


def _check_and_keep(target: str, world: OpenWorld, capture: Capture) -> Report:
    report = check_page(target, world, capture)
    world.store.reports.keep(report)
    return report


def _kept(number: int, world: OpenWorld) -> Report | None:
    try:
        return kept_report(world, number)
    except ProvenanceError as error:
        complain(str(error))
        return None


@dataclass(slots=True)
class _Bibliography:
    """The citations of a run, each once; a refusal is one line on stderr."""

    wanted: Wanted
    citations: dict[Citation, None] = field(default_factory=dict)
    failed: int = 0

    def add(self, report: Report | None, world: OpenWorld) -> None:
        """Cites what a report says a page comes from; None counts as failed."""
        from provenance.model import Refusal
        from provenance.render.report.json import line

        if report is None:
            self.failed += 1
            return
        found = _cite(report, world, self.wanted)
        if isinstance(found, Refusal):
            self.failed += 1
            complain(f"{report.target}: not cited: {found.why}; {found.advice}")
        else:
            self.citations[found] = None
        if self.wanted.as_json:
            click.echo(line(_plain(report, found, self.wanted)))

    def close(self) -> None:
        """Prints the citations together, where they were not printed one by one."""
        if self.citations and not self.wanted.as_json:
            click.echo(self.wanted.write(*self.citations))


def _cite(report: Report, world: OpenWorld, wanted: Wanted) -> Citation | Refusal:
    from provenance.jobs.cite import cite_anyway, cite_backwards, cite_origin
    from provenance.render.citation import BACKWARDS_COPY

    if wanted.form == BACKWARDS_COPY:
        return cite_backwards(report, world.web)
    return (cite_anyway if wanted.anyway else cite_origin)(report, world.web)


def _plain(report: Report, found: Citation | Refusal, wanted: Wanted) -> dict[str, object]:
    from provenance.model import Citation

    citation = found if isinstance(found, Citation) else None
    return {
        "target": report.target,
        "citation": citation,
        "refusal": None if citation else found,
        "form": wanted.form,
        "text": wanted.write(citation) if citation else None,
    }


def _cite_links(path: str, most: int, world: OpenWorld, wanted: Wanted) -> None:
    """Prints for each address that a text cites whether it is a repost."""
    from provenance.jobs.links import check_link, links_of
    from provenance.render.citation.links import row, tally
    from provenance.render.report.json import line
    from provenance.world.files import captures

    pages = captures(path, url=None, world=world, stdin=open_input(path))
    found = {cited.url: cited for capture in pages for cited in links_of(capture)}
    looked = []
    for cited in islice(found.values(), most):
        with show_steps() as tell:
            looked.append(check_link(cited, world, world.settings, tell=tell))
        link = looked[-1]
        told = line(link) if wanted.as_json else row(link, wanted.form, wanted.order)
        click.echo(told.rstrip("\n"))
    left = len(found) - len(looked)
    if not wanted.as_json:
        click.echo(tally(looked, left))
    elif left:
        complain(f"{path}: {left} more addresses were not looked at (--max)")
