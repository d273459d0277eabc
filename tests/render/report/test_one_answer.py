"""The verdict's answer, kind and first sightings: whoever tells of them tells the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from provenance.jobs.audit.audit_counts import result_of
from provenance.judge import complete, judge, weigh
from provenance.judge.citation import cite
from provenance.judge.declared import declare
from provenance.model import (
    Citation,
    Derivation,
    Event,
    Evidence,
    FirstSeen,
    Likeness,
    PageState,
    Refusal,
    Report,
    VerdictKind,
    Witness,
)
from provenance.model.plain import revive, values
from provenance.render.report import markdown, terminal
from provenance.render.report.verdicts import label, sentence
from tests.build import sighting
from tests.render import frozen
from tests.render.pages import ORIGINAL, REPOST, seen, with_verdict

LABELS = {
    VerdictKind.REPOST: "Repost",
    VerdictKind.PARTIAL: "Partial repost",
    VerdictKind.DECLARED: "Declared repost",
    VerdictKind.ELSEWHERE: "Same text elsewhere",
    VerdictKind.COMMON: "Common source",
    VerdictKind.FIRST: "This page was first",
    VerdictKind.NONE_FOUND: "No source found",
    VerdictKind.UNKNOWN: "Could not tell",
}


def judged(report: Report) -> Report:
    """The report with the verdict that its own evidence gives."""
    evidence = weigh(
        Evidence(
            suspect=report.suspect,
            signals=report.signals,
            declaration=declare(report.suspect, report.signals),
            sightings=report.sightings,
            findings=report.findings,
        )
    )
    return replace(report, findings=evidence.findings, verdict=judge(evidence))


def row(report: Report, name: str) -> str:
    """One line of the report for a terminal, by its name, with what continues it."""
    lines = terminal.render(report, width=200).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith(f"  {name}"))
    return lines[at]


def listing() -> Report:
    """The measured repost where a list of articles with a part of the text is all that was read."""
    report = frozen.measured()
    found = report.findings[0]
    assert found.source is not None
    assert found.reuse is not None
    url = "https://harbourpost.example/islands/"
    page = replace(found.source, url=url, canonical=url, state=PageState.LISTING)
    part = replace(
        found.reuse, suspect_containment=0.4, source_containment=0.1, likeness=Likeness.PARTLY
    )
    candidate = replace(found.candidate, url=url, leads=())
    listed = replace(found, candidate=candidate, source=page, reuse=part)
    return replace(report, findings=(listed,), citation=None)


def test_nobody_tells_of_a_list_of_articles_as_the_answer() -> None:
    report = judged(replace(listing(), signals=()))
    assert (report.verdict.kind, report.answer) == (VerdictKind.UNKNOWN, None)
    assert label(report) == "Could not tell"
    assert sentence(report).startswith("Could not tell: the page names no source")
    found = result_of(report, 1, None)
    assert (found.kind, found.origin, found.share) == (VerdictKind.UNKNOWN, None, None)
    assert isinstance(cite(report), Refusal)


def test_beside_a_list_of_articles_the_pages_own_word_stays_its_own_word() -> None:
    report = judged(listing())
    assert (report.verdict.kind, report.answer) == (VerdictKind.DECLARED, None)
    assert label(report) == "Declared repost"
    assert sentence(report).startswith("The page says that it is a repost of ")
    found = result_of(report, 1, None)
    assert (found.kind, found.share) == (VerdictKind.DECLARED, None)
    assert found.origin is not None
    assert (found.origin.url, found.origin.first_seen) == (ORIGINAL, None)


def test_a_snapshot_of_a_doubtful_archive_is_nobodys_first_sighting() -> None:
    doubtful = seen(ORIGINAL, datetime(2019, 5, 4, 9, tzinfo=UTC), trusted=False)
    sound = seen(ORIGINAL, datetime(2026, 3, 1, 9, 14, tzinfo=UTC))
    report = frozen.measured()
    source, *rest = report.findings
    assert source.source is not None
    dated = replace(source, sightings=(*source.source.dates, doubtful, sound))
    report = judged(replace(report, findings=(dated, *rest)))
    assert report.verdict.seen.other == sound

    citation = cite(report)
    assert isinstance(citation, Citation)
    assert citation.archive_url == sound.memento
    assert citation.archive_date is not None
    assert citation.archive_date.year == 2026

    archived = row(report, "archived")
    assert "1 Mar 2026 09:14 UTC" in archived
    assert sound.memento is not None
    assert sound.memento in archived
    assert "2019" not in archived

    found = result_of(report, 1, None).origin
    assert found is not None
    assert (found.first_seen, found.memento) == (sound.at, sound.memento)


def test_what_an_index_took_in_is_not_called_archived() -> None:
    report = frozen.measured()
    source, *rest = report.findings
    indexed = sighting(1, Witness.INDEX, event=Event.INDEXED, basis="common index")
    dated = replace(source, sightings=(indexed,))
    report = with_verdict(replace(report, findings=(dated, *rest)))
    assert row(report, "indexed").endswith("first seen 1 Mar 2026 12:00 UTC by common index")
    assert not [line for line in terminal.render(report).splitlines() if "  archived" in line]


def first_form(report: Report) -> dict[str, Any]:
    """The report as it was kept before its verdict had a kind and an answer."""
    kept: dict[str, Any] = json.loads(json.dumps(values(report)))
    kept["schema"] = 1
    for name in ("kind", "answer", "seen"):
        del kept["verdict"][name]
    return kept


@pytest.mark.parametrize("name", [name for name in frozen.ALL if name != "nothing"])
def test_a_report_of_the_first_form_gets_the_kind_and_the_answer_that_it_had(name: str) -> None:
    report = frozen.ALL[name]()
    older = complete(revive(Report, first_form(report)))
    assert (older.verdict.kind, older.verdict.answer) == (
        report.verdict.kind,
        report.verdict.answer,
    )
    assert older.verdict.seen == report.verdict.seen
    assert sentence(older) == sentence(report)
    assert terminal.render(older) == terminal.render(report)
    assert markdown.render(older).splitlines()[:3] == markdown.render(report).splitlines()[:3]


def test_a_report_of_the_second_form_stays_as_it_is() -> None:
    report = replace(frozen.measured(), verdict=replace(frozen.measured().verdict, answer=None))
    assert complete(report) is report


def test_an_older_report_whose_order_was_left_open_is_shown_as_no_repost() -> None:
    """The page's own word used to stand beside a copy of which nobody could say who was first."""
    kept = first_form(frozen.undetermined())
    kept["verdict"]["derivation"] = Derivation.WHOLLY.value
    older = complete(revive(Report, kept))
    assert not sentence(older).startswith("A repost of")
    assert older.verdict.kind not in {VerdictKind.REPOST, VerdictKind.PARTIAL}


