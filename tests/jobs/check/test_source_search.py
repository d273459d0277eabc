"""The hunt: which questions are put to whom, and which pages are fetched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.errors import BadQuery, Garbled, ProviderError, Refused, Unavailable
from provenance.jobs.check.page import check
from provenance.model import (
    Answer,
    Capture,
    Lead,
    Match,
    Profile,
    Report,
    Settings,
    VerdictKind,
    Via,
)
from tests.build import NOON, capture, sighting
from tests.jobs.check.test_page import ORIGIN, PAGE, SOURCE, STORY, page
from tests.jobs.world import FakeArchive, FakeCorpus, FakeSearch, FakeWeb, FakeWorld

HOME = "https://harbourpost.example/"
PLAIN = capture(page(STORY, "The road nobody mends"), PAGE)
NAMED = capture(
    page(
        STORY,
        "The road nobody mends",
        after='<p>Source: <a href="https://harbourpost.example/">Harbour Post</a></p>',
    ),
    PAGE,
)
HIT = Lead(url=ORIGIN, found_by="a", reason="", title="The road nobody mends")


def other(number: int) -> Lead:
    return Lead(
        url=f"https://h{number}.example/x",
        found_by="a",
        reason="",
        title="Another weir",
        rank=number,
    )


def checked(world: FakeWorld, suspect: Capture = PLAIN, **limits: int) -> Report:
    return check(PAGE, suspect, world, Settings(**limits))  # type: ignore[arg-type]


def web(*more: str) -> FakeWeb:
    elsewhere = capture(page("<p>The weir at Oxbow is shut until the spring.</p>" * 9, "Weir"))
    home = capture("<html><body><p>Harbour Post</p></body></html>", HOME)
    pages = {url: replace(elsewhere, url=url, responded_url=url, digest=url) for url in more}
    return FakeWeb({ORIGIN: SOURCE, HOME: home, **pages})


def test_the_named_sites_own_search_is_asked_after_one_question_to_the_services() -> None:
    own, service = FakeSearch(leads=(HIT,), name="search of harbourpost.example"), FakeSearch()
    world = FakeWorld(web=web(), searches=(service,), sites={HOME: (own,)})
    report = checked(world, NAMED)
    assert report.findings[0].candidate.url == ORIGIN
    assert [query.match for query in own.asked] == [Match.ALL]
    assert len(service.asked) == 1
    [asked] = [look for look in report.lookups if "can be searched" in look.asked]
    assert (asked.answer, asked.found, asked.at) == (Answer.FOUND, 1, NOON)


def test_a_site_without_a_search_leaves_it_to_the_services() -> None:
    service = FakeSearch()
    report = checked(FakeWorld(web=web(), searches=(service,)), NAMED)
    assert len(service.asked) == 2
    [asked] = [look for look in report.lookups if "can be searched" in look.asked]
    assert asked.answer is Answer.NONE


def test_a_door_that_does_not_open_leads_to_the_next() -> None:
    shut = FakeSearch(fault=Garbled("shut", "x", "no interface"), name="shut")
    feed = FakeSearch(leads=(HIT,), name="feed")
    report = checked(FakeWorld(web=web(), sites={HOME: (shut, feed)}), NAMED)
    assert (len(shut.asked), len(feed.asked)) == (1, 1)
    assert report.findings[0].candidate.url == ORIGIN
    assert any(miss.why == "no interface" for miss in report.misses)


def test_at_most_so_many_questions_a_page_and_every_service_gets_its_share() -> None:
    services = tuple(FakeSearch(name=name) for name in "abc")
    checked(FakeWorld(web=web(), searches=services), max_queries=4)
    assert [len(service.asked) for service in services] == [2, 1, 1]


def test_at_most_so_many_pages_are_fetched() -> None:
    found = tuple(replace(other(number), title=HIT.title) for number in range(20))
    world = FakeWorld(web=web(*(lead.url for lead in found)), searches=(FakeSearch(leads=found),))
    checked(world, max_downloads=4)
    assert len(world.web.asked) == 4


def test_what_promises_nothing_is_not_fetched_and_two_questions_in_vain_end_it() -> None:
    found = tuple(other(number) for number in range(20))
    service = FakeSearch(leads=found)
    world = FakeWorld(web=web(*(lead.url for lead in found)), searches=(service,))
    checked(world)
    assert world.web.asked == []
    assert len(service.asked) == 2


def test_a_named_page_that_does_not_answer_is_read_as_an_archive_keeps_it() -> None:
    linked = capture(
        page(STORY, "The road nobody mends", after=f'<p>Source: <a href="{ORIGIN}">Post</a></p>'),
        PAGE,
    )
    held = sighting(1, memento="https://archive.example/1/", url=ORIGIN)
    replayed = replace(SOURCE, memento="https://archive.example/1/", via=Via.ARCHIVE)
    archive = FakeArchive(captures={ORIGIN: (held,)}, mementos={held.memento or "": replayed})
    report = checked(FakeWorld(web=FakeWeb({}), archives=(archive,)), linked)
    assert report.verdict.kind is VerdictKind.REPOST
    assert report.answer is not None
    assert report.answer.candidate.url == ORIGIN
    assert report.verdict.seen.other is not None
    assert report.verdict.seen.other.memento == held.memento


def test_the_most_promising_is_fetched_first_and_the_rest_is_spared() -> None:
    found = (*(other(number) for number in range(9)), replace(HIT, rank=9))
    world = FakeWorld(web=web(), searches=(FakeSearch(leads=found),))
    report = checked(world)
    assert world.web.asked == [ORIGIN]
    assert len(report.findings) == 1


@pytest.mark.parametrize(
    ("fault", "questions"),
    [
        (BadQuery("a", "x", "too short"), 3),
        (Refused("a", "x", "wants a key"), 1),
        (Unavailable("a", "x", "no answer in time"), 1),
        (Garbled("a", "x", "no JSON"), 1),
    ],
)
def test_who_does_not_answer_is_not_asked_again_but_a_question_not_taken_is_only_one(
    fault: ProviderError, questions: int
) -> None:
    service = FakeSearch(fault=fault)
    report = checked(FakeWorld(web=web(), searches=(service,)), max_queries=3)
    assert len(service.asked) == questions
    looks = [look for look in report.lookups if look.provider == "a"]
    assert len(looks) == questions
    assert (looks[0].answer is Answer.BAD_QUERY) is isinstance(fault, BadQuery)
    assert len([miss for miss in report.misses if miss.provider == "a"]) == questions


def test_a_service_gets_only_what_it_takes_and_each_question_once() -> None:
    narrow = Profile(phrases=False, most_words=2, plain=True)
    service = FakeSearch(profile=narrow)
    checked(FakeWorld(web=web(), searches=(service,)))
    assert service.asked
    assert all(narrow.adapt(query) == query for query in service.asked)
    assert len(set(service.asked)) == len(service.asked)


def test_a_page_under_two_addresses_ends_the_hunt_all_the_same() -> None:
    twin = Lead(url="https://h1.example/x", found_by="a", reason="")
    again = Lead(url="https://h2.example/x", found_by="a", reason="")
    same = web(twin.url, again.url)
    pages = dict(same.pages)
    pages[again.url] = pages[twin.url]
    world = FakeWorld(web=FakeWeb(pages), searches=(FakeSearch(leads=(twin, again)),))
    report = checked(world)
    assert len(report.findings) == 1


def test_a_source_that_the_page_links_and_only_the_corpus_has_is_compared() -> None:
    linked = capture(
        page(STORY, "The road nobody mends", after=f'<p>Source: <a href="{ORIGIN}">Post</a></p>'),
        PAGE,
    )
    kept = FakeCorpus(
        leads=(Lead(url=ORIGIN, found_by="corpus", reason=""),), kept={ORIGIN: SOURCE}
    )
    report = checked(FakeWorld(web=FakeWeb({}), corpus=kept), linked)
    [finding] = report.findings
    assert finding.reuse is not None
    assert finding.reuse.suspect_containment > 0.9
    assert {lead.found_by for lead in finding.candidate.leads} > {"corpus"}


def test_a_paper_is_asked_for_a_headline_that_came_without_an_address() -> None:
    paper = FakeSearch(leads=(replace(HIT, found_by="post"),), name="post")
    told = Lead(
        url=HOME, found_by="news", reason="", title="The road that nobody mends", at_home=True
    )
    unlike = replace(told, url="https://h1.example/", title="Weir at Oxbow shut")
    world = FakeWorld(
        web=web(), searches=(FakeSearch(leads=(unlike, told), name="news"),), sites={HOME: (paper,)}
    )
    report = checked(world)
    assert [query.phrase for query in paper.asked] == ["The road that nobody mends"]
    assert report.answer is not None
    assert report.answer.candidate.url == ORIGIN
    assert "https://h1.example/" not in world.web.asked
    assert HOME not in world.web.asked


def test_a_service_is_asked_as_often_as_it_may_be_for_one_page() -> None:
    few = FakeSearch(leads=(other(1),), profile=Profile(most_questions=2), name="few")
    many = FakeSearch(leads=(other(2),), name="many")
    checked(FakeWorld(web=web(), searches=(few, many)), max_queries=8)
    assert len(few.asked) == 2


@pytest.mark.parametrize(("reach", "asked"), [(1, 0), (90, 1)])
def test_news_of_the_last_days_is_not_asked_for_an_older_page(reach: int, asked: int) -> None:
    news = FakeSearch(leads=(HIT,), profile=Profile(reach=reach), name="news")
    report = checked(FakeWorld(web=web(), searches=(news,)))
    assert len(news.asked) == asked
    misses = [miss.why for miss in report.misses if miss.provider == "news"]
    told = "it knows the last 1 days only, and this page is dated 2026-02-26"
    assert misses == ([] if asked else [told])
