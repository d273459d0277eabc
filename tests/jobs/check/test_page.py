from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from provenance.errors import Garbled, InputError, Unavailable
from provenance.jobs.check.page import check
from provenance.model import (
    Answer,
    Attribution,
    Basis,
    Derivation,
    Direction,
    Lead,
    ProviderSpec,
    Settings,
    VerdictKind,
    Via,
)
from tests.build import NOON, capture, sighting
from tests.jobs.world import FakeArchive, FakeSearch, FakeWeb, FakeWorld

PAGE = "https://mirror-daily.example/2026/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road"
STORY = """\
<p>Every October the council rediscovers the harbour road, walks along it for an hour in bright \
jackets and promises that this time the potholes will be gone before the frost.</p>
<p>The frost comes first, as anybody who sells tyres in this town could tell them, and the jackets \
go back into the cupboard until the cameras return.</p>
<p>What the road needs is neither a study nor a ribbon but forty metres of drain, which the \
engineers priced eleven years ago and which cost less than the study did.</p>
<p>A town that measures a puddle four times and digs no ditch has decided to keep the puddle, and \
it might as well give it a name and charge the ducks.</p>
"""


def page(story: str, title: str, *, after: str = "", published: str = "2026-02-26") -> str:
    return f"""<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="article:published_time" content="{published}T08:00:00+00:00"></head>
<body><article><h1>{title}</h1>{story}{after}</article></body></html>"""


COPY = capture(
    page(STORY, "The road nobody mends", after=f'<p><a href="{ORIGIN}">Source link</a></p>'), PAGE
)
SOURCE = capture(page(STORY, "The road nobody mends", published="2026-02-24"), ORIGIN)
MEMENTO = "https://archive.example/web/20260224id_/"


def archived(day: int, url: str) -> FakeArchive:
    seen = sighting(day, url=url, memento=MEMENTO + url, status=200, holds_text=None)
    kept = replace(SOURCE, via=Via.ARCHIVE, memento=MEMENTO + url)
    return FakeArchive(captures={url: (seen,)}, mementos={MEMENTO + url: kept})


def test_the_pages_link_leads_to_the_source_without_any_search() -> None:
    search = FakeSearch()
    world = FakeWorld(
        web=FakeWeb({ORIGIN: SOURCE}), archives=(archived(1, ORIGIN),), searches=(search,)
    )
    report = check(PAGE, COPY, world, Settings())
    verdict = report.verdict
    assert (verdict.derivation, verdict.basis) == (Derivation.WHOLLY, Basis.MEASURED)
    assert verdict.direction is Direction.FROM_SOURCE
    assert verdict.attribution is Attribution.BARE_LINK
    assert verdict.origin is not None
    assert verdict.origin.url == ORIGIN
    reuse = report.findings[0].reuse
    assert reuse is not None
    assert reuse.suspect_containment == 1.0
    assert reuse.source_containment == 1.0
    assert search.asked == []
    assert any(s.holds_text for s in report.findings[0].sightings)
    assert {exhibit.url for exhibit in report.evidence} >= {PAGE, ORIGIN}


def test_a_source_that_cannot_be_fetched_is_a_miss_and_the_rest_is_still_said() -> None:
    fault = Unavailable("web", ORIGIN, "no answer within 30 s", retry_after=60.0)
    world = FakeWorld(web=FakeWeb({ORIGIN: fault}), archives=(FakeArchive(),))
    report = check(PAGE, COPY, world, Settings())
    assert report.verdict.basis is Basis.DECLARED
    assert report.verdict.kind is VerdictKind.DECLARED
    assert report.verdict.direction is Direction.FROM_SOURCE
    assert report.answer is None
    assert any(miss.asked == ORIGIN and miss.retry_after == 60.0 for miss in report.misses)
    assert report.findings[0].reuse is None
    assert report.findings[0].why


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        (Unavailable("test-archive", "x", "the archive answered 503"), Answer.UNAVAILABLE),
        (Garbled("test-archive", "x", "not a CDX answer"), Answer.GARBLED),
    ],
)
def test_an_archive_that_fails_is_a_miss_and_never_none(
    fault: Unavailable | Garbled, answer: Answer
) -> None:
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}), archives=(FakeArchive(fault=fault),))
    report = check(PAGE, COPY, world, Settings())
    answers = [look.answer for look in report.lookups if look.provider == "test-archive"]
    assert answers == [answer, answer]
    assert {miss.why for miss in report.misses} == {fault.why}


