"""A report for a terminal: the verdict, then who, when, why and what was not checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.model import Confidence, Direction, Witness
from provenance.render.report.verdicts import (
    archives_answered,
    archives_asked,
    label,
    owes_credit,
    reasons,
    sentence,
    unchecked,
)
from provenance.render.text.plain import isolated, plain, short, wrapped
from provenance.render.text.wording import (
    CREDIT,
    STANCE,
    clock,
    moment,
    origin_name,
    source_name,
    stated,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from provenance.model import Finding, Report, Review, Sighting

__all__ = ["plain", "render"]

_COLOURS = {
    Confidence.STRONG: "1;32",
    Confidence.MEDIUM: "1;33",
    Confidence.LOW: "1;33",
    Confidence.NONE: "1",
}
_LABEL = 14
_NARROWEST = 40


def render(report: Report, *, width: int = 80, colour: bool = False, verbose: bool = False) -> str:
    """The report in a dozen lines, ending in a line end; no control code comes from the page.

    ``colour`` allows ANSI colour for the first line. ``verbose`` adds every look-up and score.
    """
    width = max(width, _NARROWEST)
    head = label(report)
    confidence = report.verdict.confidence
    if confidence is not Confidence.NONE:
        head = f"{head} ({confidence.value})"
    text = sentence(report).removeprefix(f"{label(report)}: ")
    lines = wrapped(text[:1].upper() + text[1:], width, first=f"{head}  ", then=" " * _LABEL)
    if colour:
        lines[0] = lines[0].replace(head, f"\x1b[{_COLOURS[confidence]}m{head}\x1b[0m", 1)
    rows = [*_facts(report), *(_ledger(report) if verbose else ())]
    for name, text in rows:
        lines += wrapped(text, width, first=f"  {name:<{_LABEL - 2}}", then=" " * _LABEL)
    return "\n".join(lines) + "\n"


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    finding = report.answer
    if finding is not None:
        yield from _source(report, finding)
    elif report.verdict.origin is not None:
        origin = report.verdict.origin
        url = f"  {plain(origin.url)}" if origin.url else ""
        yield "says it is", f"{origin_name(origin)}{url}"
    yield "this page", _dated(report)
    if owes_credit(report):
        yield "credit", CREDIT[report.verdict.attribution]
    if report.review is not None:
        yield "reviewed", _reviewed(report.review)
    yield from _named_once("why", reasons(report))
    yield from _named_once("not checked", _silent(report))


def _source(report: Report, finding: Finding) -> Iterator[tuple[str, str]]:
    names = {Direction.FROM_SOURCE: "original", Direction.TO_SOURCE: "the copy"}
    at = stated(finding.sightings)
    when = f", {moment(at)}" if at else ""
    name = names.get(report.verdict.direction, "other page")
    yield name, f"{source_name(finding)}{when}  {plain(finding.candidate.url)}"
    seen = report.verdict.seen.other
    if seen is not None:
        yield _witnessed(seen)


def _witnessed(seen: Sighting) -> tuple[str, str]:
    """The line that says who first had the text on record, and when."""
    if seen.witness is not Witness.ARCHIVE:
        return "indexed", f"first seen {moment(seen)} by {plain(seen.basis)}"
    held = "first seen with this text" if seen.holds_text else "first seen (text not compared)"
    memento = f"  {plain(seen.memento)}" if seen.memento else ""
    return "archived", f"{held} {moment(seen)}{memento}"


def _dated(report: Report) -> str:
    """``first seen 3 Mar 2026 18:02 UTC, stated date 3 Mar 2026``."""
    seen, own = report.verdict.seen.page, stated(report.sightings)
    if seen is not None:
        parts = [f"first seen {moment(seen)}"]
    else:
        asked = archives_asked(report)
        parts = ["no archive answered" if asked else "no archive was asked"]
        if archives_answered(report):
            parts = ["not in any archive that answered"]
    parts.append(f"stated date {moment(own)}" if own else "no stated date")
    return ", ".join(parts)


def _silent(report: Report) -> Iterator[str]:
    for entry in unchecked(report):
        later = f"; try again in {entry.retry_after:.0f} s" if entry.retry_after else ""
        more = f" and {len(entry.asked) - 1} more" if len(entry.asked) > 1 else ""
        yield f"{entry.provider}: {entry.why} ({short(entry.asked[0], 100)}{more}){later}"


def _reviewed(review: Review) -> str:
    note = f": {isolated(review.note)}" if review.note.strip() else ""
    return f"a person {STANCE[review.stance]}, {clock(review.at)}{note}"


def _ledger(report: Report) -> Iterator[tuple[str, str]]:
    for finding in report.findings:
        for score in finding.scores:
            worth = f"{score.value:.2f} x {score.weight:.2f}"
            name = f"{source_name(finding)} {isolated(score.name)}"
            yield "score", f"{name}: {worth}  {plain(score.why)}"
    for lookup in report.lookups:
        ended = f"{lookup.answer.value}, {lookup.found}" if lookup.found else lookup.answer.value
        why = f" ({plain(lookup.why)})" if lookup.why else ""
        asked = short(lookup.asked, 200)
        yield "look-up", f"{clock(lookup.at)}  {plain(lookup.provider)}: {asked}: {ended}{why}"


def _named_once(name: str, texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The first text under its name, the rest under a blank one."""
    for text in texts:
        yield name, text
        name = ""
