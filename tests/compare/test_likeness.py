"""Where the class of a pair changes: each cut-off from both sides."""

from __future__ import annotations

from itertools import islice, product
from string import ascii_lowercase

import pytest

from provenance.compare.chains import Stretch
from provenance.compare.likeness import grade_likeness
from provenance.compare.prepared import prepare
from provenance.model import Likeness

COPIED, PARTLY, REWRITTEN = Likeness.COPIED, Likeness.PARTLY, Likeness.REWRITTEN
SAME_EVENT, UNRELATED = Likeness.SAME_EVENT, Likeness.UNRELATED


def words(count: int, begin: str, size: int = 4) -> list[str]:
    """So many different words of ``size`` letters; those of another beginning are others."""
    ends = product(ascii_lowercase, repeat=size - len(begin))
    return [begin + "".join(end) for end in islice(ends, count)]


def stretch(ours: int, theirs: int | None = None, *, equal: int, longest: int = 10) -> Stretch:
    """The first words of both texts."""
    return Stretch(0, ours, 0, ours if theirs is None else theirs, equal, equal, longest)


def graded(
    ours: list[str], theirs: list[str], *found: Stretch, spoken: tuple[Stretch, ...] = ()
) -> tuple[float, Likeness]:
    return grade_likeness(prepare(" ".join(ours)), prepare(" ".join(theirs)), found, spoken)


@pytest.mark.parametrize(
    ("ours", "theirs", "found", "likeness"),
    [
        # copied whole or in part, by the share
        (1000, 1000, stretch(800, equal=800), COPIED),
        (1000, 1000, stretch(799, equal=799), PARTLY),
        (100, 1000, stretch(80, equal=80), COPIED),
        (1000, 100, stretch(80, equal=80), COPIED),
        # much of it, by share and equal words
        (1000, 1000, stretch(625, equal=451), PARTLY),
        (1000, 1000, stretch(625, equal=449), REWRITTEN),
        # told anew: much of it stands in passages in which few words are equal
        (1000, 1000, stretch(450, equal=300), REWRITTEN),
        (1000, 1000, stretch(449, equal=300), SAME_EVENT),
        (160, 160, stretch(80, equal=60), REWRITTEN),
        (158, 158, stretch(79, equal=59), SAME_EVENT),
        (1000, 1000, stretch(450, equal=360), PARTLY),
        (1000, 1000, stretch(450, equal=359), REWRITTEN),
        # rewritten
        (1000, 1000, stretch(800, equal=520), COPIED),
        (1000, 1000, stretch(800, equal=519), REWRITTEN),
        # a share of either text and so many words, or fewer with a long run
        (400, 400, stretch(108, equal=108), PARTLY),
        (400, 400, stretch(107, equal=107), SAME_EVENT),
        (200, 200, stretch(60, equal=60), PARTLY),
        (200, 200, stretch(59, equal=59), SAME_EVENT),
        (200, 200, stretch(59, equal=59, longest=25), PARTLY),
        (200, 200, stretch(59, equal=59, longest=24), SAME_EVENT),
        (120, 120, stretch(35, equal=35, longest=25), PARTLY),
        (120, 120, stretch(34, equal=34, longest=25), SAME_EVENT),
        # several sentences, whatever their share
        (1000, 1000, stretch(150, equal=150), PARTLY),
        (1000, 1000, stretch(149, equal=149), SAME_EVENT),
        (1000, 1000, stretch(150, 149, equal=149), SAME_EVENT),
        (1000, 1000, stretch(149, 150, equal=149), SAME_EVENT),
        # nearly word for word, by the longer side
        (200, 200, stretch(80, equal=64), PARTLY),
        (200, 200, stretch(80, equal=63), SAME_EVENT),
        (200, 200, stretch(60, 100, equal=60), SAME_EVENT),
    ],
)
def test_the_class_changes_at_its_cut_off(
    ours: int, theirs: int, found: Stretch, likeness: Likeness
) -> None:
    assert graded(words(ours, "a"), words(theirs, "b"), found)[1] is likeness


def test_the_longest_run_of_all_passages_counts() -> None:
    one = Stretch(0, 20, 0, 20, 20, 20, 25)
    other = Stretch(50, 70, 50, 70, 20, 20, 5)
    for found in ((one, other), (other, one)):
        assert graded(words(120, "a"), words(120, "b"), *found)[1] is PARTLY


def test_the_score_is_the_mean_of_the_share_and_of_the_longer_words() -> None:
    longer = words(10, "c", 6)
    found = stretch(800, equal=800)
    assert graded(words(1000, "a"), words(1000, "b"), found)[0] == pytest.approx(0.46)
    both = graded(words(990, "a") + longer, words(990, "b") + longer, found)
    assert both[0] == pytest.approx(1.0 * 0.9 * (0.8 + 1.0) / 2 + 0.1)


