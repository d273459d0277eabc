"""A report as Markdown (CommonMark with tables), for a wiki, a ticket or an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.report import tables
from provenance.render.report.facts import facts, heading
from provenance.render.report.next_step import pointers
from provenance.render.report.verdicts import (
    page_name,
    reasons,
    sentence,
    unasked_note,
    unchecked,
)
from provenance.render.text.markdown import escape, fact_lines, link, table_lines
from provenance.render.text.plain import paragraphs
from provenance.render.text.tables import Fact
from provenance.render.text.wording import clock, fact_rows, passage_kind, source_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from provenance.model import Report


def render(report: Report) -> str:
    """The report as Markdown, ending in a line end; nothing of the page's text is live markup."""
    parts = (
        _head(report),
        _unchecked(report),
        table_lines(tables.timeline(report)),
        table_lines(tables.candidates(report)),
        _passages(report),
        table_lines(tables.evidence(report)),
        _look_yourself(report),
        _method(report),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(report: Report) -> Iterator[str]:
    yield f"# {heading(report)}"
    yield ""
    yield f"**{escape(sentence(report))}**"
    yield ""
    yield f"- Page: {link(report.suspect.url, report.suspect.title or page_name(report))}"
    if report.suspect.url:
        yield f"- Address: {link(report.suspect.url)}"
    yield from fact_lines(facts(report))
    why = reasons(report)
    if why:
        yield from ("## Why", "", tables.ABOUT["why"], "")
        yield from (f"- {escape(reason)}" for reason in why)
        yield ""


def _unchecked(report: Report) -> Iterator[str]:
    yield from ("## Not checked", "")
    missed = unchecked(report)
    for entry in missed:
        asked = "; ".join(escape(text) for text in entry.asked)
        ended = "was asked" if entry.tried else "was not asked"
        yield f"- **{escape(entry.provider)}** {ended}: {escape(entry.why)} ({asked})"
    note = unasked_note(report)
    yield from (("", note, "") if missed and note else (note, "") if note else ("",))


def _passages(report: Report) -> Iterator[str]:
    finding = report.answer
    if finding is None or finding.reuse is None or finding.source is None:
        return
    told = finding.reuse.by_sentences is not None
    yield from ("## Passages", "", tables.ABOUT["statements" if told else "passages"], "")
    for name, written in fact_rows(finding.reuse) if told else ():
        yield from (f"- {name}: {escape(', '.join(written))}", "")
    for number, passage in enumerate(finding.reuse.passages, 1):
        yield f"{number}. {passage_kind(passage)}"
        yield ""
        here = report.suspect.text[passage.suspect.start : passage.suspect.end]
        there = finding.source.text[passage.source.start : passage.source.end]
        for name, text in (("This page", here), (source_name(finding), there)):
            yield f"   {escape(name)}:"
            yield ""
            yield from (f"   > {escape(line)}" for line in paragraphs(text).split("\n") if line)
            yield ""


def _look_yourself(report: Report) -> Iterator[str]:
    found = pointers(report)
    if not found:
        return
    yield from ("## Look yourself", "", tables.ABOUT["look"], "")
    for group in found:
        links = ", ".join(link(address, name) for name, address in group.links)
        yield f"- {escape(group.about)}: {links}"
    yield ""


def _method(report: Report) -> Iterator[str]:
    yield from ("## Method", "")
    made = Fact("made by", f"provenance {report.version}")
    yield from fact_lines((made, Fact("newest evidence", clock(report.checked_at))))
    yield from table_lines(tables.lookups(report), "###")
