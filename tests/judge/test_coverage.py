"""Whether everybody who could know of a source was asked, and answered."""

from __future__ import annotations

import pytest

from provenance.judge import is_exhausted
from provenance.model import Answer, Lookup, Miss, ProviderSpec, Settings
from tests.build import NOON

SEARCHES = (ProviderSpec(name="news", kind="searxng", base_url="https://search.example"),)
MISS = Miss(provider="archive", asked="https://paper.example/", why="no answer")


def look(answer: Answer, provider: str = "news") -> Lookup:
    return Lookup(provider=provider, asked="the ferry", answer=answer, found=0, at=NOON)


@pytest.mark.parametrize(
    ("lookups", "misses", "expected"),
    [
        ((look(Answer.NONE),), (), True),
        ((look(Answer.FOUND),), (), True),
        ((look(Answer.REFUSED), look(Answer.NONE)), (), True),
        ((look(Answer.REFUSED),), (), False),
        ((look(Answer.NONE, "archive"),), (), False),
        ((), (), False),
        ((look(Answer.NONE),), (MISS,), False),
    ],
)
def test_nothing_found_is_said_only_after_a_search_has_answered_and_nobody_failed_to(
    lookups: tuple[Lookup, ...], misses: tuple[Miss, ...], expected: bool
) -> None:
    assert is_exhausted(Settings(archives=(), searches=SEARCHES), lookups, misses) is expected


@pytest.mark.parametrize(
    "answer", [each for each in Answer if each not in {Answer.FOUND, Answer.NONE}]
)
def test_no_other_end_of_a_question_is_an_answer(answer: Answer) -> None:
    assert not is_exhausted(Settings(archives=(), searches=SEARCHES), (look(answer),), ())


def test_without_a_search_nothing_is_exhausted() -> None:
    assert not is_exhausted(Settings(archives=(), searches=()), (look(Answer.NONE),), ())
