"""Shingles and fingerprints: pinned values, the winnowing guarantee, short texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.shingles import SIZE, VERSION, WINDOW, fingerprints, shingles
from provenance.text.words import words

STORY = "Nine boats left the old quay at dawn and none of them came back before the storm broke."

PINNED_SHINGLES = [2504532332043378748, 6331392585708712044]
PINNED_FINGERPRINTS = [904696765955635667, 2504532332043378748]


def test_hashes_are_the_same_on_every_machine() -> None:
    """A change of these numbers makes kept fingerprints stale: raise VERSION with it."""
    assert VERSION == 1
    assert [int(code) for code in shingles(STORY)[:2]] == PINNED_SHINGLES
    assert fingerprints(STORY).tolist() == PINNED_FINGERPRINTS


def test_spelling_does_not_change_them() -> None:
    disguised = STORY.replace("storm", "sto\u00adrm").upper()
    assert fingerprints(disguised).tolist() == fingerprints(STORY).tolist()


@pytest.mark.parametrize(("text", "count"), [("", 0), ("one two three four", 0), ("a b c d e", 1)])
def test_short_texts(text: str, count: int) -> None:
    assert len(shingles(text)) == count
    assert len(fingerprints(text)) == count


def test_words_may_be_handed_in() -> None:
    assert fingerprints(words(STORY)).tolist() == fingerprints(STORY).tolist()


def test_fingerprints_are_signed_ascending_and_each_once() -> None:
    found = fingerprints(STORY + " " + STORY)
    assert found.dtype == np.int64
    assert found.tolist() == sorted(set(found.tolist()))


VOCABULARY = [f"w{number}" for number in range(60)]
RUN = st.lists(st.sampled_from(VOCABULARY), min_size=SIZE + WINDOW - 1, max_size=40)
REST = st.lists(st.sampled_from([f"v{number}" for number in range(60)]), max_size=40)


@given(RUN, REST, REST, REST)
def test_twelve_words_in_a_row_are_never_missed(
    run: list[str], before: list[str], after: list[str], other: list[str]
) -> None:
    one = fingerprints(" ".join(before + run + after))
    two = fingerprints(" ".join(other + run))
    assert len(np.intersect1d(one, two)) >= 1