def test_an_archive_that_knows_nothing_is_an_answer_and_no_miss() -> None:
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}), archives=(FakeArchive(),))
    report = check(PAGE, COPY, world, Settings())
    answers = [look.answer for look in report.lookups if look.provider == "test-archive"]
    assert answers == [Answer.NONE, Answer.NONE]
    assert report.misses == ()


def test_without_a_link_the_text_is_searched_for_and_the_search_stops_at_the_source() -> None:
    plain = capture(page(STORY, "The road nobody mends"), PAGE)
    search = FakeSearch(leads=(Lead(url=ORIGIN, found_by="test-search", reason="hit"),))
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}), searches=(search,))
    report = check(PAGE, plain, world, Settings())
    assert len(search.asked) == 1
    assert report.findings[0].reuse is not None
    assert report.findings[0].reuse.suspect_containment == 1.0
    assert "Source link" not in search.asked[0].phrase


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (None, VerdictKind.NONE_FOUND),
        (Unavailable("test-search", "x", "no answer within 30 s"), VerdictKind.UNKNOWN),
    ],
)
def test_nothing_found_is_said_only_where_the_search_answered(
    fault: Unavailable | None, kind: VerdictKind
) -> None:
    plain = capture(page(STORY, "The road nobody mends"), PAGE)
    settings = Settings(searches=(ProviderSpec(name="test-search", kind="searxng", base_url=""),))
    world = FakeWorld(searches=(FakeSearch(fault=fault),), archives=(FakeArchive(),))
    report = check(PAGE, plain, world, settings)
    assert (report.verdict.kind, report.answer) == (kind, None)


def test_without_a_search_service_the_report_says_that_nobody_was_asked() -> None:
    plain = capture(page(STORY, "The road nobody mends"), PAGE)
    report = check(PAGE, plain, FakeWorld(), Settings())
    assert report.verdict.derivation is Derivation.UNKNOWN
    assert any("no search service" in miss.why for miss in report.misses)


def test_a_page_of_unknown_address_is_not_said_to_be_absent_from_the_archives() -> None:
    nameless = replace(COPY, url=None, responded_url=None, via=Via.FILE)
    report = check("page.html", nameless, FakeWorld(archives=(FakeArchive(),)), Settings())
    assert any(m.provider == "test-archive" and "address" in m.why for m in report.misses)


def test_a_link_of_the_source_is_followed_to_where_it_came_from() -> None:
    wire = "https://coastwire.example/road"
    middle = capture(
        page(
            STORY, "The road nobody mends", after=f'<p>Source: <a href="{wire}">Coast Wire</a></p>'
        ),
        ORIGIN,
    )
    first = capture(page(STORY, "The road nobody mends", published="2026-02-20"), wire)
    world = FakeWorld(web=FakeWeb({ORIGIN: middle, wire: first}))
    report = check(PAGE, COPY, world, Settings())
    assert world.web.asked == [ORIGIN, wire]
    assert {finding.candidate.url for finding in report.findings} == {ORIGIN, wire}


def test_one_page_under_two_addresses_is_one_finding() -> None:
    short = "https://hbp.example/r1"
    links = f'<p><a href="{short}">Source link</a></p><p>Source: <a href="{ORIGIN}">Post</a></p>'
    copy = capture(page(STORY, "The road nobody mends", after=links), PAGE)
    redirected = replace(SOURCE, url=short)
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE, short: redirected}))
    report = check(PAGE, copy, world, Settings())
    assert len(report.findings) == 1
    assert report.answer is report.findings[0]


def test_hops_bound_the_chain() -> None:
    world = FakeWorld(web=FakeWeb({ORIGIN: COPY}))
    check(PAGE, COPY, world, Settings(hops=0))
    assert world.web.asked == [ORIGIN]


def test_the_time_for_look_ups_is_bounded_and_the_rest_are_misses() -> None:
    ticks = iter(NOON + timedelta(seconds=30 * step) for step in range(100))
    world = FakeWorld(
        web=FakeWeb({ORIGIN: SOURCE}), archives=(FakeArchive(),), now=lambda: next(ticks)
    )
    report = check(PAGE, COPY, world, Settings(budget=45.0))
    assert any("time for look-ups" in miss.why for miss in report.misses)


def test_a_page_without_text_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no text"):
        check(PAGE, capture("<html><body></body></html>", PAGE), FakeWorld(), Settings())


def test_a_report_is_dated_by_its_newest_evidence() -> None:
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}), now=lambda: NOON + timedelta(days=9))
    report = check(PAGE, COPY, world, Settings())
    assert report.checked_at == NOON
