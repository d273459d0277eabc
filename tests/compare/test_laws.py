"""What must hold for any two texts."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.compare import compare_texts
from tests.compare.stories import OTHER, SENTENCES, STORY

if TYPE_CHECKING:
    from provenance.model import Reuse

# The machine may be busy: no deadlines.
law = settings(deadline=None)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sentence(number: int) -> str:
    """A sentence of invented words, its own for each number."""
    dice = Random(number)
    words = [
        "".join(dice.choices(LETTERS, k=dice.randint(2, 9))) for _ in range(dice.randint(9, 20))
    ]
    return f"{' '.join(words).capitalize()}."


def stories(batch: int) -> st.SearchStrategy[list[str]]:
    """Some sentences; those of different batches have nothing in common."""
    numbers = st.integers(batch * 10**6, (batch + 1) * 10**6 - 1)
    return st.lists(numbers, min_size=3, max_size=9, unique=True).map(
        lambda chosen: [sentence(number) for number in chosen]
    )


ANY = st.text(max_size=300)
MIXED = st.lists(
    st.one_of(
        st.sampled_from(SENTENCES),
        st.sampled_from(["\n\n", " ", '"', "’", "\u200b", "Read more", "\ud800", "\x00", "中文字"]),
        st.text(max_size=12),
    ),
    max_size=16,
).map("".join)


def check(reuse: Reuse, suspect: str, source: str) -> None:
    for share in (
        reuse.suspect_containment,
        reuse.source_containment,
        reuse.resemblance,
        reuse.unquoted_containment,
        reuse.unquoted_source_containment,
        reuse.verbatim,
        reuse.rewritten,
        reuse.score,
    ):
        assert 0.0 <= share <= 1.0
    ended = 0
    for passage in reuse.passages:
        assert ended <= passage.suspect.start < passage.suspect.end <= len(suspect)
        assert 0 <= passage.source.start < passage.source.end <= len(source)
        assert 0.0 <= passage.similarity <= 1.0
        ended = passage.suspect.end
    assert reuse.runs == len(reuse.passages)
    assert reuse.verbatim + reuse.rewritten == pytest.approx(reuse.suspect_containment)


@law
@given(st.one_of(ANY, MIXED), st.one_of(ANY, MIXED))
def test_any_two_strings(suspect: str, source: str) -> None:
    check(compare_texts(suspect, source), suspect, source)


@law
@given(st.one_of(ANY, MIXED))
def test_a_text_against_itself_is_whole(text: str) -> None:
    reuse = compare_texts(text, text)
    whole = 1.0 if reuse.suspect_words else 0.0
    assert reuse.suspect_containment == reuse.source_containment == reuse.verbatim == whole
    assert reuse.score == whole


@law
@given(MIXED, MIXED)
def test_either_side_measures_the_same(suspect: str, source: str) -> None:
    there, back = compare_texts(suspect, source), compare_texts(source, suspect)
    assert there.suspect_containment == pytest.approx(back.source_containment, abs=0.02)
    assert there.source_containment == pytest.approx(back.suspect_containment, abs=0.02)
    assert there.resemblance == pytest.approx(back.resemblance, abs=0.02)
    assert there.likeness is back.likeness
    assert there.score == pytest.approx(back.score)


@law
@given(stories(1), stories(2), stories(3), st.data())
def test_unrelated_text_in_the_source_takes_nothing_away(
    story: list[str], own: list[str], unrelated: list[str], data: st.DataObject
) -> None:
    copied = data.draw(st.lists(st.sampled_from(story), min_size=2, max_size=4, unique=True))
    suspect = " ".join([*own[:2], *copied, *own[2:]])
    less = compare_texts(suspect, " ".join(story))
    more = compare_texts(suspect, "\n".join([" ".join(story), *unrelated]))
    assert more.suspect_containment >= less.suspect_containment - 0.02


@law
@given(stories(1), stories(2))
def test_what_was_copied_whole_is_found_whole(story: list[str], own: list[str]) -> None:
    copied = " ".join(story)
    suspect = f"{' '.join(own)}\n\n{copied}"
    reuse = compare_texts(suspect, copied)
    assert reuse.source_containment >= 0.98
    assert any(
        suspect[p.suspect.start : p.suspect.end].endswith(copied[-40:]) for p in reuse.passages
    )


@pytest.mark.parametrize(
    "text",
    [
        "word " * 40_000,
        f"{SENTENCES[0]} " * 2_000,
        "\n".join(f"line{number % 977}" for number in range(50_000)),
        "'a " * 50_000,
        '"' * 100_000,
        "&amp;" * 40_000,
        "â€™" * 40_000,
        "а" * 100_000 + " a",
        "a" + "\u0301" * 100_000,
        "- (@ab) " * 20_000,
        "ab-\n" * 30_000,
    ],
    ids=range(11),
)
def test_worst_cases_come_back(text: str) -> None:
    for source in (text, text[: len(text) // 2], STORY, OTHER):
        check(compare_texts(text, source), text, source)


def test_words_in_another_order_are_no_copy() -> None:
    words = [word for number in range(400) for word in sentence(number)[:-1].split()]
    shuffled = Random(1).sample(words, len(words))
    assert compare_texts(" ".join(shuffled), " ".join(words)).suspect_containment < 0.05


def test_endless_words_are_not_compared_letter_by_letter() -> None:
    start, end = " ".join(SENTENCES[:3]), " ".join(SENTENCES[3:6])
    huge = [" ".join(letter * 60_000 for letter in letters) for letters in ("pqrstu", "vwxyzo")]
    reuse = compare_texts(f"{start} {huge[0]} {end}", f"{start} {huge[1]} {end}")
    assert reuse.suspect_containment > 0.9


def test_ten_thousand_combining_marks_hide_nothing() -> None:
    hidden = STORY.replace("o", "o" + "\u0336" * 10_000, 1)
    assert compare_texts(hidden, STORY).suspect_containment == 1.0