def test_quotations_are_no_passages_but_show_one_event() -> None:
    found = stretch(900, equal=900)
    score, likeness = graded(words(1000, "a"), words(1000, "b"), found, spoken=(found,))
    assert (score, likeness) == (0.0, SAME_EVENT)
    assert graded(words(1000, "a"), words(1000, "b")) == (0.0, UNRELATED)


@pytest.mark.parametrize(("covered", "likeness"), [(80, COPIED), (79, PARTLY)])
def test_words_inside_quotation_marks_are_no_part_of_the_share(
    covered: int, likeness: Likeness
) -> None:
    spoken = ["\N{LEFT DOUBLE QUOTATION MARK}Zaaa", *words(98, "z")[1:]]
    spoken.append("zzzz\N{RIGHT DOUBLE QUOTATION MARK}")
    ours, theirs = words(100, "a") + spoken, words(1000, "b")
    assert graded(ours, theirs, stretch(covered, equal=covered))[1] is likeness


def quoted(count: int, begin: str) -> list[str]:
    spoken = words(count, begin)
    return [f"\N{LEFT DOUBLE QUOTATION MARK}{spoken[0]}", *spoken[1:-1],
            f"{spoken[-1]}\N{RIGHT DOUBLE QUOTATION MARK}"]  # fmt: skip


def test_a_quotation_within_a_passage_is_no_part_of_it() -> None:
    ours = words(20, "a") + quoted(10, "y") + words(30, "c") + quoted(10, "z") + words(30, "d")
    found = Stretch(30, 100, 30, 100, 70, 70, 70)
    score, _ = graded(ours, words(1000, "b"), found)
    assert score == pytest.approx(0.1 + 0.9 * (60 / 80) / 2)


def test_a_document_that_both_print_ranks_by_the_longer_words_in_common() -> None:
    """Of thirteen longer words a page has three in common, and the one that introduces it."""
    ours, theirs = (
        [*words(9, begin, 6), "statement:", *words(60, "z"), *words(3, "c", 6)] for begin in "ab"
    )
    found = Stretch(10, 70, 10, 70, 60, 60, 60)
    score, likeness = graded(ours, theirs, found)
    assert likeness is Likeness.SAME_DOCUMENT
    assert score == pytest.approx(0.1 * 4 / 13)


@pytest.mark.parametrize(
    ("ours", "theirs", "common", "likeness"),
    [
        (100, 100, 12, SAME_EVENT),
        (100, 100, 11, UNRELATED),
        (50, 100, 6, SAME_EVENT),
        (100, 50, 6, SAME_EVENT),
        (50, 100, 5, UNRELATED),
        (100, 50, 5, UNRELATED),
    ],
)
def test_without_a_passage_the_longer_words_in_common_tell_one_event(
    ours: int, theirs: int, common: int, likeness: Likeness
) -> None:
    shared = words(common, "c", 6)
    pair = (words(ours - common, "a", 6) + shared, words(theirs - common, "b", 6) + shared)
    score, found = graded(*pair)
    assert found is likeness
    assert score == pytest.approx(0.1 * common / min(ours, theirs))


@pytest.mark.parametrize(
    ("common", "likeness", "score"),
    [(29, UNRELATED, 0), (30, UNRELATED, 0), (38, UNRELATED, 8 / 700), (39, SAME_EVENT, 9 / 700)],
)
@pytest.mark.parametrize("longer", [False, True])
def test_where_a_text_has_no_longer_words_all_of_them_count_beyond_the_usual(
    common: int, likeness: Likeness, score: float, longer: bool
) -> None:
    shared = words(common, "c")
    ours = words(100 - common - longer, "a") + ["lengthy"] * longer + shared
    theirs = words(100 - common, "b") + shared
    for pair in ((ours, theirs), (theirs, ours)):
        assert graded(*pair)[1] is likeness
        assert graded(*pair)[0] == pytest.approx(score)


def numbers(first: int, count: int) -> list[str]:
    return [str(number) for number in range(first, first + count)]


@pytest.mark.parametrize(
    ("ours", "theirs", "equal", "likeness"),
    [
        ((1000, 6), (2000, 6), 92, SAME_EVENT),
        ((1000, 6), (2000, 6), 93, COPIED),  # nearly all words are equal, the numbers too
        ((1000, 5), (2000, 9), 92, COPIED),
        ((1000, 9), (2000, 5), 92, COPIED),
        ((1000, 14), (1005, 15), 92, COPIED),  # 9 of 20 alike
        ((1000, 15), (1006, 15), 92, SAME_EVENT),  # 9 of 21
    ],
)
def test_one_form_filled_in_twice_differs_in_its_numbers(
    ours: tuple[int, int], theirs: tuple[int, int], equal: int, likeness: Likeness
) -> None:
    pair = (
        numbers(*ours) + words(100 - ours[1], "a"),
        numbers(*theirs) + words(100 - theirs[1], "b"),
    )
    assert graded(*pair, stretch(100, equal=equal))[1] is likeness
