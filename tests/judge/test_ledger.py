"""What a finding is worth beside others, and the sentences and weights of its scores."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.judge import weigh
from provenance.judge.ledger import copied, share, substantial, worth
from provenance.model import Event, Finding, Likeness, Score, Signal, Witness
from tests.build import document, evidence, finding, reuse, sighting, signal

ORIGIN = "https://harbourpost.example/opinion/road"
OTHER = "https://third-paper.example/road"


def measured(ours: float, theirs: float, likeness: Likeness = Likeness.COPIED) -> Finding:
    return finding(ORIGIN, ours, reuse=replace(reuse(ours, likeness), source_containment=theirs))


UNREAD = finding(ORIGIN, 0.0, source=None, reuse=None)


@pytest.mark.parametrize(
    ("found", "part"),
    [
        (measured(0.9, 0.2), 0.9),
        (measured(0.2, 0.9), 0.72),
        (measured(0.72, 0.9), 0.72),
        (measured(0.0, 0.0), 0.0),
        (UNREAD, 0.0),
    ],
)
def test_the_page_under_test_counts_a_little_more(found: Finding, part: float) -> None:
    assert share(found) == pytest.approx(part)


def scored(found: Finding, *odds: float) -> Finding:
    return replace(
        found,
        scores=tuple(
            Score(name="x", value=1.0 if each > 0 else -1.0, weight=abs(each), why="")
            for each in odds
        ),
    )


@pytest.mark.parametrize(
    ("found", "value"),
    [
        (scored(measured(0.8, 0.2)), 0.8),
        (scored(measured(0.8, 0.2), 2.0), 0.9),
        (scored(measured(0.8, 0.2), 2.0, -1.0), 0.85),
        (scored(measured(0.8, 0.2), -2.0), 0.7),
        (scored(measured(0.8, 0.2), 6.0, 6.0), 1.1),
        (scored(measured(0.8, 0.2), -6.0, -6.0), 0.5),
        (scored(measured(0.8, 0.2, Likeness.REWRITTEN), 2.0), 0.66),
        (scored(measured(0.8, 0.2, Likeness.SAME_EVENT)), 0.08),
        (scored(UNREAD, 6.0), 0.0),
    ],
)
def test_worth_is_the_share_and_a_bounded_lead(found: Finding, value: float) -> None:
    assert worth(found) == pytest.approx(value)


@pytest.mark.parametrize("likeness", Likeness)
def test_only_what_was_made_from_the_other_is_copied(likeness: Likeness) -> None:
    assert copied(measured(0.9, 0.9, likeness)) is likeness.is_copy
    assert substantial(measured(0.9, 0.9, likeness)) is likeness.is_copy
    assert copied(UNREAD) is False
    assert substantial(UNREAD) is False


@pytest.mark.parametrize(
    ("ours", "theirs", "counts"),
    [(0.3, 0.0, True), (0.0, 0.3, True), (0.29, 0.29, False)],
)
def test_three_tenths_of_either_text_are_substantial(
    ours: float, theirs: float, counts: bool
) -> None:
    assert substantial(measured(ours, theirs)) is counts


def weighed(found: Finding, *signals: Signal, **fields: Any) -> tuple[Score, ...]:
    return weigh(evidence(found, signals=signals, **fields)).findings[0].scores


LINK = signal(target=ORIGIN)


@pytest.mark.parametrize(
    ("found", "signals", "why"),
    [
        (
            finding(ORIGIN, 0.9, reuse=replace(measured(0.9, 0.6).reuse or reuse(0), runs=1)),
            (LINK,),
            "90% of this page's words stand in the source, 60% of the source's words stand here,"
            " in 1 passage; the longest run is 120 words.",
        ),
        (
            finding(ORIGIN, 0.9),
            (),
            "90% of this page's words stand there, 90% of the other page's words stand here,"
            " in 3 passages; the longest run is 120 words.",
        ),
        (
            finding(ORIGIN, 0.0),
            (),
            "0% of this page's words stand there, 0% of the other page's words stand here.",
        ),
    ],
)
def test_both_shares_are_told_and_a_source_is_named_only_where_it_was_first(
    found: Finding, signals: tuple[Signal, ...], why: str
) -> None:
    score = weighed(found, *signals)[0]
    assert (score.name, score.why, score.weight) == (
        "copying", why, 0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("likeness", "value"),
    [
        (Likeness.COPIED, 1.0),
        (Likeness.PARTLY, 0.9),
        (Likeness.REWRITTEN, 0.7),
        (Likeness.SAME_EVENT, 0.1),
        (Likeness.UNRELATED, 0.0),
    ],
)
def test_the_likeness_says_how_sure_copying_is(likeness: Likeness, value: float) -> None:
    assert weighed(measured(0.9, 0.9, likeness))[0].value == value


def test_each_testimony_is_a_score_for_one_of_the_two_sides() -> None:
    suspect = document(
        url="https://mirror-daily.example/a", dates=(sighting(5, Witness.SELF),), text="The story."
    )
    theirs = document(url=ORIGIN, dates=(sighting(9, Witness.SELF),))
    found = finding(ORIGIN, 0.9, source=theirs)
    scores = {score.name: score for score in weighed(found, LINK, suspect=suspect)}
    assert list(scores) == ["copying", "links_page", "claimed_first"]
    assert (scores["links_page"].value, scores["links_page"].weight) == (1.0, 6.0)
    assert (scores["claimed_first"].value, scores["claimed_first"].weight) == (-1.0, 1.5)


def test_the_lightest_witness_of_the_source_counts_for_it() -> None:
    indexed = sighting(2, Witness.INDEX, event=Event.INDEXED)
    later = replace(indexed, at=indexed.at.replace(day=9))
    found = finding(ORIGIN, 0.9, sightings=(indexed,))
    scores = {score.name: score for score in weighed(found, sightings=(later,))}
    assert (scores["index_first"].value, scores["index_first"].weight) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("alike", "told"), [(None, False), (0.79, False), (0.8, True), (1.0, True)]
)
def test_headlines_that_agree_are_told_and_weigh_nothing(alike: float | None, told: bool) -> None:
    scores = weighed(finding(ORIGIN, 0.9, reuse=reuse(0.9, headline=alike)), LINK)
    assert [score.name for score in scores] == ["copying", "links_page", *["headline"] * told]
    if told:
        assert (scores[-1].value, scores[-1].weight) == (0.0, 0.0)
        assert scores[-1].why == "The headlines agree."


def test_what_was_not_read_has_no_scores_and_comes_last() -> None:
    ranked = weigh(evidence(UNREAD, finding(OTHER, 0.4), finding(ORIGIN, 0.4))).findings
    assert [each.candidate.url for each in ranked] == [ORIGIN, OTHER, ORIGIN]
    assert ranked[-1].scores == ()
