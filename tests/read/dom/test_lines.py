"""Lines told by their words; the quick looks before the patterns hide nothing that these find."""

from __future__ import annotations

import re

import pytest

from provenance.read.dom.context import Hint, hints_of
from provenance.read.dom.lines import _NEWS, _PICTURES, is_caption


def spelt(alternatives: str) -> list[str]:
    """The plainest and the fullest spelling of each alternative of a pattern."""
    found = []
    for one in alternatives.split("|"):
        bare = re.sub(r"\[- \]", "-", one)
        found.append(re.sub(r"\(\?:[^()]*\)\?| \?", "", bare))
        found.append(re.sub(r"\(\?:([^()]*)\)\?", r"\1", bare).replace(" ?", " "))
    return sorted(set(found))


@pytest.mark.parametrize("house", spelt(_PICTURES))
def test_a_picture_house_after_a_mark_closes_a_caption(house: str) -> None:
    assert is_caption(f"The last ferry at the quay / {house}")
    assert is_caption(f"THE LAST FERRY AT THE QUAY ({house.upper()})")


@pytest.mark.parametrize("house", spelt(_NEWS))
def test_via_an_agency_closes_a_caption(house: str) -> None:
    assert is_caption(f"The last ferry at the quay via {house}")


@pytest.mark.parametrize("label", ["Photo", "Photos", "Image", "Picture", "Foto", "Bild", "FOTO"])
def test_a_label_and_a_name_close_a_caption(label: str) -> None:
    assert is_caption(f"The last ferry. {label}: Ada Fenwick")
    assert is_caption(f"The last ferry ({label} by Ada Fenwick)")


@pytest.mark.parametrize("label", ["Pıcture", "Crédit photo", "Plain Crédit photo"])
def test_letters_beyond_ascii_are_left_to_the_pattern(label: str) -> None:
    assert is_caption(f"The last ferry ({label}: Ada Fenwick)") == (not label.startswith("Plain"))


@pytest.mark.parametrize(
    "name",
    [
        "article-body",
        "Entry_Content",
        "storytext",
        "STORY-TEXT",
        "maincontent",
        "prose",
        "new\u017f-body",
    ],
)
def test_class_names_of_the_story_are_known_in_any_case(name: str) -> None:
    assert hints_of("div", [("class", name)]) & Hint.BODY
