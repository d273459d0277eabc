from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.model import (
    Attribution,
    Basis,
    Derivation,
    Direction,
    Family,
    Hop,
    Miss,
    Origin,
    PageState,
    Score,
)
from provenance.render import FORMATS, reasons, sentence
from provenance.render.report.verdicts import label, unasked_note, unchecked
from tests.render import frozen, pages
from tests.render.measured import SOURCE_LINK
from tests.render.pages import with_verdict

SENTENCES = {
    "measured": (
        "Repost",
        "This page is a repost of “The ferry that came back from the scrapyard” (The Harbour "
        "Post), which was published 2 days earlier. 94% of this page's words stand there.",
    ),
    "declared": (
        "Declared repost",
        "The page says that it is a repost (“Source link” near the end) but does not name the "
        "source. The source is not known; archive and search were not asked.",
    ),
    "unknown": (
        "Could not tell",
        "Could not tell: the page names no source; search and archive gave no answer.",
    ),
    "nothing": (
        "No source found",
        "No source found: the page names no source, and 3 look-ups (search and archive) found no "
        "copy on another site. That does not prove that the text is the page's own.",
    ),
    "common": (
        "Common source",
        "This page and “The ferry that came back from the scrapyard” (The Harbour Post) both "
        "carry text of Northern Press Agency. Neither is the source of the other; 94% of this "
        "page's words stand on both.",
    ),
    "partial": (
        "Partial repost",
        "Part of this page is from “The ferry that came back from the scrapyard” (The Harbour "
        "Post), which was published 2 days earlier. 34% of this page's words stand there. The "
        "text came by way of Relay.",
    ),
    "undetermined": (
        "Same text elsewhere",
        "94% of this page's words also stand in “The ferry that came back from the scrapyard” "
        "(The Harbour Post). The other page is on record 2 days before this page; that alone does "
        "not tell which of the two was first.",
    ),
    "first": (
        "This page was first",
        "This page was first. 94% of its words appeared 2 days later in “The ferry that came "
        "back from the scrapyard” (The Harbour Post).",
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_each_answer_has_its_words(name: str) -> None:
    report = frozen.ALL[name]()
    assert (label(report), sentence(report)) == SENTENCES[name]


def test_a_named_origin_that_nobody_compared_is_the_pages_own_word() -> None:
    origin = Origin(url=None, publisher="The Harbour Post", basis=Basis.DECLARED)
    report = with_verdict(frozen.declared(), origin=origin, attribution=Attribution.NAMED)
    assert sentence(report) == (
        "The page says that it is a repost of The Harbour Post (“Source link” near the end). That "
        "is its own word: no text was compared; archive and search were not asked."
    )


def test_part_of_a_page_may_be_declared() -> None:
    report = with_verdict(frozen.declared(), derivation=Derivation.PARTIALLY)
    assert sentence(report).startswith("The page says that part of it comes from elsewhere (“")


def test_a_refuted_pointer_is_not_called_the_origin() -> None:
    origin = Origin(url="https://relay.example/x", publisher=None, basis=Basis.DECLARED)
    refuted = Score(name="refuted", value=0.0, weight=0.0, why="It was read.")
    report = with_verdict(frozen.declared(), origin=origin, scores=(refuted,))
    assert "relay.example was read and does not hold the text" in sentence(report)
    assert "The source is not known" in sentence(report)


def test_a_misattributed_copy_says_so() -> None:
    report = with_verdict(frozen.measured(), attribution=Attribution.MISATTRIBUTED)
    assert sentence(report).endswith("The page credits another source.")


def test_a_named_source_with_another_copy_of_open_order_is_declared_by_the_pages_own_word() -> None:
    origin = Origin(url=None, publisher="Relay", basis=Basis.DECLARED)
    report = with_verdict(
        replace(frozen.undetermined(), signals=frozen.measured().signals),
        derivation=Derivation.WHOLLY,
        basis=Basis.DECLARED,
        direction=Direction.FROM_SOURCE,
        origin=origin,
    )
    assert (label(report), report.answer) == ("Declared repost", None)
    assert sentence(report).startswith("The page says that it is a repost of Relay (“Source link”")


@pytest.mark.parametrize(
    "change",
    [
        {"lookups": (), "misses": ()},
        {"misses": (Miss(provider="search", asked="x", why="429"),)},
        {"settings": replace(pages.SETTINGS, searches=())},
    ],
)
def test_where_the_kind_is_unknown_no_look_ups_make_it_nothing_found(
    change: dict[str, object],
) -> None:
    report = with_verdict(replace(frozen.nothing(), **change))  # type: ignore[arg-type]
    assert label(report) == "Could not tell"
    assert sentence(report).startswith("Could not tell: ")


@pytest.mark.parametrize("state", [PageState.PAYWALL_STUB, PageState.CONSENT_WALL, PageState.EMPTY])
def test_a_page_without_its_text_is_said_to_lack_it(state: PageState) -> None:
    report = frozen.nothing()
    stub = with_verdict(replace(report, suspect=replace(report.suspect, state=state)))
    assert sentence(stub).startswith("Could not tell: the page names no source; ")


def test_reasons_begin_with_the_share_come_by_weight_and_once() -> None:
    report = frozen.measured()
    doubled = with_verdict(
        report, scores=(*reversed(report.verdict.scores), *report.verdict.scores)
    )
    [copying] = [score for score in report.verdict.scores if score.name == "copying"]
    heaviest = max(report.verdict.scores, key=lambda score: score.value * score.weight)
    assert reasons(doubled)[:2] == (copying.why, heaviest.why)
    assert len(reasons(doubled)) == len(set(reasons(doubled))) == len(report.verdict.scores)


def test_what_limits_the_verdict_comes_last() -> None:
    limit = Score(name="stub", value=0.0, weight=0.0, why="It was served without its full text.")
    report = with_verdict(frozen.measured(), scores=(*frozen.measured().verdict.scores, limit))
    assert reasons(report)[-1] == limit.why


def test_misses_are_grouped_by_who_and_why() -> None:
    misses = (
        Miss(provider="search", asked="one", why="429", retry_after=5.0),
        Miss(provider="search", asked="two", why="429", retry_after=90.0),
        Miss(provider="search", asked="three", why="no answer"),
    )
    first, second = unchecked(replace(frozen.nothing(), misses=misses))
    assert (first.asked, first.retry_after) == (("one", "two"), 90.0)
    assert (second.asked, second.retry_after) == (("three",), None)


def test_offline_means_not_asked() -> None:
    report = replace(frozen.unknown(), settings=replace(pages.SETTINGS, offline=True))
    assert sentence(report).endswith("search and archive were not asked.")


def test_a_source_that_names_its_own_source_is_told_so() -> None:
    report = frozen.measured()
    further = Hop(url=None, publisher="Relay", why="That page names it.")
    longer = with_verdict(report, chain=(*report.verdict.chain, further))
    assert sentence(longer).endswith("stand there. That page names Relay as its own source.")


def test_an_agencys_text_is_called_so() -> None:
    signal = replace(SOURCE_LINK, family=Family.AGENCY, quote="(NPA)", target=None)
    origin = Origin(url=None, publisher="Northern Press Agency", basis=Basis.DECLARED)
    report = with_verdict(replace(frozen.declared(), signals=(signal,)), origin=origin)
    assert sentence(report).startswith(
        "The page says that its text is Northern Press Agency's (“(NPA)” near the end). That is "
        "its own word"
    )


def test_what_was_compared_in_vain_is_not_called_uncompared() -> None:
    origin = Origin(url=None, publisher="Relay", basis=Basis.DECLARED)
    other = frozen.measured().findings[1]
    report = with_verdict(replace(frozen.declared(), findings=(other,)), origin=origin)
    assert "own word: no copy of its text was found" in sentence(report)


def test_a_copy_on_the_same_site_is_not_elsewhere() -> None:
    report = frozen.undetermined()
    first = report.findings[0]
    own = replace(first, candidate=replace(first.candidate, url=f"{pages.REPOST}?print=1"))
    alone = with_verdict(replace(report, findings=(own,), misses=()))
    assert (label(alone), alone.answer) == ("Could not tell", None)


def test_a_persons_word_changes_nothing_in_the_tools_own() -> None:
    assert sentence(frozen.reviewed()) == sentence(frozen.measured())
    assert reasons(frozen.reviewed()) == reasons(frozen.measured())


def test_a_source_found_without_a_search_is_told_so() -> None:
    report = frozen.measured()
    direct = replace(report, lookups=report.lookups[:1], misses=())
    words = "An earlier copy elsewhere is not ruled out"
    assert [words in unasked_note(each) for each in (report, direct)] == [False, True]
    assert unasked_note(frozen.declared()) == ""
    for name in ("html", "md"):
        assert words in FORMATS[name][1](direct)
        assert words not in FORMATS[name][1](report)
