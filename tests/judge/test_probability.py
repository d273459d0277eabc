"""How sure a verdict is: by its kind and by the kinds of witness that speak for it."""

from __future__ import annotations

import pytest

from provenance.judge.probability import probability
from provenance.judge.weights import confidence
from provenance.model import (
    Attribution,
    Basis,
    Confidence,
    Derivation,
    Direction,
    Score,
    Verdict,
    VerdictKind,
)
from tests.build import declaration

SAYS_NOTHING = declaration()


def verdict(*scores: tuple[str, float, float]) -> Verdict:
    return Verdict(
        derivation=Derivation.WHOLLY,
        basis=Basis.MEASURED,
        direction=Direction.FROM_SOURCE,
        attribution=Attribution.NONE,
        confidence=Confidence.NONE,
        origin=None,
        chain=(),
        scores=tuple(
            Score(name=name, value=value, weight=weight, why="") for name, value, weight in scores
        ),
    )


COPYING, SENTENCES = ("copying", 1.0, 0.0), ("sentences", 1.0, 0.0)


@pytest.mark.parametrize(
    ("scores", "sure"),
    [
        ((), 0.78),
        ((COPYING,), 0.78),
        ((("archive_days", 1.0, 2.0),), 0.78),
        ((("archive_days", 1.0, 2.0), ("traces", 1.0, 2.0)), 0.78),
        ((("links_page", 1.0, 6.0),), 0.92),
        ((("names_source", 1.0, 3.5),), 0.92),
        ((("points_back", 1.0, 6.0),), 0.92),
        ((("wholesale", 1.0, 4.0),), 0.92),
        ((COPYING, ("wholesale", 1.0, 4.0), ("headline", 0.0, 0.0)), 0.92),
        ((("links_page", 1.0, 6.0), ("archive_days", 1.0, 2.0)), 0.97),
        ((("links_page", 1.0, 6.0), ("index_first", 1.0, 1.0)), 0.97),
        ((("links_page", 1.0, 6.0), ("archive_days", -1.0, 2.0)), 0.92),
        ((("links_page", -1.0, 6.0), ("archive_days", 1.0, 2.0)), 0.78),
        # What rests on sentences alike is surer only where one page leads to the other.
        ((SENTENCES, ("wholesale", 1.0, 4.0)), 0.78),
        ((SENTENCES, ("wholesale", 1.0, 4.0), ("archive_days", 1.0, 2.0)), 0.78),
        ((SENTENCES, ("links_page", 1.0, 6.0)), 0.92),
    ],
)
@pytest.mark.parametrize("kind", [VerdictKind.REPOST, VerdictKind.PARTIAL])
def test_a_conclusive_witness_and_another_that_agrees_make_a_repost_surer(
    kind: VerdictKind, scores: tuple[tuple[str, float, float], ...], sure: float
) -> None:
    assert probability(verdict(*scores), kind, SAYS_NOTHING) == sure


@pytest.mark.parametrize(
    ("scores", "sure"),
    [
        ((("points_back", -1.0, 6.0),), 0.92),
        ((("points_back", -1.0, 6.0), ("claimed_first", -1.0, 1.5)), 0.97),
        ((("points_back", 1.0, 6.0), ("claimed_first", -1.0, 1.5)), 0.78),
    ],
)
def test_for_a_page_that_was_first_the_other_side_speaks(
    scores: tuple[tuple[str, float, float], ...], sure: float
) -> None:
    assert probability(verdict(*scores), VerdictKind.FIRST, SAYS_NOTHING) == sure


@pytest.mark.parametrize(
    ("scores", "own", "sure"),
    [
        ((), None, 0.79),
        ((), 0.0, 0.0),
        ((), 0.88, 0.88),
        ((("own_word", 0.0, 0.0),), 0.88, 0.88),
        ((("own_word", 0.0, 0.0), ("refuted", 0.0, 0.0)), 0.88, 0.4),
    ],
)
def test_a_declared_verdict_is_as_sure_as_its_signs_unless_it_is_refuted(
    scores: tuple[tuple[str, float, float], ...], own: float | None, sure: float
) -> None:
    said = declaration(probability=own)
    assert probability(verdict(*scores), VerdictKind.DECLARED, said) == sure


@pytest.mark.parametrize(
    ("kind", "sure"),
    [
        (VerdictKind.COMMON, 0.9),
        (VerdictKind.ELSEWHERE, None),
        (VerdictKind.NONE_FOUND, None),
        (VerdictKind.UNKNOWN, None),
    ],
)
def test_what_claims_nothing_has_no_probability(kind: VerdictKind, sure: float | None) -> None:
    assert probability(verdict(("links_page", 1.0, 6.0)), kind, SAYS_NOTHING) == sure


@pytest.mark.parametrize(
    ("sure", "word"),
    [
        (None, Confidence.NONE),
        (0.0, Confidence.LOW),
        (0.69, Confidence.LOW),
        (0.7, Confidence.MEDIUM),
        (0.92, Confidence.MEDIUM),
        (0.93, Confidence.STRONG),
        (1.0, Confidence.STRONG),
    ],
)
def test_the_word_for_a_probability(sure: float | None, word: Confidence) -> None:
    assert confidence(sure) is word
