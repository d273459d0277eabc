"""Many fixed strings looked for at once: the same answer as one search for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.text.literals import Literals, Stretches

LETTERS = st.text(alphabet="ab\u0130\u4e2d\U0001f98a", min_size=2, max_size=6)


@given(strings=st.lists(LETTERS, max_size=20), text=st.text(alphabet="ab\u0130\u4e2d\U0001f98a"))
def test_finds_what_a_search_for_each_finds(strings: list[str], text: str) -> None:
    wanted = [one for one in dict.fromkeys(strings) if one in text]
    assert Literals(strings).standing_in(Stretches(text)) == wanted


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("f", []),
        ("ferry", ["ferry", "er"]),
        ("the ferry at the quay", ["ferry", "at the quay", "er"]),
        ("\u672c\u6587\u9996\u53d1\u4e8e", ["\u9996\u53d1"]),
        ("half a pair \ud83e ferry", ["ferry", "er"]),
    ],
)
def test_strings_of_any_length_and_script(text: str, found: list[str]) -> None:
    literals = Literals(["ferry", "at the quay", "\u9996\u53d1", "er"])
    assert literals.standing_in(Stretches(text)) == found


def test_a_single_letter_is_refused() -> None:
    with pytest.raises(ValueError, match="one letter"):
        Literals(["ferry", "f"])


def test_no_strings_are_found_nowhere() -> None:
    assert Literals([]).standing_in(Stretches("ferry")) == []
