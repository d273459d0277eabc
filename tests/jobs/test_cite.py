"""A report cited by what the live page shows by now, and the citation report of a text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.errors import ProviderError, Refused, Unavailable
from provenance.jobs.check.page import check
from provenance.jobs.cite import cite_anyway, cite_backwards, cite_origin
from provenance.jobs.links import check_link, links_of
from provenance.model import Capture, Citation, Refusal, Report, Settings, UrlStatus, Via
from tests.build import capture, sighting
from tests.jobs.check.test_page import COPY, ORIGIN, PAGE, SOURCE, STORY, page
from tests.jobs.world import FakeArchive, FakeWeb, FakeWorld

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
    assert links_of(capture(text, None, media_type="text/plain")) == (PAGE, ORIGIN)


def test_an_article_cites_what_it_links_outside() -> None:
    inside = (
        '<p>More <a href="/about">about us</a> and <a href="https://x.example/y">there</a>.</p>'
    )
    article = capture(page(STORY + inside, "A column"), "https://column.example/today")
    assert links_of(article) == ("https://x.example/y",)


def test_each_cited_address_is_told_apart() -> None:
    _, world = checked()
    repost = check_link(PAGE, world, Settings())
    assert (repost.read, repost.repost) == (True, True)
    assert repost.instead is not None
    assert repost.instead.url == ORIGIN
    missing = check_link("https://gone.example/x", world, Settings())
    assert (missing.read, missing.repost, missing.instead) == (False, None, None)
    assert "404" in missing.why
    alone = FakeWorld(web=FakeWeb({ORIGIN: SOURCE}))
    unknown = check_link(ORIGIN, alone, Settings())
    assert (unknown.read, unknown.repost) == (True, None)
    assert "no origin is known" in unknown.why
