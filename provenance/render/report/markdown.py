"""A report as Markdown (CommonMark with tables), for a wiki, a ticket or an e-mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from provenance.model import Confidence
from provenance.render.report.combined_share import together
from provenance.render.report.verdicts import (
    label,
    owes_credit,
    page_name,
    reasons,
    sentence,
    unchecked,
    unsearched,
)
from provenance.render.text.links import safe_href
from provenance.render.text.plain import isolated, paragraphs
from provenance.render.text.wording import (
    CREDIT,
    KIND,
    LIKENESS,
    STANCE,
    UNSEARCHED,
    basis,
    clock,
    counted,
    event,
    moment,
    percent,
    source_name,
)
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from provenance.model import Finding, Lookup, Report, Sighting

_LIVE = re.compile(r"([\\`*_\[\]()<>#!|~{}&$^])")
_OPENS = re.compile(r"^([-+=]|\d+(?=[.)]))")  # what makes a list or a heading at a line's start
_LINKED = re.compile(r"(?<=[a-zA-Z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)


def render(report: Report) -> str:
    """The report as Markdown, ending in a line end; nothing of the page's text is live markup."""
    parts = (
        _head(report),
        _unchecked(report),
        _timeline(report),
        _candidates(report),
        _passages(report),
        _evidence(report),
        _method(report),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def escape(text: str) -> str:
    """One line on which nothing is markup: no link, no image, no cell, no tag, no autolink."""
    escaped = _LIVE.sub(r"\\\1", isolated(text))
    escaped = _OPENS.sub(_opened, escaped)
    return _LINKED.sub(lambda found: f"&#{ord(found.group())};", escaped)


def _opened(found: re.Match[str]) -> str:
    sign = found.group()
    return f"{sign}\\" if sign[0].isdigit() else f"\\{sign}"


def link(url: str | None, text: str | None = None) -> str:
    """A link where the address is a web address, else its escaped text."""
    if not url:
        return escape(text or "")
    href = safe_href(url)
    shown = escape(text or url)
    return f"[{shown}](<{href}>)" if href else shown


def _head(report: Report) -> Iterator[str]:
    confidence = report.verdict.confidence
    sure = f" ({confidence.value})" if confidence is not Confidence.NONE else ""
    yield f"# {label(report)}{sure}"
    yield ""
    yield f"**{escape(sentence(report))}**"
    yield ""
    yield f"- Page: {link(report.suspect.url, report.suspect.title or page_name(report))}"
    if report.suspect.url:
        yield f"- Address: {link(report.suspect.url)}"
    finding = report.answer
    if finding is not None:
        yield f"- Other page: {link(finding.candidate.url)}"
    if owes_credit(report):
        yield f"- Credit: {CREDIT[report.verdict.attribution]}"
    review = report.review
    if review is not None:
        note = f": {escape(review.note)}" if review.note.strip() else ""
        yield f"- Reviewed: a person {STANCE[review.stance]}, {clock(review.at)}{note}"
    yield ""
    why = reasons(report)
    if why:
        yield "## Why"
        yield ""
        yield from (f"- {escape(reason)}" for reason in why)
        yield ""


def _unchecked(report: Report) -> Iterator[str]:
    yield "## Not checked"
    yield ""
    missed = unchecked(report)
    for entry in missed:
        asked = "; ".join(escape(text) for text in entry.asked)
        yield f"- **{escape(entry.provider)}**: {escape(entry.why)} — {asked}"
    if not missed:
        yield "Everybody who was asked answered."
    if unsearched(report):
        yield ""
        yield UNSEARCHED
    yield ""


def _timeline(report: Report) -> Iterator[str]:
    rows = [("This page", sighting) for sighting in report.sightings]
    rows += [(source_name(f), sighting) for f in report.findings for sighting in f.sightings]
    if not rows:
        return
    rows.sort(key=lambda row: (row[1].at, row[0]))
    yield "## Timeline"
    yield ""
    cells = [
        (escape(page), escape(moment(s)), escape(event(s)), escape(basis(s)), _snapshot(s))
        for page, s in rows
    ]
    yield from _table(("Page", "When", "What", "Basis", "Snapshot"), cells)


def _snapshot(sighting: Sighting) -> str:
    return link(sighting.memento, "snapshot") if sighting.memento else ""


def _candidates(report: Report) -> Iterator[str]:
    if not report.findings:
        return
    yield "## Candidates"
    yield ""
    share = together(report)
    if share is not None:
        yield f"Together they hold {percent(share)} of this page's words."
        yield ""
    yield from _table(
        ("Page", "Of this page's words", "Of its own words", "Longest run", "First seen", "Result"),
        [_candidate(finding) for finding in report.findings],
    )


def _candidate(finding: Finding) -> tuple[str, ...]:
    name = link(finding.candidate.url, source_name(finding))
    seen = first_seen(finding.sightings)
    when = escape(moment(seen)) if seen else ""
    reuse = finding.reuse
    if reuse is None:
        return name, "", "", "", when, escape(finding.why or "not read")
    return (
        name,
        percent(reuse.suspect_containment),
        percent(reuse.source_containment),
        counted(reuse.longest, "word"),
        when,
        LIKENESS[reuse.likeness],
    )


def _passages(report: Report) -> Iterator[str]:
    finding = report.answer
    if finding is None or finding.reuse is None or finding.source is None:
        return
    yield "## Passages"
    yield ""
    for number, passage in enumerate(finding.reuse.passages, 1):
        mark = ", quotation" if passage.quoted else ""
        yield f"{number}. {KIND[passage.kind]}, likeness {percent(passage.similarity)}{mark}"
        yield ""
        here = report.suspect.text[passage.suspect.start : passage.suspect.end]
        there = finding.source.text[passage.source.start : passage.source.end]
        for name, text in (("This page", here), (source_name(finding), there)):
            yield f"   {escape(name)}:"
            yield ""
            yield from (f"   > {escape(line)}" for line in paragraphs(text).split("\n") if line)
            yield ""


def _evidence(report: Report) -> Iterator[str]:
    if not report.evidence:
        return
    yield "## Evidence"
    yield ""
    rows = [
        (
            link(exhibit.memento or exhibit.responded_url or exhibit.url),
            exhibit.via.value,
            clock(exhibit.captured_at),
            str(exhibit.status or ""),
            counted(exhibit.size, "byte"),
            f"`{exhibit.digest}`" if exhibit.digest.isalnum() else escape(exhibit.digest),
        )
        for exhibit in report.evidence
    ]
    yield from _table(("Address", "Via", "Captured", "Status", "Size", "SHA-256"), rows)


def _method(report: Report) -> Iterator[str]:
    yield "## Method"
    yield ""
    yield f"provenance {escape(report.version)}, newest evidence {clock(report.checked_at)}."
    yield ""
    if not report.lookups:
        return
    rows = [
        (
            escape(lookup.provider),
            escape(lookup.asked),
            _answer(lookup),
            clock(lookup.at),
        )
        for lookup in report.lookups
    ]
    yield from _table(("Asked", "For", "Answer", "When"), rows)


def _answer(lookup: Lookup) -> str:
    ended = f"{lookup.answer.value}, {lookup.found}" if lookup.found else lookup.answer.value
    return f"{ended}: {escape(lookup.why)}" if lookup.why else ended


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""
