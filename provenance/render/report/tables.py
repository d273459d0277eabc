"""The tables of a report, made once for the terminal, Markdown and HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.render.report.combined_share import together
from provenance.render.text.tables import Link, Table
from provenance.render.text.wording import (
    LIKENESS,
    VIA,
    answer,
    basis,
    clock,
    counted,
    event,
    moment,
    source_name,
)
from provenance.text.archived import viewing_address
from provenance.text.numbers import percent
from provenance.text.witnesses import first_seen

if TYPE_CHECKING:
    from provenance.model import Finding, Report, Sighting
    from provenance.render.text.tables import Cell

# What each part of the report shows, in a sentence under its heading.
ABOUT = {
    "why": "The facts that the verdict rests on, the weightiest first.",
    "unchecked": "What could not be asked or gave no answer: it may change the verdict.",
    "timeline": "A date that a page gives itself is its own claim. A capture or an index entry "
    "proves that the page was there by then; it does not prove when the text was written.",
    "candidates": "Every other page that was looked at, the best match first.",
    "passages": "The parts of the text that stand on both pages.",
    "statements": "The sentences that say the same on both pages, in the same order.",
    "signs": "Words and links on the page that say or show where its text is from.",
    "credit": "How the page credits its source, point by point.",
    "chain": "The pages by way of which the text came here, as far as they are known.",
    "evidence": "Every page that was read. The SHA-256 identifies its exact bytes.",
    "lookups": "Every question that was asked, and how it was answered.",
    "look": "Nothing is sent before you follow a link.",
    "scores": "Each fact adds its value times its weight.",
}


def timeline(report: Report) -> Table:
    """When each page says it was published, and when others saw it, oldest first."""
    rows = [("This page", sighting) for sighting in report.sightings]
    rows += [(source_name(f), sighting) for f in report.findings for sighting in f.sightings]
    rows.sort(key=lambda row: (row[1].at, row[0]))
    return Table(
        title="Timeline",
        columns=("Page", "When", "What", "Date from", "Snapshot"),
        about=ABOUT["timeline"],
        rows=[(page, moment(s), event(s), basis(s), _snapshot(s)) for page, s in rows],
    )


def _snapshot(sighting: Sighting) -> Cell:
    """Where a person looks at the snapshot, as the archive shows it."""
    memento = sighting.memento
    return Link(viewing_address(memento), "snapshot") if memento else ""


def candidates(report: Report) -> Table:
    """The pages that were looked at, with the shares in both directions."""
    share = together(report)
    both = f" Together they hold {percent(share)} of this page's words." if share else ""
    return Table(
        title="Pages compared",
        columns=("Other page", "Share of page", "Share of other", "Longest run", "First seen",
                 "Result"),
        about=f"{ABOUT['candidates']}{both}",
        rows=[_candidate(finding) for finding in report.findings],
    )  # fmt: skip


def _candidate(finding: Finding) -> tuple[Cell, ...]:
    name = Link(finding.candidate.url, source_name(finding))
    seen = first_seen(finding.sightings)
    when = moment(seen) if seen else ""
    reuse = finding.reuse
    if reuse is None:
        return name, "", "", "", when, finding.why or "not read"
    return (
        name,
        percent(reuse.suspect_share),
        percent(reuse.source_share),
        counted(reuse.longest, "word"),
        when,
        LIKENESS[reuse.likeness],
    )


def evidence(report: Report) -> Table:
    """The pages that were read."""
    return Table(
        title="Evidence",
        columns=("Page", "Read from", "Captured", "HTTP status", "Size", "SHA-256"),
        about=ABOUT["evidence"],
        rows=[
            (
                Link(exhibit.memento or exhibit.responded_url or exhibit.url),
                VIA[exhibit.via],
                clock(exhibit.captured_at),
                str(exhibit.status or ""),
                counted(exhibit.size, "byte"),
                exhibit.digest,
            )
            for exhibit in report.evidence
        ],
    )


def lookups(report: Report) -> Table:
    """The questions that were asked, in their order."""
    return Table(
        title="Look-ups",
        columns=("When", "Asked", "For", "Answer"),
        about=ABOUT["lookups"],
        rows=[(clock(at.at), at.provider, at.asked, answer(at)) for at in report.lookups],
    )
