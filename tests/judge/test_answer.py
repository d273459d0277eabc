"""Which of the findings a verdict is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.judge import weigh
from provenance.judge.answer import Answer, answers, choose
from provenance.model import Direction, Evidence, Finding, Likeness, PageState, Signal
from tests.build import declaration, document, evidence, finding, reuse, sighting, signal

PAGE = "https://mirror-daily.example/harbour-road"
ORIGIN = "https://harbourpost.example/opinion/road"
OTHER = "https://third-paper.example/road"
THIRD = "https://fourth-paper.example/road"


def chosen(*findings: Finding, signals: tuple[Signal, ...] = ()) -> Answer | None:
    known: Evidence = weigh(evidence(*findings, signals=signals, sightings=(sighting(9),)))
    answer = choose(answers(known))
    assert answer is None or known.findings[answer.at] is answer.finding
    return answer


def of(answer: Answer | None) -> tuple[str, Direction] | None:
    return (answer.finding.candidate.url, answer.direction) if answer else None


def test_a_quarter_that_is_linked_loses_against_the_whole_text() -> None:
    findings = (finding(ORIGIN, 0.23), finding(OTHER, 0.99))
    linked = chosen(*findings, signals=(signal(target=ORIGIN),))
    assert of(linked) == (OTHER, Direction.UNDETERMINED)


@pytest.mark.parametrize(("share", "url"), [(0.45, OTHER), (0.55, ORIGIN)])
def test_a_linked_source_is_the_answer_unless_it_holds_far_less_than_the_best(
    share: float, url: str
) -> None:
    findings = (finding(ORIGIN, share), finding(OTHER, 0.99))
    links = (signal(target=ORIGIN), signal(target=f"{ORIGIN}?page=1", names=("Harbour Post",)))
    assert of(chosen(*findings, signals=links))[0] == url  # type: ignore[index]


def test_of_two_sources_the_better_one_is_the_answer() -> None:
    links = (signal(target=ORIGIN), signal(target=OTHER))
    for better, worse in ((ORIGIN, OTHER), (OTHER, ORIGIN)):
        found = chosen(finding(worse, 0.7), finding(better, 0.98), signals=links)
        assert of(found) == (better, Direction.FROM_SOURCE)


def test_of_two_sources_equally_good_the_order_of_finding_does_not_matter() -> None:
    links = (signal(target=ORIGIN), signal(target=OTHER))
    pair = (finding(ORIGIN, 0.98), finding(OTHER, 0.98))
    assert of(chosen(*pair, signals=links)) == of(chosen(*reversed(pair), signals=links))


def answer(direction: Direction, url: str, share: float = 0.9) -> Answer:
    return Answer(0, finding(url, share), direction, "")


def test_a_source_comes_before_a_third_party_before_an_open_order_before_a_copy() -> None:
    order = (
        Direction.FROM_SOURCE,
        Direction.COMMON_SOURCE,
        Direction.UNDETERMINED,
        Direction.TO_SOURCE,
    )
    found = [answer(each, f"https://{each}.example/") for each in reversed(order)]
    for direction in order:
        best = choose(found)
        assert best is not None
        assert best.direction is direction
        found.remove(best)
    assert choose(found) is None


@pytest.mark.parametrize(
    ("ours", "theirs", "likeness", "counts"),
    [
        (0.30, 0.10, Likeness.PARTLY, True),
        (0.10, 0.30, Likeness.PARTLY, True),
        (0.29, 0.29, Likeness.PARTLY, False),
        (0.90, 0.90, Likeness.REWRITTEN, True),
        (0.90, 0.90, Likeness.SAME_EVENT, False),
        (0.90, 0.90, Likeness.UNRELATED, False),
    ],
)
def test_a_match_below_thirty_percent_of_both_texts_is_no_answer(
    ours: float, theirs: float, likeness: Likeness, counts: bool
) -> None:
    measure = replace(reuse(ours, likeness), source_containment=theirs)
    assert (chosen(finding(ORIGIN, ours, reuse=measure)) is not None) is counts


@pytest.mark.parametrize(
    "found",
    [
        finding("https://www.mirror-daily.example/amp/harbour-road", 1.0),
        finding(ORIGIN, 0.0, source=None, reuse=None),
        finding(
            ORIGIN, 0.6, source=document(url=ORIGIN, state=PageState.LISTING), reuse=reuse(0.6)
        ),
        finding("https://harbourpost.example/", 0.6),
    ],
    ids=["own house", "unread", "list of articles", "front page"],
)
def test_what_is_no_other_text_is_no_answer(found: Finding) -> None:
    assert chosen(found) is None


def test_a_list_that_was_not_measured_teases_nothing() -> None:
    unread = finding("https://harbourpost.example/", 0.9, source=None)
    assert of(chosen(unread)) == ("https://harbourpost.example/", Direction.UNDETERMINED)


def test_a_saved_page_of_unknown_address_has_no_house_of_its_own() -> None:
    known = evidence(finding("corpus:1", 0.9), suspect=document(text="The story."))
    assert [each.at for each in answers(known)] == [0]


@pytest.mark.parametrize(("share", "url"), [(0.4, OTHER), (0.44, OTHER), (0.45, ORIGIN)])
def test_half_of_the_best_share_is_near_enough(share: float, url: str) -> None:
    found = (
        answer(Direction.UNDETERMINED, OTHER, 0.9),
        answer(Direction.FROM_SOURCE, ORIGIN, share),
    )
    best = choose(found)
    assert best is not None
    assert best.finding.candidate.url == url


def test_of_equal_directions_the_better_copy_is_the_answer() -> None:
    for pair in ((0.7, 0.9), (0.9, 0.7)):
        found = [
            answer(Direction.FROM_SOURCE, ORIGIN, pair[0]),
            answer(Direction.FROM_SOURCE, OTHER, pair[1]),
        ]
        best = choose(found)
        assert best is not None
        assert best.finding.candidate.url == (ORIGIN if pair[0] > pair[1] else OTHER)


def test_a_front_page_that_holds_the_whole_text_is_an_answer() -> None:
    assert of(chosen(finding("https://harbourpost.example/", 0.98))) is not None


def wired(url: str, share: float = 0.97) -> Finding:
    return finding(url, share, source=document(url=url, byline=("Reuters",)))


def test_an_agencys_mark_on_one_side_of_a_nearly_whole_copy_makes_a_common_source() -> None:
    found = chosen(wired(ORIGIN))
    assert of(found) == (ORIGIN, Direction.COMMON_SOURCE)
    assert found is not None
    assert found.agency == "Reuters"
    assert of(chosen(wired(ORIGIN, 0.5))) == (ORIGIN, Direction.UNDETERMINED)


def test_a_page_that_links_the_very_copy_has_it_from_there_and_not_from_the_agency() -> None:
    found = chosen(wired(ORIGIN), signals=(signal(target=ORIGIN),))
    assert of(found) == (ORIGIN, Direction.FROM_SOURCE)
    assert found is not None
    assert found.agency == ""


def test_answers_keep_the_places_of_the_findings() -> None:
    known = evidence(
        finding(ORIGIN, 0.0), finding(OTHER, 0.9), finding(PAGE, 1.0), finding(THIRD, 0.8),
        declaration=declaration(),
    )  # fmt: skip
    assert [each.at for each in answers(known)] == [1, 3]