@pytest.mark.parametrize("kind", VerdictKind)
def test_the_kind_alone_decides_the_label_and_the_kind_of_the_audits_row(kind: VerdictKind) -> None:
    for build in frozen.ALL.values():
        report = build()
        other = replace(report, verdict=replace(report.verdict, kind=kind))
        partial = " partial" if label(other) == "Declared partial repost" else ""
        assert label(other).replace(partial, "") == LABELS[kind]
        assert result_of(other, 1, None).kind is kind


def test_a_declared_part_is_labelled_a_part() -> None:
    report = with_verdict(frozen.declared(), derivation=Derivation.PARTIALLY)
    assert (report.verdict.kind, label(report)) == (
        VerdictKind.DECLARED,
        "Declared partial repost",
    )


def test_each_frozen_report_has_the_kind_it_is_named_for() -> None:
    told = {name: build().verdict.kind for name, build in frozen.ALL.items()}
    assert told == {
        "measured": VerdictKind.REPOST,
        "declared": VerdictKind.DECLARED,
        "unknown": VerdictKind.UNKNOWN,
        "nothing": VerdictKind.NONE_FOUND,
        "common": VerdictKind.COMMON,
        "partial": VerdictKind.PARTIAL,
        "undetermined": VerdictKind.ELSEWHERE,
        "first": VerdictKind.FIRST,
        "reviewed": VerdictKind.REPOST,
    }
    assert set(told.values()) == set(VerdictKind)


def test_what_was_seen_of_the_page_itself_is_told_without_an_answer_too() -> None:
    nothing = frozen.nothing().verdict
    assert nothing.seen == FirstSeen(page=seen(REPOST, frozen.at(3, 18, 2)), other=None)
