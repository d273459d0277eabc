"""A report cited by what the live page shows by now, and the citation report of a text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.errors import ProviderError, Refused, Unavailable
from provenance.jobs.check.page import check
from provenance.jobs.cite import cite_anyway, cite_backwards, cite_origin
from provenance.jobs.links import check_link, links_of
from provenance.model import (
    CalendarDay,
    Capture,
    Citation,
    CitedAddress,
    CitedPlace,
    ProviderSpec,
    Refusal,
    Report,
    Settings,
    UrlStatus,
    Via,
)
from provenance.render.citation.days import DateOrder
from provenance.render.citation.links import kind, row
from tests.build import capture, sighting
from tests.jobs.check.test_page import COPY, ORIGIN, PAGE, SOURCE, STORY, page
from tests.jobs.world import FakeArchive, FakeSearch, FakeWeb, FakeWorld

MEMENTO = f"https://archive.example/web/20260224080000id_/{ORIGIN}"
LOG_IN = "https://a.example/login?story=1404102"
OTHER_STORY = """\
<p>The harbour museum opens its doors again on Saturday with an exhibition about lamps, of which \
it owns more than anybody else on this coast, most of them broken.</p>
<p>Visitors may bring their own and will be told what is wrong with it, free of charge and without \
any promise that it can be mended.</p>
"""


def checked() -> tuple[Report, FakeWorld]:
    seen = sighting(1, url=ORIGIN, memento=MEMENTO, status=200, holds_text=None)
    kept = replace(SOURCE, via=Via.ARCHIVE, memento=MEMENTO)
    archive = FakeArchive(captures={ORIGIN: (seen,)}, mementos={MEMENTO: kept})
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE, PAGE: COPY}), archives=(archive,))
    return check(PAGE, COPY, world, Settings()), world


def test_a_check_keeps_the_citation_of_a_sure_origin() -> None:
    report, _ = checked()
    assert report.citation is not None
    assert report.citation.url == ORIGIN
    assert report.citation.archive_url == MEMENTO.replace("id_", "")
    alone = check(PAGE, COPY, FakeWorld(), Settings(offline=True))
    assert alone.citation is None or alone.citation.note


@pytest.mark.parametrize(
    ("shown", "status"),
    [
        (SOURCE, UrlStatus.LIVE),
        (capture(page(OTHER_STORY, "Lamps at the museum"), ORIGIN), UrlStatus.DEVIATED),
        (Refused("web", ORIGIN, "there is no such page", status=404), UrlStatus.DEAD),
        (Refused("web", ORIGIN, f"it redirects to {LOG_IN}: robots.txt says no"), UrlStatus.LIVE),
        (capture(page("<p>Page not found</p>", "404 Not Found"), ORIGIN), UrlStatus.DEAD),
        (Unavailable("web", ORIGIN, "no answer"), UrlStatus.LIVE),
        (capture("\x00\x01", ORIGIN, media_type="image/png"), UrlStatus.LIVE),
    ],
    ids=["same", "another text", "gone", "closed log-in", "soft 404", "no answer", "no page"],
)
def test_the_live_page_is_looked_at_again(
    shown: Capture | ProviderError, status: UrlStatus
) -> None:
    report, _ = checked()
    found = cite_origin(report, FakeWeb({ORIGIN: shown}))
    assert isinstance(found, Citation)
    assert found.url_status is status


def test_without_a_snapshot_nobody_is_asked() -> None:
    report, _ = checked()
    bare = replace(
        report,
        evidence=(),
        findings=tuple(replace(f, sightings=f.source.dates) for f in report.findings if f.source),
    )
    web = FakeWeb()
    assert isinstance(cite_origin(bare, web), Citation)
    assert web.asked == []


def test_what_is_not_sure_is_refused_and_cited_anyway() -> None:
    lonely = capture(page(STORY, "The road nobody mends"), PAGE)
    report = check(PAGE, lonely, FakeWorld(), Settings())
    refusal = cite_origin(report, FakeWeb())
    assert isinstance(refusal, Refusal)
    assert "no origin is known" in refusal.why
    anyway = cite_anyway(report, FakeWeb())
    assert anyway.url == PAGE
    assert "no origin is known" in anyway.note
    assert isinstance(cite_backwards(report, FakeWeb()), Refusal)


def test_a_text_cites_what_it_links() -> None:
    text = f"See <ref>{{{{cite web |url={PAGE} |title=x}}}}</ref> and ({ORIGIN}), also {PAGE}."
    found = links_of(capture(text, None, media_type="text/plain"))
    assert [cited.url for cited in found] == [PAGE, ORIGIN]
    assert found[0].places == (CitedPlace(line=1, note="1"), CitedPlace(line=1))


def test_an_article_cites_what_it_links_outside() -> None:
    inside = (
        '<p>More <a href="/about">about us</a> and <a href="https://x.example/y">there</a>.</p>'
    )
    article = capture(page(STORY + inside, "A column"), "https://column.example/today")
    assert [cited.url for cited in links_of(article)] == ["https://x.example/y"]


def test_each_cited_address_is_told_apart() -> None:
    _, world = checked()
    repost = check_link(CitedAddress(url=PAGE), world, Settings())
    assert (repost.read, repost.repost) == (True, True)
    assert repost.instead is not None
    assert repost.instead.url == ORIGIN
    missing = check_link(CitedAddress(url="https://gone.example/x"), world, Settings())
    assert (missing.read, missing.repost, missing.instead) == (False, None, None)
    assert "404" in missing.why
    alone = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}))
    unknown = check_link(CitedAddress(url=ORIGIN), alone, Settings())
    assert (unknown.read, unknown.repost) == (True, None)
    assert "no origin is known" in unknown.why


GONE_URL = "https://gone.example/road"
KEPT = f"https://archive.example/web/20260224080000/{GONE_URL}"


def archived_road(**pages: Capture) -> FakeWorld:
    """A page that is gone, with one capture in an archive."""
    seen = sighting(4, url=GONE_URL, memento=KEPT, status=200, holds_text=None)
    kept = replace(
        SOURCE,
        url=GONE_URL,
        responded_url=GONE_URL,
        via=Via.ARCHIVE,
        memento=KEPT,
        captured_at=seen.at,
    )
    archive = FakeArchive(captures={GONE_URL: (seen,)}, mementos={KEPT: kept})
    return FakeWorld(web=FakeWeb(pages), archives=(archive,))


def test_a_dead_link_is_given_with_its_newest_capture() -> None:
    link = check_link(CitedAddress(url=GONE_URL), archived_road(), Settings())
    assert (link.read, link.url_status) == (True, UrlStatus.DEAD)
    assert (link.archive_url, link.archive_date) == (KEPT, CalendarDay(year=2026, month=3, day=4))
    assert "404" in link.live_fault
    told = row(link, "wikipedia", DateOrder.MDY)
    assert f"add: |archive-url={KEPT} |archive-date=March 4, 2026 |url-status=dead\n" in told
    assert f"archived 2026-03-04: {KEPT}\n" in row(link, "apa", DateOrder.ISO)


def test_the_archive_address_of_the_text_itself_goes_first() -> None:
    own = f"https://web.archive.org/web/20250101000000/{GONE_URL}"
    shown = replace(SOURCE, url=own, responded_url=own)
    cited = CitedAddress(url=GONE_URL, archive_url=own)
    link = check_link(cited, archived_road(**{own: shown}), Settings())
    assert (link.read, link.archive_url) == (True, own)
    assert link.archive_date == CalendarDay(year=2025, month=1, day=1)


def test_an_error_page_that_answers_200_is_dead_too() -> None:
    lost = capture(page("<p>Sorry, that page cannot be found.</p>", "404 Not Found"), GONE_URL)
    link = check_link(CitedAddress(url=GONE_URL), archived_road(**{GONE_URL: lost}), Settings())
    assert (link.read, link.url_status, link.archive_url) == (True, UrlStatus.DEAD, KEPT)


def test_a_page_that_does_not_answer_is_not_called_dead() -> None:
    down = Unavailable("web", GONE_URL, "no answer in 45 s")
    link = check_link(CitedAddress(url=GONE_URL), archived_road(**{GONE_URL: down}), Settings())
    assert (link.read, link.url_status, link.live_fault) == (True, None, "no answer in 45 s")
    assert "url-status" not in row(link, "wikipedia")
    assert "not to be had: no answer in 45 s" in row(link, "wikipedia")


def test_a_sound_source_is_one_that_was_looked_for_in_vain() -> None:
    search = FakeSearch()
    world = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}), archives=(FakeArchive(),), searches=(search,))
    settings = Settings(searches=(ProviderSpec(name=search.name, kind="x", base_url="https://x"),))
    link = check_link(CitedAddress(url=ORIGIN), world, settings)
    assert (link.repost, kind(link)) == (False, "sound")
    assert "nothing earlier found" in row(link, "apa")
