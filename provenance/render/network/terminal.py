"""A network in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.network.words import DATES, first_of, headline, span_of_dates
from provenance.render.text.plain import short, wrapped
from provenance.render.text.tables import Fact
from provenance.render.text.terminal import WIDTH, fact_lines
from provenance.render.text.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model.network import NetworkReport

_STORIES = 5


def render(report: NetworkReport, folder: str) -> str:
    """The result, the largest stories and where the files are, ending in a line end."""
    lines = [headline(report), *fact_lines(_facts(report, folder), label=12)]
    return "\n".join([*lines, "", *wrapped(DATES, WIDTH)]) + "\n"


def _facts(report: NetworkReport, folder: str) -> Iterator[Fact]:
    sites = counted(report.sites, "site")
    yield Fact("texts", f"{report.texts:,} on {sites}, {span_of_dates(report)}")
    if report.recrawls:
        yield Fact("recrawls", f"{report.recrawls:,} further texts of the same addresses left out")
    if report.failed:
        lost = counted(report.failed, "text or pair", "texts or pairs")
        yield Fact("failed", f"{lost} could not be worked on")
    yield Fact(
        "edges",
        f"{report.edges:,}: {report.copies:,} of copies, {report.exact:,} of them letter for "
        f"letter, and {report.passages:,} of single passages",
    )
    if report.common or report.undetermined:
        yield Fact(
            "not said",
            f"{report.common:,} more share an agency's text, of {report.undetermined:,} nobody can "
            "say who was first",
        )
    yield Fact("clusters", f"{report.clusters:,}")
    for story in report.stories[:_STORIES]:
        where = f"{counted(story.size, 'text')} on {counted(story.sites, 'site')}"
        first = short(first_of(story), 90)
        yield Fact("story", f"{short(story.title, 60)} ({where}; first: {first})")
    yield Fact("files", f"{folder}/network.html and others")
