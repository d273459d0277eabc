"""A report for a terminal: the verdict, then who, when, why and what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Confidence
from provenance.render.report import tables
from provenance.render.report.facts import facts, heading, not_checked
from provenance.render.report.verdicts import label, reasons, sentence
from provenance.render.text.plain import isolated, plain, short, wrapped
from provenance.render.text.tables import Fact
from provenance.render.text.terminal import WIDTH, fact_lines
from provenance.render.text.wording import source_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Report

__all__ = ["plain", "render"]

_COLOURS = {
    Confidence.STRONG: "1;32",
    Confidence.MEDIUM: "1;33",
    Confidence.LOW: "1;33",
    Confidence.NONE: "1",
}
_NARROWEST = 40


def render(
    report: Report, *, width: int = WIDTH, colour: bool = False, verbose: bool = False
) -> str:
    """The report in a dozen lines, ending in a line end; no control code comes from the page.

    ``colour`` allows ANSI colour for the first line. ``verbose`` adds every look-up and score.
    """
    width = max(width, _NARROWEST)
    head = heading(report)
    if colour:
        head = f"\x1b[{_COLOURS[report.verdict.confidence]}m{head}\x1b[0m"
    text = sentence(report).removeprefix(label(report)).lstrip(":. ")
    rows = [
        *facts(report),
        *(Fact("why", reason) for reason in reasons(report)),
        *not_checked(report),
        *(_ledger(report) if verbose else ()),
    ]
    lines = [head, *wrapped(text[:1].upper() + text[1:], width), *fact_lines(rows, width)]
    return "\n".join(lines) + "\n"


def _ledger(report: Report) -> Iterator[Fact]:
    for finding in report.findings:
        for score in finding.scores:
            worth = f"{score.value:.2f} x {score.weight:.2f}"
            name = f"{source_name(finding)}, {isolated(score.name.replace('_', ' '))}"
            yield Fact("score", f"{name}: {worth}  {plain(score.why)}")
    for when, provider, asked, ended in tables.lookups(report).rows:
        yield Fact("look-up", f"{when}  {plain(str(provider))}: {short(str(asked), 200)}: {ended}")
